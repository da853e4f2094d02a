"""Everything that runs the platform or shows it: nothing of the product imports this package."""
