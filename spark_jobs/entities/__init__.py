"""What the lake knows of each order, refund, product, cart, session and customer."""
