"""What a file of the site is sent with: its type, how long it may be kept, under which policy, and what more is said.

Each fault is a sentence without its place: what was found; what is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email.message import Message
from email.utils import parsedate_to_datetime

from miaotui.site import policy
from miaotui.site.reply import Reply

_BOOKS = dict.fromkeys((".epub", ".apkg", ".zip", ".pdf", ".wasm"), ("application/", False))
TYPES: dict[str, tuple[str, bool]] = {
    ".html": ("text/html", True),
    ".js": ("text/javascript application/javascript", False),
    ".css": ("text/css", False),
    ".svg": ("image/svg+xml", False),
    ".png": ("image/png", False),
    ".woff2": ("font/woff2 application/font-woff2", False),
    ".xml": ("text/xml application/xml application/atom+xml", False),
    ".json": ("application/json", False),
    ".md": ("text/markdown text/plain", True),
    ".txt": ("text/plain", True),
    **_BOOKS,
}
"""What each kind is sent as, and whether the letters have to be said: a browser takes Chinese text for another."""
FRESH = 600
"""Seconds for which a page may be shown without asking whether it is still the newest."""
_ACCEPTED = f"no-cache, or max-age up to {FRESH}"
_KEPT = ("max-age", "s-maxage", "stale-while-revalidate")
_INSTEAD = {
    "style-src-attr": ("style-src", "default-src"),
    "worker-src": ("child-src", "script-src", "default-src"),
    **dict.fromkeys(("script-src", "style-src", "img-src", "font-src", "connect-src"), ("default-src",)),
}
"""Which directives hold, in this order, where one is not given: https://www.w3.org/TR/CSP3/#directive-fallback-list"""
_NEVER = ("sandbox", "require-trusted-types-for")
"""Directives under which the site's scripts do not work, whatever they say."""


def _directives(said: str) -> dict[str, set[str]]:
    """A policy by its directives."""
    parts = (part.split() for part in said.split(";") if part.strip())
    return {part[0].lower(): set(part[1:]) for part in parts}


def _policies(reply: Reply) -> list[dict[str, set[str]]]:
    """The policies that are sent, which all hold; several stand in one header, or in several, with commas between."""
    return [_directives(said) for said in reply.headers.get("content-security-policy", "").split(",") if said.strip()]


def _allows(allowed: set[str], needed: set[str]) -> bool:
    return "*" in allowed or needed <= allowed | {"'none'"}


def _needs(page: str) -> dict[str, set[str]]:
    """What a page needs, by the directive that would refuse it."""
    needs = _directives(policy.header().replace(policy.HASHES, " ".join(policy.hashes(page))))
    for name in ("script-src", "style-src"):
        needs[f"{name}-elem"] = {source for source in needs[name] if source == "'self'" or "sha256" in source}
    return {name: sources for name, sources in needs.items() if name not in ("frame-ancestors", "default-src")}


def _too_strict(given: Mapping[str, set[str]], page: str) -> Iterator[str]:
    """The directives of a policy that is sent which refuse what the page needs; both that and the page's own hold."""
    yield from (name for name in _NEVER if name in given)
    for name, needed in _needs(page).items():
        allowed = next((given[each] for each in (name, *_INSTEAD.get(name, ())) if each in given), None)
        if allowed is not None and not _allows(allowed, needed):
            yield name


def of_policy(reply: Reply, page: str) -> Iterator[str]:
    """What is wrong with the policies of a page: those that are sent, and its own."""
    if 'http-equiv="content-security-policy"' not in page:
        yield "says no content security policy of itself; accepted: the page as it was built"
    if strict := sorted({name for given in _policies(reply) for name in _too_strict(given, page)}):
        told = ", ".join(strict)
        yield f"is sent with a policy that refuses what it needs: {told}; accepted: that of CONTRIBUTING.md"


def suffix(place: str) -> str:
    """The kind of a file by its place; an address that ends in a slash is a page's."""
    return ".html" if place.endswith("/") or not place else "." + place.rpartition(".")[2]


def of_type(place: str, reply: Reply) -> Iterator[str]:
    """Whether a browser is told what the file is, and in which letters."""
    said = reply.headers.get("content-type", "")
    message = Message()
    message["content-type"] = said
    letters = str(message.get_param("charset", "")).lower()
    kinds, needed = TYPES.get(suffix(place), ("", False))
    kind = message.get_content_type()
    known = any(kind == one or (one.endswith("/") and kind.startswith(one)) for one in kinds.split())
    if kinds and not (said and known and letters in ("utf-8", *([] if needed else [""]))):
        accepted = kinds.replace("application/ ", "a type of application/").replace(" ", " or ")
        yield f"is sent as '{said}'; accepted: {accepted}{'; charset=utf-8' if needed else ''}"


def _expires(reply: Reply) -> int:
    """For how many seconds a file may be kept by its Expires; 0 where that says nothing, or is no date."""
    try:
        end, now = (parsedate_to_datetime(reply.headers[name]) for name in ("expires", "date"))
        return int((end - now).total_seconds())
    except (KeyError, ValueError, TypeError):
        return 0


def of_age(reply: Reply) -> Iterator[str]:
    """Whether a correction reaches a reader within minutes, at the cost of a question and no more."""
    said = reply.headers.get("cache-control", "")
    control = said.lower()
    kept = [int(found[2]) for found in re.finditer(r"([a-z-]+)\s*=\s*\"?(\d+)", control) if found[1] in _KEPT]
    asked = re.search(r"\bno-cache\b(?!=)|\bno-store\b", control)
    if not asked and not kept and "expires" not in reply.headers:
        yield f"has no Cache-Control, so a browser guesses how long to keep it; accepted: {_ACCEPTED}"
    elif not asked and max([*kept, 0 if kept else _expires(reply)]) > FRESH:
        found = said or f"Expires: {reply.headers['expires']}"
        yield f"may be kept unasked by '{found}'; accepted: {_ACCEPTED}"
    if "immutable" in control:
        yield f"may never be asked for again by '{said}'; accepted: {_ACCEPTED}"
    if not ({"etag", "last-modified"} & set(reply.headers)):
        yield "has neither ETag nor Last-Modified; accepted: either, so that what is unchanged is not sent again"


def of_more(reply: Reply) -> Iterator[str]:
    """What a browser is told besides that keeps a reader from the file, or takes something from the reader."""
    if reply.headers.get("content-disposition", "").lower().startswith("attachment"):
        yield "is sent with Content-Disposition: attachment, so it is saved and not shown; accepted: without"
    if "clear-site-data" in reply.headers:
        yield "is sent with Clear-Site-Data, which deletes what readers have ticked; accepted: without"
    if "refresh" in reply.headers:
        yield f"is sent with Refresh: {reply.headers['refresh']}, which leads away; accepted: without"


def advice(reply: Reply) -> Iterator[str]:
    """What a page could be sent with besides, where the host can be told."""
    framing = [given["frame-ancestors"] for given in _policies(reply) if "frame-ancestors" in given]
    if not any("*" not in sources for sources in framing):
        yield "may be framed by any site; better: a policy with frame-ancestors, which a page cannot say of itself"
    if reply.headers.get("x-content-type-options", "").lower() != "nosniff":
        yield "is sent without X-Content-Type-Options: nosniff"
    if "noindex" in reply.headers.get("x-robots-tag", "").lower():
        yield "is sent with X-Robots-Tag: noindex, so no search engine finds it"
    if "set-cookie" in reply.headers:
        yield "sets a cookie, which the site has no use for"
    age = reply.headers.get("age", "")
    if age.isdecimal() and int(age) > FRESH:
        yield f"was kept {age} seconds on its way; a cache there has to forget all pages at each deploy"
