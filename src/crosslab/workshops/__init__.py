"""Walls and cafés: the rooms where consortia begin."""
