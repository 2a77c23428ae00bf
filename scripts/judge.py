#!/usr/bin/env python3
"""Judges an answer to a coding problem: `judge.py online-softmax ANSWER.py` tells it case by case, as the page does.

The answer runs in a process of its own, for ten seconds and in 512 MB at most. Exit 0: passed. 1: failed. 2: usage.
"""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches
from pathlib import Path

from miaotui.base.console import speak_utf8
from miaotui.base.languages import LANGUAGES
from miaotui.base.texts import read
from miaotui.base.words import words
from miaotui.judging.folder import slugs
from miaotui.judging.say import lines, shown
from miaotui.judging.verdict import judge


def refusal(slug: str, answer: Path) -> list[str]:
    """Why nothing can be judged; empty where it can."""
    known = slugs()
    told = []
    if slug not in known:
        near = get_close_matches(slug, known, 1)
        accepted = f"accepted: {', '.join(known)}" + (f" (did you mean {near[0]}?)" if near else "")
        told.append(f"judge: there is no problem '{slug}'; {accepted}")
    return told + [str(fault) for fault in read(answer, "your answer, a Python file")[1]]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="judge.py", description="Judges an answer to a coding problem.")
    parser.add_argument("problem", help="its name: online-softmax")
    parser.add_argument("answer", type=Path, help="your Python file")
    parser.add_argument("--lang", choices=[language.code for language in LANGUAGES], default="en", help="en, or zh")
    asked = parser.parse_args(argv)
    if told := refusal(asked.problem, asked.answer):
        print(*told, sep="\n", file=sys.stderr)
        return 2
    verdict = judge(asked.problem, asked.answer)
    print(*map(shown, lines(verdict, words(asked.lang).judge, asked.lang)), sep="\n")
    return 0 if verdict.passed else 1


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
