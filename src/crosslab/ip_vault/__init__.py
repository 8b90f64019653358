"""Sealing, statements and proofs: bytes in, bytes out; no clock, no storage, no network."""
