#!/usr/bin/env python3
"""Checks the links of built sites; with --external also asks every address elsewhere.

Exit 0: all resolve. 1: some do not. 2: usage.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from miaotui.base.console import speak_utf8
from miaotui.base.problem import Problem
from miaotui.site.links import Result, check_site

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
UNSURE = (403, 429)
"""What a server answers to a machine where it may answer a reader well."""
SECONDS = 20
RESERVED = ("example", "invalid", "test", "localhost")
"""The last part of names that no server ever has (RFC 2606): of the addresses that a build was not told."""


@dataclass(frozen=True)
class Answer:
    """What an address elsewhere said."""

    fault: str = ""
    """Why it does not answer well, or nothing."""
    unsure: bool = False
    """Whether a reader may fare better."""


def _ask(url: str, method: str) -> Answer:
    # An address as a reader sees it may hold Chinese; on the wire it is percent-encoded.
    request = Request(quote(url, safe="%/:=&?~#+!$,;'@()*[]"), headers={"User-Agent": AGENT}, method=method)
    try:
        with urlopen(request, timeout=SECONDS):
            return Answer()
    except HTTPError as error:
        error.close()
        return Answer(f"answers {error.code}", error.code in UNSURE)
    except (OSError, HTTPException, ValueError) as error:
        return Answer(f"does not answer ({error})")


def ask(url: str) -> Answer:
    """What `url` answers: to HEAD, or to GET where it takes no HEAD."""
    answer = _ask(url, "HEAD")
    return _ask(url, "GET") if answer.fault else answer


def reserved(url: str) -> bool:
    """Whether an address is nobody's, as those are that a test or an example has."""
    return (urlsplit(url).hostname or "").rpartition(".")[2] in RESERVED


def ask_all(external: dict[str, tuple[str, int]]) -> tuple[list[Problem], list[Problem]]:
    """The addresses that are dead, and those that could not be checked."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(zip(external, pool.map(ask, external), strict=True))
    dead, unsure = [], []
    for url, answer in answers:
        if answer.unsure:
            unsure.append(Problem(*external[url], f"the link '{url}' could not be checked ({answer.fault})"))
        elif answer.fault:
            fault = f"{answer.fault}; accepted: an address that answers"
            dead.append(Problem(*external[url], f"the link '{url}' {fault}"))
    return sorted(dead), sorted(unsure)


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="links.py", description="Checks the links of built sites.")
    parser.add_argument("sites", type=Path, nargs="+", metavar="SITE", help="the folder of a built site")
    parser.add_argument("--file", action="store_true", help="the sites are opened from file://")
    parser.add_argument("--site-url", default="", metavar="URL", help="the address that counts as the site's own")
    parser.add_argument("--list-external", action="store_true", help="print the addresses elsewhere that pages link to")
    parser.add_argument("--external", action="store_true", help="ask those addresses on the network")
    asked = parser.parse_args(argv)
    for site in asked.sites:
        if not site.is_dir():
            parser.error(f"{site} is no folder; accepted: the folder of a built site")
    return asked


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _merged(results: list[Result]) -> Result:
    """The results of several sites as one."""
    external = {url: place for found in reversed(results) for url, place in found.external.items()}
    problems = [problem for found in results for problem in found.problems]
    pages, links = sum(found.pages for found in results), sum(found.links for found in results)
    return Result(pages, links, problems, dict(sorted(external.items())))


def main(argv: list[str] | None = None) -> int:
    asked = _arguments(argv)
    found = _merged([check_site(site, for_file=asked.file, site_url=asked.site_url) for site in asked.sites])
    problems, checked = found.problems, f"checked {_count(found.pages, 'page')}, {_count(found.links, 'link')}"
    if asked.list_external:
        print(
            *(f"{url} {page}" for url, (page, _) in found.external.items()),
            sep="\n",
            end="\n" if found.external else "",
        )
    if asked.external:
        real = {url: place for url, place in found.external.items() if not reserved(url)}
        dead, unsure = ask_all(real)
        problems = problems + dead
        checked += f", {_count(len(real), 'outside link')}"
        if left_out := len(found.external) - len(real):
            checked += f" ({left_out} more have example addresses)"
        print(*unsure, sep="\n", end="\n" if unsure else "")
    if problems:
        print(*problems, f"{checked}: {_count(len(problems), 'problem')}", sep="\n", file=sys.stderr)
        return 1
    print(f"{checked}: all resolve")
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
