"""The event contracts as Spark sees them: the columns that they become."""
