"""The `>>>` examples on the pages of problems, run with the reference: they print what the page shows."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from tests.problem import load

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [page for page in sorted(ROOT.glob("docs/*/problems/*.md")) if EXAMPLES.search(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parts[-3]}-{page.stem}")
def test_examples_print_what_the_page_shows(page: Path) -> None:
    solution = load(page.stem)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for number, text in enumerate(EXAMPLES.findall(page.read_text(encoding="utf-8"))):
        test = doctest.DocTestParser().get_doctest(text, vars(solution).copy(), f"{page.stem}-{number}", str(page), 0)
        said: list[str] = []
        assert runner.run(test, out=said.append).failed == 0, "".join(said)
