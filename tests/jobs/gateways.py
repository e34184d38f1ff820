"""Gateways on this machine that fail, hang or work: HTTP for SMS and WeCom, SMTP for mail."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Gateway:
    """What a gateway was asked, and how it behaves: `works`, `fails`, `refuses` or `hangs`."""

    def __init__(self) -> None:
        self.behaves = "works"
        self.taken: list[Any] = []
        self.tokens = 0
        self.over = threading.Event()
        self.taken_one = threading.Event()
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def take(self, what: Any) -> None:
        self.taken.append(what)
        self.taken_one.set()
        if self.behaves == "hangs":
            self.over.wait(60)


@contextmanager
def running(gateway: Gateway, server: socketserver.TCPServer) -> Iterator[Gateway]:
    gateway.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        gateway.over.set()
        server.shutdown()
        server.server_close()


@contextmanager
def http_gateway() -> Iterator[Gateway]:
    """SMS at /sms; WeCom at /cgi-bin/…, whose first token has expired at once."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gateway.tokens += 1
            token = f"token-{gateway.tokens}"
            self.answer({"errcode": 0, "access_token": token, "expires_in": 7200})

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            if gateway.behaves == "fails":
                self.answer({}, 500)
            elif gateway.behaves == "sends on":
                self.send_response(307)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()
            elif self.path.endswith("access_token=token-1"):
                self.answer({"errcode": 42001})
            elif gateway.behaves == "refuses":
                self.answer({"errcode": 81013, "code": "no"})
            else:
                gateway.take((dict(self.headers), body))
                self.answer({"errcode": 0, "code": "ok"})

        def answer(self, body: dict[str, object], status: int = 200) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Nothing on the screen of a test."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with running(gateway, server):
        yield gateway


@contextmanager
def mail_server() -> Iterator[Gateway]:
    """A mail server without encryption, as one on the machine itself is."""
    gateway = Gateway()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "QUIT":
                    self.say("221 bye")
                    return
                if verb == "RCPT" and gateway.behaves == "refuses":
                    self.say("550 no such mailbox")
                elif verb == "DATA":
                    self.say("354 go on")
                    lines = []
                    while (read := self.rfile.readline().decode()) != ".\r\n":
                        lines.append(read)
                    gateway.take("".join(lines))
                    self.say("250 taken")
                else:
                    self.say("250 well")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with running(gateway, server):
        yield gateway
