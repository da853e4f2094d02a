"""What the DAGs share: Spark tasks, and the operators of the stream on YARN."""
