"""Formulas as plain text, for where none can be set: a picture that a script draws."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"(?<!\\)(\$\$?)(?![\s$])((?:\\.|[^\\$])+?)(?<!\s)\1(?![0-9A-Za-z])")
_SIGNS = {
    **dict(zip(("times", "cdot", "le", "leq", "ge", "geq", "ne", "neq"), "×·≤≤≥≥≠≠", strict=True)),
    **dict(zip(("approx", "sim", "pm", "to", "infty", "sum", "prod", "in"), "≈∼±→∞∑∏∈", strict=True)),
    **dict(zip(("lfloor", "rfloor", "lceil", "rceil", "ll", "gg", "div"), "⌊⌋⌈⌉≪≫÷", strict=True)),
    **dict(zip(("alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta"), "αβγδεηθ", strict=True)),
    **dict(zip(("lambda", "mu", "pi", "rho", "sigma", "tau", "phi", "omega"), "λμπρστφω", strict=True)),
    **dict(zip(("Delta", "Theta", "Sigma", "Omega", "ldots", "dots", "cdots"), "ΔΘΣΩ………", strict=True)),
}
_WORDS = re.compile(r"\\(?:text|mathrm|mathbf|operatorname|mathit|mathcal)\w*\s*\{([^{}]*)\}")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_RAISED = re.compile(r"([_^])\{([^{}]*)\}")
_SIZES = re.compile(r"\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])")
_GAP = re.compile(r"\\[,;:! ]|\\q?quad|~")
_NAME = re.compile(r"\\([A-Za-z]+)")


def _one(part: str) -> str:
    """A part that is more than one name or number, in brackets."""
    part = part.strip()
    return part if re.fullmatch(r"[\w.]+", part) else f"({part})"


def formula(tex: str) -> str:
    """A formula's TeX as text: 2·L/B."""
    before = ""
    # From the inside out.
    while tex != before:
        before = tex
        tex = _WORDS.sub(r"\1", tex)
        tex = _ROOT.sub(lambda found: f"√{_one(found[1])}", tex)
        tex = _RAISED.sub(lambda found: f"{found[1]}{_one(found[2])}", tex)
        tex = _FRACTION.sub(lambda found: f"{_one(found[1])}/{_one(found[2])}", tex)
    tex = _GAP.sub(" ", _SIZES.sub("", tex))
    tex = _NAME.sub(lambda found: _SIGNS.get(found[1], found[1]), tex)
    tex = re.sub(r"\\(?=\W)|[{}]", "", tex).replace("-", "−")
    return re.sub(r"\s+", " ", tex.replace("^2", "²").replace("^3", "³")).strip()


def plain(line: str) -> str:
    """A line of Markdown with its formulas as text."""
    return _FORMULA.sub(lambda found: formula(found[2]).replace("*", r"\*"), line)
