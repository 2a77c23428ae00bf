"""Material's search worker, its faults mended: a Chinese query keeps its last character."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import material
import pytest
import quickjs
from hypothesis import given
from hypothesis import strategies as st

from miaotui.base.problem import RefusedError
from miaotui.site import search_index

(FILE,) = (Path(material.__file__).parent / "templates/assets/javascripts/workers").glob("search.*.min.js")
THEIRS = FILE.read_text(encoding="utf-8")
MENDED = search_index.mended(THEIRS)
CONFIG = {"lang": ["en"], "pipeline": [], "separator": "[\\s\u200b]+", "fields": {"title": {}, "text": {}}}
_A_WORKER = """
var self = this, told = [], heard
var addEventListener = (_, listener) => { heard = listener }
var postMessage = message => { told.push(message) }
var console = { warn: told.push }
"""
_ASK = "message => { told.length = 0; heard({ data: JSON.parse(message) }) }"


class Worker:
    """Material's worker with an index of one page that has these words."""

    def __init__(self, script: str, words: list[str]) -> None:
        self._context = quickjs.Context()
        self._context.eval(_A_WORKER)
        self._context.eval(script)
        page = {"location": "q/1/", "title": "1", "text": "\u200b".join(words)}
        self._asked({"type": 0, "data": {"config": CONFIG, "docs": [page], "options": {}}})

    def _asked(self, message: dict[str, Any]) -> dict[str, Any]:
        self._context.eval(_ASK)(json.dumps(message))
        while self._context.execute_pending_job():
            pass
        answers: list[dict[str, Any]] = json.loads(self._context.eval("JSON.stringify(told)"))
        return answers[-1]

    def looked_for(self, query: str) -> set[str]:
        """The words of the query that the page has."""
        items = self._asked({"type": 2, "data": query})["data"]["items"]
        return {word for group in items for page in group for word, found in page["terms"].items() if found}


WORDS = ["投机", "解码", "PD", "分离", "分", "带宽", "带", "调度", "调", "抢占", "抢", "量化", "量", "器"]
ASKED = {
    "投机解码": {"投机", "解码"},
    "PD 分离": {"pd", "分离"},
    "带宽": {"带宽"},
    "调度": {"调度"},
    "抢占": {"抢占"},
    "量化器": {"量化", "器"},
}


@pytest.mark.parametrize("query", ASKED)
def test_a_query_is_looked_for_to_its_last_character(query: str) -> None:
    assert Worker(MENDED, WORDS).looked_for(query) == ASKED[query]


han = st.text(st.sampled_from("量化解码投机器"), min_size=1, max_size=4)


@given(st.lists(han, min_size=1, max_size=6, unique=True), st.data())
def test_any_two_words_cover_the_run_that_they_make(words: list[str], data: st.DataObject) -> None:
    run = "".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=2)))
    covered = [False] * len(run)
    for word in Worker(MENDED, words).looked_for(run):
        for at in range(len(run)):
            if run.startswith(word, at):
                covered[at : at + len(word)] = [True] * len(word)
    assert all(covered)


@pytest.mark.parametrize(("place", "_right"), search_index.MENDS)
@pytest.mark.parametrize("count", [0, 2])
def test_another_material_is_refused(place: str, _right: str, count: int) -> None:
    with pytest.raises(RefusedError, match=f"{count} times; accepted: once"):
        search_index.mended(THEIRS.replace(place, place * count))
