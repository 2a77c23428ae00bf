"""What is said of a server that serves the site, rightly and in each wrong way."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import brotli
import pytest

from miaotui.site import policy
from miaotui.site.published import NO_FILE, NOWHERE, survey
from miaotui.site.published_files import of_folder
from miaotui.site.reply import GZIP, Reply

SITE = "https://bank.test/sub/"
TYPES = {
    "": "text/html; charset=utf-8",
    "js": "text/javascript",
    "xml": "text/xml; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}
PACKED: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "br": brotli.compress}
SENT = {
    "etag": '"1"',
    "cache-control": "no-cache",
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "vary": "Accept-Encoding",
}


def page(place: str, text: str = "") -> bytes:
    """A page of the site, long enough to be compressed."""
    head = f'<meta charset="utf-8"><link rel="canonical" href="{SITE}{place}"><script>let a = 1</script>'
    up = "../" * place.count("/")
    return policy.said(f'<html>{head}<script src="{up}a.js"></script>{text}{"word " * 400}</html>').encode()


BOOK = b"a book"
MANIFEST = {"version": "v1", "files": [{"name": "book.epub", "sha256": hashlib.sha256(BOOK).hexdigest()}]}
BUILT: dict[str, bytes] = {
    **{place: page(place) for place in ("", "en/", "q/1/", "q/2/", "en/q/1/")},
    "a.js": b"let word = 1;\n" * 200,
    # Nothing that is asked of a page leads here: a script fetches it.
    "search/zh.js": b"let piece = 2;\n" * 200,
}


def digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


LISTED = {f"{place}index.html" if place.endswith("/") or not place else place: data for place, data in BUILT.items()}
STAYS = {
    "version": "5f",
    "build": "v1",
    "files": {place: [len(data), digest(data), "zh"] for place, data in LISTED.items()},
}
FILES = {
    **BUILT,
    "sitemap.xml": "".join(f"<loc>{SITE}{place}</loc>" for place in ("", "en/", "q/1/", "q/2/", "en/q/1/")).encode(),
    "downloads/manifest.json": json.dumps(MANIFEST).encode(),
    "downloads/book.epub": BOOK,
    "stays.json": json.dumps(STAYS).encode(),
    "stays.txt": b"5f\n",
    "stays-worker.js": b"let kept = 3\n",
    **dict.fromkeys(("llms.txt", "en/llms.txt", "licences.txt"), b"A list.\n"),
    "bill-of-materials.json": b"{}\n",
}


def ask(place: str, coding: str) -> Reply:
    """A server that does all of it."""
    if place in ("q/1", "en/q/1"):
        return Reply(301, {"location": f"/sub/{place}/"})
    if place not in FILES:
        told = {"content-type": TYPES[""], "cache-control": "no-cache"}
        return Reply(404, told, b'<ul class="lost__near"></ul>')
    kind = place.rpartition(".")[2] if "." in place else ""
    told = {**SENT, "content-type": TYPES.get(kind, "application/epub+zip")}
    if coding in PACKED:
        return Reply(200, {**told, "content-encoding": coding}, PACKED[coding](FILES[place]))
    return Reply(200, told, FILES[place])


def test_a_server_that_does_all_of_it_is_told_nothing() -> None:
    found = survey(SITE, ask)
    assert (found.faults, found.advice) == ([], [])
    # All that was built, and what stands beside it: but for the sitemap, and what there is to take away.
    assert found.asked == len([place for place in FILES if place != "sitemap.xml" and "downloads" not in place])


Change = Callable[[str, str, Reply], Reply]


def sent(name: str, value: str, place: str = "q/1/") -> Change:
    """Another header of one file."""
    return lambda asked, _, reply: replace(reply, headers={**reply.headers, name: value}) if asked == place else reply


OLD = {"expires": "Thu, 01 Jan 2037 00:00:00 GMT", "date": "Tue, 01 Dec 2026 00:00:00 GMT"}


def less(reply: Reply, name: str) -> dict[str, str]:
    return {key: value for key, value in reply.headers.items() if key != name}


def without(name: str) -> Change:
    """A header of no file."""
    return lambda asked, _, reply: replace(reply, headers=less(reply, name))


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
        lambda asked, coding, reply: ask(asked, "br") if coding == "identity" and asked == "a.js" else reply,
        "a.js: is sent as br to whoever cannot read it",
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
    "an older file of the edition": (given(200, b"old", "downloads/book.epub"), "is not the file of the manifest"),
    "no edition": (given(404, b"", "downloads/manifest.json"), "accepted: the edition of `make offline`"),
    "an older edition": (
        given(200, json.dumps({**MANIFEST, "version": "v0"}).encode(), "downloads/manifest.json"),
        "manifest.json: is of version v0, and the site of v1",
    ),
    "a book is text": (sent("content-type", "text/plain", "downloads/book.epub"), "book.epub: is sent as 'text/plain'"),
    "a page that no sample has": (given(404, b"", "q/2/"), "q/2/: answers 404"),
    "a page of another build": (
        lambda asked, coding, reply: (
            replace(reply, body=PACKED.get(coding, bytes)(page("q/2/", "7"))) if asked == "q/2/" else reply
        ),
        "q/2/: is not the file that was built",
    ),
    "a script that no page names": (given(404, b"", "search/zh.js"), "search/zh.js: answers 404"),
    "a script that no page names is text": (
        sent("content-type", "text/plain", "search/zh.js"),
        "search/zh.js: is sent as 'text/plain'",
    ),
    "an older form in brotli": (
        lambda asked, coding, reply: (
            replace(reply, body=brotli.compress(b"old")) if (asked, coding) == ("search/zh.js", "br") else reply
        ),
        "search/zh.js: is not the file that was built, for who takes br",
    ),
    "half of a file": (
        lambda asked, _, reply: replace(reply, fault="half of it") if asked == "search/zh.js" else reply,
        "search/zh.js: does not answer whole (half of it)",
    ),
    "no answer to one page": (given(0, b"", "q/1/"), "q/1/: answers 0"),
    "half of the site's own list": (given(200, b"{", "stays.json"), "stays.json: cannot be read"),
    "the version of another build": (given(200, b"60", "stays.txt"), "stays.txt: is of another version"),
    "a worker that is text": (sent("content-type", "text/plain", "stays-worker.js"), "stays-worker.js: is sent as"),
    "a list for programs is missing": (given(404, b"", "llms.txt"), "llms.txt: answers 404"),
    "no word of how long": (without("cache-control"), "has no Cache-Control, so a browser guesses"),
    "a date in ten years": (
        lambda asked, _, reply: replace(reply, headers={**OLD, **less(reply, "cache-control")}),
        "may be kept unasked by 'Expires: ",
    ),
    "a cache on the way keeps it": (
        sent("cache-control", "max-age=0, s-maxage=86400"),
        "may be kept unasked by 'max-age=0, s-maxage=86400'",
    ),
    "shown although stale": (
        sent("cache-control", "max-age=60, stale-while-revalidate=86400"),
        "may be kept unasked by 'max-age=60",
    ),
    "capitals": (sent("cache-control", "Max-Age=86400"), "may be kept unasked by 'Max-Age=86400'"),
    "one of two": (sent("cache-control", "no-cache, immutable"), "may never be asked for again"),
    "other letters in the feed": (sent("content-type", "text/xml; charset=gbk", "a.js"), "a.js: is sent as"),
    "forms that a cache mixes up": (without("vary"), "without Vary: Accept-Encoding"),
    "another mark each time": (
        lambda asked, coding, reply: replace(reply, headers={**reply.headers, "etag": coding}),
        "has another ETag each time",
    ),
    "saved and not shown": (sent("content-disposition", "attachment; filename=q"), "so it is saved and not shown"),
    "what readers ticked": (sent("clear-site-data", '"storage"'), "deletes what readers have ticked"),
    "led away": (sent("refresh", "0; url=https://other.test/"), "which leads away"),
    "a sandbox": (
        sent("content-security-policy", "frame-ancestors 'none'; sandbox"),
        "refuses what it needs: sandbox",
    ),
    "types that are trusted": (
        sent("content-security-policy", "require-trusted-types-for 'script'"),
        "refuses what it needs: require-trusted-types-for",
    ),
    "no script of an element": (
        sent("content-security-policy", "script-src-elem 'none'"),
        "refuses what it needs: script-src-elem",
    ),
    "the second of two policies": (
        sent("content-security-policy", "frame-ancestors 'none', img-src 'none'"),
        "refuses what it needs: img-src",
    ),
    "a lost page in other letters": (
        sent("content-type", "text/html", NOWHERE),
        f"{NOWHERE}: is sent as 'text/html'",
    ),
    "a lost page that is kept": (sent("cache-control", "max-age=86400", NOWHERE), f"{NOWHERE}: may be kept unasked"),
    "a lost script is the home page": (given(200, b"", NO_FILE), f"{NO_FILE}: answers 200"),
    "a sitemap of nothing": (given(200, b"<urlset/>", "sitemap.xml"), "sitemap.xml: names no page"),
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


ADVICE = {
    "a type may be guessed": (
        sent("x-content-type-options", "", ""),
        "is sent without X-Content-Type-Options: nosniff",
    ),
    "framed by all": (sent("content-security-policy", "frame-ancestors *", ""), "may be framed by any site"),
    "not to be found": (sent("x-robots-tag", "noindex", ""), "no search engine finds it"),
    "a cookie": (sent("set-cookie", "a=1", ""), "sets a cookie"),
    "a day on its way": (sent("age", "86400", ""), "was kept 86400 seconds on its way"),
    "gzip for all": (lambda asked, _, reply: ask(asked, "gzip"), "is sent as gzip to programs that do not take it"),
    "no brotli": (lambda asked, coding, reply: ask(asked, "gzip") if coding == "br" else reply, "not sent in brotli"),
    "nothing to keep": (given(404, b"", "stays.json"), "has no stays.json"),
}


@pytest.mark.parametrize("name", ADVICE)
def test_what_a_host_cannot_be_told_is_advice(name: str) -> None:
    change, told = ADVICE[name]
    found = survey(SITE, lambda place, coding: change(place, coding, ask(place, coding)))
    assert found.faults == []
    assert any(told in one for one in found.advice), found.advice


def test_a_site_without_https_is_advised_of_it() -> None:
    site = SITE.replace("https", "http")
    assert any("is not sent by https" in one for one in survey(site, ask).advice)


def test_a_fault_that_all_files_have_is_told_once() -> None:
    change = without("etag")
    faults = survey(SITE, lambda place, coding: change(place, coding, ask(place, coding))).faults
    (told,) = [fault for fault in faults if "has neither ETag" in fault]
    assert told.startswith(f"{SITE} (and ")


def test_each_file_of_a_folder_is_compared(tmp_path: Path) -> None:
    for place, data in {**LISTED, "cards/1.png": b"a card", "404.html": b"", "a.js.br": b""}.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(data)
    built = of_folder(tmp_path)
    assert survey(SITE, ask, built).faults == [f"{SITE}cards/1.png: answers 404; accepted: 200"]
    (tmp_path / "a.js").write_bytes(b"newer")
    faults = survey(SITE, ask, of_folder(tmp_path)).faults
    assert any(fault.startswith(f"{SITE}a.js: is of another build than the folder") for fault in faults), faults
