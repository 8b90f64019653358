"""The pipeline: where every consortium stands, what it waits for, and who must act."""
