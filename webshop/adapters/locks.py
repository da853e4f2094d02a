"""Keys of the PostgreSQL advisory locks, in one place so that no two meanings share a number."""

from enum import IntEnum


class AdvisoryLock(IntEnum):
    """A session-level lock; the number is arbitrary but must never change."""

    MIGRATION = 7_401_001
    RELAY = 7_401_002
    SEED = 7_401_003
    RETAIL_IMPORT = 7_401_004
