"""A mail server on this machine: it speaks as much SMTP as Django's backend does, and keeps what it was brought."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage


class PostOffice(socketserver.ThreadingTCPServer):
    """Letters as they came in; `unknown` are addresses to which it takes none.

    While its `door` is closed who comes waits; `knocked` says that somebody came.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.letters: list[EmailMessage] = []
        self.unknown: set[str] = set()
        self.knocked, self.door = threading.Event(), threading.Event()
        self.door.set()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Counter(socketserver.StreamRequestHandler):
    """One conversation."""

    server: PostOffice

    def handle(self) -> None:
        self.server.knocked.set()
        self.server.door.wait(15)
        self.say("220 post office")
        while line := self.rfile.readline().decode().strip():
            command = line[:4].upper()
            if command == "QUIT":
                self.say("221 bye")
                return
            self.say(self.answer(command, line))

    def answer(self, command: str, line: str) -> str:
        if command == "RCPT" and any(address in line for address in self.server.unknown):
            return "550 nobody here by that name"
        if command == "DATA":
            self.say("354 go ahead")
            self.server.letters.append(self.read_letter())
        return "250 ok"

    def read_letter(self) -> EmailMessage:
        lines = iter(self.rfile.readline, b".\r\n")
        text = b"".join(line[1:] if line.startswith(b".") else line for line in lines)
        letter = email.message_from_bytes(text, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        return letter

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """An office that is open for as long as the test takes."""
    with PostOffice() as office:
        worker = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        worker.start()
        yield office
        office.shutdown()
        worker.join()
