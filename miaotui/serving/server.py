"""Serves the site on one port of this machine, each page made when it is asked for."""

from __future__ import annotations

import mimetypes
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from miaotui.serving.live_page import EVENTS, live, stand_in
from miaotui.serving.loop import Loop

ADDRESS = ("127.0.0.1", 8000)
_PATIENCE = 15.0
"""Seconds after which a page that hears of no edit is asked whether it is still there."""


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, *given: Any, loop: Loop) -> None:
        self._loop = loop
        super().__init__(*given)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        try:
            if path == EVENTS:
                self._hear()
            else:
                self._send(path.removeprefix("/"))
        except (BrokenPipeError, ConnectionResetError):
            pass  # the reader has gone elsewhere

    def _hear(self) -> None:
        """Tells the version of the sources, and each later one."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        # A restart takes a second: the page asks again as soon as it can be answered.
        self.wfile.write(b"retry: 200\n\n")
        version = self._loop.version
        while True:
            self.wfile.write(f"data: {version}\n\n".encode())
            self.wfile.flush()
            version = self._loop.wait(version, _PATIENCE)

    def _send(self, path: str) -> None:
        data, version, faults = self._loop.page(path)
        kind = "text/html" if path.endswith("/") or not path else mimetypes.guess_type(path)[0] or "text/plain"
        status = HTTPStatus.OK
        if data is None:
            status, kind = HTTPStatus.NOT_FOUND, "text/html"
            said = "This page cannot be made." if faults else f"There is no /{path}."
            data = (not faults and self._loop.page("404.html")[0]) or stand_in(said).encode()
        if kind == "text/html":
            data = live(data.decode(), version, faults).encode()
        self._answer(status, kind, data)

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind in ("application/javascript", "application/json", "application/xml")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing of requests: the terminal is for mistakes."""


class Server(ThreadingHTTPServer):
    """Ends with its process, whoever still waits for news."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, loop: Loop, address: tuple[str, int] = ADDRESS) -> None:
        """Raises OSError where the port is taken."""
        super().__init__(address, partial(_Handler, loop=loop))
