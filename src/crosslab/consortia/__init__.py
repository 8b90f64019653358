"""Consortia: organisations that answer a challenge together."""
