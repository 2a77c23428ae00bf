"""A server on this machine, for as long as it is used."""

from __future__ import annotations

import http.server
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
    """Of the five that are usual, a browser takes six: one that is turned away asks again after a second."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tells what went wrong; a browser that left before it had its answer is nothing to tell."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def hosted(handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address at which the handler answers."""
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
