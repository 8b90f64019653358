"""A member's own machine: the vault from the command line, with no code that the platform serves."""
