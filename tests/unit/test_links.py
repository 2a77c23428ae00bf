"""The link checker: a small site in two languages that passes, and every defect planted in it, by its whole message."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from miaotui.site.links import check_site, external_links
from scripts import links

HEAD = '<!doctype html>\n<html><head><link rel="stylesheet" href="{up}assets/a.css"></head><body>\n'
FOOT = '\n<script src="{up}assets/a.js"></script></body></html>\n'
PAGES = {
    "index.html": '<a href="q/1/#in-depth">题</a> <a href="en/#home">English</a> <img src="assets/a.svg" alt="">',
    "q/1/index.html": '<h2 id="in-depth">深</h2><h2 id="三种方法">三</h2><a href="../../en/q/1/#in-depth">English</a>',
    "en/index.html": '<h1 id="home">Home</h1><a href="q/1/#in-depth">one</a> <a href="../q/1/#三种方法">中文</a>',
    "en/q/1/index.html": '<h2 id="in-depth">In depth</h2><a href="../../../q/1/#in-depth">中文</a>',
}
FILES = {
    "assets/a.css": 'body { background: url("a.svg") }\n',
    "assets/a.js": "'use strict'\n",
    "assets/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def page(name: str, body: str) -> str:
    """A page whose body stands on line 3."""
    up = "../" * name.count("/")
    return HEAD.format(up=up) + body + FOOT.format(up=up)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    root = Path("site")
    write(root, {name: page(name, body) for name, body in PAGES.items()} | FILES)
    return root


def plant(root: Path, name: str, html: str) -> None:
    """Puts `html` on line 4 of a page."""
    write(root, {name: page(name, f"{PAGES.get(name, '')}\n{html}")})


def found(root: Path, *, for_file: bool = False, site_url: str = "") -> list[str]:
    return [str(problem) for problem in check_site(root, for_file=for_file, site_url=site_url).problems]


def test_good_site(site: Path) -> None:
    result = check_site(site)
    assert (result.pages, result.links, result.problems, result.external) == (4, 16, [], {})


@pytest.mark.parametrize(
    "html",
    [
        '<a href="#">top</a> <a href="#top">top</a> <a href="#TOP">top</a> <a href="">here</a> <a>nowhere</a>',
        '<a href="?q=1">search</a> <a href="q/1/?level=2#in-depth">q</a> <a href="q/1?x">q</a>',
        '<a href="/q/1/">q</a> <a href="/">home</a> <a href=".">home</a> <a href="./q/../q/./1/index.html">q</a>',
        '<a href="q/1/#%E4%B8%89%E7%A7%8D%E6%96%B9%E6%B3%95">三</a> <a href="%71/1/">q</a> <a href=" q/1/\n">q</a>',
        '<i id="a%20b"></i><a href="#a%20b">written as it is</a>',
        '<a name="old"></a><a href="#old">old</a> <a id="both" name="both" href="#both">both</a>',
        '<a id="__codelineno-0-1" href="#__codelineno-0-1">1</a>',
        '<a href="mailto:a@example.org">mail</a> <a href="tel:+10">call</a> <a href="MAILTO:a@example.org">mail</a>',
        '<a href="https://example.org/#x">https</a> <a href="http://example.org">http</a>',
        '<link rel="canonical" href="https://example.org/"><link rel="alternate license" href="https://example.org/">',
        '<link rel="author" href="https://example.org/"><link rel="prev" href="q/1/"><link rel="next" href="q/1/">',
        '<link rel="Canonical" href="https://example.org/"><link rel=" ALTERNATE " href="https://example.org/">',
        '<meta property="og:image" content="https://example.org/a.png"><meta property="og:type" content="website">',
        '<link rel="icon" href="data:image/svg+xml,x"><link rel="shortcut icon" href="data:image/png;base64,AA==">',
        '<img src="data:image/png;base64,AA=="><i style="background: url(data:image/png;base64,AA==)"></i>',
        '<img src="assets/a.svg" srcset="assets/a.svg, assets/a.svg 2x,assets/a.svg 300w, data:image/gif;base64,A 3x">',
        "<style>/* url(gone.png) */ @namespace url(http://www.w3.org/x); a::after { content: 'url(no)' }</style>",
        "<style>a { background: url( 'assets/a.svg' ), URL(assets/a.svg), url(#here) } @import \"assets/a.css\"</style>"
        '<i id="here"></i>',
        '<svg><g id="shape"/><use href="#shape"/><path fill="url(#shape)"/><use xlink:href="#shape"/></svg>',
        '<form><input type="image" src="assets/a.svg"><button>go</button></form><form action=""></form>',
        '<form action="?q"></form><object data="assets/a.svg"></object><video poster="assets/a.svg"></video>',
        '<meta http-equiv="refresh" content="5"><meta http-equiv="Refresh" content="0; URL=\'q/1/\'">',
        "<!-- <a href=gone>x</a> --><script>'<a href=\"gone\">'</script>",
        '<a href="q/1/" href="gone">the first counts</a>',
        "<style>a { color: red }</style><p>url(gone.png)</p>",
        "<style>a { color: red }</style>url(gone.png)",
    ],
)
def test_accepted(site: Path, html: str) -> None:
    plant(site, "index.html", html)
    assert found(site) == []


NO_FILE = "leads to no file; accepted: a page or file of the site"
OURS = "accepted: our own files"
LEAVES = "leads out of the site; accepted: a page or file of the site"
SCHEMES = "accepted: https:, http:, mailto:, tel: or a link within the site"

DEAD = [
    ("page", '<a href="q/2/">x</a>', f"the link 'q/2/' {NO_FILE}"),
    ("page from the root", '<a href="/q/2/">x</a>', f"the link '/q/2/' {NO_FILE}"),
    ("page of the other language", '<a href="en/q/2/">x</a>', f"the link 'en/q/2/' {NO_FILE}"),
    ("folder without a page", '<a href="assets/">x</a>', f"the link 'assets/' {NO_FILE}"),
    ("file as a folder", '<a href="q/1/index.html/">x</a>', f"the link 'q/1/index.html/' {NO_FILE}"),
    (
        "anchor of the same page",
        '<a href="#gone">x</a>',
        "the link '#gone' leads to no anchor of index.html; accepted: an id there",
    ),
    (
        "anchor of the same language",
        '<a href="q/1/#gone">x</a>',
        "the link 'q/1/#gone' leads to no anchor of q/1/index.html; accepted: an id there",
    ),
    (
        "anchor of the other language",
        '<a href="/en/q/1/#三种方法">x</a>',
        "the link '/en/q/1/#三种方法' leads to no anchor of en/q/1/index.html; accepted: an id there",
    ),
    (
        "anchor of Material's kind",
        '<a href="#__codelineno-0-1">x</a>',
        "the link '#__codelineno-0-1' leads to no anchor of index.html; accepted: an id there",
    ),
    (
        "anchor that is only a name of a field",
        '<input name="gone"><a href="#gone">x</a>',
        "the link '#gone' leads to no anchor of index.html; accepted: an id there",
    ),
    ("raw HTML, upper case", '<A CLASS="x" HREF="GONE.html">x</A>', f"the link 'GONE.html' {NO_FILE}"),
    ("raw HTML, no quotes", "<a href=gone.html>x</a>", f"the link 'gone.html' {NO_FILE}"),
    ("raw HTML, single quotes", "<a href='gone.html'>x</a>", f"the link 'gone.html' {NO_FILE}"),
    ("raw HTML, entities", '<a href="gone&amp;a.html">x</a>', f"the link 'gone&a.html' {NO_FILE}"),
    ("area", '<map><area href="gone.html"></map>', f"the link 'gone.html' {NO_FILE}"),
    ("link in SVG", '<svg><a xlink:href="gone.html"/></svg>', f"the link 'gone.html' {NO_FILE}"),
    ("alternate", '<link rel="alternate" href="gone/">', f"the link 'gone/' {NO_FILE}"),
    ("image", '<img src="gone.png">', f"the link 'gone.png' {NO_FILE}"),
    ("image that is empty", '<img src="">', "the link '' is empty; accepted: a file of the site"),
    ("srcset", '<img srcset="assets/a.svg 1x, gone.png 2x">', f"the link 'gone.png' {NO_FILE}"),
    ("source", '<source src="gone.mp4">', f"the link 'gone.mp4' {NO_FILE}"),
    ("source with srcset", '<source srcset="gone.png">', f"the link 'gone.png' {NO_FILE}"),
    ("script", '<script src="gone.js"></script>', f"the link 'gone.js' {NO_FILE}"),
    ("style sheet", '<link rel="stylesheet" href="gone.css">', f"the link 'gone.css' {NO_FILE}"),
    ("preloaded image", '<link rel="preload" imagesrcset="gone.png 2x">', f"the link 'gone.png' {NO_FILE}"),
    ("frame", '<iframe src="gone.html"></iframe>', f"the link 'gone.html' {NO_FILE}"),
    ("sound", '<audio src="gone.mp3"></audio>', f"the link 'gone.mp3' {NO_FILE}"),
    ("film", '<video src="gone.mp4"></video>', f"the link 'gone.mp4' {NO_FILE}"),
    ("poster", '<video poster="gone.png"></video>', f"the link 'gone.png' {NO_FILE}"),
    ("track", '<track src="gone.vtt">', f"the link 'gone.vtt' {NO_FILE}"),
    ("embed", '<embed src="gone.pdf">', f"the link 'gone.pdf' {NO_FILE}"),
    ("object", '<object data="gone.pdf"></object>', f"the link 'gone.pdf' {NO_FILE}"),
    ("form", '<form action="gone.html"></form>', f"the link 'gone.html' {NO_FILE}"),
    ("button", '<button formaction="gone.html">x</button>', f"the link 'gone.html' {NO_FILE}"),
    ("image button", '<input type="image" src="gone.png">', f"the link 'gone.png' {NO_FILE}"),
    ("use", '<svg><use href="gone.svg#a"/></svg>', f"the link 'gone.svg#a' {NO_FILE}"),
    (
        "use of the page",
        '<svg><use xlink:href="#gone"/></svg>',
        "the link '#gone' leads to no anchor of index.html; accepted: an id there",
    ),
    ("image in SVG", '<svg><image href="gone.png"/></svg>', f"the link 'gone.png' {NO_FILE}"),
    ("refresh", '<meta http-equiv="refresh" content="0; url=gone/">', f"the link 'gone/' {NO_FILE}"),
    ("refresh, upper case", '<META HTTP-EQUIV="REFRESH" CONTENT="0; URL=gone/">', f"the link 'gone/' {NO_FILE}"),
    ("frame of a frameset", '<frame src="gone.html">', f"the link 'gone.html' {NO_FILE}"),
    ("image in a filter", '<svg><feImage href="gone.png"/></svg>', f"the link 'gone.png' {NO_FILE}"),
    ("refresh without url=", '<meta http-equiv="refresh" content="0;gone/">', f"the link 'gone/' {NO_FILE}"),
    ("style attribute", "<i style=\"background: url('gone.png')\"></i>", f"the link 'gone.png' {NO_FILE}"),
    ("style element", "<style>a { background: url(gone.png) }</style>", f"the link 'gone.png' {NO_FILE}"),
    (
        "paint of SVG",
        '<svg><path fill="url(#gone)"/></svg>',
        "the link '#gone' leads to no anchor of index.html; accepted: an id there",
    ),
    (
        "wrong case",
        '<a href="Q/1/">x</a>',
        "the link 'Q/1/' leads to no file; accepted: the spelling of 'q/1/index.html'",
    ),
    (
        "wrong case of a file",
        '<img src="assets/A.svg">',
        "the link 'assets/A.svg' leads to no file; accepted: the spelling of 'assets/a.svg'",
    ),
    ("out of the folder", '<a href="../x.html">x</a>', f"the link '../x.html' {LEAVES}"),
    ("out of the folder and back", '<a href="../site/q/1/">x</a>', f"the link '../site/q/1/' {LEAVES}"),
    ("out of the folder, encoded", '<a href="%2e%2e/x.html">x</a>', f"the link '%2e%2e/x.html' {LEAVES}"),
    ("out of the folder from the root", '<a href="/q/../../x">x</a>', f"the link '/q/../../x' {LEAVES}"),
    ("doubled id", '<i id="a"></i><b id="a"></b>', "the id 'a' stands twice; accepted: once on a page"),
    ("base", '<base href="/en/">', "<base> turns every link of the page elsewhere; accepted: no <base>"),
    (
        "no address",
        '<a href="https://[x">x</a>',
        "the link 'https://[x' is no address (Invalid IPv6 URL); accepted: https: or a link within the site",
    ),
    ("no HTML", "<![x[ a ]]>", "cannot be read (unknown status keyword 'x' in marked section); accepted: HTML"),
]


@pytest.mark.parametrize(("html", "message"), [row[1:] for row in DEAD], ids=[row[0] for row in DEAD])
def test_dead(site: Path, html: str, message: str) -> None:
    plant(site, "index.html", html)
    assert found(site) == [f"site/index.html:4: {message}"]


@pytest.mark.parametrize(
    "html",
    [
        '<script src="{}"></script>',
        "<SCRIPT SRC={}></SCRIPT>",
        '<link rel="stylesheet" href="{}">',
        '<link rel="alternate stylesheet" href="{}">',
        '<link rel="Shortcut Icon" href="{}">',
        '<link rel="apple-touch-icon" href="{}">',
        '<link rel="preload" href="{}">',
        '<link rel="preconnect" href="{}">',
        '<link rel="dns-prefetch" href="{}">',
        '<link rel="modulepreload" href="{}">',
        '<link rel="manifest" href="{}">',
        '<img src="{}">',
        '<img srcset="assets/a.svg, {} 2x">',
        '<source srcset="{}">',
        '<iframe src="{}"></iframe>',
        '<audio src="{}"></audio>',
        '<video poster="{}"></video>',
        '<embed src="{}">',
        '<object data="{}"></object>',
        '<form action="{}"></form>',
        '<svg><use href="{}"/></svg>',
        '<svg><image xlink:href="{}"/></svg>',
        '<meta http-equiv="refresh" content="0; url={}">',
        '<i style="background: url({})"></i>',
        "<style>@import '{}';</style>",
        "<style>@import url({});</style>",
        '<style>a {{ background: URL( "{}" ) }}</style>',
        '<noscript><img src="{}"></noscript>',
        '<a href="q/1/" ping="{}">x</a>',
        '<area href="q/1/" ping="{}">',
        '<table background="{}"></table>',
    ],
)
@pytest.mark.parametrize("url", ["https://cdn.example/a", "//cdn.example/a"])
def test_fetched_from_elsewhere(site: Path, html: str, url: str) -> None:
    plant(site, "index.html", html.format(url))
    expected = f"site/index.html:4: the link '{url}' would be fetched from cdn.example; {OURS}"
    assert found(site) == [expected]
    assert check_site(site).external == {}


def test_backslashes_are_slashes(site: Path) -> None:
    plant(site, "index.html", r'<img src="\\cdn.example\a.png">')
    expected = rf"site/index.html:4: the link '\\cdn.example\a.png' would be fetched from cdn.example; {OURS}"
    assert found(site) == [expected]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<a href='javascript:void(0)'>x</a>", f"'javascript:void(0)' has the scheme 'javascript:'; {SCHEMES}"),
        ("<a href=' JavaScript:a()'>x</a>", f"'JavaScript:a()' has the scheme 'javascript:'; {SCHEMES}"),
        ("<a href='java&#10;script:a()'>x</a>", f"'java\\u000ascript:a()' has the scheme 'javascript:'; {SCHEMES}"),
        ("<a href='vbscript:a'>x</a>", f"'vbscript:a' has the scheme 'vbscript:'; {SCHEMES}"),
        ("<a href='data:text/html,x'>x</a>", f"'data:text/html,x' has the scheme 'data:'; {SCHEMES}"),
        ("<a href='file:///etc'>x</a>", f"'file:///etc' has the scheme 'file:'; {SCHEMES}"),
        ("<a href='//example.org'>x</a>", "'//example.org' has a host but no scheme; accepted: https: before it"),
        ("<iframe src='data:text/html,x'></iframe>", f"'data:text/html,x' has the scheme 'data:'; {OURS}"),
        ("<link rel='stylesheet icon' href='data:,x'>", f"'data:,x' has the scheme 'data:'; {OURS}"),
        ("<script src='data:,x'></script>", f"'data:,x' has the scheme 'data:'; {OURS}"),
        ("<style>@import 'data:text/css,x'</style>", f"'data:text/css,x' has the scheme 'data:'; {OURS}"),
        ("<form action='javascript:a()'></form>", f"'javascript:a()' has the scheme 'javascript:'; {OURS}"),
        ("<img src='javascript:a()'>", f"'javascript:a()' has the scheme 'javascript:'; {OURS}"),
    ],
)
def test_refused_schemes(site: Path, html: str, message: str) -> None:
    plant(site, "index.html", html)
    assert found(site) == [f"site/index.html:4: the link {message}"]


def test_style_sheet(site: Path) -> None:
    text = "/* url(no.png)\n*/ a { background: url(gone.png) }\n@import 'https://cdn.example/a.css';\n"
    write(site, {"assets/a.css": text + "b { background: url(../en/index.html#a), url(#here) }"})
    assert found(site) == [
        f"site/assets/a.css:2: the link 'gone.png' {NO_FILE}",
        f"site/assets/a.css:3: the link 'https://cdn.example/a.css' would be fetched from cdn.example; {OURS}",
        "site/assets/a.css:4: the link '../en/index.html#a' leads to no anchor of en/index.html; accepted: an id there",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<style>a { content: '" + "\\\\" * 5000 + "\n}</style>",
        '<img srcset="' + "," * 50000 + '">',
        '<img srcset="' + ", " * 50000 + '">',
        '<style>a { b: url("' + 'x\\"' * 20000 + "</style>",
    ],
    ids=["backslashes", "commas", "commas and spaces", "quotes"],
)
def test_hostile_text_takes_no_time(site: Path, html: str) -> None:
    """A pattern that backtracks would take minutes or years here; no time is measured."""
    plant(site, "index.html", html)
    assert len(found(site)) == html.count("url(")


def test_an_open_string_ends_with_its_line(site: Path) -> None:
    plant(site, "index.html", "<style>a { content: 'x\n} b { background: url('gone.png') }</style>")
    assert found(site) == [f"site/index.html:5: the link 'gone.png' {NO_FILE}"]


def test_root_of_a_deep_page(site: Path) -> None:
    plant(site, "en/q/1/index.html", '<a href="/q/1/#三种方法">x</a> <a href="/1/">x</a>')
    assert found(site) == [f"site/en/q/1/index.html:4: the link '/1/' {NO_FILE}"]


def test_lines(site: Path) -> None:
    plant(site, "en/q/1/index.html", '<p>\n<a\n href="gone">x</a>\n<style>\n\na { background: url(gone.png) }</style>')
    assert found(site) == [
        f"site/en/q/1/index.html:5: the link 'gone' {NO_FILE}",
        f"site/en/q/1/index.html:9: the link 'gone.png' {NO_FILE}",
    ]


def test_no_utf8(site: Path) -> None:
    (site / "index.html").write_bytes(b"<p>\n\xff")
    assert found(site) == ["site/index.html:2: the byte 0xff is no UTF-8; accepted: UTF-8 text"]


def test_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("site"), FILES)
    assert found(Path("site")) == ["site:1: holds no page; accepted: a built site"]


def as_files(root: Path) -> None:
    """Turns the links of the site into those that a browser can open from a disk."""
    for name, body in PAGES.items():
        text = body.replace("/#", "/index.html#")
        write(root, {name: page(name, text)})


def test_good_site_for_file(site: Path) -> None:
    as_files(site)
    assert found(site, for_file=True) == []


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<a href="/q/1/index.html">x</a>', "'/q/1/index.html' leads to the root of a disk; accepted: a relative link"),
        ('<img src="/assets/a.svg">', "'/assets/a.svg' leads to the root of a disk; accepted: a relative link"),
        ('<a href="q/1/">x</a>', "'q/1/' leads to a folder; accepted: its index.html"),
        ('<a href="q/1">x</a>', "'q/1' leads to a folder; accepted: its index.html"),
        ('<a href=".">x</a>', "'.' leads to a folder; accepted: its index.html"),
        ('<a href="q/1/#in-depth">x</a>', "'q/1/#in-depth' leads to a folder; accepted: its index.html"),
        ('<a href="assets/">x</a>', f"'assets/' {NO_FILE}"),
        (
            '<img src="https://site.example/assets/a.svg">',
            f"'https://site.example/assets/a.svg' would be fetched from site.example; {OURS}",
        ),
    ],
)
def test_refused_for_file(site: Path, html: str, message: str) -> None:
    as_files(site)
    write(site, {"page.html": page("page.html", html)})
    expected = [f"site/page.html:3: the link {message}"]
    assert found(site, for_file=True, site_url="https://site.example") == expected


def test_404_page(site: Path) -> None:
    as_files(site)
    write(site, {"404.html": page("404.html", '<a href="/">/</a> <a href="/gone">x</a> <img src="gone.png">')})
    dead = [f"site/404.html:3: the link '/gone' {NO_FILE}", f"site/404.html:3: the link 'gone.png' {NO_FILE}"]
    assert found(site) == dead
    assert found(site, for_file=True) == dead[1:]


def test_404_page_fetches_nothing(site: Path) -> None:
    as_files(site)
    write(site, {"404.html": page("404.html", '<img src="//cdn.example/a">')})
    expected = f"site/404.html:3: the link '//cdn.example/a' would be fetched from cdn.example; {OURS}"
    assert found(site, for_file=True) == [expected]


OWN = """
<link rel="canonical" href="https://site.example/{0}"><link rel="alternate" href="https://site.example/en/{0}">
<meta property="og:url" content="https://site.example/{0}">
<a href="https://site.example/{0}">x</a>
"""


def test_own_address(site: Path) -> None:
    plant(site, "index.html", OWN.format("q/1/?a#in-depth") + '<a href="https://site.example">home</a>')
    for site_url in ("https://site.example", "https://site.example/"):
        result = check_site(site, site_url=site_url)
        assert (result.problems, result.external) == ([], {})
    assert sorted(check_site(site).external) == ["https://site.example", "https://site.example/q/1/?a#in-depth"]


def test_own_address_is_checked(site: Path) -> None:
    plant(site, "index.html", OWN.format("q/2/"))
    dead = f"the link 'https://site.example/q/2/' {NO_FILE}"
    english = f"the link 'https://site.example/en/q/2/' {NO_FILE}"
    lines = [(5, english), (5, dead), (6, dead), (7, dead)]
    assert found(site) == []
    assert found(site, site_url="https://site.example") == [f"site/index.html:{line}: {text}" for line, text in lines]


def test_own_address_is_no_prefix_of_another_host(site: Path) -> None:
    plant(site, "index.html", '<a href="https://site.example.org/">x</a>')
    assert list(check_site(site, site_url="https://site.example").external) == ["https://site.example.org/"]


def test_own_address_for_file(site: Path) -> None:
    """Such a link is asked of the server, where a folder and the root are fine."""
    as_files(site)
    write(site, {"page.html": page("page.html", OWN.format("q/1/"))})
    assert found(site, for_file=True, site_url="https://site.example") == []


def test_own_address_for_file_is_the_server_s(site: Path) -> None:
    as_files(site)
    write(site, {"page.html": page("page.html", OWN.format("q/2/")), "q/2.html": page("q/2.html", "")})
    write(site, {"en/q/2.html": page("en/q/2.html", "")})
    assert found(site, for_file=True, site_url="https://site.example") == []
    write(site, {"page.html": page("page.html", '<a href="https://site.example/q/2.html">x</a>')})
    accepted = "accepted: 'https://site.example/q/2/', as on the server"
    assert found(site, for_file=True, site_url="https://site.example") == [
        f"site/page.html:3: the link 'https://site.example/q/2.html' names a file of the copy; {accepted}"
    ]


def test_site_below_a_path(site: Path) -> None:
    """MkDocs then begins the links of the 404 page with that path."""
    html = '<a href="/bank/q/1/">x</a> <a href="/q/1/">x</a> <a href="https://site.example/bank/q/2/">x</a>'
    write(site, {"404.html": page("404.html", html)})
    assert found(site, site_url="https://site.example/bank/") == [
        f"site/404.html:3: the link '/q/1/' {LEAVES}",
        f"site/404.html:3: the link 'https://site.example/bank/q/2/' {NO_FILE}",
    ]


def test_external_links(site: Path) -> None:
    plant(site, "index.html", '<a href="https://b.example/">b</a><a href="https://b.example/">b</a>')
    plant(site, "en/index.html", '<a href="https://b.example/">b</a> <a href="http://a.example/#x">a</a>')
    plant(site, "q/1/index.html", '<link rel="canonical" href="https://c.example/"><a href="mailto:a@d.example">d</a>')
    assert external_links(site) == [
        ("http://a.example/#x", "site/en/index.html"),
        ("https://b.example/", "site/en/index.html"),
    ]


# The command.


def test_command_passes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert links.main([str(site)]) == 0
    assert capsys.readouterr() == ("checked 4 pages, 16 links: all resolve\n", "")


def test_command_finds(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(site, "index.html", '<a href="gone">x</a><a href="gone-too">x</a>')
    assert links.main([str(site)]) == 1
    assert capsys.readouterr() == (
        "",
        f"site/index.html:4: the link 'gone' {NO_FILE}\n"
        f"site/index.html:4: the link 'gone-too' {NO_FILE}\n"
        "checked 4 pages, 18 links: 2 problems\n",
    )


def test_command_takes_several_sites(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("other"), {"index.html": '<a href="gone">x</a>'})
    assert links.main([str(site), "other"]) == 1
    expected = f"other/index.html:1: the link 'gone' {NO_FILE}\nchecked 5 pages, 17 links: 1 problem\n"
    assert capsys.readouterr() == ("", expected)


def test_command_for_file(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    as_files(site)
    write(site, {"page.html": page("page.html", OWN.format("q/1/"))})
    assert links.main(["--file", "--site-url", "https://site.example", str(site)]) == 0
    write(site, {"page.html": page("page.html", '<a href="/">x</a>')})
    assert links.main(["--file", str(site)]) == 1
    assert capsys.readouterr().err == (
        "site/page.html:3: the link '/' leads to the root of a disk; accepted: a relative link\n"
        "checked 5 pages, 19 links: 1 problem\n"
    )


def test_command_knows_the_own_address(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(site, "index.html", '<a href="https://site.example/gone">x</a>')
    assert links.main([str(site)]) == 0
    assert links.main(["--site-url", "https://site.example", str(site)]) == 1
    assert capsys.readouterr().err == (
        f"site/index.html:4: the link 'https://site.example/gone' {NO_FILE}\nchecked 4 pages, 17 links: 1 problem\n"
    )


def test_command_lists_external(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(site, "index.html", '<a href="https://b.example/">b</a> <a href="https://a.example/">a</a>')
    assert links.main(["--list-external", str(site)]) == 0
    assert capsys.readouterr().out == (
        "https://a.example/ site/index.html\n"
        "https://b.example/ site/index.html\n"
        "checked 4 pages, 18 links: all resolve\n"
    )


def test_command_lists_external_of_several_sites(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(site, "index.html", '<a href="https://b.example/">b</a>')
    write(Path("other"), {"index.html": '<a href="https://a.example/">a</a> <a href="https://b.example/">b</a>'})
    assert links.main(["--list-external", str(site), "other"]) == 0
    assert capsys.readouterr().out == (
        "https://a.example/ other/index.html\n"
        "https://b.example/ site/index.html\n"
        "checked 5 pages, 19 links: all resolve\n"
    )


@pytest.mark.parametrize("arguments", [[], ["--nonsense", "site"]])
def test_usage(arguments: list[str], site: Path) -> None:
    assert site.is_dir()
    with pytest.raises(SystemExit) as stopped:
        links.main(arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize("name", ["gone", "site/index.html"])
@pytest.mark.usefixtures("site")
def test_no_folder(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        links.main([name])
    assert stopped.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == f"links.py: error: {name} is no folder; accepted: the folder of a built site"


# The network: a server of our own, on this machine.


class Answers(BaseHTTPRequestHandler):
    """Answers with the number that its path begins with; under /nohead, HEAD is refused."""

    asked: list[tuple[str, str, str]]

    def do_GET(self) -> None:
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        refused = self.command == "HEAD" and self.path.startswith("/nohead")
        word = self.path.strip("/").partition("/")[0]
        self.send_response(405 if refused else 200 if word == "nohead" else int(word))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "*")
    Answers.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def link_to(root: Path, *urls: str) -> None:
    plant(root, "index.html", "".join(f'<a href="{url}">x</a>' for url in urls))


def test_external_answers(site: Path, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    link_to(site, f"{server}/200#part", f"{server}/nohead", f"{server}/200/题?a=b%20c&amp;d")
    assert links.main(["--external", str(site)]) == 0
    assert capsys.readouterr() == ("checked 4 pages, 19 links, 3 outside links: all resolve\n", "")
    assert sorted((method, path) for method, path, _ in Answers.asked) == [
        ("GET", "/nohead"),
        ("HEAD", "/200"),
        ("HEAD", "/200/%E9%A2%98?a=b%20c&d"),
        ("HEAD", "/nohead"),
    ]
    assert all(agent.startswith("Mozilla/5.0 ") for _, _, agent in Answers.asked)


def test_external_dead(site: Path, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    link_to(site, f"{server}/404", f"{server}/500")
    assert links.main(["--external", str(site)]) == 1
    assert capsys.readouterr() == (
        "",
        f"site/index.html:4: the link '{server}/404' answers 404; accepted: an address that answers\n"
        f"site/index.html:4: the link '{server}/500' answers 500; accepted: an address that answers\n"
        "checked 4 pages, 18 links, 2 outside links: 2 problems\n",
    )


def test_external_unsure(site: Path, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    link_to(site, f"{server}/403", f"{server}/429")
    assert links.main(["--external", str(site)]) == 0
    assert capsys.readouterr() == (
        f"site/index.html:4: the link '{server}/403' could not be checked (answers 403)\n"
        f"site/index.html:4: the link '{server}/429' could not be checked (answers 429)\n"
        "checked 4 pages, 18 links, 2 outside links: all resolve\n",
        "",
    )


def test_an_example_is_not_asked(site: Path, server: str, capsys: pytest.CaptureFixture[str]) -> None:
    link_to(
        site, f"{server}/200", "https://miaotui.example/issues/new?title=x", "http://a.b.INVALID:80/", "http://test/"
    )
    assert links.main(["--external", str(site)]) == 0
    told = "checked 4 pages, 20 links, 1 outside link (3 more have example addresses): all resolve\n"
    assert capsys.readouterr() == (told, "")
    assert [links.reserved(url) for url in ("https://example.org/", "https://a.test.io/", f"{server}/")] == [False] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="the message is the system's")
def test_external_silent(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    link_to(site, url)
    assert links.main(["--external", str(site)]) == 1
    why = f"<urlopen error [Errno {errno.ECONNREFUSED}] {os.strerror(errno.ECONNREFUSED)}>"
    assert capsys.readouterr().err == (
        f"site/index.html:4: the link '{url}' does not answer ({why}); accepted: an address that answers\n"
        "checked 4 pages, 17 links, 1 outside link: 1 problem\n"
    )


def test_external_too_slow(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("no_proxy", "*")
    assert links.SECONDS == 20
    monkeypatch.setattr(links, "SECONDS", 0.1)
    start = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        link_to(site, url)
        assert links.main(["--external", str(site)]) == 1
    assert time.monotonic() - start < 5
    assert capsys.readouterr().err == (
        f"site/index.html:4: the link '{url}' does not answer (timed out); accepted: an address that answers\n"
        "checked 4 pages, 17 links, 1 outside link: 1 problem\n"
    )


def test_nobody_is_asked_unasked(site: Path, server: str) -> None:
    link_to(site, f"{server}/404")
    assert links.main([str(site)]) == 0
    assert links.main(["--list-external", str(site)]) == 0
    assert Answers.asked == []
