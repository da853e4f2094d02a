"""Keys of the PostgreSQL advisory locks, in one place so that none is used twice."""

from enum import IntEnum


class AdvisoryLock(IntEnum):
    """What is locked; the number is arbitrary but must never change."""

    #: Of every schema: two migrations at once, of whichever part, are one after the other.
    MIGRATION = 7_401_001
    RELAY = 7_401_002
    SEED = 7_401_003
    RETAIL_IMPORT = 7_401_004
    #: With the hash of a mailbox as second key, to the end of the transaction.
    MAILBOX = 7_401_005
    COMPUTE_MARTS = 0x5A0E_4A57
    #: Shared by every job on the Spark Connect server; alone by who restarts the server.
    SPARK_CONNECT = 7_401_007
