"""Number links: what is one, what agrees, and what is said of one that does not."""

# ruff: noqa: E501 - links and whole messages stand on one line

from __future__ import annotations

import pytest

from miaotui.calculators import definitions
from miaotui.calculators.number_links import check, number_links

FORMULAS = definitions.load()
KV = "../calc/kv-cache.md?layers=80&kv_heads=8&head_dim=128&bytes=2&tokens=128000"


def told(text: str, code: str = "en") -> list[str]:
    return [str(problem) for problem in check("page.md", text, FORMULAS, code)]


AGREE = {
    "to one digit": f"[41.9 GB]({KV})",
    "to two": f"[41.94 GB]({KV})",
    "to none": f"[42 GB]({KV})",
    "in full": f"[41,943,040,000 B]({KV})",
    "in another unit": f"[39.1 GiB]({KV})",
    "bold": f"[**41.9 GB**]({KV})",
    "as HTML writes it": f"[41.9 GB]({KV.replace('&', '&amp;')})",
    "another output": f"[320 KiB]({KV}&out=token_bytes)",
    "a share": "[42.9%](../calc/parallelism.md?stages=4&microbatches=4&out=bubble)",
    "times": "[1.54×](../calc/amdahl.md?share=70&faster=2)",
    "money": "[$0.28](../calc/cost.md?price=2.5&rate=2500)",
    "a dollar that opens no formula": "[\\$0.28](../calc/cost.md?price=2.5&rate=2500)",
    "money a piece": "[$0.2778/M tokens](../calc/cost.md?price=2.5&rate=2500)",
    "a half goes up": "[501×](../calc/kv-cache.md?tokens=1000&out=recompute)",
    "a default": "[50](../calc/kv-cache.md?out=max_requests)",
    "words that only open a calculator": f"[these inputs]({KV})",
    "in a code span": f"`[335 GB]({KV})`",
    "in a fence": f"```\n[335 GB]({KV})\n```",
    "no calculator": "[335 GB](../q/12.md?layers=80)",
}


@pytest.mark.parametrize("case", AGREE)
def test_a_number_that_agrees(case: str) -> None:
    assert told(AGREE[case]) == []


SIZES = "B, bytes, KB, MB, GB, TB, KiB, MiB, GiB, TiB"
DIFFER = {
    "the trap of the query heads": (f"[335 GB]({KV})", "the text says 335 GB; the calculator gives 42 GB"),
    "one digit": (f"[41.8 GB]({KV})", "the text says 41.8 GB; the calculator gives 41.9 GB"),
    "the wrong unit": (f"[41.9 GiB]({KV})", "the text says 41.9 GiB; the calculator gives 39.1 GiB"),
    "no unit of size": (f"[41.9 ms]({KV})", f"the text says 'ms'; accepted: {SIZES}"),
    "no unit": (f"[41.9]({KV})", f"the text says ''; accepted: {SIZES}"),
    "more than a number": (f"[about 41.9 GB]({KV})", "'about 41.9 GB' is no number with a unit; accepted: 41.9 GB"),
    "money": ("[$0.27](../calc/cost.md?price=2.5&rate=2500)", "the text says $0.27; the calculator gives $0.28"),
    "thousands": ("[14,001 TFLOP](../calc/prefill.md?params=70&tokens=100000&attention=left_out&out=work)", "the text says 14,001 TFLOP; the calculator gives 14,000 TFLOP"),
    "an unknown calculator": ("[1 GB](../calc/kv.md?layers=1)", f"there is no calculator 'kv'; accepted: {', '.join(FORMULAS.calculators)}"),
    "an unknown input": ("[2.5×](../calc/amdahl.md?share=80&speed=4)", "amdahl: the input 'speed' is unknown; accepted: share, faster"),
    "a value out of range": ("[2.5×](../calc/amdahl.md?share=120&faster=4)", "amdahl: share is '120'; accepted: 0 to 100 %"),
    "a value that is none": ("[2.5×](../calc/amdahl.md?share=nan&faster=4)", "amdahl: share is 'nan'; accepted: 0 to 100 %"),
    "an input twice": ("[2.5×](../calc/amdahl.md?share=80&share=80&faster=4)", "'share' stands twice; accepted: once"),
    "an unknown output": ("[2.5×](../calc/amdahl.md?share=80&out=gain)", "amdahl has no output 'gain'; accepted: speedup, saved, limit"),
    "no result": ("[1](../calc/parallelism.md?experts=1&out=experts_hit)", "parallelism gives no result for these inputs (experts_too_few); accepted: inputs that do"),
}  # fmt: skip


@pytest.mark.parametrize("case", DIFFER)
def test_a_number_that_does_not_agree(case: str) -> None:
    text, wanted = DIFFER[case]
    assert told(f"First line.\n\nThe cache takes {text}.") == [f"page.md:3: {wanted}"]


def test_the_trap_as_the_issue_has_it() -> None:
    assert told(f"[335.0 GB]({KV})") == ["page.md:1: the text says 335.0 GB; the calculator gives 41.9 GB"]


@pytest.mark.parametrize(("text", "fault"), [("41.9 GB", False), ("2.5 倍", True)])
def test_units_are_those_of_the_page_s_language(text: str, fault: bool) -> None:
    link = "../calc/amdahl.md?share=80&faster=4" if "倍" in text else KV
    assert bool(told(f"[{text}]({link})", "en")) == fault
    assert told(f"[{text}]({link})", "zh") == []


def test_every_fault_of_a_link_is_told() -> None:
    found = told("[1×](../calc/amdahl.md?share=x&fast=2&out=gain) and [4×](../calc/amdahl.md?share=80&faster=4)")
    assert len(found) == 4


def test_links_among_the_calculators() -> None:
    text = "[41.9 GB](kv-cache.md?tokens=128000)"
    assert list(number_links(text)) == []
    assert [link.slug for link in number_links(text, among_calculators=True)] == ["kv-cache"]
