"""What programs read of the site: Markdown beside each page, llms.txt, Atom."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from miaotui.bank.load import load
from miaotui.markup.front_matter import front_matter
from miaotui.site import feed
from miaotui.site import machine_readable as machines

ROOT = Path(__file__).resolve().parents[2]

SITE = "https://miaotui.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
BANK = load(ROOT / "articles")
FOLDERS = pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])


@FOLDERS
def test_a_question_s_markdown_stands_alone(folder: str, online: Path) -> None:
    labels = {"": ("**原文**", "**朱批**"), "en/": ("**As received**", "**Correction**")}[folder]
    for number, source_of in BANK.source_of().items():
        text = (online / folder / f"q/{number}.md").read_text(encoding="utf-8")
        source = ROOT / "docs" / (folder or "zh") / f"q/{number}.md"
        title = front_matter(source.read_text(encoding="utf-8"))["title"]
        assert text.startswith(f"# {title}\n")
        assert all(label in text for label in labels) != source_of.ours
        assert not re.search(r"8<--|\{ [#.]|^!!!|^---$|Generated:", text, re.MULTILINE), number


def _letters(text: str) -> str:
    """The text without what quotation marks, line ends, escapes and the targets of links add to it."""
    return re.sub(r"[>\s\\]|(?<=\])\([^)]*\)", "", text)


@FOLDERS
def test_a_question_s_markdown_has_the_article_s_words_and_ours(folder: str, online: Path) -> None:
    code = folder.strip("/") or "zh"
    for number, source in BANK.source_of().items():
        text = _letters((online / folder / f"q/{number}.md").read_text(encoding="utf-8"))
        question = source.articles[code].question(number)
        corrections = source.corrections[code].get(str(number), ())
        # Of our own article the page quotes the answer, without its label.
        parts = [question.parts["answer"].text.partition("\n")[2]] if source.ours else []
        said = parts or [part.text for part in question.parts.values()]
        said += [words for correction in corrections for words in (correction.claim, "".join(correction.lines))]
        assert [words for words in said if _letters(words) not in text] == [], number


@FOLDERS
def test_every_page_has_its_markdown_and_tells_it(folder: str, online: Path) -> None:
    pages = [page for kind in ("*", "*/*") for page in (online / folder).glob(f"{kind}/index.html")]
    assert online / folder / "about/index.html" in pages
    for page in pages:
        if folder == "" and page.relative_to(online).parts[0] == "en":
            continue
        if page.parent == online / "en":
            continue
        named = re.search(r'type="text/markdown" href="([^"]+)"', page.read_text(encoding="utf-8"))
        assert named, page
        assert (page.parent / named[1]).resolve().is_file(), page


@FOLDERS
def test_llms_txt_lists_every_question_in_its_topic(folder: str, online: Path) -> None:
    text = (online / folder / "llms.txt").read_text(encoding="utf-8")
    name = {"": "# 秒推", "en/": "# Miaotui"}[folder]
    assert text.startswith(f"{name}\n\n> ")
    links = re.findall(r"^- \[.+\]\((\S+)\)", text, re.MULTILINE)
    assert all((online / link.removeprefix(SITE)).is_file() for link in links)
    assert sum("/q/" in link for link in links) == len(BANK.source_of())
    wanted = [page for topic in BANK.topics for page in (f"topics/{topic.slug}", *(f"q/{n}" for n in topic.questions))]
    listed = [link for link in links if re.search("/topics/|/q/", link)]
    assert listed == [f"{SITE}{folder}{page}.md" for page in wanted]


XML = "{http://www.w3.org/XML/1998/namespace}"
OF_A_FEED = ["id", "title", "updated", "author"]
OF_AN_ENTRY = ["id", "title", "updated", "summary"]


def feed_of(site: Path, folder: str) -> ElementTree.Element:
    root = ElementTree.parse(site / folder / "feed.xml").getroot()
    assert root.tag == f"{ATOM}feed"
    return root


def entries_of(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """The entries by their ids, of which no two are alike."""
    entries = root.findall(f"{ATOM}entry")
    found = {entry.findtext(f"{ATOM}id", ""): entry for entry in entries}
    assert len(found) == len(entries)
    return found


@FOLDERS
def test_the_feed_is_valid_atom(folder: str, online: Path) -> None:
    root = feed_of(online, folder)
    entries = list(entries_of(root).values())
    for element, needed in [(root, OF_A_FEED), *((entry, OF_AN_ENTRY) for entry in entries)]:
        assert [len(element.findall(ATOM + tag)) for tag in needed] == [1] * len(needed)
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
    assert root.findtext(f"{ATOM}author/{ATOM}name") == root.findtext(f"{ATOM}title") != ""
    assert root.findtext(f"{ATOM}id") == f"{SITE}{folder}feed.xml"
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"{SITE}{folder}feed.xml"  # type: ignore[union-attr]
    assert root.get(f"{XML}lang") == (folder.strip("/") or "zh")
    dates = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert all(re.fullmatch(r"\d{4}-\d\d-01T00:00:00Z", date) for date in dates)
    assert dates == sorted(dates, reverse=True)
    assert root.findtext(f"{ATOM}updated") == dates[0]


@FOLDERS
def test_the_feed_tells_every_question_and_every_correction(folder: str, online: Path) -> None:
    code = folder.strip("/") or "zh"
    entries = entries_of(feed_of(online, folder))
    corrected = {number: source for number, source in BANK.source_of().items() if not source.ours}
    pages = [(f"{SITE}{folder}q/{number}/", number in corrected) for number in BANK.source_of()]
    assert list(entries) == [one for page, has in pages for one in (page, f"{page}#correction")[: 1 + has]]
    for number, source in corrected.items():
        entry = entries[f"{SITE}{folder}q/{number}/#correction"]
        asked = front_matter((ROOT / f"docs/{code}/q/{number}.md").read_text(encoding="utf-8"))
        assert entry.findtext(f"{ATOM}title") == {"zh": "更正：", "en": "Correction: "}[code] + asked["title"]
        assert entry.findtext(f"{ATOM}updated") == f"{asked['reviewed']}-01T00:00:00Z"
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "html"
        html = content.text or ""
        words = re.sub(r"\\[()]", "$", unescape(re.sub(r"<[^>]+>", "", html)))
        for correction in source.corrections[code][str(number)]:
            assert _letters(correction.claim) in _letters(entry.findtext(f"{ATOM}summary", ""))
            assert _letters(correction.claim) in _letters(words)
            truth = "".join(re.sub(r"`|\]\([^)]*\)|\[", "", line) for line in correction.lines)
            assert _letters(truth) in _letters(words), (number, truth)
        ElementTree.fromstring(f"<div>{html}</div>")


@FOLDERS
def test_every_link_of_the_feed_leads_somewhere(folder: str, online: Path) -> None:
    root = feed_of(online, folder)
    links = [link.get("href", "") for link in root.iter(f"{ATOM}link")]
    links += [
        link
        for content in root.iter(f"{ATOM}content")
        for link in re.findall('(?:href|src)="(.*?)"', content.text or "")
    ]
    assert len(links) > 60
    for link in links:
        page, _, anchor = link.removeprefix(SITE).partition("#")
        if not link.startswith(SITE):
            assert link.startswith("https://"), link
            continue
        page = page.partition("?")[0]
        file = online / page if page.endswith(".xml") else online / page / "index.html"
        assert file.is_file(), link
        assert not anchor or f'id="{anchor}"' in file.read_text(encoding="utf-8"), link


ENTRIES = {
    "markup in a claim": ("> a &lt; b and `c`\n\nd", "a < b and c"),
    "two claims": ("> 甲\n\n乙\n\n> 丙\n\n丁", "甲 · 丙"),
    "a claim in two lines": ("> 甲\n> 乙\n\n丙", "甲乙"),
    "no claim": ("丁", ""),
}


@pytest.mark.parametrize("case", ENTRIES)
def test_a_summary_is_the_claims_as_text(case: str) -> None:
    markdown, expected = ENTRIES[case]
    assert feed.claims(markdown) == expected


def test_what_was_reviewed_last_comes_first() -> None:
    months = ["2026-09", "2026-11", "2026-10", "2026-11"]
    told = [feed.Entry(f"{SITE}q/{number}/", "?", month, "") for number, month in enumerate(months)]
    root = ElementTree.fromstring(feed.feed("S", "zh", f"{SITE}feed.xml", SITE, told))
    assert [url.removeprefix(SITE) for url in entries_of(root)] == ["q/1/", "q/3/", "q/2/", "q/0/"]


def test_a_correction_s_links_are_whole_and_its_box_is_not_in_it(tmp_path: Path) -> None:
    text = '!!! received "原文"\n    甲\n\n!!! correction "朱批"\n    > 甲\n\n    见[第 2 题](2.md)。\n\n## 乙\n'
    found = machines.plain(machines.correction(text, tmp_path), "zh/q/1.md", tmp_path, SITE)
    assert found == f"> 甲\n\n见[第 2 题]({SITE}q/2/)。\n"
    assert machines.correction("## 乙\n", tmp_path) == ""


def test_no_link_of_the_markdown_is_relative(online: Path) -> None:
    for page in online.rglob("*.md"):
        # Code has brackets of its own.
        text = re.sub(r"(?ms)^([> ]*)```.*?^\1```", "", page.read_text(encoding="utf-8"))
        for link in re.findall(r"\]\(([^)\s]+)", re.sub(r"`[^`\n]+`", "", text)):
            assert re.match(r"https?:|mailto:", link), (page, link)
            if link.startswith(SITE):
                place = online / re.split("[#?]", link.removeprefix(SITE))[0]
                assert place.is_file() or (place / "index.html").is_file(), (page, link)


def test_a_page_not_yet_in_the_navigation_is_listed_last() -> None:
    assert machines.in_order(["q/4.md"], ["q/3.md", "q/4.md"]) == ["q/4.md", "q/3.md"]


PLAIN = {
    "an attribute list": ("## 一 { #one }\n", "## 一\n"),
    "code keeps its braces": ("```\n{ #one }\n[a](b.md)\n```\n", "```\n{ #one }\n[a](b.md)\n```\n"),
    "a box": ('!!! received "原文"\n    甲\n\n    乙\n\n丙\n', "**原文**\n\n> 甲\n>\n> 乙\n\n丙\n"),
    "code keeps its empty lines": ("```\na\n\n\nb\n```\n", "```\na\n\n\nb\n```\n"),
    "code keeps what looks like a box": ('```\n!!! note "a"\n    b\n```\n', '```\n!!! note "a"\n    b\n```\n'),
    "code in a box": ('!!! note "甲"\n    ```\n    { #one }\n    ```\n', "**甲**\n\n> ```\n> { #one }\n> ```\n"),
    "code in a line": ("`{ #one }`\n", "`{ #one }`\n"),
    "a formula": ("$x_{ .5 }$\n", "$x_{ .5 }$\n"),
    "an escaped brace": ("\\{ #one }\n", "\\{ #one }\n"),
    "a box at the end": ('!!! note "甲"\n    乙\n    丙', "**甲**\n\n> 乙\n> 丙\n"),
    "a folded box": ('??? note "甲"\n    乙\n', "**甲**\n\n> 乙\n"),
    "a box without a title": ("!!! note\n    乙\n", "> 乙\n"),
    "a box in a box": (
        '!!! note "甲"\n    乙\n\n    !!! note "丙"\n        丁\n',
        "**甲**\n\n> 乙\n>\n> **丙**\n>\n> > 丁\n",
    ),
    "a link within the page": ("[a](#one)\n", f"[a]({SITE}q/1/#one)\n"),
    "a link with a title": ('[a](2.md "b")\n', f'[a]({SITE}q/2/ "b")\n'),
    "a picture": ("![a](../assets/a.svg)\n", f"![a]({SITE}assets/a.svg)\n"),
    "a link's definition": ("[a]: 2.md#one\n", f"[a]: {SITE}q/2/#one\n"),
    "a link": ("[a](../topics/x.md#q1)\n", f"[a]({SITE}topics/x/#q1)\n"),
    "a link home": ("[a](../index.md)\n", f"[a]({SITE})\n"),
    "a link outside": ("[a](https://example.org/x.md)\n", "[a](https://example.org/x.md)\n"),
}


@pytest.mark.parametrize("case", PLAIN)
def test_plain(case: str, tmp_path: Path) -> None:
    text, expected = PLAIN[case]
    assert machines.plain(text, "zh/q/1.md", tmp_path, SITE) == expected
