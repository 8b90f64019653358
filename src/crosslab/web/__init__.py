"""The door: requests in, pages out. Nothing here decides; it asks the rooms."""
