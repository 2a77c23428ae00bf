"""What the environment says of a build: what is for other programs changes nothing, and a bad address is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from miaotui.base.problem import RefusedError
from miaotui.edge import command, variables

ROOT = Path(__file__).resolve().parents[2]


def site(folder: Path) -> Path:
    """A site of one page that shows what a build was told."""
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text("# x\n", encoding="utf-8")
    (folder / "theme").mkdir()
    said = "{{ config.site_url }} {{ config.extra.build }} {{ build_date_utc.year }}"
    (folder / "theme/main.html").write_text(said, encoding="utf-8")
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    told = [line for line in ours if line.startswith(("site_url:", "site_dir:", "use_directory_urls:"))]
    build = next(line for line in ours if line.startswith("  build:"))
    theme = "theme: {name: null, custom_dir: theme}"
    text = "\n".join(["site_name: x", theme, "plugins: []", *told, "extra:", build])
    (folder / "mkdocs.yml").write_text(f"{text}\n", encoding="utf-8")
    return folder


def shown(folder: Path) -> str:
    assert command.build(folder / "site", for_file=False, root=folder) == 0
    return (folder / "site/index.html").read_text(encoding="utf-8")


def test_what_a_shell_has_for_other_programs_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shown(site(tmp_path))
    names = ("BUILD", "DOWNLOADS", "SITE_DIR", "DIRECTORY_URLS", "SOURCE_DATE_EPOCH")
    for name in (*names, *(f"MIAOTUI_{name}" for name in names)):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("MIAOTUI_CACHE", "off")
    assert shown(tmp_path) == before


@pytest.mark.parametrize("value", ["", " "])
def test_an_empty_address_is_none(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    assert command.site_url() == ""
    before = shown(site(tmp_path))
    monkeypatch.setenv("SITE_URL", value)
    assert command.site_url() == ""
    # Asking for it has taken it out of the environment.
    monkeypatch.setenv("SITE_URL", value)
    assert shown(tmp_path) == before


BAD = [
    "example.org",
    "ftp://example.org/",
    "https://example.org/?a",
    "https://",
    "https://a/ b",
    'https://a/"><script>',
]


@pytest.mark.parametrize("name", variables.ADDRESSES)
@pytest.mark.parametrize("value", BAD)
def test_what_is_no_address_is_told(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert command.build(tmp_path / "site", for_file=False, root=site(tmp_path)) == 1
    accepted = "an address as https://example.org/path/, without ? and #, or nothing"
    assert capsys.readouterr().err == f"{name}:1: is {value!r}; accepted: {accepted}\n"
    assert not (tmp_path / "site").exists()


def test_both_are_told_at_once_and_a_long_one_in_short() -> None:
    with pytest.raises(RefusedError) as refused:
        variables.addresses({"SITE_URL": "x" * 10_000, "ISSUES_URL": "y"})
    assert [problem.path for problem in refused.value.problems] == ["ISSUES_URL", "SITE_URL"]
    assert len(str(refused.value)) < 400


def test_addresses_as_they_are_published() -> None:
    given = {"SITE_URL": "https://owner.github.io/", "ISSUES_URL": "http://127.0.0.1:8000/a/issues/new"}
    assert variables.addresses({**os.environ, **given}) == given


def test_an_address_that_is_not_set_is_told() -> None:
    assert [told.partition(" is not set: ")[0] for told in variables.unset({"ISSUES_URL": " "})] == [
        "SITE_URL",
        "ISSUES_URL",
    ]
    assert variables.unset({"SITE_URL": "https://bank.test/", "ISSUES_URL": "https://bank.test/report"}) == []
