"""What CONTRIBUTING says of adding a question, an article, a calculator is all there is to do: tried on a copy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from miaotui.bank.load import load
from miaotui.bank.questions import homes
from miaotui.base.paths import ROOT
from tests.banks import NUMBERS

NUMBER = NUMBERS[-1] + 1
HOME = homes(load(ROOT / "articles"))[NUMBERS[-1]]
"""The topic of the last question, which takes the further ones."""
ARTICLE = {
    "zh": f"""
#### 题目 {NUMBER}：怎么压测推理服务？

**题目描述：** 怎么压测推理服务？

**答案解析：**

用开环负载，到达服从泊松过程，至少 1,000 条请求。
""",
    "en": f"""
#### Question {NUMBER}: How is inference load-tested?

**Question:** How do you load-test an inference service?

**Answer:**

Drive it with an open loop and Poisson arrivals, for at least 1,000 requests.
""",
}
ABOUT = "origin: ours\nzh: 又一篇\nen: A further one\nlicence: CC BY-SA 4.0\n"
MODEL, CALCULATOR = "amdahl", "further"
"""The calculator that the further one is made of, under a name of its own."""
LEFT = {".git", ".venv", ".cache", "site", "dist"}
"""What a clone does not have, or is no part of."""
MODULES = {"node_modules"}
"""What `make scripts` and `make bench` install: tens of thousands of files that no test reads."""


def run(root: Path, *command: str) -> str:
    """What a command of the copy says; it is to end with 0."""
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'problems'}"}
    done = subprocess.run(
        [sys.executable, *command], cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def repeat(path: Path, pattern: str) -> None:
    """Writes what a pattern finds in a file once more, for the further calculator."""
    text = path.read_text(encoding="utf-8")
    found = re.search(pattern, text, re.MULTILINE)
    assert found
    path.write_text(text.replace(found[0], found[0] + found[0].replace(MODEL, CALCULATOR)), encoding="utf-8")


def add_article(root: Path) -> None:
    """A further article of ours with two questions, one of them with a title that is too long for a name."""
    folder = root / "articles/further"
    folder.mkdir()
    (folder / "article.yml").write_text(ABOUT, encoding="utf-8")
    for code, text in ARTICLE.items():
        longer = re.sub(r"(?m)^(#### .*? )\d+(.*)$", rf"\g<1>{NUMBER + 1}\2" + "?" * 41, text)
        (folder / f"{code}.md").write_text(text.lstrip() + longer, encoding="utf-8")


def add_calculator(root: Path) -> None:
    """A further calculator: its formulas, its words, its pages, and their place in the list."""
    formulas = root / "formulas"
    shutil.copy(formulas / f"calculators/{MODEL}.yml", formulas / f"calculators/{CALCULATOR}.yml")
    for code in ARTICLE:
        pages = root / f"docs/{code}/calc"
        text = (pages / f"{MODEL}.md").read_text(encoding="utf-8").replace(MODEL, CALCULATOR)
        title = text.partition("title: ")[2].partition("\n")[0]
        (pages / f"{CALCULATOR}.md").write_text(text.replace(title, "Further"), encoding="utf-8")
        repeat(pages / "index.md", rf"^- \[[^\]]*\]\({MODEL}\.md\).*\n")
        repeat(formulas / f"words/{code}.yml", rf"^  {MODEL}:\n(?:    .*\n)+")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repository with an article of two questions and a calculator more, and nothing else done."""
    root = tmp_path / "miaotui"
    shutil.copytree(
        ROOT, root, ignore=lambda at, names: LEFT.intersection(names) if Path(at) == ROOT else MODULES, symlinks=True
    )
    add_article(root)
    add_calculator(root)
    topics = root / "articles/topics.yml"
    listed, found = re.subn(
        rf"(questions: \[.*\b{NUMBERS[-1]}\b.*)\]", rf"\1, {NUMBER}, {NUMBER + 1}]", topics.read_text(encoding="utf-8")
    )
    assert found == 1
    topics.write_text(listed, encoding="utf-8")
    run(root, "scripts/new_question.py", str(NUMBER))
    run(root, "scripts/new_question.py", str(NUMBER + 1), "--name", "Further")
    return root


def test_what_is_added_passes_the_checks(copy: Path) -> None:
    run(copy, "scripts/split.py", "--check")
    run(copy, "scripts/check.py")
    navigation = (copy / "nav.yml").read_text(encoding="utf-8")
    for page in (f"q/{NUMBER}.md", f"q/{NUMBER + 1}.md", "articles/further.md", f"calc/{CALCULATOR}.md"):
        assert page in navigation
    for code in ("zh", "en"):
        assert "1,000" in (copy / f"docs/{code}/topics/{HOME}.md").read_text(encoding="utf-8")


@pytest.mark.full
def test_no_test_has_to_be_touched_for_it(copy: Path) -> None:
    named = {
        "unit": ("asked", "deck", "navigation", "points", "published", "short_answers", "topics"),
        "calculators": ("contract", "definitions", "units", "worked"),
        "site": ("built", "machines", "data", "lost", "sharing"),
    }
    files = [f"tests/{folder}/test_{name}.py" for folder, names in named.items() for name in names]
    here = f"import tests, pathlib; assert pathlib.Path(tests.__path__[0]).is_relative_to({str(copy)!r})"
    run(copy, "-c", here)
    run(copy, "-m", "pytest", "-p", "no:xdist", *files)
