"""Funding: programmes and their rules as reference data, and a consortium's applications to them."""
