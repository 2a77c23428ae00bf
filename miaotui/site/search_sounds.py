"""How Chinese words sound: lianghua finds 量化, and so does 良化, which a phone's keyboard offers for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from miaotui.base.store import Store, digest
from miaotui.site.search_words import units

SOUNDS = Store("sounds")
_HAN = re.compile(r"[\u3400-\u9fff]+")


def pinyin(text: str) -> list[str]:
    """The syllable of each character, without its tone."""
    # Here, for its dictionary takes a third of a second: a build whose questions are as they were reads none.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return list(lazy_pinyin(text))


@cache
def _made_with() -> str:
    """The version of what knows the sounds, and of this file: to look them up takes longer than a name's sound."""
    return digest(version("pypinyin"), Path(__file__).read_bytes())


def _key(kind: str, words: list[str]) -> str:
    return digest(kind, _made_with(), *words)


def syllables(words: Iterable[str]) -> dict[str, list[str]]:
    """The Chinese ones among the words, each with its syllables: all at once, since each look into the store costs."""
    known = list(dict.fromkeys(word for word in words if _HAN.search(word)))
    return SOUNDS.made(_key("syllables", known), lambda: {word: pinyin(word) for word in known})


@cache
def _letters() -> dict[str, str]:
    """The 3,755 most common Chinese letters by their syllable, without its tone."""
    coded = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    by_sound: dict[str, str] = {}
    for letter in "".join(code.decode("gb2312", errors="ignore") for code in coded):
        (sound,) = pinyin(letter)
        by_sound[sound] = by_sound.get(sound, "") + letter
    return by_sound


def sounds(names: Iterable[str]) -> dict[str, str]:
    """Which letters sound like one of these names: a phone's keyboard offers 减枝 for 剪枝."""
    known = list(names)
    return SOUNDS.made(_key("sounds", known), lambda: _sounds(known))


def _sounds(names: Iterable[str]) -> dict[str, str]:
    heard: dict[str, str] = {}
    for run in _HAN.findall(" ".join(names)):
        for letter, sound in zip(run, pinyin(run), strict=True):
            # A letter of a name is read as it is there, whatever it is elsewhere.
            heard[letter] = sound
    used = {
        sound: "".join(letter for letter in _letters().get(sound, "") if letter not in heard)
        for sound in heard.values()
    }
    for letter, sound in heard.items():
        used[sound] += letter
    return {sound: "".join(sorted(used[sound])) for sound in sorted(used)}


def usually(names: Iterable[str]) -> str:
    """The letters of these names by their sounds, each as it sounds in most of them: "liang量两 hua化"."""
    heard: dict[str, Counter[str]] = {}
    for name, said in syllables(names).items():
        sounding = [unit for part in said for unit in units(part)]
        for letter, sound in zip(units(name), sounding, strict=False):
            if _HAN.match(letter):
                heard.setdefault(letter, Counter())[sound] += 1
    by_sound: dict[str, str] = {}
    for letter in sorted(heard):
        ((sound, _),) = heard[letter].most_common(1)
        by_sound[sound] = by_sound.get(sound, "") + letter
    return " ".join(f"{sound}{by_sound[sound]}" for sound in sorted(by_sound))
