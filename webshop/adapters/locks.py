"""Keys of the PostgreSQL advisory locks, in one place so that no two meanings share a number."""

from enum import IntEnum


class AdvisoryLock(IntEnum):
    """What is locked; the number is arbitrary but must never change."""

    MIGRATION = 7_401_001
    RELAY = 7_401_002
    SEED = 7_401_003
    RETAIL_IMPORT = 7_401_004
    #: With the hash of a mailbox as second key, to the end of the transaction.
    MAILBOX = 7_401_005
