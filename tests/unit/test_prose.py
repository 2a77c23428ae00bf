"""Prose: how it is set and worded, what is told by its whole message, and sentences put on lines of their own."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.base.paths import ROOT
from miaotui.checks.prose import faults, problems, split
from scripts import sentences
from tests.banks import make

GOOD = {
    "zh": {
        "a sentence a line": "量化省带宽。\n误差由 $s$ 决定。",
        "Latin, digits and units with spaces": "用 FP8 存 70 B 参数，占 42.9% 的 80 GB。",
        "full-width marks need no space": "**H100**：989 TFLOP/s（BF16 稠密），见[第 12 题](12.md)。",
        "code, formulas and links are letters": "用 `torch.compile` 时 $B = 295$ 成立，见 [GPTQ](#ref-gptq) 和 <https://example.org/a>。",
        "a title of a question": "- [6. GPU内存不足时，如何优化？它有何作用？](../q/6.md)",
        "a bold title": "- **不是所有参数都量化。** 嵌入层留在 BF16。",
        "a question in quotation marks": "「为什么？」是好问题。",
        "sentences in brackets": "（见上。另见下。）就是这样。",
        "half-width marks after Latin": "它叫 LLM.int8()，用 (k, n) 的顺序，比例 3:1。",
        "compounds of 精度": "混合精度、低精度、半精度、数值精度都行，说「精度」要说清是哪个。",
        "somebody's word": "「GPU 精度低」不对，「缺点是计算精度相对较低」也不对。",
        "a quotation": "> 降低精度,提高速度。很快",
        "code": "```bash\n用A  b。c\n```",
        "metadata": "---\ntitle: 用A。精度\n---\n\n好。",
        "a table": "| 方案   | 说明 |\n| --- | --- |\n| A | 快。但贵。 |",
        "a follow-up": '??? follow-up "Batch 256 时选 W4A16 还是 FP8？"\n    选 FP8。\n    理由见上。',
        "a quotation from a file": '--8<-- "zh/references.md:gptq"\n二阶补偿的出处。',
        "a formula by itself": "$$\nx  =  y。z\n$$",
        "attributes": "## 深入解析 { #in-depth }",
        "a comment": "<!-- 说明A。精度 -->",
    },
    "en": {
        "a sentence a line": "Quantization saves bandwidth.\nThe error depends on $s$.",
        "abbreviations": "Many formats, e.g. FP8, i.e. a float, etc. See Frantar et al. 2022 and Fig. 3 vs. Eq. 4.",
        "decimals and versions": "PyTorch 2.13 takes 4.79 ms at 3.35 TB/s.",
        "code and dots": "Call `x.y. Z` on v1.2.3 of LLM.int8() at https://example.org/a.B first.",
        "sentences in quotation marks": '"Smaller is faster. Always." is wrong.',
        "sentences in brackets": "It is so (see above. And below.) here.",
        "initials": "By Norman P. Jouppi.",
        "a bold title": "- **Prefill gains nothing.** A long one is past 295.",
        "straight quotation marks": "The \"data\" isn't new.",
        "curly quotation marks": "The “data” isn’t new.",
        "leverage as a noun": "Batching gives the most leverage.",
        "a table": "| A  | fast. But dear. |",
        "an ellipsis": "And so on ... Then stop",
    },
}  # fmt: skip


@pytest.mark.parametrize(("code", "case"), [(code, case) for code, cases in GOOD.items() for case in cases])
def test_what_is_good(code: str, case: str) -> None:
    assert list(faults(GOOD[code][case], code)) == []


LINE = "ends a sentence inside the line; accepted: one sentence a line"
ALONE = "'精度' alone means two things; accepted: 准确率, 数值精度, or a compound as 混合精度, 低精度"
GAP = "has no space between Chinese and Latin; accepted:"
MARK = "accepted: none at a full-width mark"
BAD = {
    "zh": {
        "two sentences": ("好。\n- 量化省带宽。误差另说。", [f"2: '量化省带宽。' {LINE}"]),
        "two questions": ("为什么？因为快。", [f"1: '为什么？' {LINE}"]),
        "after a closed bracket": ("快（见上）。慢。", [f"1: '快（见上）。' {LINE}"]),
        "after a bold title and another": ("- **标题。** 一。二。", [f"1: '标题。 一。' {LINE}"]),
        "no space before Latin": ("用FP8 存。", [f"1: '用F' {GAP} '用 F'"]),
        "no space after a digit": ("共 8卡。", [f"1: '8卡' {GAP} '8 卡'"]),
        "no space after %": ("占 50%的时间。", [f"1: '%的' {GAP} '% 的'"]),
        "no space before code": ("用`x` 做。", [f"1: '用X' {GAP} '用 X'"]),
        "no space before a formula": ("缩放因子$s$ 是。", [f"1: '子X' {GAP} '子 X'"]),
        "no space before a link": ("见[GPTQ](#ref-gptq)。", [f"1: '见G' {GAP} '见 G'"]),
        "no space inside a table": ("| 用FP8 |", [f"1: '用F' {GAP} '用 F'"]),
        "a space after a full-width mark": ("好， GPTQ 好。", [f"1: a space beside '，'; {MARK}"]),
        "a space before a full-width mark": ("用 GPTQ （好）。", [f"1: a space beside '（'; {MARK}"]),
        "a half-width comma": ("好,坏。", ["1: '好,' has a half-width mark; accepted: '好，'"]),
        "a half-width stop": ("好.", ["1: '好.' has a half-width mark; accepted: '好。'"]),
        "half-width brackets": ("好(坏)好。", ["1: '好(' has a half-width mark; accepted: '好（'", "1: '坏)' has a half-width mark; accepted: '坏）'"]),
        "another language's quotation marks": ("说“好”。", ["1: “ ” in Chinese; accepted: 「 」"]),
        "精度 alone": ("降低精度。\n提高精度。\n精度下降。", [f"{line}: {ALONE}" for line in (1, 2, 3)]),
        "two spaces": ("用  FP8 存。", ["1: two spaces after '用'; accepted: one"]),
        "filler": ("值得注意的是，它起着至关重要的作用。", ["1: '值得注意的是' says nothing; accepted: 要注意的那件事本身", "1: '至关重要' says nothing; accepted: 影响多大，用数字写", "1: '起着至关重要的作用' says nothing; accepted: 它做了什么"]),
    },
    "en": {
        "two sentences": ("Good.\n- It saves bandwidth. The error is another matter.", [f"2: 's bandwidth.' {LINE}"]),
        "before code": ("It ends. `torch` begins.", [f"1: 'It ends.' {LINE}"]),
        "before a digit": ("It has 16 bits. 4-bit weights have less.", [f"1: 'has 16 bits.' {LINE}"]),
        "after quotation marks": ('It is "good." Then it ends.', [f"1: 't is \"good.\"' {LINE}"]),
        "two spaces": ("It is  so.", ["1: two spaces after 'It is'; accepted: one"]),
        "curly and straight": ("It's \"so\".\nIt’s so.", ["2: ’ in a text with straight quotation marks; accepted: \" and '"]),
        "filler, over white space": ("It is Important  to note that.", ["1: two spaces after 'is Important'; accepted: one", "1: 'It is Important  to note' says nothing; accepted: the thing itself"]),
        "leverage as a verb": ("We leverage the cache, leveraging it.", ["1: 'leverage the' says nothing; accepted: use"]),
        "delve": ("Let us delve into it.", ["1: 'delve into' says nothing; accepted: look, or the thing itself"]),
        "in an indented answer": ('??? follow-up "Why?"\n    In conclusion, yes.', ["2: 'In conclusion' says nothing; accepted: the conclusion itself"]),
    },
}  # fmt: skip


@pytest.mark.parametrize(("code", "case"), [(code, case) for code, cases in BAD.items() for case in cases])
def test_what_is_told(code: str, case: str) -> None:
    text, messages = BAD[code][case]
    assert [f"{line}: {told}" for line, told in faults(text, code)] == messages


SPLIT = {
    "Chinese": ("zh", "- 一（[GPTQ](#ref-gptq)）。二 `x。y`。\n\n好。", "- 一（[GPTQ](#ref-gptq)）。\n  二 `x。y`。\n\n好。"),
    "English": ("en", "1. One ([A](b.md)). **Two** e.g. so. Three", "1. One ([A](b.md)).\n   **Two** e.g. so.\n   Three"),
    "emphasis that ends": ("en", "It is *so.* Then not.", "It is *so.*\nThen not."),
    "indented": ("en", '??? follow-up "Why?"\n    One. Two.', '??? follow-up "Why?"\n    One.\n    Two.'),
    "nothing to do": ("en", "One.\nTwo.\n", "One.\nTwo.\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", SPLIT)
def test_sentences_on_lines_of_their_own(case: str) -> None:
    code, text, wanted = SPLIT[case]
    assert split(text, code) == wanted
    assert split(wanted, code) == wanted


def test_every_page_keeps_its_words_when_split() -> None:
    for folder, code in (("zh", "zh"), ("en", "en")):
        for path in sorted((ROOT / "docs" / folder).rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            assert "".join(split(text, code).split()) == "".join(text.split())


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pages = {
        "docs/zh/q/1.md": "好。坏。\n",
        "docs/en/intro/first.md": "Good. Bad.\n",
        "docs/en/topics/first.md": "Generated: by scripts/split.py from x\n\nGood. Bad.\n",
        "articles/a/corrections.en.md": "## 1\n\n> B.\n\nIn fact. It is E.\n",
    }
    monkeypatch.chdir(make(tmp_path, pages))
    monkeypatch.setattr(sentences, "ROOT", tmp_path)
    return tmp_path


def told() -> list[str]:
    return [str(found) for found in problems(Path("articles"), Path("docs"))]


def test_pages_introductions_and_corrections_are_read_and_generated_pages_are_not(bank: Path) -> None:
    assert told() == [
        f"docs/zh/q/1.md:1: '好。' {LINE}",
        f"docs/en/intro/first.md:1: 'Good.' {LINE}",
        f"articles/a/corrections.en.md:5: 'In fact.' {LINE}",
    ]


def test_words_that_the_glossary_refuses(bank: Path) -> None:
    found = problems(
        Path("articles"), Path("docs"), lambda text, code: [(2, "坏", "好")] if code == "zh" and "坏" in text else []
    )
    assert "docs/zh/q/1.md:2: '坏' is not our word for it; accepted: 好" in map(str, found)


def test_the_command_puts_sentences_on_lines(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sentences.main(["docs/zh/q/1.md"]) == 0
    assert Path("docs/zh/q/1.md").read_text(encoding="utf-8") == "好。\n坏。\n"
    assert sentences.main([]) == 0
    assert told() == []
    assert capsys.readouterr().out.splitlines() == [
        f"wrote {name}" for name in ("docs/zh/q/1.md", "docs/en/intro/first.md", "articles/a/corrections.en.md")
    ]
    assert Path("docs/en/topics/first.md").read_text(encoding="utf-8").endswith("Good. Bad.\n")


def test_the_command_takes_pages_only(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        sentences.main(["articles/a/zh.md"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith("no page of ours: articles/a/zh.md\n")
