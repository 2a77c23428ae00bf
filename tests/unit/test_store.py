"""What is kept comes back as it was, compressed or not, and is made once; what is broken counts as not kept."""

from __future__ import annotations

from pathlib import Path

from miaotui.base.store import Store


def test_what_is_packed_comes_back(tmp_path: Path) -> None:
    store, said = Store("pages", tmp_path, packed=True), {"html": "<p>显存</p>" * 1000}
    store.put("a", said)
    assert store.get("a") == said
    assert store.has("a")
    (kept,) = (tmp_path / "pages").iterdir()
    assert kept.stat().st_size < 1000


def test_what_is_broken_is_not_there(tmp_path: Path) -> None:
    store = Store("pages", tmp_path, packed=True)
    store.put("a", "whole")
    (tmp_path / "pages/a.json").write_bytes(b"half")
    assert store.get("a") is None
    assert not store.has("b")


def test_what_is_kept_is_not_made_again(tmp_path: Path) -> None:
    store, made = Store("pages", tmp_path), list[str]()

    def make() -> list[str]:
        made.append("a")
        return ["显存"]

    assert [store.made("a", make), store.made("a", make)] == [["显存"], ["显存"]]
    assert made == ["a"]
