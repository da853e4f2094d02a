"""Pure functions from DataFrames to DataFrames: no reads, no writes, no settings."""
