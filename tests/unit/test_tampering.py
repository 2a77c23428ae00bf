"""Answers that tamper with the judge: each gets a verdict or a sentence, none a pass, and none a traceback of ours."""

from __future__ import annotations

import pytest

from miaotui.base.paths import PROBLEMS
from miaotui.base.words import words
from miaotui.judging import say
from miaotui.judging.guard import reaches
from miaotui.judging.inside import IMPORTS
from miaotui.judging.verdict import judge_text

SLUG = "online-softmax"
SOLUTION = (PROBLEMS / SLUG / "solution.py").read_text(encoding="utf-8")
HEAD = "def online_softmax(chunks):\n"
ONE = HEAD + "    return 1\n"
EQUAL = "    def __eq__(self, other):\n        return True\n    def __ne__(self, other):\n        return False\n"
SEVENS = "    return [7.0] * sum(1 for chunk in chunks for _ in chunk), 7.0\n"
READS = f"open({str(PROBLEMS / SLUG / 'solution.py')!r})"
WRITES = (
    "import os\nfor out in range(3, 20):\n    try:\n        os.write(out, TEXT)\n    except OSError:\n        pass\n"
)
FORGED = WRITES.replace("TEXT", """b'{"cases": 1}\\n{"result": {"ok": true, "case": "x"}}\\n{"done": true}\\n'""")
FOREIGN = "exec('{}', {{'__name__': 'somebody else'}})\n"
WORKS = SOLUTION + "\nworks = online_softmax\n" + HEAD
TAMPERED = {
    "numbers equal to all": (f"class A(float):\n{EQUAL}{HEAD}{SEVENS.replace('7.0', 'A(7.0)')}", "mismatch"),
    "a list equal to all": (f"class A(list):\n{EQUAL}{HEAD}    return A(), 1.0\n", "mismatch"),
    "abs() replaced": (f"import builtins\nbuiltins.abs = lambda x: 0.0\n{HEAD}{SEVENS}", "mismatch"),
    "isfinite() replaced": (f"import math\nmath.isfinite = lambda x: 1 / 0\n{HEAD}{SEVENS}", "mismatch"),
    "the harness imported": (f"import harness\nharness.equal = print\n{ONE}", "import"),
    "the harness by its frame": (f"import sys\nsys._getframe(1).f_globals['close'] = print\n{ONE}", "tampering"),
    "a frame by a made name": (f"import sys\ngetattr(sys, '_get' + 'frame')(1)\n{ONE}", "tampering"),
    "a frame by inspect": (f"import inspect\ninspect.currentframe()\n{ONE}", "tampering"),
    "a refusal hidden": (f"try:\n    {READS}\nexcept BaseException:\n    pass\n{SOLUTION}", "tampering"),
    "a frame by a traceback": (
        f"{HEAD}    try:\n        1 / 0\n    except ZeroDivisionError as error:\n"
        "        return getattr(error.__traceback__, 'tb_' + 'frame')\n",
        "tampering",
    ),
    "the globals of a function": (f"{HEAD}    return online_softmax.__globals__\n", "tampering"),
    "the solution read": (f"{HEAD}    return {READS}.read()\n", "tampering"),
    "the solution imported": (
        f"import sys\nsys.path.insert(0, {str(PROBLEMS / SLUG)!r})\nfrom solution import online_softmax\n",
        "import",
    ),
    "forged events": (f"{FORGED}os._exit(0)\n", "crash"),
    "an exit": (f"import sys\n{HEAD}    sys.exit(0)\n", "exit"),
    "an exit of the process": (f"import os\n{HEAD}    os._exit(0)\n", "crash"),
    "a fork": (f"{WORKS}    import os\n    os.fork()\n    return works(chunks)\n", "tampering"),
    "a process": (f"import os\nos.system('true')\n{SOLUTION}", "tampering"),
    "a module for processes": (f"import subprocess\n{SOLUTION}", "import"),
    "a module of the page": (f"import js\n{SOLUTION}", "import"),
    "another killed": (f"import os\nos.kill(os.getppid(), 15)\n{SOLUTION}", "tampering"),
    "half a character": (f"{HEAD}    print('\\ud800')\n    return '\\udfff'\n", "mismatch"),
    "a file written": (f"open('here.txt', 'w').write('x')\n{SOLUTION}", "tampering"),
    "all objects": (FOREIGN.format("import gc\\ngc.get_objects()") + SOLUTION, "tampering"),
    "the network": (FOREIGN.format("import socket\\nsocket.socket()") + SOLUTION, "tampering"),
    "a message that fails": (
        f"class E(Exception):\n    def __str__(self):\n        1 / 0\n{HEAD}    raise E\n",
        "error",
    ),
    "a text that exits": (
        f"class A:\n    def __repr__(self):\n        raise SystemExit\n{HEAD}    return A()\n",
        "exit",
    ),
}


@pytest.mark.parametrize(("text", "kind"), TAMPERED.values(), ids=TAMPERED)
def test_an_answer_that_tampers_gets_a_sentence_and_no_pass(text: str, kind: str) -> None:
    found = judge_text(SLUG, text, seconds=5)
    failure = found.wrong or next(result for result in found.results if not result["ok"])
    assert not found.passed
    assert failure["kind"] == kind
    for code in ("zh", "en"):
        said = "\n".join(map(say.shown, say.lines(found, words(code).judge, code)))
        assert said.encode()
        assert "Traceback" not in said


@pytest.mark.parametrize("garbage", [r"b'\xff{{\n[1]\nnull\n'", """b'{"done": '""", """b'[' * 100_000"""])
def test_garbage_among_the_events_changes_nothing(garbage: str) -> None:
    assert judge_text(SLUG, WRITES.replace("TEXT", garbage) + SOLUTION).passed


def test_what_a_right_answer_may_use() -> None:
    text = (
        "from __future__ import annotations\n"
        f"import {', '.join(name for name in IMPORTS if name != '__future__')}\n"
        "T = collections.namedtuple('T', 'a b')\n"
    )
    text += "inspect.signature(print)\nenum.Enum('E', 'a b')\n__doc__ = 'tb_frame and f_back in a sentence'\n"
    text += "try:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()\n"
    found = judge_text(SLUG, text + SOLUTION)
    assert found.passed, found.wrong
    assert "ZeroDivisionError" in found.results[0]["printed"]


def test_the_name_that_reaches_is_told_with_its_line() -> None:
    found = reaches("x = 1\ny = x.f_back\n")
    assert found is not None
    assert (str(found), found.line) == ("f_back", 2)
    assert reaches("getattr(x, 'f_back')\n") is not None
    assert reaches("x = 1\n") is reaches("x = (\n") is reaches("x = '\0'\n") is None
