"""A mail server that a test tells what to answer, in a thread of the test."""

import os
import signal
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class FakeServer(socketserver.ThreadingTCPServer):
    """Stores accepted mails; may refuse, hang up, or kill the client."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.taken: list[str] = []
        #: Of each mail in `taken`: the sender and the recipients of its envelope.
        self.envelopes: list[tuple[str, list[str]]] = []
        self.connections = 0
        #: The code with which the next mail is refused.
        self.refuse_next = ""
        #: Hangs up in the middle of a mail to this address.
        self.hang_up_on = ""
        #: By the first word of a command, the answer to it.
        self.answers: dict[bytes, bytes] = {}
        self.kill: int | None = None

    @property
    def port(self) -> int:
        """Where it listens, on 127.0.0.1."""
        return int(self.server_address[1])

    def has_taken(self, message: str, envelope: tuple[str, list[str]]) -> bytes:
        """Keep the mail; the mailer that waits for the answer may not live to read it."""
        if self.refuse_next:
            answer, self.refuse_next = self.refuse_next, ""
            return f"{answer} not now\r\n".encode()
        self.taken.append(message)
        self.envelopes.append(envelope)
        if self.kill is not None:
            os.kill(self.kill, signal.SIGKILL)
            self.kill = None
        return b"250 taken\r\n"


class _Dialogue(socketserver.StreamRequestHandler):
    server: FakeServer

    def handle(self) -> None:
        self.server.connections += 1
        sender, recipients = "", list[str]()
        self.wfile.write(b"220 fake\r\n")
        while line := self.rfile.readline():
            command = line[:4].upper()
            if command in self.server.answers:
                self.wfile.write(self.server.answers[command])
            elif command == b"DATA":
                if self.server.hang_up_on in recipients:
                    return
                self.wfile.write(b"354 go on\r\n")
                message = b"".join(iter(self.rfile.readline, b".\r\n"))
                answer = self.server.has_taken(message.decode(), (sender, recipients))
                self.wfile.write(answer)
            elif command == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                address = line.decode().partition("<")[2].partition(">")[0]
                if command == b"MAIL":
                    sender, recipients = address, []
                elif command == b"RCPT":
                    recipients.append(address)
                self.wfile.write(b"250 yes\r\n")


@contextmanager
def running_mail_server() -> Iterator[FakeServer]:
    """A fake mail server that answers until the end of the block."""
    with FakeServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
