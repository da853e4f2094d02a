"""Operators and triggers of the DAGs: Spark jobs on YARN, and services that run there for ever."""
