"""What a running server makes of the site: whether a reader gets each file whole, fresh, small and under its policy.

Pure: a server is a function that answers. What is wrong is told as `address: what was found; what is accepted`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from miaotui.site import compressed, policy
from miaotui.site.reply import BROTLI, GZIP, WHOLE, Ask, Reply

NOWHERE = "q/no-such-page/"
TYPES = {
    ".html": r"text/html; ?charset=utf-8",
    ".js": r"(text|application)/javascript(; ?charset=utf-8)?",
    ".css": r"text/css(; ?charset=utf-8)?",
    ".svg": r"image/svg\+xml.*",
    ".png": r"image/png",
    ".woff2": r"(font/woff2|application/font-woff2)",
    ".xml": r"(text|application)/(atom\+)?xml.*",
    ".json": r"application/json.*",
    ".md": r"text/(markdown|plain); ?charset=utf-8",
    ".txt": r"text/plain; ?charset=utf-8",
}
"""What each kind is sent as. Where the letters are not said, a browser takes Chinese text for another."""
FRESH = 600
"""Seconds for which a page may be shown without asking whether it is still the newest."""
_LEAST = 1024
_ASKED_FOR = re.compile(r'(?:src|href)="([^"#?]+\.(?:js|css|svg|png|woff2|md|xml|txt|json))"')
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')


@dataclass(frozen=True)
class Found:
    """What was found of a running site."""

    faults: list[str]
    """What keeps a reader from something."""
    advice: list[str]
    """What some hosts cannot be told."""
    asked: int
    """How many files were asked for."""


_INSTEAD = {
    "style-src-attr": ("style-src", "default-src"),
    "worker-src": ("child-src", "script-src", "default-src"),
    **dict.fromkeys(("script-src", "style-src", "img-src", "font-src", "connect-src"), ("default-src",)),
}
"""Which directives hold, in this order, where one is not given: https://www.w3.org/TR/CSP3/#directive-fallback-list"""


def _directives(said: str) -> dict[str, set[str]]:
    """A policy by its directives."""
    parts = (part.split() for part in said.split(";") if part.strip())
    return {part[0].lower(): set(part[1:]) for part in parts}


def _allows(allowed: set[str], needed: set[str]) -> bool:
    return "*" in allowed or needed <= allowed | {"'none'"}


def _too_strict(sent: str, page: str) -> list[str]:
    """The directives of a policy that is sent which refuse what the page needs; both that and the page's own hold."""
    given = _directives(sent)
    needs = _directives(policy.header().replace(policy.HASHES, " ".join(policy.hashes(page))))
    found = []
    for name in sorted(set(needs) - {"frame-ancestors", "default-src"}):
        allowed = next((given[each] for each in (name, *_INSTEAD.get(name, ())) if each in given), None)
        if allowed is not None and not _allows(allowed, needs[name]):
            found.append(name)
    return found


def of_policy(reply: Reply, page: str) -> Iterator[str]:
    """What is wrong with the policies of a page: the one that is sent, and its own."""
    if 'http-equiv="content-security-policy"' not in page:
        yield "says no content security policy of itself; accepted: the page as it was built"
    if strict := _too_strict(reply.headers.get("content-security-policy", ""), page):
        told = ", ".join(strict)
        yield f"is sent with a policy that refuses what it needs: {told}; accepted: that of CONTRIBUTING.md"


def of_addresses(base: str, place: str, page: str) -> Iterator[str]:
    """Whether a page says that it stands where the sitemap has it."""
    found = _CANONICAL.search(page)
    if found and found[1] != base + place:
        yield f"calls itself {found[1]}; accepted: {base + place}, as the sitemap has it"


def of_type(place: str, reply: Reply) -> Iterator[str]:
    """Whether a browser is told what the file is."""
    suffix = ".html" if place.endswith("/") or not place else "." + place.rpartition(".")[2]
    kind = reply.headers.get("content-type", "")
    if suffix in TYPES and not re.fullmatch(TYPES[suffix], kind, re.IGNORECASE):
        yield f"is sent as '{kind}'; accepted: {TYPES[suffix].replace(chr(92), '').replace('; ?', '; ')}"


def of_age(reply: Reply) -> Iterator[str]:
    """Whether a correction reaches a reader within minutes, at the cost of a question and no more."""
    control = reply.headers.get("cache-control", "")
    found = re.search(r"max-age=(\d+)", control)
    if "immutable" in control or (found and int(found[1]) > FRESH and "no-cache" not in control):
        yield f"may be kept unasked by '{control}'; accepted: no-cache, or max-age up to {FRESH}"
    if not ({"etag", "last-modified"} & set(reply.headers)):
        yield "has neither ETag nor Last-Modified; accepted: either, so that what is unchanged is not sent again"


def of_codings(place: str, replies: Mapping[str, Reply]) -> Iterator[str]:
    """Whether the file is smaller on its way where a browser can take that, and the same at its end."""
    try:
        wholes = {coding: reply.whole() for coding, reply in replies.items()}
    except ValueError as fault:
        yield f"{fault}; accepted: br, gzip or as it is, each as Content-Encoding says"
        return
    if len(set(wholes.values())) > 1:
        yield "is another file when it is compressed; accepted: compressed forms of this very file"
    if replies[WHOLE].coding not in ("", WHOLE):
        yield f"is sent as {replies[WHOLE].coding} to whoever cannot read it; accepted: as it is"
    text = not place or place.endswith(("/", *compressed.KINDS))
    if text and len(wholes[WHOLE]) >= _LEAST and replies[GZIP].coding != GZIP:
        yield "is not compressed; accepted: gzip for whoever takes it"


def of_file(base: str, place: str, ask: Ask) -> list[str]:
    """What is wrong with a file of the site, whose sitemap says that it stands at `base`."""
    replies = {coding: ask(place, coding) for coding in (WHOLE, GZIP, BROTLI)}
    reply = replies[WHOLE]
    if reply.status != 200:
        return [f"answers {reply.status}; accepted: 200"]
    found = [*of_type(place, reply), *of_age(reply), *of_codings(place, replies)]
    if not place or place.endswith("/"):
        page = reply.body.decode("utf-8", "replace")
        found += [*of_policy(reply, page), *of_addresses(base, place, page)]
    return found


def of_lost(ask: Ask) -> list[str]:
    """Whether an address that leads nowhere gets the site's own page, as a page that is not there."""
    reply = ask(NOWHERE, WHOLE)
    if reply.status != 404:
        return [f"answers {reply.status}; accepted: 404"]
    if b"lost__" not in reply.body:
        return ["has the server's own page; accepted: 404.html"]
    return []


def of_redirect(site: str, place: str, ask: Ask) -> list[str]:
    """Whether a page's address without its slash leads to the page."""
    reply = ask(place.rstrip("/"), WHOLE)
    to = urljoin(site + place.rstrip("/"), reply.headers.get("location", ""))
    if reply.status not in (301, 302, 307, 308) or to != site + place:
        return [f"answers {reply.status} {reply.headers.get('location', '')}; accepted: a redirect to {site + place}"]
    return []


def of_products(ask: Ask) -> Iterator[tuple[str, str]]:
    """What is wrong with what there is to take away; (place, fault)."""
    place = "downloads/manifest.json"
    reply = ask(place, WHOLE)
    if reply.status != 200:
        yield place, f"answers {reply.status}; accepted: the edition of `make offline`, in dist/site"
        return
    try:
        files = json.loads(reply.whole())["files"]
    except ValueError as fault:
        yield place, f"cannot be read ({fault}); accepted: the manifest of the edition"
        return
    for file in files:
        got = ask(f"downloads/{file['name']}", WHOLE)
        if got.status != 200 or hashlib.sha256(got.body).hexdigest() != file["sha256"]:
            yield f"downloads/{file['name']}", "is not the file of the manifest; accepted: that very file"


def advice(reply: Reply, smaller: Reply) -> Iterator[str]:
    """What a page could be sent with besides, where the host can be told."""
    if "frame-ancestors" not in reply.headers.get("content-security-policy", ""):
        yield "may be framed by any site; better: a policy with frame-ancestors, which a page cannot say of itself"
    if reply.headers.get("x-content-type-options", "").lower() != "nosniff":
        yield "is sent without X-Content-Type-Options: nosniff"
    if smaller.coding != BROTLI:
        yield "is not sent in brotli, which is some 15 % smaller than gzip"


def _listed(sitemap: str) -> tuple[str, list[str]]:
    """Where a sitemap says that the site stands, and of its pages, places under that, the first of each folder."""
    addresses = re.findall(r"<loc>([^<]*)</loc>", sitemap)
    base = min(addresses, key=len, default="")
    kinds: dict[str, str] = {}
    for place in (address.removeprefix(base) for address in addresses):
        kinds.setdefault(place.rstrip("/").rpartition("/")[0] if place.count("/") > 1 else place, place)
    return base, list(kinds.values())


def _parts(site: str, page: str, text: str) -> set[str]:
    """The files of the site that a page asks for or leads to."""
    found = (urljoin(site + page, link) for link in _ASKED_FOR.findall(text))
    return {link.removeprefix(site) for link in found if link.startswith(site)}


def _told(site: str, base: str, pages: list[str], ask: Ask) -> tuple[list[tuple[str, str]], int]:
    """What is wrong with which place, and how many files were asked for."""
    places = dict.fromkeys(pages)
    for page in pages:
        places |= dict.fromkeys(sorted(_parts(site, page, ask(page, WHOLE).body.decode("utf-8", "replace"))))
    told = [(place, fault) for place in places for fault in of_file(base, place, ask)]
    told += [(NOWHERE, fault) for fault in of_lost(ask)]
    slashed = max(pages, key=lambda page: page.count("/"))
    told += [(slashed.rstrip("/"), fault) for fault in of_redirect(site, slashed, ask)]
    return [*told, *of_products(ask)], len(places)


def survey(site: str, ask: Ask) -> Found:
    """Asks for a page of each kind, all that these ask for, and the products; `site` ends with a slash."""
    sitemap = ask("sitemap.xml", WHOLE)
    if sitemap.status != 200:
        return Found([f"{site}sitemap.xml: answers {sitemap.status}; accepted: 200, at the address of the site"], [], 1)
    try:
        base, pages = _listed(sitemap.whole().decode("utf-8", "replace"))
    except ValueError as fault:
        return Found([f"{site}sitemap.xml: {fault}; accepted: as it is"], [], 1)
    told, asked = _told(site, base, pages, ask)
    if base != site:
        told = [("sitemap.xml", f"says that the site stands at {base}; accepted: {site}, which SITE_URL says"), *told]
    faults = [f"{site}{place}: {fault}" for place, fault in told]
    return Found(faults, [f"{site}: {one}" for one in advice(ask("", WHOLE), ask("", BROTLI))], asked)
