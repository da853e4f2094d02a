"""The HTTP client for the stack's own servers."""

from functools import lru_cache

import httpx


@lru_cache(maxsize=1)
def client() -> httpx.Client:
    """One client for all threads; a question may take ten seconds unless it says otherwise.

    One, because making a client reads every certificate of the system. Without the environment,
    because these servers are never behind the proxy that it may name.
    """
    return httpx.Client(timeout=10, trust_env=False)
