"""The embedded stack: every server of the platform as a plain process on this machine."""
