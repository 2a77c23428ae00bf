"""What CONTRIBUTING says of adding a question is all there is to do: tried on a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from miaotui.base.paths import ROOT
from tests.banks import NUMBERS

NUMBER = NUMBERS[-1] + 1
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


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repository with a further question in our article and in a topic, and nothing else done."""
    root = tmp_path / "miaotui"
    shutil.copytree(
        ROOT, root, ignore=lambda at, names: LEFT.intersection(names) if Path(at) == ROOT else MODULES, symlinks=True
    )
    for code, text in ARTICLE.items():
        with (root / f"articles/llm-serving/{code}.md").open("a", encoding="utf-8") as article:
            article.write(text)
    topics = root / "articles/topics.yml"
    listed, found = re.subn(
        rf"(questions: \[.*\b{NUMBERS[-1]}\b.*)\]", rf"\1, {NUMBER}]", topics.read_text(encoding="utf-8")
    )
    assert found == 1
    topics.write_text(listed, encoding="utf-8")
    run(root, "scripts/new_question.py", str(NUMBER))
    return root


def test_a_further_question_s_stub_passes_the_checks(copy: Path) -> None:
    run(copy, "scripts/split.py", "--check")
    run(copy, "scripts/check.py")
    assert f"q/{NUMBER}.md" in (copy / "nav.yml").read_text(encoding="utf-8")
    for code in ("zh", "en"):
        assert "1,000" in (copy / f"docs/{code}/topics/decoding.md").read_text(encoding="utf-8")


@pytest.mark.full
def test_no_test_has_to_be_touched_for_it(copy: Path) -> None:
    named = ["test_asked", "test_deck", "test_navigation", "test_points", "test_published", "test_short_answers"]
    pages = [
        f"tests/site/{name}.py" for name in ("test_built", "test_machines", "test_data", "test_lost", "test_sharing")
    ]
    here = f"import tests, pathlib; assert pathlib.Path(tests.__path__[0]).is_relative_to({str(copy)!r})"
    run(copy, "-c", here)
    run(copy, "-m", "pytest", "-p", "no:xdist", *(f"tests/unit/{name}.py" for name in named), *pages)
