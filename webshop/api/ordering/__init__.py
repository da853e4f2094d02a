"""Carts, orders, payments and what comes after them."""
