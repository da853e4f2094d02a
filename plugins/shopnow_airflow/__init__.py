"""Operators and triggers of the DAGs: Spark jobs and long-running services on YARN."""
