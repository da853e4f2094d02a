"""The setup of a clone: standard library only, readable by older Pythons."""
