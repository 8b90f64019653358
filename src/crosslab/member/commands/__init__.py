"""The commands of `crosslab vault`, a module a subject."""
