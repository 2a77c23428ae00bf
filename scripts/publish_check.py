#!/usr/bin/env python3
"""Asks a running server for the site, and says what it makes of it: `publish_check.py https://…/ [FOLDER]`.

Every file is asked for that the site says it has; with the folder that was published, every file of that is compared.

Exit 0: a reader gets all of it rightly; what could be better is printed. 1: something is wrong, or nobody answers.
2: usage.
"""

from __future__ import annotations

import argparse
import sys
from functools import cache
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from miaotui.base.console import speak_utf8
from miaotui.site.published import survey
from miaotui.site.published_files import of_folder
from miaotui.site.reply import WHOLE, Reply

SECONDS = 30


class _Stay(HTTPRedirectHandler):
    """Follows nothing: whether and where an address leads is asked about."""

    def redirect_request(self, *_asked: Any) -> None:
        return None


def _read(address: str, coding: str) -> Reply:
    """What an address answers. Raises OSError or HTTPException where nobody does, or not to the end."""
    request = Request(quote(address, safe="%/:=&?~#+!$,;'@()*[]"), headers={"Accept-Encoding": coding})
    try:
        with build_opener(_Stay).open(request, timeout=SECONDS) as answer:
            status, headers, body = answer.status, answer.headers, answer.read()
    except HTTPError as error:
        with error:
            status, headers, body = error.code, error.headers, error.read()
    # One that is sent twice holds twice.
    names = {name.lower() for name in headers}
    return Reply(status, {name: ", ".join(headers.get_all(name)) for name in names}, body)


@cache
def _reply(address: str, coding: str) -> Reply:
    """What an address answers, or why it does not."""
    try:
        return _read(address, coding)
    except (OSError, HTTPException) as error:
        return Reply(0, fault=str(error) or type(error).__name__)


def _site(text: str) -> str:
    split = urlsplit(text)
    if split.scheme not in ("http", "https") or not split.netloc or split.query or split.fragment:
        raise argparse.ArgumentTypeError(f"'{text}' is no address of a site; accepted: as https://example.org/path/")
    return text.rstrip("/") + "/"


def _folder(text: str) -> Path:
    if not Path(text, "index.html").is_file():
        raise argparse.ArgumentTypeError(f"'{text}' holds no index.html; accepted: the folder that was published")
    return Path(text)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="publish_check.py", description="Asks a running server for all of the site.")
    parser.add_argument("site", type=_site, help="its address")
    parser.add_argument("folder", type=_folder, nargs="?", help="what was published there: each file is compared")
    given = parser.parse_args(argv)
    site: str = given.site
    if fault := _reply(f"{site}sitemap.xml", WHOLE).fault:
        print(f"{site}: does not answer ({fault}); accepted: a server that runs and can be reached", file=sys.stderr)
        return 1
    print(f"{site}: asking for every file, which may take minutes …", flush=True)
    built = of_folder(given.folder) if given.folder else None
    found = survey(site, lambda place, coding: _reply(site + place, coding), built)
    print(*(f"could be better: {one}" for one in found.advice), sep="\n", end="\n" if found.advice else "")
    if found.faults:
        print(*found.faults, f"{site}: {len(found.faults)} faults", sep="\n", file=sys.stderr)
        return 1
    print(f"{site}: {found.asked} files asked for, all as they should be")
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
