"""stays.py: what a browser may keep, by which list, and what a page says of it."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from miaotui.base.words import words
from miaotui.site import stays

GROUPS = {
    "index.html": "shared",
    "en/index.html": "shared",
    "about/index.html": "shared",
    "assets/css/miaotui.css": "shared",
    "assets/vendor/katex/fonts/KaTeX_Main-Regular.woff2": "shared",
    "search/engine.js": "shared",
    "search/search_index.json": "shared",
    "search/zh.js": "shared",
    "search/en.js": "shared",
    "q/12/index.html": "zh",
    "search/zh/p0.js": "zh",
    "assets/practice/zh-follow-ups.js": "zh",
    "sheets/12.js": "zh",
    "en/q/12/index.html": "en",
    "search/en/p0.js": "en",
    "assets/practice/en.js": "en",
    "assets/practice/en-follow-ups.js": "en",
    "en/sheets/12.js": "en",
    "judge/python-0.js": "rest",
    "en/q/12.md": "rest",
    "judge/LICENSE.txt": None,
    "404.html": None,
    "cards/q12.png": None,
    "sitemap.xml": None,
    "downloads/miaotui.pdf": None,
    "downloads/miaotui-zh.html": None,
    "stays.json": None,
    "stays.txt": None,
    "stays-worker.js": None,
}


@pytest.mark.parametrize("place", GROUPS)
def test_with_what_a_file_is_kept(place: str) -> None:
    assert stays.group(place) == GROUPS[place]


FILES = {"q/1/index.html": b"<p>1.5</p>" * 99, "q/2/index.html": b"<p>2</p>" * 9, "index.html": b"<p>\xe7\xa7\x92</p>"}


def test_the_list_has_each_file_with_its_hash() -> None:
    made = stays.products(stays.listed({**FILES, "stays.json": b"old"}), "v1")
    told = json.loads(made[stays.LIST])
    assert told["version"] == made[stays.VERSION].strip()
    assert re.fullmatch("[0-9a-f]{32}", told["version"])
    assert list(told["files"]) == sorted(FILES)
    size, digest, group = told["files"]["index.html"]
    assert (size, group) == (len(FILES["index.html"]), "shared")
    assert base64.urlsafe_b64decode(f"{digest}=") == hashlib.sha256(FILES["index.html"]).digest()


def test_the_same_files_give_the_same_list_and_others_another() -> None:
    first = stays.products(stays.listed(FILES), "v1")
    assert stays.products(stays.listed(dict(reversed(FILES.items()))), "v1") == first
    others = [
        ({**FILES, "q/1/index.html": b"<p>1.6</p>"}, "v1"),
        (FILES, "v2"),
        ({**FILES, "q/3/index.html": b""}, "v1"),
    ]
    versions = {stays.products(stays.listed(files), build)[stays.VERSION] for files, build in others}
    assert len(versions | {first[stays.VERSION]}) == 4


def test_sizes_are_those_of_the_files() -> None:
    one, two = len(FILES["q/1/index.html"]), len(FILES["q/2/index.html"])
    sizes = stays.sizes({**FILES, "judge/python.js": b"x", "cards/1.png": b"x"})
    assert set(sizes) == {"shared", "zh", "page"}
    assert sizes["zh"][1] == one + two
    assert sizes["page"][1] == (one + two) // 2
    assert sizes["zh"][0] < sizes["zh"][1]


def test_a_page_says_them() -> None:
    said = words("en").stays
    section = str(stays.section(said, "en", "../../"))
    page = stays.with_sizes(f"<article>{section}</article>", {"shared": [1, 2], "en": [3, 4]})
    assert 'data-sizes="{&#34;shared&#34;:[1,2],&#34;en&#34;:[3,4]}"' in page
    assert stays.offers({"a.html": section.encode(), "b.html": page.encode(), "c.js": section.encode()}) == ["a.html"]


def test_its_words_end_no_script() -> None:
    said = {**words("en").stays, "why": "</script><b>"}
    section = str(stays.section(said, "en", "../"))
    assert section.count("</script>") == 1
    text = section.partition('id="stays-words">')[2].partition("</script>")[0]
    assert json.loads(text)["why"] == said["why"]
    assert "{judge}" not in json.loads(text)["rest"]


def test_the_worker_begins_with_its_words() -> None:
    head, body = stays.worker({code: words(code) for code in ("zh", "en")}).split("\n", 1)
    told = json.loads(head.removeprefix("const miaotuiStays = "))
    assert list(told) == ["zh", "en"]
    assert told["en"]["away"] == words("en").stays["away"]
    assert [body.find(name) for name in ("const miaotuiKept", "const miaotuiTaking")] == [
        0,
        body.find("const miaotuiT"),
    ]
    assert "/**" not in body
