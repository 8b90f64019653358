"""What grows out of a wall: business cases with their sources, their owners, their calls, and who is interested."""
