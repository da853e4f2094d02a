"""The checks before a publication."""
