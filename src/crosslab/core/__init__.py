"""What every room stands on: find, act, events, jobs, mail, files, the database, the clock, the settings."""
