"""Takes a text apart for the search: overrides/assets/js/search/words.js takes queries apart in the very same way.

Chinese is taken in pairs of characters, which need no dictionary in the browser and find a word whatever its
neighbours make of it; Latin words lose their endings, and names and numbers stay as they are written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from miaotui.base.problem import RefusedError
from miaotui.base.yaml_forms import Strict, form

FILE = Path(__file__).with_suffix(".yml")


class _Stop(Strict):
    zh: tuple[str, ...]
    en: tuple[str, ...]


class _Common(Strict):
    zh: tuple[str, ...]
    en: tuple[str, ...]


class _Words(Strict):
    stop: _Stop
    common: _Common
    synonyms: tuple[tuple[str, ...], ...]


def _read() -> _Words:
    found, _, problems = form(FILE, _Words, "what the search knows of words")
    if found is None:
        raise RefusedError(problems)
    return found


_WORDS = _read()
COMMON: dict[str, tuple[str, ...]] = {"zh": _WORDS.common.zh, "en": _WORDS.common.en}
"""What people look for, by language."""
STOP_ZH, STOP_EN, SYNONYMS = _WORDS.stop.zh, _WORDS.stop.en, _WORDS.synonyms
_CUT = re.compile("|".join(sorted(STOP_ZH, key=lambda word: len(re.sub(r"\(\?[^)]*\)", "", word)), reverse=True)))
RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:[._+\-][a-z0-9]+)*")
"""A run of letters of one script, in a plain text."""
_WORD = re.compile(r"[a-z0-9]+")
_UNIT = re.compile(r"[\u3400-\u9fff]|[a-z0-9]+")
_ALPHA = re.compile(r"[a-z]{4,}")


def plain(text: str) -> str:
    """The text in small letters and the usual width."""
    return unicodedata.normalize("NFKC", text).lower()


def stem(word: str) -> str:
    """A word without its ending, as we write it: quantised, quantizing and quantizes are quantiz."""
    if not _ALPHA.fullmatch(word):
        return word
    word = re.sub(r"is(?=at|e[ds]?$|ing$)", "iz", word)
    word = re.sub(r"(?<=[^aeious])s$|(?<=[^s]e)s$", "", word)
    word = re.sub(r"([^aeiousl])\1(?:ing|ed|er)$", r"\1", word)
    word = re.sub(r"(?<=...)(?:ing|ed|er)$", "", word)
    word = re.sub(r"(?<=...)(?:ization|izer)$", "iz", word)
    return re.sub(r"(?<=...)e$", "", word)


@cache
def _latin(run: str) -> tuple[str, ...]:
    """What a Latin word or name is looked for by, worked out once: most of a text are words that it has again."""
    words = _WORD.findall(run)
    if len(words) > 1 and all(word.isdigit() for word in words):
        return (".".join(words),)
    parts = (stem(word) for word in words if word not in STOP_EN)
    # max_num_seqs and fine-tuning are found by their parts, too.
    return ("".join(words), *parts) if len(words) > 1 else tuple(parts)


def _han(run: str) -> Iterator[str]:
    for part in filter(None, _CUT.split(run)):
        if len(part) == 1:
            yield part
        yield from (part[at : at + 2] for at in range(len(part) - 1))


def tokens(text: str) -> list[str]:
    """What a text is looked for by."""
    found: list[str] = []
    for run in RUN.findall(plain(text)):
        found.extend(_latin(run) if run[0].isascii() else _han(run))
    return found


def units(text: str) -> list[str]:
    """A text as one name that needs neither spaces nor hyphens: KV-Cache is kvcache."""
    return _UNIT.findall(plain(text))
