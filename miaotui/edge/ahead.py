"""What a build has a second process do while it makes the first language: the pages of the other ones.

They are left where pages are kept, each under the digest of what it is made of: the build takes them as it takes those
of an earlier one, and makes by itself what it does not find. A page that warned is not kept, and so warns there.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from miaotui.base.beside import Beside, is_spared
from miaotui.base.languages import LANGUAGES
from miaotui.base.store import is_on
from miaotui.site import page_python

Ahead = dict[str, Beside[None]]
"""By language, what makes its pages ready."""


def _pages(code: str, settings: Path, site: Path) -> None:
    """Makes all pages of a language."""
    # Here, for it is this process alone that needs them.
    from miaotui.edge.live import LanguageSite  # noqa: PLC0415

    # Takes longest of all, and pages of every language say how long it has become.
    page_python.packed()
    language = LanguageSite(code, site, settings)
    language.build.begin()
    language.begin()
    for page in language.pages.values():
        language.populate(page)


def begun(settings: Path, site: Path) -> Ahead:
    """Begins with the pages of the further languages."""
    if not (is_on() and is_spared()):
        return {}
    further = (language.code for language in LANGUAGES[1:])
    return {code: Beside(partial(_pages, code, settings, site), lambda: None) for code in further}
