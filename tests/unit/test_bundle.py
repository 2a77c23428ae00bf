"""script_bundle.py: our scripts in one file, each whole, the site without the parts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from miaotui.site import script_bundle as bundle
from scripts import node
from scripts.page_scripts import HOME, ours


def test_a_part_never_takes_the_next_one_for_its_argument() -> None:
    assert bundle.joined(["a = {}\n", ";(() => {})()\n"]) == "a={};\n(()=>{})();\n"


def test_comments_and_indentation_are_for_writers() -> None:
    part = '// Why.\n(() => {\n  // How.\n  const address = "https://x.org" // here\n\n  go(address)\n})()\n'
    assert bundle.joined([part]) == '(()=>{\nconst address="https://x.org" // here\ngo(address)\n})();\n'


def test_no_part_leaves_a_name_behind_that_another_could_stumble_over() -> None:
    for parts in (*bundle.FILES.values(), bundle.CALCULATOR):
        for part in parts:
            text = (bundle.SOURCE / f"{part}.js").read_text(encoding="utf-8")
            assert not re.findall(r"^(?:const|let|class) (\w+)", text, re.MULTILINE), part


TYPED = """// Why.
/** @param {string} name */
const a = name => /** @type {string} */ (name) /* kept */
  /**
   * @param {number} one
   * @returns {Record<string, number>}
   */
  b(/** @type {{ x: 1 }} */ one, .../** @type {number[]} */ (rest)) { return "/** no type */" }
  const c = /** @type {Links} */ (
    d.all(":is(b, i)")
  ).length + /** @type {number} */ (1 + e)
"""
BARE = """const a = name => name /* kept */
b(one, ...rest) { return "/** no type */" }
const c = d.all(":is(b, i)").length + (1 + e)
"""


def test_readers_get_the_scripts_without_their_types() -> None:
    assert bundle.sent(TYPED) == BARE


@pytest.mark.parametrize(
    "text", ["`a\n  // b\n\n  /** @c */ (d) ${e} \\` f\n`", r'"/** \" */ // "', '`"`', "'/** \" */ > b'"]
)
def test_a_text_is_sent_as_it_is_written(text: str) -> None:
    assert bundle.sent(f"  go({text})\n  // Why.\n  /** @type {{A}} */\n  on()\n") == f"go({text})\non()\n"


@pytest.mark.parametrize("script", ours(), ids=lambda path: path.name)
def test_nothing_for_writers_is_left(script: Path) -> None:
    text = bundle.sent(script.read_text(encoding="utf-8"))
    outside = re.sub(r"`[^`]*`", "``", text)
    assert re.findall(r"^(?://|\s).*\n|/\*\*.*|@(?:param|type|returns)\b.*", outside, re.MULTILINE) == []


def test_spaces_around_signs_are_for_writers() -> None:
    script = 'const a = { b: "c = d", e: x / y }\nif (a && !/ ?=/.test(b)) f(`g = ${h}`, i => i + +1)\n'
    assert bundle.tight(script) == 'const a={b:"c = d",e:x / y}\nif(a&&!/ ?=/.test(b))f(`g = ${h}`,i=>i + +1)\n'


@pytest.mark.parametrize("text", ["`a = ${b ? ` <c>${d({ e: 1 })} = ${f}</c> ` : ``} = g`", "'a > b'", "`$ = ${a}`"])
def test_spaces_within_a_text_stay(text: str) -> None:
    assert bundle.tight(f"h = {text} + i\n") == f"h={text} + i\n"


_SAME = """const ts = require("typescript")
const told = text => ts.createPrinter({ removeComments: true }).printFile(ts.createSourceFile("a.js", text, 99))
const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"))
console.log(JSON.stringify(pairs.filter(([, one, other]) => told(one) !== told(other)).map(([name]) => name)))"""


@pytest.mark.skipif(not shutil.which("node") or not node.installed(HOME), reason="make scripts installs what it needs")
def test_without_its_spaces_a_script_says_the_same() -> None:
    sent = [(script.name, bundle.sent(script.read_text(encoding="utf-8"))) for script in ours()]
    pairs = [
        *((part, text, bundle.tight(text)) for part, text in sent),
        ("planted", "a =\n/ */.test(c)", "a=\n/*/.test(c)"),
    ]
    command = ["node", "-e", _SAME]
    done = subprocess.run(command, cwd=HOME, input=json.dumps(pairs), capture_output=True, encoding="utf-8", check=True)
    assert json.loads(done.stdout) == ["planted"]


def test_the_site_has_the_parts_once(online: Path) -> None:
    folder = online / bundle.FOLDER
    assert not [part for part in bundle.PARTS if (folder / f"{part}.js").exists()]
    text = (folder / "miaotui.js").read_text(encoding="utf-8")
    for part in bundle.PARTS:
        assert text.count(bundle.joined([(bundle.SOURCE / f"{part}.js").read_text(encoding="utf-8")])) == 1


def test_the_site_s_other_scripts_are_sent_bare_too(online: Path) -> None:
    for name in ("sheet.js", "lost.js", "steps.js"):
        whole = (bundle.SOURCE / name).read_text(encoding="utf-8")
        assert (online / bundle.FOLDER / name).read_text(encoding="utf-8") == bundle.sent(whole) != whole
