"""The sealed workspace: the vault's doors. What is inside, only those chosen by its owners can read."""
