"""Measurements: what a person waits for. Compare figures of one run only."""
