"""Lighthouse on the built site: what a phone on a slow network makes of it. Needs Node; without it, says so.

The site is served as a static host does, with gzip. Lighthouse is pinned in tests/bench/, and installed there.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from miaotui.base.paths import ROOT
from miaotui.offline import browser
from miaotui.site import compressed
from scripts import node
from scripts.hosted import hosted

HOME = ROOT / "tests/bench"
_KINDS = ("", "topics/quantization/", "q/12/", "practice/", "calc/kv-cache/")
PAGES = tuple(code + page for code in ("", "en/") for page in _KINDS)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu"


class _Gzipped(http.server.SimpleHTTPRequestHandler):
    """A static host: texts packed, connections kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answers with a file, its folder's index.html, or the site's 404 page."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        found = file.is_file()
        file = file if found else Path(self.directory, "404.html")
        packed = file.suffix in compressed.KINDS and "gzip" in self.headers.get("Accept-Encoding", "")
        body = gzip.compress(file.read_bytes(), 6, mtime=0) if packed else file.read_bytes()
        self.send_response(http.HTTPStatus.OK if found else http.HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Says nothing: the bench prints figures."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the site while it is served on this machine."""
    with hosted(functools.partial(_Gzipped, directory=str(site))) as address:
        yield address


@dataclass(frozen=True)
class Marks:
    """What Lighthouse says of a page."""

    scores: tuple[int, ...]
    """Of CATEGORIES, out of 100."""
    paint: float
    """When the largest part of the page is there (LCP), in seconds."""
    shift: float
    """How far the page moves while it loads (CLS)."""


def marks(report: dict[str, Any]) -> Marks:
    """The marks of one report."""
    scores = tuple(round(100 * report["categories"][name]["score"]) for name in CATEGORIES)
    audits = report["audits"]
    paint, shift = (audits[name]["numericValue"] for name in ("largest-contentful-paint", "cumulative-layout-shift"))
    return Marks(scores, paint / 1000, shift)


def middle(found: list[Marks]) -> Marks:
    """The median of each mark."""
    scores = tuple(round(median(column)) for column in zip(*(one.scores for one in found), strict=True))
    return Marks(scores, median(one.paint for one in found), median(one.shift for one in found))


def report(address: str, chrome: str) -> dict[str, Any]:
    """Lighthouse's report of one visit on a phone."""
    command = ["node", str(HOME / "node_modules/lighthouse/cli/index.js"), address, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"]
    environment = {**os.environ, "CHROME_PATH": chrome}
    told = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True).stdout
    found: dict[str, Any] = json.loads(told)
    return found


def missing() -> str:
    """Why Lighthouse cannot run; empty where it can. Installs it where Node is there."""
    if node.absent() or browser.find():
        return node.missing(HOME)
    return browser.HOW


def bench_lighthouse(site: Path) -> None:
    """Prints the median of three visits to each page."""
    if reason := missing():
        print(f"lighthouse: left out, {reason}")
        return
    chrome = browser.find() or ""
    with served(site) as address:
        for page in PAGES:
            found = middle([marks(report(address + page, chrome)) for _ in range(RUNS)])
            scores = ", ".join(f"{name} {score}" for name, score in zip(CATEGORIES, found.scores, strict=True))
            print(f"lighthouse: /{page} {scores}; LCP {found.paint:.2f} s, CLS {found.shift:.3f}")
