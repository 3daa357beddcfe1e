"""A mail server and an SMS provider on this machine, which answer as a test tells them to."""

from __future__ import annotations

import json
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass
class Mailbox:
    """What a mail server was given, and how it answers."""

    port: int = 0
    emails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    """Command → the answers to give instead, each once."""
    certificate: tuple[Path, Path] | None = None
    commands: list[str] = field(default_factory=list)
    delay: float = 0.0
    is_tls: bool = False

    def ids(self) -> list[str]:
        return [str(email["Message-ID"]) for email in self.emails]


class _Mail(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        if self.box.is_tls and self.box.certificate:
            self.encrypt(*self.box.certificate)
        self.say("220 test")
        while line := self.rfile.readline():
            verb = line.split(b":")[0].split()[0].decode().upper()
            self.box.commands.append(verb)
            told = self.box.answers.get(verb)
            if told:
                self.say(told.pop(0))
            elif verb == "EHLO":
                self.say("250-test")
                if self.box.certificate and not isinstance(self.connection, ssl.SSLSocket):
                    self.say("250-STARTTLS")
                self.say("250 AUTH PLAIN LOGIN")
            elif verb == "STARTTLS" and self.box.certificate:
                self.say("220 go on")
                self.encrypt(*self.box.certificate)
            elif verb == "DATA":
                self.take()
            elif verb == "AUTH":
                self.say("235 welcome")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                if verb == "RCPT":
                    self.box.recipients.append(line.decode().strip())
                self.say("250 ok")

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        time.sleep(self.box.delay)
        self.box.emails.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.say("250 taken")

    def encrypt(self, certificate: Path, key: Path) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.rfile.close()
        self.connection.close()

    def say(self, text: str) -> None:
        self.connection.sendall(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hung up, hung up."""


@contextmanager
def mail_server(**how: Any) -> Iterator[Mailbox]:
    """An SMTP server of this test's own."""
    box = Mailbox(**how)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Mail,), {"box": box}))
    box.port = server.server_address[1]
    with served(server):
        yield box


@dataclass
class SmsBox:
    """What an SMS provider was given, and how it answers."""

    url: str = ""
    posts: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@contextmanager
def sms_provider(*answers: int) -> Iterator[SmsBox]:
    """An HTTP server that takes SMS; `answers` are its first ones, then 202."""
    box = SmsBox(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.posts.append((dict(self.headers), json.loads(body)))
            self.send_response(box.answers.pop(0) if box.answers else 202)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    box.url = f"http://127.0.0.1:{server.server_address[1]}/sms"
    with served(server):
        yield box


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
