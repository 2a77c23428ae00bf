"""What `make test` takes of many of a kind: some, which change with the commit. `make test-all` takes all."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from miaotui.edge.commit import commit


def drawn(names: Sequence[str], most: int) -> tuple[list[str], list[str]]:
    """That many of the names, drawn by the commit, so that each process draws the same; and the others."""
    taken = random.Random(" ".join([commit().version, *names])).sample(list(names), min(most, len(names)))
    return [name for name in names if name in taken], [name for name in names if name not in taken]


COSTLY = {
    "test_axe_finds_nothing": 1,
    "test_axe_finds_nothing_on_a_written_page": 1,
    "test_axe_finds_nothing_after_a_run": 1,
    "test_axe_finds_nothing_in_the_one_file": 1,
    "test_a_chapter_opens_where_a_link_leads_to_it": 2,
    "test_what_is_typed_leaves_the_questions_and_terms_that_have_it": 2,
}
"""Tests that take long at each language and width, of whose templates these share most: how many of them are drawn."""


def left(ids: Iterable[str]) -> set[str]:
    """Of the ids of tests, `file::test[case]`, those of costly tests that are not drawn."""
    kinds: dict[str, list[str]] = {}
    for name in ids:
        kinds.setdefault(name.partition("[")[0], []).append(name)
    costly = ((names, COSTLY.get(kind.rpartition("::")[2])) for kind, names in kinds.items())
    return {name for names, most in costly if most for name in drawn(names, most)[1]}
