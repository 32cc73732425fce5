"""Bundles of other systems: what of them is understood, and what is left outside and why."""
