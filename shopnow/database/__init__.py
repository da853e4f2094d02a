"""The database schemas that the shop and the data platform share."""
