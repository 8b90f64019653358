"""Crosslab: from a museum's challenge to a funded consortium, with every contribution sealed by its owner."""
