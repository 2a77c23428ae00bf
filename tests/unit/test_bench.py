"""What the bench prints is what was measured; without Node it says so and goes on."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from miaotui.base.paths import DOCS as DOCUMENTS
from miaotui.offline import browser
from miaotui.site import search_pieces
from miaotui.site.search_pages import Entry
from miaotui.site.search_pieces import Spoken
from scripts import bench, bench_build, bench_search
from scripts import bench_lighthouse as lighthouse

TEMPLATE = re.compile(r"^template: (.*)$", re.MULTILINE)


def report(score: float, paint: float, shift: float) -> dict[str, Any]:
    audits = {"largest-contentful-paint": paint, "cumulative-layout-shift": shift}
    return {
        "categories": {name: {"score": score} for name in lighthouse.CATEGORIES},
        "audits": {name: {"numericValue": value} for name, value in audits.items()},
    }


def test_the_median_of_each_mark_is_told() -> None:
    told = [report(0.99, 1200, 0), report(0.905, 900, 0.2), report(1, 1000, 0.1)]
    middle = lighthouse.middle([lighthouse.marks(one) for one in told])
    assert middle == lighthouse.Marks((99, 99, 99, 99), 1.0, 0.1)


@pytest.mark.parametrize("absent", ["node", "npm"])
def test_without_node_lighthouse_is_left_out_in_one_line(
    absent: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name, **_: None if name == absent else f"/usr/bin/{name}")
    lighthouse.bench_lighthouse(tmp_path)
    assert capsys.readouterr().out == "lighthouse: left out, no Node was found\n"


def test_the_browser_that_the_tests_install_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only = f"/usr/bin/{browser.LEAN}"
    monkeypatch.setattr(shutil, "which", lambda name, **_: only if name in ("node", "npm", browser.LEAN) else None)
    monkeypatch.setattr(lighthouse, "HOME", tmp_path)
    (tmp_path / "node_modules/lighthouse").mkdir(parents=True)
    (tmp_path / "package.json").write_text('{"dependencies": {"lighthouse": "1.0.0"}}', encoding="utf-8")
    (tmp_path / "node_modules/lighthouse/package.json").write_text('{"version": "1.0.0"}', encoding="utf-8")
    used = []

    def reported(_address: str, chrome: str) -> dict[str, Any]:
        used.append(chrome)
        return report(1, 1000, 0)

    monkeypatch.setattr(lighthouse, "report", reported)
    lighthouse.bench_lighthouse(tmp_path)
    assert set(used) == {only}


def test_the_host_packs_texts_and_gives_its_own_404_page(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("量化" * 100, encoding="utf-8")
    (tmp_path / "404.html").write_text("gone", encoding="utf-8")
    with lighthouse.served(tmp_path) as address:
        with urlopen(Request(f"{address}a/", headers={"Accept-Encoding": "gzip"})) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(answer.read()).decode() == "量化" * 100
        with urlopen(f"{address}a/") as answer:
            assert answer.headers["Content-Encoding"] is None
            assert answer.read().decode() == "量化" * 100
        with pytest.raises(Exception, match="404") as gone:
            urlopen(f"{address}nowhere")
        assert getattr(gone.value, "read")() == b"gone"  # noqa: B009 - of an HTTPError


DOCS = [
    Entry("q/1/", "1. 甲？", ""),
    Entry("q/1/#received", "原文", "".join(f"这是长长的一句话{one}。" for one in range(9))),
    Entry("about/", "关于", "字"),
]


def test_a_bank_grows_to_its_size() -> None:
    entries = list(bench_search.grown(DOCS, "", 3))
    titles = [(doc.location, its) for doc, its in entries if its]
    assert [place for place, _ in titles] == ["q/1/", "q/2/", "q/3/"]
    assert titles[1][1].keywords != titles[2][1].keywords
    assert len(entries) == 1 + 3 * (1 + len(bench_search.SECTIONS))
    sections = [doc.text for doc, _ in entries if "#" in doc.location]
    assert len(set(sections)) == len(sections)
    assert entries == list(bench_search.grown(DOCS, "", 3))


def test_each_cost_is_the_least_of_its_runs() -> None:
    mine = iter([bench_build.Cost(3, 5), bench_build.Cost(4, 2)])
    other = iter([bench_build.Cost(2, 2), bench_build.Cost(1, 4)])
    found = bench_build.alternating(2, lambda: next(mine), lambda: next(other))
    assert found == [bench_build.Cost(3, 2), bench_build.Cost(1, 2)]
    assert found[0].told(found[1]) == "3.00 × (3.0 s), 1.00 × in processor seconds (2.0 s)"


def test_a_plain_site_has_the_templates_that_our_pages_name(tmp_path: Path) -> None:
    bench_build.plain_configuration(tmp_path)
    named = {found[1] for page in DOCUMENTS.rglob("*.md") if (found := TEMPLATE.search(page.read_text("utf-8")))}
    assert named
    assert named <= {template.name for template in (tmp_path / "theme").iterdir()}


def test_a_part_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["build"]) == 2
    assert "no part is called build; accepted: split, builds, " in capsys.readouterr().err


def test_the_entries_of_an_index_are_those_that_it_was_made_of(tmp_path: Path) -> None:
    long = "字" * (search_pieces.TEXT // 3)
    given = [
        *(Entry(f"about{at}/", "关于", f"字{at}") for at in range(3)),
        Entry("about3/", "关于", long),
        Entry("about3/#a", "甲", long),
    ]
    (tmp_path / "search/zh").mkdir(parents=True)
    for place, text in search_pieces.files(Spoken("zh", ""), given, {}):
        (tmp_path / place).write_text(text, encoding="utf-8")
    assert bench_search.entries_of(tmp_path, "zh") == given
