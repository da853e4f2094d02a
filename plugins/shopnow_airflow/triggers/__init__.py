"""Triggers: they wait in the triggerer, so that no worker slot is held."""
