"""Shoppers that use the shop through its public API, as its frontend does.

plan         who comes and what they mean to do: decided by a seed, before anybody moves
visit        one shopper's calls to the API, and how the visit ended
hosted_page  what a shopper does on the payment provider's page
command      `shopnow simulate`
"""
