"""A load generator: many keep-alive connections, one thread, no parsing beyond what is needed.

A general HTTP client takes longer for a request than the shop does for its answer, and would be
what is measured on a machine of two cores.
"""

import json
import selectors
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_TIMEOUT_S = 30.0


@dataclass(frozen=True)
class Answer:
    """Status, body and how long it took from the first byte sent to the last one received."""

    status: int
    body: bytes
    seconds: float

    def json(self) -> Any:
        """The body parsed. Raises ValueError if it is not JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Load:
    """The answers in the order of the requests, and the time all of them took together."""

    answers: list[Answer]
    seconds: float

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return len(self.answers) / self.seconds

    def require(self, status: int) -> "Load":
        """Raises RuntimeError, with the first other answer, unless all have this status."""
        for answer in self.answers:
            if answer.status != status:
                raise RuntimeError(f"expected {status}, got {answer.status}: {answer.body[:300]!r}")
        return self


def get(path: str) -> bytes:
    """A GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept: */*\r\n\r\n".encode()


def post(path: str, body: Any, headers: Mapping[str, str] | None = None) -> bytes:
    """A POST request with a JSON body."""
    content = json.dumps(body).encode()
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: bench",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + content


@dataclass
class _Client:
    """One connection, and the answer that it waits for."""

    address: tuple[str, int]
    number: int = -1
    begun: float = 0.0
    received: bytearray = field(default_factory=bytearray)
    connection: socket.socket = field(init=False)

    def connect(self) -> None:
        self.connection = socket.create_connection(self.address, timeout=_TIMEOUT_S)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, number: int, request: bytes) -> None:
        self.number, self.begun = number, time.perf_counter()
        self.received.clear()
        self.connection.sendall(request)

    def read(self) -> tuple[Answer, bool] | None:
        """The answer once it is whole, and whether the server closes the connection after it."""
        chunk = self.connection.recv(1 << 18)
        if not chunk:
            raise ConnectionError("the server closed the connection in the middle of an answer")
        self.received += chunk
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self.received[:end]).lower()
        length = _header(head, b"content-length")
        if length is None:
            raise ConnectionError(f"an answer without Content-Length: {head[:200]!r}")
        if len(self.received) < end + 4 + int(length):
            return None
        status = int(head[9:12])
        answer = Answer(status, bytes(self.received[end + 4 :]), time.perf_counter() - self.begun)
        return answer, _header(head, b"connection") == b"close"


def _header(head: bytes, name: bytes) -> bytes | None:
    start = head.find(b"\r\n" + name + b":")
    if start < 0:
        return None
    start += len(name) + 3
    end = head.find(b"\r\n", start)
    return head[start : end if end >= 0 else len(head)].strip()


def drive(address: tuple[str, int], clients: int, requests: Sequence[bytes]) -> Load:
    """Send the requests from this many clients, each as soon as its last answer is there.

    All are connected before the first request is sent.

    Raises OSError or ConnectionError when the server fails, TimeoutError when it is silent.
    """
    answers: dict[int, Answer] = {}
    waiting = iter(enumerate(requests))
    with selectors.DefaultSelector() as selector:
        connected = [_Client(address) for _ in range(min(clients, len(requests)))]
        for client in connected:
            client.connect()
            selector.register(client.connection, selectors.EVENT_READ, client)
        begun = time.perf_counter()
        for client in connected:
            client.ask(*next(waiting))
        while len(answers) < len(requests):
            ready = selector.select(_TIMEOUT_S)
            if not ready:
                raise TimeoutError(f"no answer within {_TIMEOUT_S:.0f} s")
            for key, _ in ready:
                client = key.data
                done = client.read()
                if done is None:
                    continue
                answers[client.number], closes = done
                following = next(waiting, None)
                if closes or following is None:
                    selector.unregister(client.connection)
                    client.connection.close()
                if following is None:
                    continue
                if closes:
                    client.connect()
                    selector.register(client.connection, selectors.EVENT_READ, client)
                client.ask(*following)
        seconds = time.perf_counter() - begun
    return Load([answers[number] for number in range(len(requests))], seconds)
