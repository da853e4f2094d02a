"""Running and demonstrating the platform: the product does not import this package."""
