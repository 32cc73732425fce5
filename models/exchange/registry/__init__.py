"""Whom a registry may have, de-identified: histories, tables, figures and their dictionary."""
