"""A clinic's own spreadsheet: what its columns mean, guessed, chosen and read."""
