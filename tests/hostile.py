"""The bank with titles, names, terms and keywords that would be HTML where they are not escaped."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import yaml

from miaotui.base.paths import ROOT

HOSTILE = """ "><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}} </title>' & <b>"""
"""Behind every title and name."""
TEXT = """ " onclick=alert(3) ' """
"""Behind every definition: the glossary refuses what is more than text in Markdown."""
_LEFT_OUT = {".git", ".venv", ".cache", "site", "dist", "tests"}
_QUESTION = re.compile(r"^(#{2,5} (?:题目|Question) \d+ ?[：:].*?) *$", re.MULTILINE)
_NAMED = re.compile(r"^(?P<key> *(?:title|description|venue|publisher|name|zh|en): )(?P<value>\S.*)$", re.MULTILINE)
_DEFINED = re.compile(r"^(?P<key> +definition: )(?P<value>\S.*)$", re.MULTILINE)
_SECTION = re.compile(r"^(?P<key> +(?!home)\w+: )(?P<value>\S.*)$", re.MULTILINE)
_KEYWORDS = re.compile(r"^(keywords: \[)", re.MULTILINE)


def _value(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _named(text: str) -> str:
    """The YAML with HOSTILE behind each name and title."""

    def hostile(found: re.Match[str]) -> str:
        value = yaml.safe_load(found["value"])
        return found["key"] + _value(value + HOSTILE) if isinstance(value, str) else found[0]

    return _NAMED.sub(hostile, text)


def _defined(found: re.Match[str]) -> str:
    value = str(yaml.safe_load(found["value"]))
    return found["key"] + _value(value[:-1] + TEXT + value[-1])


def _page(text: str) -> str:
    """The page with hostile metadata; a generated one has none of its own."""
    _, mark, rest = text.partition("---\n")
    if not text.startswith("---\n"):
        return text
    metadata, end, body = rest.partition("\n---\n")
    metadata = _KEYWORDS.sub(lambda found: f"{found[1]}{_value(HOSTILE.strip())}, ", _named(metadata))
    return mark + metadata + end + body


def _words(text: str) -> str:
    """The words with hostile names of sections."""
    before, begin, rest = text.partition("\nnavigation:\n")
    listed, end, after = rest.partition("\n\n")
    listed = _SECTION.sub(lambda found: found["key"] + _value(yaml.safe_load(found["value"]) + HOSTILE), listed)
    return before + begin + listed + end + after


def make(root: Path) -> None:
    """Copies the bank to `root`, with hostile text in each place that is a name."""
    root.mkdir(parents=True)
    for path in ROOT.iterdir():
        if path.is_dir() and path.name not in _LEFT_OUT:
            shutil.copytree(path, root / path.name, symlinks=True)
        elif path.is_file():
            shutil.copy(path, root)
    changes: list[tuple[str, Callable[[str], str]]] = [
        ("articles/*/*.md", lambda text: _QUESTION.sub(lambda found: found[1] + HOSTILE, text)),
        ("articles/topics.yml", _named),
        ("references.yml", _named),
        ("formulas/models.yml", _named),
        ("glossary.yml", lambda text: _DEFINED.sub(_defined, text)),
        ("words/*.yml", _words),
        *((f"docs/*/{folder}*.md", _page) for folder in ("", "q/", "problems/", "calc/")),
    ]
    for pattern, change in changes:
        for path in root.glob(pattern):
            text = path.read_text(encoding="utf-8")
            path.write_text(change(text), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "scripts.split"], cwd=root, check=True)
