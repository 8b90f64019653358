"""The ledger: stores what members sign and seal, runs the log, hands out receipts. It never holds a key to content."""
