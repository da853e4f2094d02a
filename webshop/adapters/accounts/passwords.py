"""Password hashes: argon2id, with a limit on concurrent hashing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webshop.domain.errors import Busy

#: argon2-cffi's default, which is RFC 9106's profile for little memory.
MEMORY_KIB = 64 * 1024
#: Each takes MEMORY_KIB and some cores for a tenth of a second or two.
MAX_CONCURRENT = 2
WAIT_S = 10.0


class Passwords:
    """Hashes and checks passwords. Safe to share between threads."""

    def __init__(self, memory_kib: int = MEMORY_KIB) -> None:
        self._hasher = PasswordHasher(memory_cost=memory_kib)
        self._slots = threading.BoundedSemaphore(MAX_CONCURRENT)
        # What an unknown account's password is compared with, so that it takes as long.
        self._dummy_hash = self._hasher.hash("nobody's password")

    def hash(self, password: str) -> str:
        """The hash to store, with its parameters. Raises Busy."""
        with self._slot():
            return self._hasher.hash(password)

    def is_right(self, password_hash: str | None, password: str) -> bool:
        """Whether the password is the one of the hash; never for None, which takes as long.

        So does a hash with cheaper parameters than today's. Raises Busy.
        """
        with self._slot():
            if password_hash is None or self.is_outdated(password_hash):
                self._verify(self._dummy_hash, password)
            return password_hash is not None and self._verify(password_hash, password)

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it was made with other parameters than a new one would be."""
        return self._hasher.check_needs_rehash(password_hash)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=WAIT_S):
            raise Busy
        try:
            yield
        finally:
            self._slots.release()
