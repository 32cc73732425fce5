"""Tables as CSV files and workbooks, in and out, and the empty ones to begin with."""
