"""What `make test` takes of many of a kind: some, which change with the commit. `make test-all` takes all."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from miaotui.edge.commit import commit


def drawn(names: Sequence[str], most: int) -> tuple[list[str], list[str]]:
    """That many of the names, drawn by the commit, so that each process draws the same; and the others."""
    taken = random.Random(" ".join([commit().version, *names])).sample(list(names), min(most, len(names)))
    return [name for name in names if name in taken], [name for name in names if name not in taken]


READERS = frozenset({"", "zh", "en", "en/", "360", "1440", "light", "dark"})
"""What the cases of a test in the browser say of who reads: language, width, colours."""
COSTLY = {
    "test_axe_finds_nothing": 1,
    "test_axe_finds_nothing_on_a_written_page": 1,
    "test_axe_finds_nothing_after_a_run": 1,
    "test_axe_finds_nothing_in_the_one_file": 1,
    "test_each_failure_has_a_sentence_and_the_next_run_is_clean": 1,
    "test_the_one_file_has_all_of_the_bank": 1,
}
"""Tests that take long for each reader, of whose templates these share most: how many of them are drawn."""
EACH = frozenset({"test_figure_labels.py", "test_lines.py", "test_search.py", "test_browser.py"})
"""Files of tests that look at what differs by language: of these none is left."""


def _kind(name: str) -> tuple[str, int | None]:
    """A test with what its case says but for who reads, and how many of its cases are drawn; half where it is None."""
    test, _, case = name.partition("[")
    most = COSTLY.get(test.rpartition("::")[2])
    said = "" if most else "-".join("*" if part in READERS else part for part in case.rstrip("]").split("-"))
    return f"{test}[{said}", most


def left(ids: Iterable[str]) -> set[str]:
    """Of the ids of tests in the browser, `file::test[case]`, those that are not drawn: of the cases that differ by who
    reads, half are.
    """
    kinds: dict[tuple[str, int | None], list[str]] = {}
    for name in ids:
        if not EACH & {name.partition("::")[0].rpartition("/")[2]}:
            kinds.setdefault(_kind(name), []).append(name)
    rest = (drawn(names, most or -(-len(names) // 2))[1] for (_, most), names in kinds.items())
    return {name for names in rest for name in names}
