"""Traditional characters, as the search takes them: 顯存 is 显存. Of OpenCC's table those alone that pages need."""

from __future__ import annotations

from collections.abc import Iterator

from miaotui.base.paths import ROOT

FILE = ROOT / "vendor/opencc/TSCharacters.txt"


def _pairs() -> Iterator[tuple[str, str]]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            old, _, news = line.partition("\t")
            yield old, news.split()[0]


def traditional(used: set[str]) -> tuple[str, str]:
    """The traditional characters of those that are used, and these, one below the other."""
    needed = [(old, new) for old, new in _pairs() if new in used and old not in used]
    return "".join(old for old, _ in needed), "".join(new for _, new in needed)
