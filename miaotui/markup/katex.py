"""KaTeX, vendored and run in an embedded engine, so that neither a build nor a check needs Node."""

from __future__ import annotations

import json
from functools import cache

# The package begins a thread when it is loaded, of which we have no need: a process that has one is not divided.
from _quickjs import Context, Object

from miaotui.base.paths import VENDOR

_KATEX = VENDOR / "katex/katex.min.js"
_RENDER = """
(tex, displayMode) => {
  try {
    const options = { displayMode, throwOnError: true, strict: "error", output: "htmlAndMathml" }
    return JSON.stringify({ html: katex.renderToString(tex, options) })
  } catch (error) {
    return JSON.stringify({ error: error.message })
  }
}
"""


class FormulaError(ValueError):
    """A formula that KaTeX does not take."""


@cache
def _engine() -> Object:
    context = Context()
    context.eval(_KATEX.read_text(encoding="utf-8"))
    return context.eval(_RENDER)


@cache
def html_of(tex: str, *, display: bool) -> str:
    """The formula as HTML and MathML. Raises FormulaError with KaTeX's own words."""
    told = json.loads(_engine()(tex, display))
    if "error" in told:
        raise FormulaError(told["error"])
    # KaTeX's HTML is for eyes and carries aria-hidden; the MathML in it is what a screen reader says.
    return str(told["html"])
