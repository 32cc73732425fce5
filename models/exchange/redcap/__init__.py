"""A REDCap project: its dictionary and its data, out and in."""
