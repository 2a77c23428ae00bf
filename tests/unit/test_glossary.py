"""glossary.yml: what is refused, by whole messages; its pages, by their whole text; and the bank's own."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

import re
from pathlib import Path

import pytest

from miaotui.bank import glossary as terms
from miaotui.base.languages import LANGUAGES
from scripts import split
from tests.banks import make

PLACES = ["--articles", "articles", "--docs", "docs"]
ROOT = Path(__file__).resolve().parents[2]
FILE = """topics:
  - topic: second
    terms:
      - id: kv-cache
        abbreviation: KV
        unlinked: [KV]
        see: [2, cache]
        zh:
          term: KV Cache
          also: [KV 缓存]
          never: [KVCache]
          definition: 存下的 K 和 V。
        en:
          term: KV cache
          also: [key-value cache, KV caches]
          definition: Keys and values that are kept.
  - topic: first
    terms:
      - id: prefill
        zh:
          term: 预填充
          also: [prefill]
          not_in: [预填充机]
          definition: 读完提示词的阶段。
        en:
          term: prefill
          definition: The phase that reads the prompt.
"""
CALCULATOR = "---\ntitle: {}\ncalculator: cache\n---\n"
FILES: dict[str, str | bytes | None] = {
    "glossary.yml": FILE,
    "docs/zh/calc/cache.md": CALCULATOR.format("缓存大小"),
    "docs/en/calc/cache.md": CALCULATOR.format("Cache size"),
}
HEAD = "Generated: by scripts/split.py from glossary.yml, articles/topics.yml; edit those and run make split"
ZH = f"""{HEAD}
Title: 术语表

# 术语表 {{ #glossary }}

站内的 2 个术语，按主题排列，每个有中英文写法和一句话的定义。
题目、主题导言和计算器页上，术语第一次出现时带点状的下划线，按一下就看到这里的定义。

## 第一 {{ #topic-first data-search-exclude }}

### 预填充 {{ #prefill }}

*prefill*{{ .other lang=en }}
{{ .names }}

读完提示词的阶段。

## 第二 {{ #topic-second data-search-exclude }}

### KV Cache {{ #kv-cache }}

KV · KV 缓存 · *KV cache*{{ .other lang=en }} · *key-value cache*{{ .other lang=en }}
{{ .names }}

存下的 K 和 V。

[第 2 题](q/2.md) · [缓存大小](calc/cache.md)
{{ .see }}
"""
EN = f"""{HEAD}
Title: Glossary

# Glossary {{ #glossary }}

The 2 terms of this site by topic, each in both languages and with a definition of one sentence.
Where a question, an introduction or a calculator first uses one it has a dotted underline: press it to see the definition given here.

## First {{ #topic-first data-search-exclude }}

### prefill {{ #prefill }}

*预填充*{{ .other lang=zh }}
{{ .names }}

The phase that reads the prompt.

## Second {{ #topic-second data-search-exclude }}

### KV cache {{ #kv-cache }}

KV · key-value cache · *KV Cache*{{ .other lang=zh }} · *KV 缓存*{{ .other lang=zh }}
{{ .names }}

Keys and values that are kept.

[Question 2](q/2.md) · [Cache size](calc/cache.md)
{{ .see }}
"""


def run(*more: str) -> int:
    return split.main([*PLACES, *more])


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank with a glossary, and the command at work in it."""
    monkeypatch.chdir(make(tmp_path, FILES))
    return tmp_path


def test_the_pages(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert capsys.readouterr().out == "1 article, 2 questions: 10 files written, 0 up to date, 0 removed\n"
    assert Path("docs/zh/glossary.md").read_text(encoding="utf-8") == ZH
    assert Path("docs/en/glossary.md").read_text(encoding="utf-8") == EN


def test_only_what_differs_is_written(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run()
    written = Path("docs/zh/glossary.md").stat().st_mtime_ns
    Path("docs/en/glossary.md").unlink()
    capsys.readouterr()
    assert run() == 0
    assert capsys.readouterr().out == "1 article, 2 questions: 1 file written, 9 up to date, 0 removed\n"
    assert Path("docs/zh/glossary.md").stat().st_mtime_ns == written


def test_check_tells_what_differs_and_writes_nothing(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run()
    page = Path("docs/zh/glossary.md")
    page.write_text(ZH + "\n", encoding="utf-8")
    Path("docs/en/glossary.md").unlink()
    assert run("--check") == 1
    told = ["docs/zh/glossary.md: differs; run make split", "docs/en/glossary.md: is missing; run make split"]
    assert capsys.readouterr().err.splitlines() == told
    assert page.read_text(encoding="utf-8") == ZH + "\n"
    run()
    assert run("--check") == 0


FORM = "accepted: plain text, no Markdown"
ONE = "accepted: one sentence with its full stop"
REFUSED: dict[str, tuple[str, str, list[str]]] = {
    "no YAML": ("topics:", "topics: [", ["glossary.yml:2: no YAML: expected the node content, but found '-'; accepted: YAML"]),
    "an unknown key": ("        see:", "        seen:", ["glossary.yml:7: 'topics.0.terms.0.seen' is \"[2, 'cache']\"; accepted: Extra inputs are not permitted"]),
    "a term without English": ("        en:\n          term: prefill\n          definition: The phase that reads the prompt.\n", "", ["glossary.yml:19: 'topics.1.terms.0.en' is \"{'id': 'prefill', 'zh': {'term': '预填充', 'also': ['prefill'],\"; accepted: Field required"]),
    "an id with capitals": ("id: prefill", "id: Prefill", ["glossary.yml:19: 'Prefill' is no id; accepted: small letters, digits, single hyphens, not topic-…"]),
    "an id like a section's": ("id: prefill", "id: topic-first", ["glossary.yml:19: 'topic-first' is no id; accepted: small letters, digits, single hyphens, not topic-…"]),
    "an id twice": ("id: prefill", "id: kv-cache", ["glossary.yml:19: the id 'kv-cache' stands twice; accepted: once"]),
    "a form of two terms": ("also: [prefill]", "also: [KV 缓存]", ["glossary.yml:20: 'KV 缓存' is a form of 'kv-cache' and of 'prefill'; accepted: of one term"]),
    "a form that is refused": ("never: [KVCache]", "never: [KVCache, prefill]", ["glossary.yml:11: 'prefill' is refused for 'kv-cache' and a form of 'prefill'; accepted: one of the two"]),
    "unlinked and no form": ("unlinked: [KV]", "unlinked: [KVC]", ["glossary.yml:6: 'KVC' is no form of 'kv-cache'; accepted: one of its forms"]),
    "a longer word that is none": ("not_in: [预填充机]", "not_in: [填充机]", ["glossary.yml:23: '填充机' holds no form of 'prefill'; accepted: a word that holds one"]),
    "an empty form": ("also: [prefill]", 'also: [""]', [f"glossary.yml:22: 'also' is ''; {FORM}"]),
    "Markdown": ("term: KV cache", "term: KV *cache*", [f"glossary.yml:14: 'term' is 'KV *cache*'; {FORM}"]),
    "no full stop": ("存下的 K 和 V。", "存下的 K 和 V", [f"glossary.yml:12: the definition is '存下的 K 和 V'; {ONE}"]),
    "two sentences": ("存下的 K 和 V。", "存下。K 和 V。", [f"glossary.yml:12: the definition is '存下。K 和 V。'; {ONE}"]),
    "two sentences in English": ("that are kept.", "are kept. So it is.", [f"glossary.yml:16: the definition is 'Keys and values are kept. So it is.'; {ONE}"]),
    "a topic that is none": ("topic: first", "topic: third", ["glossary.yml:17: no topic has the slug 'third'; accepted: a topic's"]),
    "a question that is none": ("see: [2, cache]", "see: [9, cache]", ["glossary.yml:7: 'see' names 9; accepted: a question's number or a calculator's slug"]),
    "a calculator that is none": ("see: [2, cache]", "see: [2, cash]", ["glossary.yml:7: 'see' names 'cash'; accepted: a question's number or a calculator's slug"]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, messages = REFUSED[case]
    assert old in FILE
    Path("glossary.yml").write_text(FILE.replace(old, new), encoding="utf-8")
    assert run() == 1
    told = capsys.readouterr().err.splitlines()
    assert told == [*messages, "refused: 1 problem, nothing written"]
    assert not Path("docs/zh/glossary.md").exists()


def test_all_problems_are_told_at_once(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = FILE.replace("id: prefill", "id: Prefill").replace("存下的 K 和 V。", "存下的 K 和 V")
    Path("glossary.yml").write_text(text, encoding="utf-8")
    assert run("--check") == 1
    assert capsys.readouterr().err.splitlines()[2:] == ["refused: 2 problems, nothing written"]


def test_no_glossary_makes_no_page(bank: Path) -> None:
    Path("glossary.yml").unlink()
    assert run() == 0
    assert not Path("docs/zh/glossary.md").exists()


def test_a_hand_written_page_is_never_written_over(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = Path("docs/en/glossary.md")
    page.write_text("# Ours\n", encoding="utf-8")
    assert run() == 1
    told = "docs/en/glossary.md:1: is hand-written, and the split would write here; accepted: another name for it"
    assert capsys.readouterr().err.splitlines()[0] == told
    assert page.read_text(encoding="utf-8") == "# Ours\n"
    assert not Path("docs/zh/glossary.md").exists()


def test_the_bank_s_own_pages_have_every_term_once_and_in_the_same_order() -> None:
    ids = [term.id for term in terms.read()[0].terms()]
    found = []
    for language in LANGUAGES:
        text = (ROOT / f"docs/{language.code}/glossary.md").read_text(encoding="utf-8")
        found.append(re.findall(r"^### .+ \{ #([\w-]+) \}$", text, re.MULTILINE))
        assert text.count("{ .names }") == len(ids)
    assert found[0] == found[1]
    assert sorted(found[0]) == sorted(ids)
