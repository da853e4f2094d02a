"""Connections to what the operators use."""
