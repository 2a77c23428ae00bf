"""A folder that holds the very site already is known, and no other is."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.base.store import Store
from miaotui.edge import variables, whole
from tests.banks import make

FILES = {name.replace("*", "a") if "." in name else f"{name}/a/b.txt": "a\n" for name in whole.SOURCES}
TOLD = [variables.BUILD, variables.DIRECTORY_URLS, *variables.ADDRESSES, "SOURCE_DATE_EPOCH"]


@pytest.mark.parametrize("changed", FILES)
def test_a_change_of_any_source_is_seen(changed: str, tmp_path: Path) -> None:
    make(tmp_path, FILES)
    before = whole.key(tmp_path, {})
    assert whole.key(tmp_path, {}) == before
    (tmp_path / changed).write_text("b\n", encoding="utf-8")
    assert whole.key(tmp_path, {}) != before


@pytest.mark.parametrize("name", TOLD)
def test_a_change_of_what_a_build_is_told_is_seen(name: str, tmp_path: Path) -> None:
    make(tmp_path, FILES)
    assert whole.key(tmp_path, {name: "x"}) != whole.key(tmp_path, {})


def test_an_edition_among_the_downloads_is_a_source(tmp_path: Path) -> None:
    make(tmp_path, {**FILES, "dist/miaotui.pdf": "a\n"})
    told = {variables.DOWNLOADS: str(tmp_path / "dist")}
    before = whole.key(tmp_path, told)
    (tmp_path / "dist/miaotui.pdf").write_text("b\n", encoding="utf-8")
    assert whole.key(tmp_path, told) != before


def test_a_source_that_is_moved_is_seen(tmp_path: Path) -> None:
    make(tmp_path, FILES)
    before = whole.key(tmp_path, {})
    (tmp_path / "docs/a/b.txt").rename(tmp_path / "docs/a/c.txt")
    assert whole.key(tmp_path, {}) != before


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("MIAOTUI_CACHE", raising=False)
    monkeypatch.setattr(whole, "SITES", Store("sites", tmp_path / "cache"))
    made = make(tmp_path / "site", {"index.html": "a\n", "q/1/index.html": "b\n"})
    whole.note(made, "key", "2 pages")
    return made


def test_a_site_as_it_was_left_is_known(site: Path) -> None:
    assert whole.built(site, "key") == "2 pages"
    assert whole.built(site, "another key") is None


@pytest.mark.parametrize("what", ["edited", "gone", "more", "elsewhere"])
def test_a_site_that_was_touched_is_built_again(what: str, site: Path) -> None:
    page = site / "q/1/index.html"
    if what == "edited":
        page.write_text("c\n", encoding="utf-8")
    elif what == "gone":
        page.unlink()
    elif what == "more":
        (site / "q/2.html").write_text("", encoding="utf-8")
    assert whole.built(site if what != "elsewhere" else site.parent, "key") is None


def test_nothing_is_known_without_the_cache(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIAOTUI_CACHE", "off")
    assert whole.built(site, "key") is None
