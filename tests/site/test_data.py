"""The data for search engines: of schema.org's types and properties, with the values these take, and true."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from miaotui.judging.folder import slugs
from miaotui.markup.front_matter import front_matter
from scripts import vocabulary
from tests.banks import NUMBERS
from tests.site.test_paths import QUANTIZATION

ROOT = Path(__file__).resolve().parents[2]
SITE = "https://miaotui.example/"
TYPES = json.loads((ROOT / "tests/vendor/schema-org/vocabulary.json").read_text(encoding="utf-8"))
FOLDERS = pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])

PLAIN = {
    "Text": lambda value: isinstance(value, str) and bool(value.strip()),
    "URL": lambda value: isinstance(value, str) and bool(re.fullmatch(r"https://[^\s{}]+", value)),
    "Date": lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)),
    "Duration": lambda value: isinstance(value, str) and bool(re.fullmatch(r"PT\d+M", value)),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}
"""How a value of each plain type looks; any other type is an object of its own."""


def is_a(name: str) -> set[str]:
    """The type and all that it is."""
    return {name}.union(*(is_a(parent) for parent in TYPES[name]["of"]))


def takes(name: str) -> dict[str, list[str]]:
    """The properties of a type, with those of all that it is."""
    return {key: taken for kind in is_a(name) for key, taken in TYPES[kind]["properties"].items()}


def fits(value: Any, taken: list[str]) -> bool:
    if isinstance(value, dict):
        return not is_a(value["@type"]).isdisjoint(taken) if value.get("@type") in TYPES else False
    return any(PLAIN[kind](value) for kind in taken if kind in PLAIN)


def problems(node: dict[str, Any]) -> Iterator[str]:
    """What schema.org does not know of an object, or takes in another form."""
    name = str(node.get("@type"))
    if name not in TYPES:
        yield f"{name} is no type that we know"
        return
    for key, value in node.items():
        if key == "@id" and not PLAIN["URL"](value):
            yield f"{name}: {value!r} is no address"
        if key.startswith("@"):
            continue
        # Of what an action needs, as schema.org/docs/actions has it.
        constrains = key.removesuffix("-input") in takes(name) and "Action" in is_a(name)
        taken = takes(name).get(key, ["Text"] if constrains else [])
        for one in value if isinstance(value, list) else [value]:
            if not fits(one, taken):
                yield f"{name}.{key}: {one!r} is none of {taken}"
            if isinstance(one, dict):
                yield from problems(one)


def data_of(page: Path) -> list[dict[str, Any]]:
    """The objects that a page describes itself by."""
    html = page.read_text(encoding="utf-8")
    found = []
    for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
        told = json.loads(text)
        assert told["@context"] == "https://schema.org"
        found += told.get("@graph", [told])
    return found


def of_type(page: Path, name: str) -> dict[str, Any]:
    (found,) = (node for node in data_of(page) if node["@type"] == name)
    return found


def test_every_page_s_data_is_of_the_vocabulary(online: Path) -> None:
    kinds: dict[str, int] = {}
    for page in sorted(online.rglob("index.html")):
        for node in data_of(page):
            assert list(problems(node)) == [], page
            kinds[node["@type"]] = kinds.get(node["@type"], 0) + 1
    coding = 2 * len(slugs())
    # All but their index.
    listings = 2 * len(list((ROOT / "docs/zh/listings").glob("*.md"))) - 2
    topics = 2 * len(list((ROOT / "docs/zh/topics").glob("*.md")))
    assert kinds == {
        "WebSite": 2,
        "LearningResource": 2 * len(NUMBERS) + coding + listings,
        "CollectionPage": topics,
        "ItemList": topics,
        "BreadcrumbList": 2 * len(NUMBERS) + topics,
    }
    assert set(vocabulary.USED) >= kinds.keys()


def test_every_address_in_the_data_is_of_the_site(online: Path) -> None:
    for page in sorted(online.rglob("index.html")):
        for url in re.findall(f'"({SITE}[^"{{]*)"', json.dumps(data_of(page))):
            place = online / url.removeprefix(SITE)
            assert (place if place.suffix else place / "index.html").is_file(), (page, url)


@FOLDERS
def test_a_question_tells_itself_and_the_way_to_it(folder: str, online: Path) -> None:
    page = online / folder / "q/30/index.html"
    question = of_type(page, "LearningResource")
    title = re.findall('<meta property="og:title" content="(.*?)">', page.read_text(encoding="utf-8"))[0]
    assert (question["name"], question["inLanguage"]) == (unescape(title), folder.strip("/") or "zh")
    source = ROOT / "docs" / (folder.strip("/") or "zh") / "q/30.md"
    minutes = front_matter(source.read_text(encoding="utf-8"))["minutes"]
    assert (question["timeRequired"], question["dateModified"]) == (f"PT{minutes}M", "2026-11-01")
    assert question["educationalLevel"] == {"": "资深", "en/": "Senior"}[folder]
    way = of_type(page, "BreadcrumbList")["itemListElement"]
    places = ["", "topics/architecture-search/", "q/30/"]
    assert [(step["position"], step["item"]["@id"]) for step in way] == [
        (number, f"{SITE}{folder}{place}") for number, place in enumerate(places, 1)
    ]


@FOLDERS
def test_a_topic_lists_its_questions_in_their_order(folder: str, online: Path) -> None:
    page = online / folder / "topics/quantization/index.html"
    listed = of_type(page, "ItemList")["itemListElement"]
    assert [entry["url"] for entry in listed] == [f"{SITE}{folder}q/{number}/" for number in QUANTIZATION]
    assert [entry["position"] for entry in listed] == list(range(1, len(QUANTIZATION) + 1))
    assert of_type(page, "CollectionPage")["url"] == f"{SITE}{folder}topics/quantization/"


@FOLDERS
def test_the_home_page_tells_the_site_and_how_to_search_it(folder: str, online: Path) -> None:
    site = of_type(online / folder / "index.html", "WebSite")
    assert site["url"] == SITE + folder
    action = site["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{SITE}{folder}?q={{words}}"
    assert action["query-input"] == "required name=words"


WRONG: dict[str, tuple[list[str], Any]] = {
    "no type of the vocabulary": (["@type"], "LearningRessource"),
    "no property of the type": (["itemListElement"], {"@type": "ListItem"}),
    "a date that is none": (["dateModified"], "2026-11"),
    "a duration that is none": (["timeRequired"], "6 min"),
    "an address that is not whole": (["url"], "/q/12/"),
    "a text where a thing is taken": (["about"], "量化"),
    "an address of an object that is not whole": (["isPartOf", "@id"], "../"),
    "an object of another type": (["isPartOf"], {"@type": "ListItem"}),
    "an object's own property": (["isPartOf", "item"], {"@type": "WebPage"}),
    "nothing": (["name"], ""),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_of_the_vocabulary_is_told(case: str, online: Path) -> None:
    path, value = WRONG[case]
    question = copy.deepcopy(of_type(online / "q/12/index.html", "LearningResource"))
    node = question
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    assert len(list(problems(question))) >= 1


INTERFACES = """interface ThingBase extends Partial<IdReference> {
    /** The name. */
    "name"?: SchemaValue<Text, "name">;
}
interface ListBase extends ThingBase {
    "item"?: SchemaValue<Thing | URL | IdReference, "item">;
}
export interface ListLeaf extends ListBase {
    "@type": "List";
}
interface OtherBase extends ThingBase {
    "other"?: SchemaValue<Text, "other">;
}
"""


def test_the_table_is_drawn_from_the_interfaces() -> None:
    found = vocabulary.needed(vocabulary.parsed(INTERFACES), ("List",))
    assert found == {
        "List": {"of": ["Thing"], "properties": {"item": ["Thing", "URL"]}},
        "Thing": {"of": [], "properties": {"name": ["Text"]}},
    }
