"""The links of a built site: each must lead to a page, an anchor or a file of ours.

It judges what references.py reads, and never the sources. It asks nobody: whether an address elsewhere answers is
for the command to find out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown
from miaotui.site.references import Link, Page, css_links, page_of


@dataclass(frozen=True)
class Result:
    """What a check of a site found."""

    pages: int
    links: int
    problems: list[Problem]
    external: dict[str, tuple[str, int]]
    """Addresses elsewhere that a reader can follow, each with the first page and line that has it."""


# Most links of a site stand on all pages: each target is read once.
@cache
def _as_read(target: str) -> str:
    """A target as a browser reads it: \\ as /, so that \\\\host is a host."""
    return re.sub(r"^[^?#]*", lambda before: before[0].replace("\\", "/"), target)


@cache
def _split(target: str) -> SplitResult:
    return urlsplit(target)


class _Site:
    """A built site, read once."""

    def __init__(self, root: Path, *, for_file: bool, site_url: str) -> None:
        self.root, self.for_file = root, for_file
        self.address = site_url.rstrip("/") + "/" if site_url else ""
        self.prefix = urlsplit(self.address).path or "/"
        # From the listing, never by asking for a name: a disk may take Q.html for q.html, a server does not.
        self.files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        self.spelling = {name.casefold(): name for name in sorted(self.files, reverse=True)}
        self.problems: list[Problem] = []
        self.external: dict[str, tuple[str, int]] = {}
        self.pages = {name: self._read(name) for name in sorted(self.files) if name.endswith((".html", ".css"))}

    def _read(self, name: str) -> Page:
        text, faults = read(self.root / name, "a page or a style sheet")
        self.problems += faults
        if name.endswith(".css"):
            return Page(list(css_links(text or "", 1)))
        return page_of(text or "")

    def _name(self, source: str, path: str) -> str | None:
        """The path from the site's root that `path` on the page `source` means; None where it leaves the site."""
        if path.startswith("/") and not path.startswith(self.prefix):
            return None
        parts = [] if path.startswith("/") else source.split("/")[:-1]
        for part in path.removeprefix(self.prefix).split("/"):
            if part == ".." and not parts:
                return None
            if part == "..":
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        return "/".join(parts)

    def _file(self, source: str, path: str, *, from_disk: bool) -> tuple[str, str]:
        """The file a path leads to, or why it leads to none."""
        if path.startswith("/") and from_disk:
            return "", "leads to the root of a disk; accepted: a relative link"
        name = self._name(source, path)
        if name is None:
            return "", "leads out of the site; accepted: a page or file of the site"
        if name in self.files and path.rpartition("/")[2] not in ("", ".", ".."):
            return name, ""
        index = f"{name}/index.html".lstrip("/")
        if index in self.files:
            return ("", "leads to a folder; accepted: its index.html") if from_disk else (index, "")
        for other in (name, index):
            if name and (spelled := self.spelling.get(other.casefold(), other)) != other:
                return "", f"leads to no file; accepted: the spelling of '{spelled}'"
        return "", "leads to no file; accepted: a page or file of the site"

    def _published(self, source: str, path: str) -> tuple[str, str]:
        """The file of the offline copy for an address of the server, or why there is none: q/1.html for q/1/."""
        name = self._name(source, path)
        if name and name.endswith(".html"):
            address = f"{self.address}{name.removesuffix('.html')}/"
            return "", f"names a file of the copy; accepted: '{address}', as on the server"
        if f"{name}.html" in self.files:
            return f"{name}.html", ""
        return self._file(source, path, from_disk=False)

    def _elsewhere(self, link: Link, parts: SplitResult) -> str:
        """Why a link with a scheme or a host is refused, or nothing."""
        web = parts.scheme in ("http", "https")
        if link.kind in ("fetched", "picture"):
            if web or parts.netloc:
                return f"would be fetched from {parts.netloc or parts.path}; accepted: our own files"
            pictured = link.kind == "picture" and parts.scheme == "data"
            return "" if pictured else f"has the scheme '{parts.scheme}:'; accepted: our own files"
        if not parts.scheme:
            return "has a host but no scheme; accepted: https: before it"
        if web or parts.scheme in ("mailto", "tel"):
            return ""
        return f"has the scheme '{parts.scheme}:'; accepted: https:, http:, mailto:, tel: or a link within the site"

    def fault(self, source: str, link: Link) -> str:
        """Why a link of the page `source` is refused, or nothing."""
        if not link.target and link.kind in ("fetched", "picture"):
            return "is empty; accepted: a file of the site"
        target = _as_read(link.target)
        followed = link.kind in ("followed", "named")
        ours = followed and self.address != "" and f"{target}/".startswith(self.address)
        try:
            parts = _split(self.prefix + target[len(self.address) :] if ours else target)
        except ValueError as error:
            return f"is no address ({error}); accepted: https: or a link within the site"
        if parts.scheme or parts.netloc:
            if link.kind == "followed" and parts.scheme in ("http", "https"):
                self.external.setdefault(target, (shown(self.root / source), link.line))
            return self._elsewhere(link, parts)
        name, fault = source, ""
        if parts.path:
            path = unquote(parts.path)
            # An address in full is asked of the server, wherever the page is read.
            asked = self.for_file and ours
            name, fault = self._published(source, path) if asked else self._file(source, path, from_disk=self.for_file)
        anchors, page = {parts.fragment, unquote(parts.fragment)}, self.pages.get(name)
        if fault or page is None or name.endswith(".css") or parts.fragment.lower() in ("", "top"):
            return fault
        return "" if anchors & page.anchors else f"leads to no anchor of {name}; accepted: an id there"

    def check(self) -> None:
        for name, page in self.pages.items():
            place = shown(self.root / name)
            self.problems += [Problem(place, line, fault) for line, fault in page.faults]
            for link in page.links:
                # Material writes root-relative links into the 404 page, which no file:// reader is ever shown.
                if self.for_file and name == "404.html" and re.match(r"/(?!/)", link.target):
                    continue
                if fault := self.fault(name, link):
                    self.problems.append(Problem(place, link.line, f"the link '{link.target}' {fault}"))


def check_site(root: Path, *, for_file: bool = False, site_url: str = "") -> Result:
    """Checks every link of the site built in `root`; with `for_file`, as opened from file://.

    With `site_url`, links that begin with it count as the site's own.
    """
    site = _Site(root, for_file=for_file, site_url=site_url)
    site.check()
    kinds = Counter(name.rpartition(".")[2] for name in site.pages)
    if not kinds["html"]:
        site.problems.append(Problem(shown(root), 1, "holds no page; accepted: a built site"))
    links = sum(len(page.links) for page in site.pages.values())
    return Result(kinds["html"], links, sorted(set(site.problems)), site.external)


def external_links(root: Path, *, site_url: str = "") -> list[tuple[str, str]]:
    """The addresses elsewhere that the site's readers can follow, in order, each with the first page that has it."""
    return sorted((url, page) for url, (page, _) in check_site(root, site_url=site_url).external.items())
