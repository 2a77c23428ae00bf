"""A small site that may be kept, on a server that deploys, breaks, is cut off, or has another in its place."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from miaotui.site import stays
from scripts.hosted import hosted

PAGES = ("", "about/", "practice/", "q/12/", "q/13/", "calc/kv-cache/")
"""Those that the small site has, in both languages."""
GONE = {"judge", "cards", "sheets", "figures"}
"""Folders of the site, and of a language, that it has not."""
PORTAL = b"<!doctype html><title>Log in</title><h1>Log in to the hotel's network</h1>"
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}


def listed(site: Path, build: str) -> None:
    """Writes what the site's build writes last: the list of its files, and the version."""
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for place, text in stays.products(stays.listed(files), build).items():
        (site / place).write_text(text, encoding="utf-8")


def small(online: Path, site: Path, text: str, searched: tuple[str, ...] = ()) -> None:
    """A copy of the site that has a few of its pages, and of the search the pieces with a text.

    The languages that are searched have all of it, which are many files.
    """
    pages = {f"{folder}{page}index.html" for folder in ("", "en/") for page in PAGES}

    def needless(file: Path) -> bool:
        place = file.relative_to(online)
        if place.parts[:2] in (("search", "zh"), ("search", "en")) and place.parts[1] not in searched:
            return file.is_file() and text not in file.read_text(encoding="utf-8")
        return place.suffix == ".html" and place.as_posix() not in {*pages, "404.html"}

    def left_out(folder: str, names: list[str]) -> list[str]:
        gone = GONE if Path(folder) in (online, online / "en") else set()
        return [name for name in names if name in gone or needless(Path(folder, name))]

    shutil.copytree(online, site, ignore=left_out)
    listed(site, "v1")


def corrected(site: Path, old: str, new: str) -> list[str]:
    """Puts one text in another's place, on every page and in all data, and lists the files anew; where it stood."""
    places = []
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".js", ".md") and old in (text := path.read_text(encoding="utf-8")):
            path.write_text(text.replace(old, new), encoding="utf-8")
            places.append(path.relative_to(site).as_posix())
    listed(site, "v2")
    return places


@dataclass
class Host:
    """What a server does at the moment, and what it was asked for."""

    site: Path
    prefix: str = "/"
    cut: bool = False
    portal: bool = False
    broken: dict[str, bytes | None] = field(default_factory=dict)
    """What is sent for a file in its place; None where it is missing."""
    held: dict[str, threading.Event] = field(default_factory=dict)
    """Files that are sent once somebody says so."""
    headers: Callable[[bytes], dict[str, str]] = lambda _: {}
    """What is sent with a file, by its bytes."""
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, place in the site and body for a path."""
        if self.portal:
            return 200, "index.html", PORTAL
        place = path.removeprefix(self.prefix)
        place = f"{place}index.html" if place.endswith("/") or not place else place
        file = self.site / place
        body = self.broken.get(place, file.read_bytes() if file.is_file() else None)
        if not path.startswith(self.prefix) or body is None:
            return 404, "404.html", (self.site / "404.html").read_bytes()
        return 200, place, body


class _Handler(http.server.BaseHTTPRequestHandler):
    def __init__(self, *arguments: Any, host: Host) -> None:
        self._host = host
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answers, or hangs up."""
        path = re.split(r"[?#]", self.path)[0]
        self._host.asked.append(path)
        if self._host.cut:
            self.close_connection = True
            return
        status, place, body = self._host.answer(path)
        if place in self._host.held:
            self._host.held[place].wait(30)
        self.send_response(status)
        sent = {"Content-Type": KINDS.get(Path(place).suffix, "text/plain"), "Content-Length": str(len(body))}
        for name, value in {**sent, **self._host.headers(body)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Says nothing: pytest shows what fails."""


@contextmanager
def at(host: Host) -> Iterator[str]:
    """The address at which the host answers."""
    with hosted(functools.partial(_Handler, host=host)) as address:
        yield address.rstrip("/") + host.prefix
