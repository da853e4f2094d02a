"""The checks that stand before a publication."""
