"""What programs read of the site: Markdown beside each page, llms.txt, Atom."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import machines
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]

SITE = "https://miaotui.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
FOLDERS = pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])


@FOLDERS
def test_a_question_s_markdown_stands_alone(folder: str, online: Path) -> None:
    labels = {"": ("**原文**", "**朱批**"), "en/": ("**As received**", "**Correction**")}[folder]
    for number in range(1, 31):
        text = (online / folder / f"q/{number}.md").read_text(encoding="utf-8")
        source = ROOT / "docs" / (folder or "zh") / f"q/{number}.md"
        title = yaml.safe_load(source.read_text(encoding="utf-8").split("---\n")[1])["title"]
        assert text.startswith(f"# {title}\n")
        assert all(label in text for label in labels)
        assert not re.search(r"8<--|\{ [#.]|^!!!|^---$|Generated:", text, re.MULTILINE), number


@FOLDERS
def test_every_page_has_its_markdown_and_tells_it(folder: str, online: Path) -> None:
    for page in (online / folder).glob("*/*/index.html"):
        if folder == "" and page.parts[-3] == "en":
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
    assert sum("/q/" in link for link in links) == 30
    assert links[:3] == [f"{SITE}{folder}{page}.md" for page in ("topics/fundamentals-metrics", "q/1", "q/4")]


@FOLDERS
def test_the_feed_is_atom_with_every_question(folder: str, online: Path) -> None:
    root = ElementTree.parse(online / folder / "feed.xml").getroot()
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}title") == {"": "秒推", "en/": "Miaotui"}[folder]
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert sorted(ids) == sorted(f"{SITE}{folder}q/{number}/" for number in range(1, 31))
    dates = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert all(re.fullmatch(r"\d{4}-\d\d-01T00:00:00Z", date) for date in dates)
    assert dates == sorted(dates, reverse=True)
    assert root.findtext(f"{ATOM}updated") == dates[0]


PLAIN = {
    "an attribute list": ("## 一 { #one }\n", "## 一\n"),
    "code keeps its braces": ("```\n{ #one }\n[a](b.md)\n```\n", "```\n{ #one }\n[a](b.md)\n```\n"),
    "a box": ('!!! received "原文"\n    甲\n\n    乙\n\n丙\n', "**原文**\n\n> 甲\n>\n> 乙\n\n丙\n"),
    "a link": ("[a](../topics/x.md#q1)\n", f"[a]({SITE}topics/x/#q1)\n"),
    "a link home": ("[a](../index.md)\n", f"[a]({SITE})\n"),
    "a link outside": ("[a](https://example.org/x.md)\n", "[a](https://example.org/x.md)\n"),
}


@pytest.mark.parametrize("case", PLAIN)
def test_plain(case: str, tmp_path: Path) -> None:
    text, expected = PLAIN[case]
    assert machines.plain(text, "zh/q/1.md", tmp_path, SITE) == expected
