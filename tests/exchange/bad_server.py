"""A web server that does one thing wrong, as its first argument says; it prints its port."""

import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODE = sys.argv[1]
NEVER = threading.Event()
NOTHING = b'<?xml version="1.0"?><D:multistatus xmlns:D="DAV:"></D:multistatus>'


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        if MODE.isdigit():
            self.answer(int(MODE), b"do not show this: open-sesame-42")
        else:
            self.wrong().get(MODE, lambda: self.answer(404, b""))()

    def do_PUT(self) -> None:
        if MODE == "cut-upload":
            self.rfile.read(1000)
            self.cut()
            return
        self.rfile.read(int(self.headers.get("content-length") or 0))
        if MODE in {"silent", "silent-upload"}:
            NEVER.wait()
        self.answer(507 if MODE == "full" else int(MODE) if MODE.isdigit() else 201, b"")

    def do_PROPFIND(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        if MODE in {"silent", "short", "cut"} or MODE.isdigit():
            self.do_GET()
        else:
            self.answer(207, NOTHING)

    def do_MKCOL(self) -> None:
        self.answer(201, b"")

    do_DELETE = do_HEAD = do_GET

    def wrong(self) -> dict[str, Callable[[], object]]:
        """What can be wrong with an answer."""
        return {
            "silent": NEVER.wait, "short": self.short, "cut": self.cut, "drip": self.drip,
            "huge": self.huge,
        }  # fmt: skip

    def short(self) -> None:
        self.answer(200, b"x" * 500, length=1000)
        self.close_connection = True

    def cut(self) -> None:
        self.close_connection = True
        self.connection.close()

    def drip(self) -> None:
        self.answer(200, b"x" * 20, length=1_000_000)
        while not NEVER.wait(0.1):
            self.wfile.write(b"x")

    def huge(self) -> None:
        self.answer(200, b"", length=1 << 40)
        while True:
            self.wfile.write(b"x" * 65536)

    def answer(self, status: int, body: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """The other side has gone."""


server = Server(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
