"""The stepped figures: each still against a simulation of its own, and what the page and its alternative say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from miaotui.checks.figures import Node, parse
from miaotui.drawing.stills import STILL, Still, stepped
from miaotui.drawing.svg import picture
from miaotui.extensions.figures import inline
from miaotui.markup.page import parsed

ROOT = Path(__file__).resolve().parents[2]
KV_TOKEN = 2 * 32 * 8 * 128 * 2
"""Bytes per token: K and V, 32 layers, 8 KV heads of 128, BF16."""
PAGES = {"kv-steps": 19, "batching-steps": 31, "paging-steps": 41}
SHOWN = {
    "kv-steps": [f"8 × {KV_TOKEN // 1024} KiB = {8 * KV_TOKEN / 2**20:g} MiB", "8", str(4 + 5 + 6 + 7 + 8)],
    "batching-steps": [f"15 / {3 * 8} = {15 / 24:.1%}", f"15 / {3 * 6} = {15 / 18:.1%}"],
    "paging-steps": [f"{9 + 7 - 4} / {4 * 4} = {12 / 16:.0%}", "16", str(2 * 16)],
}
"""What the figure shows and its alternative says, in both languages."""


def stills(name: str) -> list[Node]:
    root = parse((ROOT / f"docs/figures/{name}.svg").read_text(encoding="utf-8"))
    return [node for node in root.children if node.attributes.get("id", "").startswith(STILL)]


def texts(node: Node) -> str:
    return " ".join(one.text for one in node.walk() if one.tag == "text")


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_numbers_are_computed_again(name: str, code: str) -> None:
    page = (ROOT / f"docs/{code}/q/{PAGES[name]}.md").read_text(encoding="utf-8")
    (image,) = [each for each in parsed(page).images if each.file == f"{name}.svg"]
    for text in (" ".join(map(texts, stills(name))), image.alt):
        assert [n for n in SHOWN[name] if not re.search(rf"(?<![\d.,]){re.escape(n)}(?![\d%])", text)] == []


@pytest.mark.parametrize("name", PAGES)
def test_there_are_six_to_eight_stills_each_with_a_sentence(name: str) -> None:
    assert 6 <= len(stills(name)) <= 8
    said = [texts(still.children[0]) for still in stills(name)]
    assert all(said)
    assert len(set(said)) == len(said)


def boxes(still: Node, **attributes: str) -> int:
    """The rectangles of a still that have these attributes."""
    wanted = attributes.items()
    return sum(wanted <= node.attributes.items() for node in still.walk() if node.tag == "rect")


def test_a_step_of_decode_computes_one_token_and_reads_the_others() -> None:
    """New Q, K and V have a thick edge; what is read from the cache, K and V of the tokens before, is grey."""
    drawn = [
        (boxes(still, **{"stroke-width": "2.5"}), boxes(still, **{"fill-opacity": "0.35"}))
        for still in stills("kv-steps")
    ]
    assert drawn == [(3 * 4, 0), *((3, 2 * (tokens - 1)) for tokens in (5, 6, 7, 8)), (0, 2 * 8)]


def test_the_batches_are_those_of_a_plain_loop() -> None:
    """How many slots are idle in each step, static and continuous: lengths of 2, 6, 3, 2 and 2 by hand."""
    static = [0, 0, 1, 2, 2, 2, 1, 1]  # 2 leaves its slot after step 6; 4 and 5 then run for two
    continuous = [0, 0, 0, 0, 1, 2, 3, 3]  # 4 runs in steps 3 and 4, 5 in steps 4 and 5
    idle = [boxes(still, **{"stroke-dasharray": "4 3"}) for still in stills("batching-steps")]
    assert idle == [a + b for a, b in zip(static, continuous, strict=True)]


def test_a_block_is_given_only_when_the_last_one_is_full() -> None:
    """The grey slots are the tokens that are stored, each shared one once; held blocks have a whole edge."""
    tokens = [6, 6 + 3, 8 + 5, 9 + 5, 9, 9 + 7 - 4, 9 + 7 - 4]
    held = [2, 2 + 1, 2 + 2, 3 + 2, 3, 3 + 2 - 1, 3 + 2 - 1]
    drawn = [
        (boxes(still, **{"fill-opacity": "0.35"}), 8 - boxes(still, **{"stroke-dasharray": "3 4"}))
        for still in stills("paging-steps")
    ]
    assert drawn == list(zip(tokens, held, strict=True))


SMALL = picture(stepped(50, [Still(("第", "一"), ("the", "first"), ()), Still(("第", "二"), ("the", "second"), ())]))


@pytest.mark.parametrize(("code", "said"), [("zh", ["第一", "第二"]), ("en", ["the first", "the second"])])
def test_a_page_has_a_picture_of_each_still_named_by_its_sentence(code: str, said: list[str]) -> None:
    html = inline(SMALL, 'all "two"', code, "f-1-")
    assert html.startswith('<div class="stills" role="group" aria-label="all &quot;two&quot;" data-search-exclude="">')
    assert re.findall(r'<svg [^>]*viewBox="0 0 440 50"[^>]*role="img" aria-label="([^"]*)"', html) == said
    assert "translate(0 50)" not in html
