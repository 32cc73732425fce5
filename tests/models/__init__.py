"""What the models promise."""
