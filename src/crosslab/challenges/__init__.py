"""Challenges: what museums and libraries ask of firms, in public, from brief to call to action."""
