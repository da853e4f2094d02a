"""Measurements and proofs against a running stack: `python -m bench.<name>` (see README.md)."""
