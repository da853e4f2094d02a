"""The lake as the jobs use it: session, tables, snapshots, offsets."""
