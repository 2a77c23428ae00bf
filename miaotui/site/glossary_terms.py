"""Links the first use of each term of the glossary on a page: a button that opens its definition.

The definition is a native popover, so that keyboard, touch and mouse reach it without a script. It stands at the end of
the text, where neither the search nor a copied paragraph meets it; paper shows the term as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from miaotui.bank.glossary import Glossary, Term
from miaotui.bank.terms import Words, linked
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem, RefusedError
from miaotui.site.body_text import first_uses
from miaotui.site.parts import part

Uses = dict[str, tuple[int, int]]
"""Where the HTML uses a term first, by the term's id, in order."""

FOLDERS = ("q", "topics", "calc")
KEYS = 5
"""Terms that stand out in a 60-second answer: more would all be equal again."""
MOST = 12
"""More would clutter the page."""
_TITLES = {language.code: language.glossary_title for language in LANGUAGES}
# What is said aloud, ticked or cited; a calculator's labels; and, on a topic's page, what is quoted from the questions.
_APART = r"short|self-check|references|formula|worked|q\d+"
# A line may break at a button: what must not begin or end a line stays with it.
_OPENING = re.compile(r"[（「『《〈【“‘(\[]+\Z")
_CLOSING = re.compile(r"(?:['’]s\b)?[^\s\w<&（「『《〈【“‘(\[]*")
_NOTHING = re.compile(r"(?!)")
_QUOTED = re.compile(r'<h2 [^>]*\bid="q\d')
# Once a question is written, the article's answer and its correction fold: a link in there is seen too late.
_SKIPPED = {False: re.compile(_APART), True: re.compile(f"{_APART}|as-received")}


@dataclass(frozen=True)
class TermPage:
    """A page whose terms are linked."""

    source: str
    """Its place under docs/."""
    glossary: str
    """The glossary's address on it."""
    written: bool
    unlinked: frozenset[str]
    """The terms that mean something else on it."""


def definition(term: Term, code: str, address: str) -> str:
    """What the button of a term opens: its name in both languages, its definition, the way to the glossary."""
    word = term.word(code)
    (other,) = (language.code for language in LANGUAGES if language.code != code)
    names = f"<strong>{escape(word.term)}</strong>"
    if term.abbreviation not in ("", word.term):
        names += f" {escape(term.abbreviation)}"
    if term.word(other).term.casefold() != word.term.casefold():
        names += f' <span lang="{other}">{escape(term.word(other).term)}</span>'
    return (
        f'<div popover id="term-{term.id}" class="definition"><p>{names}</p>'
        f'<p id="term-{term.id}-is">{escape(word.definition)}</p>'
        f'<p><a href="{escape(address)}#{term.id}">{_TITLES[code]}</a></p></div>'
    )


def chosen(uses: Uses, terms: Mapping[str, Term], most: int = MOST) -> Uses:
    """The uses to link, in order: where they are too many, those of terms that are on most pages go first."""
    ordered = sorted(uses, key=lambda name: (terms[name].common, uses[name]))[:most]
    return {name: use for name, use in uses.items() if name in ordered}


def _button(html: str, name: str, use: tuple[int, int], last: int) -> tuple[int, str, int]:
    """The button of a use with the marks that no line may part from it, and where in the HTML that begins and ends."""
    start, end = use
    first, stop = _OPENING.search(html, last, start), _CLOSING.match(html, end)
    begin, behind = first.start() if first else start, stop.end() if stop else end
    opens = f'<button type="button" class="term" popovertarget="term-{name}" aria-describedby="term-{name}-is">'
    made = f"{html[begin:start]}{opens}{html[start:end]}</button>{html[end:behind]}"
    return begin, made if (begin, behind) == use else f'<span class="together">{made}</span>', behind


def with_terms(html: str, uses: Uses, tips: Iterable[str]) -> str:
    """The HTML with a button in place of each use, and the definitions at the end of its own text."""
    pieces: list[str] = []
    last = 0
    for name, use in uses.items():
        begin, made, behind = _button(html, name, use, last)
        pieces += [html[last:begin], made]
        last = behind
    # What comes behind it on a topic's page folds.
    quoted = _QUOTED.search(html, last)
    end = quoted.start() if quoted else len(html)
    definitions = "\n".join(['\n<section class="definitions" data-search-exclude>', *tips, "</section>\n"])
    return "".join([*pieces, html[last:end], definitions, html[end:]])


def with_keys(html: str, words: Words[str], terms: Mapping[str, Term]) -> str:
    """The HTML with the key terms of the 60-second answer in bold: those of the glossary, each where it stands first.

    They are no links: what is to be said aloud is read in one go.
    """
    answer = part(html, "short")
    if not answer:
        return html
    text = answer.body
    found = first_uses(text, words, _NOTHING)
    pieces, last = [], 0
    for start, end in chosen({name: use for name, use in found.items() if name in terms}, terms, KEYS).values():
        pieces += [text[last:start], f"<b>{text[start:end]}</b>"]
        last = end
    return "".join([html[: answer.below], *pieces, text[last:], html[answer.below + len(text) :]])


def linked_page(html: str, glossary: Glossary, page: TermPage) -> str:
    """The HTML with the terms of the page linked.

    Raises RefusedError where `unlinked` names what is no term.
    """
    terms = {term.id: term for term in glossary.terms()}
    if unknown := sorted(page.unlinked - terms.keys()):
        fault = f"'unlinked' names {unknown}; accepted: ids of glossary.yml"
        raise RefusedError([Problem(f"docs/{page.source}", 1, fault)])
    code = page.source.partition("/")[0]
    words = linked(glossary, code)
    html = with_keys(html, words, {name: term for name, term in terms.items() if name not in page.unlinked})
    found = first_uses(html, words, _SKIPPED[page.written])
    uses = chosen({name: use for name, use in found.items() if name not in page.unlinked}, terms)
    return with_terms(html, uses, (definition(terms[name], code, page.glossary) for name in uses)) if uses else html
