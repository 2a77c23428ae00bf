"""The built site: the same bytes for one commit, one index a language, nothing of anybody else."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from miaotui.markup.front_matter import front_matter
from miaotui.site import stays
from miaotui.site.links import check_site
from tests.banks import CORRECTED, NUMBERS, RECEIVED
from tests.indexes import texts

ROOT = Path(__file__).resolve().parents[2]

DEFECTS = {
    "dead page": ('<a href="../../nowhere/">x</a>', "nowhere"),
    "dead anchor": ('<a href="#nowhere">x</a>', "nowhere"),
    "dead anchor in the other language": ('<a href="../../en/q/12/#nowhere">x</a>', "nowhere"),
    "dead image": ('<img src="nowhere.png" alt="">', "nowhere.png"),
    "dead link in raw HTML": ("<A HREF=../../nowhere/ >x</A>", "nowhere"),
    "third party": ('<script src="https://cdn.example/x.js"></script>', "cdn.example"),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(defect: str, online: Path, tmp_path: Path) -> None:
    html, told = DEFECTS[defect]
    site = tmp_path / "site"
    shutil.copytree(online, site)
    page = site / "q/12/index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</article>", f"{html}</article>"), encoding="utf-8")
    problems = check_site(site).problems
    assert len(problems) == 1
    assert told in problems[0].text
    assert problems[0].path.endswith("q/12/index.html")


OFFERING = {"index.html", "en/index.html", "about/index.html", "en/about/index.html"}
"""What says which downloads there are, if any."""


def besides(name: str, text: str) -> list[str]:
    """What an offering file says of all else, piece by piece."""
    before, _, offered = text.partition('<h2 id="offline">')
    lines = (before + offered.partition("<h2 ")[2]).splitlines()
    return [line for line in lines if line.strip() and " download>" not in line]


def test_two_builds_give_the_same_bytes(online: Path, edition: Path) -> None:
    """The second is the edition's, whose pages offer its files."""

    def bytes_of(root: Path) -> dict[str, bytes]:
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    first, second = bytes_of(online), bytes_of(edition / "site")
    assert {name for name in second if not name.startswith("downloads/")} == first.keys()
    kept = [json.loads(files[stays.LIST])["files"] for files in (first, second)]
    assert {name for name, file in kept[0].items() if file != kept[1][name]} == OFFERING
    differing = {name for name, data in first.items() if data != second[name]}
    assert differing == OFFERING | {stays.LIST, stays.VERSION}
    for name in OFFERING:
        assert besides(name, first[name].decode()) == besides(name, second[name].decode()), name


@pytest.mark.parametrize(("code", "start"), [("zh", "q/"), ("en", "en/q/")])
def test_an_index_holds_its_language_and_no_copy(code: str, start: str, online: Path) -> None:
    places = list(texts(online, code))
    assert all(place.startswith("en/") == (code == "en") for place in places)
    assert {f"{start}{number}/" for number in NUMBERS} <= set(places)
    assert not [place for place in places if "topics/" in place and "#q" in place]
    assert not [place for place in places if "corrections/#" in place]


@pytest.mark.parametrize("page", ["index.html", "en/index.html"])
def test_the_home_page_lists_everything_and_counts_it(page: str, online: Path) -> None:
    html = (online / page).read_text(encoding="utf-8")
    linked = set(re.findall(r'href="((?:q|problems|calc)/[\w-]+)/"', html))
    kinds = {kind: {path.stem for path in (ROOT / "docs/zh" / kind).glob("*.md")} for kind in ("q", "problems", "calc")}
    assert {f"{kind}/{name}" for kind, names in kinds.items() for name in names - {"index"}} <= linked
    first = html.partition("<h1")[2].partition("</h1>")[0]
    assert re.findall(r"\b\d+\b", first) == [str(len(kinds["q"])), "60"]


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_question_page_leads_to_related_ones(folder: str, online: Path) -> None:
    for number in NUMBERS:
        html = (online / folder / f"q/{number}/index.html").read_text(encoding="utf-8")
        related = html.partition('<nav class="related"')[2].partition("</nav>")[0]
        meta = front_matter(
            (ROOT / "docs" / (folder.strip("/") or "zh") / f"q/{number}.md").read_text(encoding="utf-8")
        )
        assert related.count("<a ") == len(meta["related"]), number
        # A question that was just added has none yet.
        assert len(meta["related"]) >= 2 or not meta["written"], number


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_question_page_quotes_its_question_and_correction(folder: str, online: Path) -> None:
    for number in NUMBERS:
        html = (online / folder / f"q/{number}/index.html").read_text(encoding="utf-8")
        for box, having in (("received", RECEIVED), ("correction", CORRECTED)):
            assert (f'class="admonition {box}"' in html) == (number in having), (number, box)


LISTS = ("overrides/assets/vendor", "vendor", "tests/vendor")


@pytest.mark.parametrize("place", LISTS)
def test_vendored_files_are_what_they_say(place: str) -> None:
    folder = ROOT / place
    listed = yaml.safe_load((folder / "vendored.yml").read_text(encoding="utf-8"))
    for entry in listed:
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["file"]
        assert {"what", "version", "source", "licence"} <= entry.keys()
    ours = ("vendored.yml", "LICENSE")
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in ours)
    names = {path.relative_to(folder).as_posix() for path in files}
    assert names == {entry["file"] for entry in listed}


def test_the_site_says_what_it_is_made_of_and_under_which_licences(online: Path, offline: Path) -> None:
    for site in (online, offline):
        told = json.loads((site / "bill-of-materials.json").read_text(encoding="utf-8"))
        assert told["metadata"]["component"]["version"]
        text = (site / "licences.txt").read_text(encoding="utf-8")
        assert all(part["name"] in text for part in told["components"])


def _corrections(text: str) -> list[str]:
    """What our corrections in a page's Markdown say, question by question, without the box they stand in."""
    boxes = re.findall(r"\*\*(?:朱批|Correction)\*\*\n\n((?:>.*\n)+)", text + "\n")
    return [re.sub(r"(?m)^> ?", "", box).strip() for box in boxes]


@pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])
def test_topic_question_and_list_say_the_same_of_each_error(folder: str, online: Path) -> None:
    listed = (online / folder / "corrections.md").read_text(encoding="utf-8")
    questions: dict[str, int] = {}
    for number in CORRECTED:
        (said,) = _corrections((online / folder / f"q/{number}.md").read_text(encoding="utf-8"))
        questions[said] = number
        assert said in listed, number
    on_topics = [
        said
        for topic in sorted((online / folder / "topics").glob("*.md"))
        for said in _corrections(topic.read_text(encoding="utf-8"))
    ]
    assert sorted(questions[said] for said in on_topics) == CORRECTED
