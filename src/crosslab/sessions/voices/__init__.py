"""What is said in an open session and what comes of it: voices, terms, leads, the summary."""
