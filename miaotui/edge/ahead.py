"""What a build has a second process do while it makes the first language: the pages of the other ones, and their index.

They are left where pages are kept, each under the digest of what it is made of: the build takes them as it takes those
of an earlier one, and makes by itself what it does not find. A page that warned is not kept, and so warns there.
"""

from __future__ import annotations

from pathlib import Path

from miaotui.base.beside import Beside, is_spared
from miaotui.base.languages import LANGUAGES
from miaotui.base.store import is_on
from miaotui.site import page_python

Ahead = dict[str, Beside[None]]
"""By language, what makes its pages ready."""


class _Pages:
    """All pages of a language, made by the process that is asked to."""

    def __init__(self, code: str, settings: Path, site: Path) -> None:
        self.code, self._settings, self._site = code, settings, site

    def make(self) -> None:
        """Makes them, and keeps them."""
        # Here, for it is this process alone that needs them.
        from miaotui.edge.live import LanguageSite  # noqa: PLC0415

        # Takes longest of all, and pages of every language say how long it has become.
        page_python.packed()
        self._language = LanguageSite(self.code, self._site, self._settings)
        self._language.build.begin()
        self._language.begin()
        for page in self._language.pages.values():
            self._language.populate(page)

    def together(self) -> None:
        """Makes what is made of all of them, and keeps it."""
        from miaotui.edge import pages, products  # noqa: PLC0415

        for page in self._language.pages.values():
            pages.note_card(page, self._language.config, self._language.build)
        products.together(self._language.build.languages[self.code])


def begun(settings: Path, site: Path) -> Ahead:
    """Begins with the pages of the further languages."""
    if not (is_on() and is_spared()):
        return {}
    further = [_Pages(language.code, settings, site) for language in LANGUAGES[1:]]
    return {each.code: Beside(each.make, lambda: None, each.together) for each in further}
