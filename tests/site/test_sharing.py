"""What a shared link shows: the card, and the tags of the head."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from miaotui.markup.front_matter import front_matter
from miaotui.site import social_cards as cards
from miaotui.site.quotations import included
from miaotui.site.shared import NUMBER, Answer, answer, opening
from tests.banks import NUMBERS

ROOT = Path(__file__).resolve().parents[2]

SITE = "https://miaotui.example/"
PAGES = [(folder, number) for folder in ("", "en/") for number in NUMBERS]


@pytest.mark.parametrize(("folder", "number"), PAGES)
def test_a_question_has_its_card(folder: str, number: int, online: Path) -> None:
    file = online / folder / f"cards/{number}.png"
    with Image.open(file) as card:
        assert card.size == (1200, 630)
    assert file.stat().st_size <= 30_000


def test_no_character_is_missing_and_the_check_sees_one_that_is() -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("docs/*/q/*.md")}
    titles = "".join(str(front_matter(text)["name"]) for text in pages.values())
    titles += "".join("".join(answer(included(text, ROOT / "docs")) or ()) for text in pages.values())
    topics = (ROOT / "articles/topics.yml").read_text(encoding="utf-8")
    assert cards.missing(titles + topics + "秒推Miaotui") == set()
    assert cards.missing("量\U00030edd化") == {"\U00030edd"}


BREAKS = {
    "a mark stays with the word before it": ("量化？剪枝", ["量", "化？", "剪", "枝"]),
    "a bracket stays with what it opens": ("搜索（NAS）？它", ["搜", "索", "（NAS）？", "它"]),
    "a Latin word stays whole": ("用CUDA加速 GPU", ["用", "CUDA", "加", "速", " ", "GPU"]),
}


@pytest.mark.parametrize("case", BREAKS)
def test_where_a_card_s_line_may_break(case: str) -> None:
    text, pieces = BREAKS[case]
    assert cards.units(text) == pieces


SPACED = {
    "before and after a Latin word": ("使用CUDA加速", "使用 CUDA 加速"),
    "at a number": ("用8位量化", "用 8 位量化"),
    "where a space is": ("使用 CUDA 加速", "使用 CUDA 加速"),
    "not at full-width marks": ("搜索（NAS）？它", "搜索（NAS）？它"),
    "not in Latin": ("GPU and CPU", "GPU and CPU"),
}


@pytest.mark.parametrize("case", SPACED)
def test_a_card_has_a_space_between_chinese_and_latin(case: str) -> None:
    text, expected = SPACED[case]
    assert cards.spaced(text) == expected


NAMED = front_matter((ROOT / "docs/zh/q/11.md").read_text(encoding="utf-8"))


def test_the_cards_are_drawn_with_it(online: Path) -> None:
    said = answer(included((ROOT / "docs/zh/q/11.md").read_text(encoding="utf-8"), ROOT / "docs"))
    level = ("初筛", "核心", "资深")[int(NAMED["level"]) - 1]
    told = cards.card(11, str(NAMED["name"]), f"{level} · 硬件与 CUDA", "秒推", said)
    assert (online / "cards/11.png").read_bytes() == cards.draw(told)


@pytest.mark.parametrize("text", ["如何在深度学习模型中实现量化感知训练？" * 3, "inference speed " * 12])
def test_lines_hold_the_text_and_fit(text: str) -> None:
    found = cards.lines(text, 64, 860)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(cards.length(line, 64) <= 860 for line in found)
    assert len(found) > 1


NUMBERS_OF = {
    "8B 命中 2,000 个 Token，TTFT 从 65 ms 降到 6 ms": ["2,000", "65 ms", "6 ms"],
    "W4A16, FP8, Q4_K, H100 and EP144 are names": [],
    "$3.39 at batch 1, 1.75× on 8 GPUs": ["$3.39", "1", "1.75×", "8"],
    "HBM3 是 12 通道的 7.3 倍": ["12", "7.3 倍"],
}


@pytest.mark.parametrize("text", NUMBERS_OF)
def test_a_number_is_no_part_of_a_name(text: str) -> None:
    assert [found[0] for found in NUMBER.finditer(text)] == NUMBERS_OF[text]


ANSWERS = {
    "a number with a unit before one without": ("First.\nAt batch 1.\nIt takes 5 ms.", ("First.", "It takes 5 ms.")),
    "a number without a unit, where none has one": ("First.\nAt batch 1.", ("First.", "At batch 1.")),
    "the first sentence has it": ("It takes [5 ms](../calc/x.md).\nThen 6 ms.", ("It takes 5 ms.", "")),
    "none has one": ("**First**.\nSecond.", ("First.", "")),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_what_is_said_of_an_answer(case: str) -> None:
    text, said = ANSWERS[case]
    assert answer(f"# Title\n\n## 60-second answer {{ #short }}\n\n{text}\n\n## Next {{ #next }}\n") == Answer(*said)


def test_a_page_without_an_answer_says_its_first_sentence() -> None:
    text = "# Title { #title }\n\n<!-- mark -->\n- a list\n\n[What](x.md) this is.\nMore.\n"
    assert (answer(text), opening(text)) == (None, "What this is.")


def test_no_two_pages_are_described_alike(online: Path) -> None:
    said: dict[str, list[Path]] = {}
    for page in online.rglob("index.html"):
        for text in re.findall(r'<meta property="?og:description"? content="([^"]*)"', head(page)):
            said.setdefault(text, []).append(page.relative_to(online))
    assert {text: pages for text, pages in said.items() if len(pages) > 1} == {}
    assert len(said) > 2 * len(NUMBERS)
    assert all(said)


def head(page: Path) -> str:
    return page.read_text(encoding="utf-8").partition("</head>")[0]


def links(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate " hreflang="([\w-]+)" href="([^"]+)">', html))


@pytest.mark.parametrize("path", ["", "q/12/", "topics/quantization/", "corrections/", "about/"])
@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_page_names_itself_and_its_twin(folder: str, path: str, online: Path) -> None:
    html = head(online / folder / path / "index.html")
    assert f'<link rel="canonical" href="{SITE}{folder}{path}">' in html
    assert links(html) == {"zh": f"{SITE}{path}", "en": f"{SITE}en/{path}", "x-default": f"{SITE}{path}"}
    assert html.count("hreflang") == 3


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_question_s_tags(folder: str, online: Path) -> None:
    html = head(online / folder / "q/12/index.html")
    tags = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]+)">', html))
    assert tags["og:url"] == f"{SITE}{folder}q/12/"
    assert tags["og:image"] == f"{SITE}{folder}cards/12.png"
    assert (online / folder / "cards/12.png").is_file()
    assert tags["twitter:card"] == "summary_large_image"
