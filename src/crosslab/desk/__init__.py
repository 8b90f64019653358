"""The desk: what needs me today, what I have been told, and the run-state page."""
