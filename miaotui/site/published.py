"""What a running server makes of the site: whether a reader gets each file whole, fresh, small and under its policy.

Pure: a server is a function that answers. What is wrong is told as `address: what was found; what is accepted`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from miaotui.site import published_files, published_headers, stays
from miaotui.site.published_files import AS_SAID, Digests, answers, of_size
from miaotui.site.published_headers import of_age, of_more, of_policy, of_type
from miaotui.site.published_products import of_products
from miaotui.site.reply import BROTLI, GZIP, WHOLE, Ask, Reply

NOWHERE = "q/no-such-page/"
NO_FILE = "assets/no-such-script.js"
_ASKED_FOR = re.compile(r'(?:src|href)="([^"#?]+\.(?:js|css|svg|png|woff2|md|xml|txt|json))"')
_CARD = re.compile(r'<meta property="og:image" content="([^"]+)"')
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_ALWAYS = ("llms.txt", "en/llms.txt", "licences.txt", "bill-of-materials.json")
"""What no page leads to, or not every one."""
_STAYING = (stays.LIST, stays.VERSION, stays.WORKER)
"""What an offer to keep the site needs."""
_AGAIN = "identity, *;q=0"
"""Asks for a file as it is, another time."""
_HERE = ("127.0.0.1", "localhost")
_FEW = 3
"""From how many places on a fault that is the same in all is told once."""


@dataclass(frozen=True)
class Found:
    """What was found of a running site."""

    faults: list[str]
    """What keeps a reader from something."""
    advice: list[str]
    """What some hosts cannot be told."""
    asked: int
    """How many files were asked for."""


def of_addresses(base: str, place: str, page: str) -> Iterator[str]:
    """Whether a page says that it stands where the sitemap has it."""
    found = _CANONICAL.search(page)
    if found and found[1] != base + place:
        yield f"calls itself {found[1]}; accepted: {base + place}, as the sitemap has it"


def of_codings(place: str, replies: Mapping[str, Reply]) -> Iterator[str]:
    """Whether the file is smaller on its way where a browser can take that, and the same at its end."""
    try:
        wholes = {coding: reply.whole() for coding, reply in replies.items()}
    except ValueError as fault:
        yield f"{fault}; {AS_SAID}"
        return
    if len(set(wholes.values())) > 1:
        yield "is another file when it is compressed; accepted: compressed forms of this very file"
    codings = {reply.coding for reply in replies.values()}
    if len(codings) > 1 and not re.search(r"accept-encoding|\*", replies[GZIP].headers.get("vary", ""), re.IGNORECASE):
        yield "is sent in several forms without Vary: Accept-Encoding; accepted: with it, or a cache mixes them up"
    # Only programs take no gzip; a browser takes brotli from https alone.
    if replies[WHOLE].coding == BROTLI:
        yield f"is sent as {BROTLI} to whoever cannot read it; accepted: as it is"
    yield from of_size(place, replies[GZIP], wholes[WHOLE])


def of_file(base: str, place: str, ask: Ask) -> list[str]:
    """What is wrong with a file of the site, whose sitemap says that it stands at `base`."""
    replies = {coding: ask(place, coding) for coding in (WHOLE, GZIP, BROTLI)}
    reply = replies[WHOLE]
    for one in replies.values():
        if one.status != 200 or one.fault:
            return [f"{answers(one)}; accepted: 200"]
    found = [*of_type(place, reply), *of_age(reply), *of_more(reply), *of_codings(place, replies)]
    if not place or place.endswith("/"):
        page = _text(reply)
        found += [*of_policy(reply, page), *of_addresses(base, place, page)]
    return found


def _text(reply: Reply) -> str:
    return reply.read().decode("utf-8", "replace")


def of_lost(ask: Ask) -> Iterator[tuple[str, str]]:
    """Whether an address that leads nowhere gets the site's own page, as a page that is not there."""
    for place in (NOWHERE, NO_FILE):
        reply = ask(place, WHOLE)
        if reply.status != 404:
            yield place, f"{answers(reply)}; accepted: 404"
        elif place == NOWHERE and "lost__" not in _text(reply):
            yield place, "has the server's own page; accepted: 404.html"
        elif place == NOWHERE:
            yield from ((place, fault) for fault in of_type("404.html", reply))
            # It may have no mark of its own: nothing asks for it again.
            yield from ((place, fault) for fault in of_age(reply) if "ETag" not in fault and "guess" not in fault)


def of_redirect(site: str, place: str, ask: Ask) -> list[str]:
    """Whether a page's address without its slash leads to the page."""
    reply = ask(place.rstrip("/"), WHOLE)
    to = urljoin(site + place.rstrip("/"), reply.headers.get("location", ""))
    if reply.status not in (301, 302, 307, 308) or to != site + place:
        return [f"{answers(reply)} {reply.headers.get('location', '')}; accepted: a redirect to {site + place}"]
    return []


def advice(site: str, ask: Ask) -> Iterator[str]:
    """What could be better of how the site is sent, where the host can be told."""
    whole, smaller = ask("", WHOLE), ask("", BROTLI)
    yield from published_headers.advice(whole)
    if smaller.coding != BROTLI:
        yield "is not sent in brotli, which is some 15 % smaller than gzip"
    if whole.coding == GZIP:
        yield "is sent as gzip to programs that do not take it, too; every browser does"
    if ask(stays.LIST, WHOLE).status == 404:
        yield f"has no {stays.LIST}: nothing is kept for readers, and without a folder only a sample is asked for"
    split = urlsplit(site)
    if split.scheme != "https" and split.hostname not in _HERE:
        yield "is not sent by https, without which a browser keeps nothing and hands nothing to the share sheet"


def _listed(sitemap: str) -> tuple[str, list[str]]:
    """Where a sitemap says that the site stands, and its pages, places under that."""
    addresses = re.findall(r"<loc>([^<]*)</loc>", sitemap)
    base = min(addresses, key=len, default="")
    return base, [address.removeprefix(base) for address in addresses]


def _of_each_kind(pages: Iterable[str]) -> list[str]:
    """The first page of each folder."""
    kinds: dict[str, str] = {}
    for place in pages:
        kinds.setdefault(place.rstrip("/").rpartition("/")[0] if place.count("/") > 1 else place, place)
    return list(kinds.values())


def _parts(site: str, page: str, text: str) -> set[str]:
    """The files of the site that a page asks for or leads to, and its card."""
    found = (urljoin(site + page, link) for link in (*_ASKED_FOR.findall(text), *_CARD.findall(text)))
    return {link.removeprefix(site) for link in found if link.startswith(site)}


def _of_sample(site: str, base: str, pages: list[str], ask: Ask) -> dict[str, list[str]]:
    """What is wrong with a page of each kind, and with what these ask for, in each form."""
    places = dict.fromkeys((*pages, *_ALWAYS, *(() if ask(stays.LIST, WHOLE).status == 404 else _STAYING)))
    for page in pages:
        places |= dict.fromkeys(sorted(_parts(site, page, _text(ask(page, WHOLE)))))
    return {place: of_file(base, place, ask) for place in places}


def _gathered(site: str, told: Iterable[tuple[str, str]]) -> list[str]:
    """The faults as lines, one that many places have once."""
    places: dict[str, dict[str, None]] = {}
    for place, fault in told:
        places.setdefault(fault, {})[place] = None
    lines = []
    for fault, where in places.items():
        first, *others = where
        if len(where) > _FEW:
            lines.append(f"{site}{first} (and {len(others)} more): {fault}")
        else:
            lines += [f"{site}{place}: {fault}" for place in where]
    return lines


def _told(site: str, base: str, pages: list[str], built: Digests | None, ask: Ask) -> tuple[list[tuple[str, str]], int]:
    """What is wrong with which place, and how many files were asked for."""
    kinds = _of_each_kind(pages)
    sample = _of_sample(site, base, kinds, ask)
    told = [(place, fault) for place, faults in sample.items() for fault in faults]
    told += of_lost(ask)
    if len({ask("", coding).headers.get("etag") for coding in (WHOLE, _AGAIN)}) > 1:
        told.append(("", "has another ETag each time; accepted: one that stays while the file does"))
    slashed = max(kinds, key=lambda page: page.count("/"))
    told += [(slashed.rstrip("/"), fault) for fault in of_redirect(site, slashed, ask)]
    known, build, wrong = published_files.said(ask)
    told += wrong
    if built is not None:
        told += published_files.of_build(known, built)
    every = built if built is not None else known
    told += published_files.of_files(every, ask)
    others = [place for place in pages if place not in every and place not in sample]
    replies = ((place, ask(place, GZIP)) for place in others)
    told += [(place, f"{answers(reply)}; accepted: 200") for place, reply in replies if reply.status != 200]
    return [*told, *of_products(ask, build)], len({*sample, *every, *others})


def survey(site: str, ask: Ask, built: Digests | None = None) -> Found:
    """Asks for all that the site says it has, a page of each kind in every way, and the products.

    `site` ends with a slash; `built` has the files of the folder that was published, where that is at hand.
    """
    sitemap = ask("sitemap.xml", WHOLE)
    if sitemap.status != 200:
        return Found([f"{site}sitemap.xml: {answers(sitemap)}; accepted: 200, at the address of the site"], [], 1)
    try:
        base, pages = _listed(sitemap.whole().decode("utf-8", "replace"))
    except ValueError as fault:
        return Found([f"{site}sitemap.xml: {fault}; accepted: as it is"], [], 1)
    if not pages:
        return Found([f"{site}sitemap.xml: names no page; accepted: that of a site built with SITE_URL set"], [], 1)
    told, asked = _told(site, base, pages, built, ask)
    if base != site:
        told = [("sitemap.xml", f"says that the site stands at {base}; accepted: {site}, which SITE_URL says"), *told]
    return Found(_gathered(site, told), [f"{site}: {one}" for one in advice(site, ask)], asked)
