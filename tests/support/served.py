"""Web applications and repeated work in threads of the test's own process."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server


class _Quiet(WSGIRequestHandler):
    """Without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


@contextmanager
def served(app: Flask, host: str, port: int) -> Iterator[None]:
    """Serve an application at this address until the end of the block."""
    server = make_server(host, port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.05))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def repeated(*works: Callable[[], object], every_s: float) -> Iterator[None]:
    """Do each work again and again, in its own thread, until the end of the block."""
    stopping = threading.Event()

    def repeat(work: Callable[[], object]) -> None:
        while not stopping.is_set():
            work()
            stopping.wait(every_s)

    threads = [threading.Thread(target=repeat, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        for thread in threads:
            thread.join()
