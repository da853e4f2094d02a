"""Accounts. Placeholder until the shop has them."""

from enum import StrEnum


class Role(StrEnum):
    """What an account may do; each role may do all that the ones before it may."""

    CUSTOMER = "customer"
    MANAGER = "manager"
    ADMIN = "admin"
