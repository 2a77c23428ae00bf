"""A folder on a server of this machine, as a static host gives it."""

from __future__ import annotations

import functools
import http.server
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.hosted import hosted

Headers = Callable[[bytes], dict[str, str]]
"""What is sent with a file, by its bytes."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Gives the files of a folder, with the headers that it is told."""

    def __init__(self, *arguments: Any, headers: Headers, directory: str) -> None:
        self._more = headers
        super().__init__(*arguments, directory=directory)

    def end_headers(self) -> None:
        """Adds what is to be sent with the file; SimpleHTTPRequestHandler gives no other place."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        file = file if file.is_file() else Path(self.directory, "404.html")
        for name, value in self._more(file.read_bytes() if file.is_file() else b"").items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answers an address that leads nowhere with the site's own page, as static hosts do."""
        page = Path(self.directory, "404.html")
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Says nothing: pytest shows what fails."""


@contextmanager
def served(folder: Path, headers: Headers = lambda _: {}) -> Iterator[str]:
    """The address of the folder."""
    with hosted(functools.partial(Quiet, headers=headers, directory=str(folder))) as address:
        yield address
