"""What people read of the figures: the daily report, and the reconciliation behind it."""
