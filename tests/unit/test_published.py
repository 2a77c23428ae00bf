"""What is said of a server that serves the site, rightly and in each wrong way."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import brotli
import pytest

from miaotui.site import policy
from miaotui.site.published import NOWHERE, survey
from miaotui.site.reply import GZIP, Reply

SITE = "https://bank.test/sub/"
TYPES = {
    "": "text/html; charset=utf-8",
    "js": "text/javascript",
    "xml": "text/xml; charset=utf-8",
    "json": "application/json",
}
PACKED: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "br": brotli.compress}
SENT = {
    "etag": '"1"',
    "cache-control": "no-cache",
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
}


def page(place: str, text: str = "") -> bytes:
    """A page of the site, long enough to be compressed."""
    head = f'<meta charset="utf-8"><link rel="canonical" href="{SITE}{place}"><script>let a = 1</script>'
    up = "../" * place.count("/")
    return policy.said(f'<html>{head}<script src="{up}a.js"></script>{text}{"word " * 400}</html>').encode()


BOOK = b"a book"
MANIFEST = {"files": [{"name": "book.epub", "sha256": hashlib.sha256(BOOK).hexdigest()}]}
FILES = {
    **{place: page(place) for place in ("", "en/", "q/1/", "en/q/1/")},
    "a.js": b"let word = 1;\n" * 200,
    "sitemap.xml": "".join(f"<loc>{SITE}{place}</loc>" for place in ("", "en/", "q/1/", "q/2/", "en/q/1/")).encode(),
    "downloads/manifest.json": json.dumps(MANIFEST).encode(),
    "downloads/book.epub": BOOK,
}


def ask(place: str, coding: str) -> Reply:
    """A server that does all of it."""
    if place in ("q/1", "en/q/1"):
        return Reply(301, {"location": f"/sub/{place}/"})
    if place not in FILES:
        return Reply(404, body=b'<ul class="lost__near"></ul>')
    kind = place.rpartition(".")[2] if "." in place else ""
    told = {**SENT, "content-type": TYPES.get(kind, "application/epub+zip")}
    if coding in PACKED:
        return Reply(200, {**told, "content-encoding": coding}, PACKED[coding](FILES[place]))
    return Reply(200, told, FILES[place])


def test_a_server_that_does_all_of_it_is_told_nothing() -> None:
    found = survey(SITE, ask)
    assert (found.faults, found.advice) == ([], [])
    # Of each folder one page, and the script that all ask for.
    assert found.asked == 5


Change = Callable[[str, str, Reply], Reply]


def sent(name: str, value: str, place: str = "q/1/") -> Change:
    """Another header of one file."""
    return lambda asked, _, reply: replace(reply, headers={**reply.headers, name: value}) if asked == place else reply


def given(status: int, body: bytes, place: str) -> Change:
    return lambda asked, _, reply: Reply(status, reply.headers, body) if asked == place else reply


def uncompressed(asked: str, _: str, reply: Reply) -> Reply:
    return ask(asked, "identity")


WRONG: dict[str, tuple[Change, str]] = {
    "a page is missing": (given(500, b"", "q/1/"), "q/1/: answers 500"),
    "letters are not said": (sent("content-type", "text/html"), "q/1/: is sent as 'text/html'"),
    "a script is text": (sent("content-type", "text/plain", "a.js"), "a.js: is sent as 'text/plain'"),
    "kept for a day": (sent("cache-control", "max-age=86400"), "q/1/: may be kept unasked by 'max-age=86400'"),
    "no validator": (
        lambda asked, _, reply: replace(reply, headers={k: v for k, v in reply.headers.items() if k != "etag"}),
        "has neither ETag nor Last-Modified",
    ),
    "not compressed": (uncompressed, "is not compressed"),
    "another file when compressed": (
        lambda asked, coding, reply: replace(reply, body=gzip.compress(b"x")) if coding == GZIP else reply,
        "is another file when it is compressed",
    ),
    "compressed otherwise than said": (sent("content-encoding", "br", "a.js"), "a.js: was sent as 'br', which is not"),
    "a sitemap that cannot be read": (sent("content-encoding", "br", "sitemap.xml"), "sitemap.xml: was sent as 'br'"),
    "a manifest that cannot be read": (
        given(200, b"<p>", "downloads/manifest.json"),
        "manifest.json: cannot be read",
    ),
    "compressed for whoever cannot read it": (
        lambda asked, coding, reply: ask(asked, "gzip") if coding == "identity" and asked == "a.js" else reply,
        "a.js: is sent as gzip to whoever cannot read it",
    ),
    "a policy without the page's scripts": (
        sent("content-security-policy", "script-src 'self'"),
        "is sent with a policy that refuses what it needs: script-src",
    ),
    "a style of an element has what styles have": (
        sent("content-security-policy", "style-src 'self'"),
        "refuses what it needs: style-src-attr",
    ),
    "a worker has what scripts have": (
        sent("content-security-policy", policy.header().replace("worker-src 'self' blob:; ", "").replace(" blob:", "")),
        "refuses what it needs: script-src, worker-src",
    ),
    "a policy that knows no pictures of data": (
        sent("content-security-policy", policy.header().replace("'self' data:", "'self'")),
        "refuses what it needs: img-src, script-src",
    ),
    "another's page": (given(200, b"<p>" + b"word " * 400, "q/1/"), "says no content security policy of itself"),
    "another address": (given(200, page("q/2/"), "q/1/"), f"calls itself {SITE}q/2/; accepted: {SITE}q/1/"),
    "a lost page is found": (given(200, b"", NOWHERE), "answers 200; accepted: 404"),
    "a lost page of the server's": (given(404, b"nginx", NOWHERE), "has the server's own page"),
    "no redirect": (given(404, b"", "en/q/1"), "en/q/1: answers 404"),
    "an older edition": (given(200, b"old", "downloads/book.epub"), "is not the file of the manifest"),
    "no edition": (given(404, b"", "downloads/manifest.json"), "accepted: the edition of `make offline`"),
    "no sitemap": (given(404, b"", "sitemap.xml"), "sitemap.xml: answers 404"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told(name: str) -> None:
    change, told = WRONG[name]
    faults = survey(SITE, lambda place, coding: change(place, coding, ask(place, coding))).faults
    assert any(told in fault for fault in faults), faults


def test_a_site_built_for_another_address_is_told_once() -> None:
    faults = survey("https://other.test/", ask).faults
    assert faults == [
        f"https://other.test/sitemap.xml: says that the site stands at {SITE}; "
        "accepted: https://other.test/, which SITE_URL says",
        *faults[1:],
    ]
    assert not any("calls itself" in fault for fault in faults)


def test_what_a_host_cannot_be_told_is_advice() -> None:
    found = survey(
        SITE, lambda place, coding: sent("x-content-type-options", "", "")(place, coding, ask(place, coding))
    )
    assert found.faults == []
    assert found.advice == [f"{SITE}: is sent without X-Content-Type-Options: nosniff"]
