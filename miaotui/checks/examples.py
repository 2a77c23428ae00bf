"""The examples, examples/*.py: each recorded, tested with planted errors, and quoted with its output.

scripts/examples.py runs them; here they are only looked at.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import is_generated, read, shown
from miaotui.markup.page import parsed

LINES = 100
SECTION = "code"
"""The part of an example that a page may quote alone, where what draws its figure stands outside."""
MARK = "<!-- Generated: by scripts/examples.py from "
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_EXAMPLE = re.compile(r"^(?P<name>[^/]+)\.(?P<kind>py|txt)$")
_OUTPUT = re.compile(r"\boutput\b")
_BOUND = re.compile(r"^# --8<-- \[(?P<end>start|end):(?P<name>[\w-]+)\]$")
GENERIC = "test_every_example"
"""The test of all examples, beside those of one."""


def names(folder: Path) -> list[str]:
    """The examples of a folder."""
    return sorted(path.stem for path in folder.glob("*.py"))


def _functions(tree: ast.Module) -> set[str]:
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def _section_faults(lines: list[str], tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What of an example stands outside its section and would change what the section seems to print."""
    bounds = [(at, found["end"], found["name"]) for at, line in enumerate(lines, 1) if (found := _BOUND.match(line))]
    if not bounds:
        return
    if [bound[1:] for bound in bounds] != [("start", SECTION), ("end", SECTION)]:
        yield bounds[0][0], f"marks other sections; accepted: # --8<-- [start:{SECTION}], then # --8<-- [end:{SECTION}]"
        return
    first, last = bounds[0][0], bounds[1][0]
    for node in tree.body:
        outside = node.lineno > last or (node.end_lineno or node.lineno) < first
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if outside and not docstring and not isinstance(node, (ast.FunctionDef, ast.Import, ast.ImportFrom)):
            yield node.lineno, f"runs outside the section '{SECTION}'; accepted: functions and imports there"


def _mutants(text: str) -> int | None:
    """How many planted errors a test has; none where they are not what they should be."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["MUTANTS"]:
            try:
                found = ast.literal_eval(node.value)
            except ValueError:
                return None
            good = isinstance(found, list) and all(
                isinstance(item, tuple) and len(item) == 3 and all(isinstance(part, str) and part for part in item)
                for item in found
            )
            return len(found) if good else None
    return 0


def _test_problems(path: Path, name: str) -> Iterator[Problem]:
    text, faults = read(path, f"the test of examples/{name}.py")
    yield from faults
    try:
        count = _mutants(text) if text is not None else 1
    except SyntaxError as error:
        yield Problem(shown(path), error.lineno or 1, "is no Python; accepted: a test")
        return
    if not count:
        form = "MUTANTS = [(old, new, why)], one at least, in words that stand there as they are"
        yield Problem(shown(path), 1, f"plants no error; accepted: {form}")


def _example_problems(path: Path, figures: Path) -> Iterator[Problem]:
    text, faults = read(path, "an example")
    yield from faults
    if text is None:
        return
    lines = text.split("\n")
    if not _NAME.match(path.stem):
        yield Problem(shown(path), 1, "has no name of an example; accepted: small letters, digits and _, as a module's")
    if len(lines) > LINES:
        yield Problem(shown(path), LINES, f"has {len(lines) - 1} lines; accepted: under {LINES}")
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        yield Problem(shown(path), error.lineno or 1, f"is no Python ({error.msg}); accepted: an example")
        return
    yield from (Problem(shown(path), line, fault) for line, fault in _section_faults(lines, tree))
    recorded = [path.with_suffix(".txt")]
    recorded += [figures / f"{path.stem}.svg"] if "figure" in _functions(tree) else []
    for file in recorded:
        if not file.is_file() or not file.stat().st_size:
            how = f"accepted: what the example gives: scripts/examples.py --record {path.stem}"
            yield Problem(shown(file), 1, f"{'is empty' if file.is_file() else 'is missing'}; {how}")


def _leftovers(folder: Path, tests: Path, figures: Path) -> Iterator[Problem]:
    """Records and tests of examples that are gone, and files that are neither."""
    known = names(folder)
    for path in sorted(folder.iterdir()):
        if path.name == "__pycache__":
            continue
        if path.suffix not in (".py", ".txt"):
            yield Problem(shown(path), 1, "is no example; accepted: NAME.py and NAME.txt")
        elif path.stem not in known:
            yield Problem(shown(path), 1, "records an example that is not there; accepted: NAME.py beside it")
    for path in sorted(tests.glob("test_*.py")):
        if path.stem != GENERIC and path.stem.removeprefix("test_") not in known:
            yield Problem(
                shown(path), 1, "tests an example that is not there; accepted: test_NAME.py of examples/NAME.py"
            )
    for path in sorted(figures.glob("*.svg")):
        if not path.read_bytes().startswith(MARK.encode()):
            continue
        example = folder / f"{path.stem}.py"
        if not example.is_file() or "def figure(" not in example.read_text(encoding="utf-8"):
            yield Problem(shown(path), 1, "was drawn by an example that no longer does; accepted: delete it")


@dataclass(frozen=True)
class Quotation:
    """An example, or its output, quoted by a page."""

    line: int
    name: str
    kind: str
    """py or txt."""
    section: str
    fence: int
    """The line on which its fence opened, 0 where it is in none."""
    output: bool
    """Whether that fence is one for output."""
    last: int
    """The line on which its fence ended."""


def quotations(text: str) -> list[Quotation]:
    """The examples and outputs that a page quotes."""
    page, found = parsed(text), []
    for one in page.includes:
        if quote := _EXAMPLE.match(one.file):
            fence = one.spot.fence
            inside = [other for other in page.spots if fence and other.fence is fence]
            found.append(
                Quotation(
                    one.line,
                    quote["name"],
                    quote["kind"],
                    one.section,
                    fence.line if fence else 0,
                    bool(fence and _OUTPUT.search(fence.info)),
                    inside[-1].line if inside else one.line,
                )
            )
    return found


def _quotation_faults(quoted: list[Quotation], known: list[str], sections: set[str]) -> Iterator[tuple[int, str]]:
    for at, quote in enumerate(quoted):
        below = quoted[at + 1] if at + 1 < len(quoted) else None
        if quote.name not in known:
            yield quote.line, f"quotes {quote.name}.{quote.kind}, which is no example; accepted: {', '.join(known)}"
        elif quote.output != (quote.kind == "txt") or not quote.fence:
            form = "``` { .text .output }" if quote.kind == "txt" else "```python"
            yield quote.line, f"quotes {quote.name}.{quote.kind} outside its fence; accepted: in {form}"
        elif quote.section and (quote.kind, quote.section, quote.name in sections) != ("py", SECTION, True):
            yield (
                quote.line,
                f"quotes '{quote.section}' of {quote.name}; accepted: all, or what it marks as '{SECTION}'",
            )
        elif quote.kind == "py" and (
            not below or (below.name, below.kind, below.fence) != (quote.name, "txt", quote.last + 2)
        ):
            accepted = f'accepted: a blank line below, ``` {{ .text .output }} with --8<-- "{quote.name}.txt"'
            yield quote.line, f"quotes {quote.name}.py without its output; {accepted}"


def page_problems(docs: Path, folder: Path) -> Iterator[Problem]:
    """Quotations of what is not there or without its output; examples that no page quotes."""
    known = names(folder)
    sections = {name for name in known if f"[start:{SECTION}]" in (folder / f"{name}.py").read_text(encoding="utf-8")}
    for language in LANGUAGES:
        quoted: set[str] = set()
        for path in sorted((docs / language.code).rglob("*.md")):
            text, _ = read(path, "a page")
            if text is None or is_generated(text):
                continue
            found = quotations(text)
            quoted |= {quote.name for quote in found if quote.kind == "py"}
            for line, fault in _quotation_faults(found, known, sections):
                yield Problem(shown(path), line, fault)
        for name in known:
            if name not in quoted:
                yield Problem(
                    shown(folder / f"{name}.py"), 1, f"no page of '{language.code}' quotes it; accepted: one does"
                )


def problems(folder: Path, tests: Path, docs: Path) -> Iterator[Problem]:
    """Everything wrong with the examples that shows without running them."""
    if not folder.is_dir():
        return
    for name in names(folder):
        yield from _example_problems(folder / f"{name}.py", docs / "figures")
        yield from _test_problems(tests / f"test_{name}.py", name)
    yield from _leftovers(folder, tests, docs / "figures")
    for path in sorted(file for kind in ("*.py", "*.txt") for file in docs.glob(kind)):
        yield Problem(shown(path), 1, "would be quoted in place of an example; accepted: examples/ for code")
    yield from page_problems(docs, folder)
