"""Open sessions: who comes, what they ask and tell, and what becomes of it."""
