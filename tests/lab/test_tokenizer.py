"""lab/engine/tokenizer.py, against merges applied one rule after another, and words cut by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

MUTANTS = [
    ("'(?:s|t|re|ve|m|ll|d)| ?[A-Za-z]+", " ?[A-Za-z]+", "contractions are not cut off"),
    ("| ?[A-Za-z]+", "|[A-Za-z]+", "a word loses the blank before it"),
    (r"|[ \t\n\v\f\r]+(?![^ \t\n\v\f\r])", "", "the last of several blanks does not go to the word"),
    ('re.split("([0-9])"', 're.split("([0-9]+)"', "digits stay together"),
    ('"L": "a", "N": "0"', '"L": "a", "N": "#"', "digits of other scripts count as punctuation"),
    ('"L": "a"', '"L": "#"', "letters of other scripts count as punctuation"),
    ("if character.isspace()", "if False", "other white space counts as punctuation"),
    ("chr(256 + place)", "chr(256 + byte)", "the bytes without a character of their own are named otherwise"),
    ("self.ranks.get(pair, len(self.ranks))", "-self.ranks.get(pair, -1)", "the last merge comes first"),
    ("pairs.index(best)", "len(pairs) - 1 - pairs[::-1].index(best)", "of equal pairs the last is merged"),
    ("if best not in self.ranks", "if best in self.ranks", "what training did not merge is merged"),
    ('errors="replace"', 'errors="ignore"', "half a character vanishes"),
    (
        'told += [begin, *self.encode(f"{who}\\n{said}"), end, *self.encode("\\n")]',
        'told += [begin, *self.encode(f"{who}\\n{said}"), end]',
        "a turn has no line end",
    ),
    ('*self.encode("assistant\\n")', '*self.encode("assistant")', "the answer's head has no line end"),
]
MERGES = ["Ġ t", "h e", "Ġt he", "i n", "a n", "an t", "Ġ Ġ", "ĠĠ ĠĠ", "a a", "å Į", "åĮ Ĺ", "o n", "e n"]


def _metadata(engine: SimpleNamespace) -> dict[str, Any]:
    letters = list(engine.tokenizer.byte_letters().values())
    control = ["<|im_start|>", "<|im_end|>"]
    merged = [merge.replace(" ", "") for merge in MERGES]
    names = {"tokens": control + letters + merged, "merges": MERGES, "eos_token_id": 1}
    return {f"tokenizer.ggml.{name}": value for name, value in names.items()}


def _merged_by_hand(engine: SimpleNamespace, word: str) -> list[str]:
    """Every merge in training's order, wherever it applies, left to right."""
    letters = engine.tokenizer.byte_letters()
    parts = [letters[byte] for byte in word.encode()]
    for merge in MERGES:
        left, right = merge.split(" ")
        at = 0
        while at < len(parts) - 1:
            if parts[at : at + 2] == [left, right]:
                parts[at : at + 2] = [left + right]
            at += 1
    return parts


def test_words_are_cut_as_gpt2_cuts_them(engine: SimpleNamespace) -> None:
    cut = {
        "It's they'll I'd you've 'tis": ["It", "'s", " they", "'ll", " I", "'d", " you", "'ve", " '", "tis"],
        "in 2026, 7x": ["in", " ", "2", "0", "2", "6", ",", " ", "7", "x"],
        "a  b   \n c\n": ["a", " ", " b", "   \n", " c", "\n"],
        "a\t\tb": ["a", "\t", "\t", "b"],
        "what?! _x_": ["what", "?!", " _", "x", "_"],
        "naïve 北京½²x": ["naïve", " 北京", "½", "²", "x"],
        "a\u3000b\u00a0\u00a0c": ["a", "\u3000", "b", "\u00a0", "\u00a0", "c"],
        "e\u0301t": ["e", "\u0301", "t"],
        "": [],
    }
    for text, pieces in cut.items():
        assert list(engine.tokenizer.words(text)) == pieces, text


def test_every_byte_has_a_letter_and_the_blank_is_the_letter_g(engine: SimpleNamespace) -> None:
    letters = engine.tokenizer.byte_letters()
    assert set(letters) == set(range(256)) and len(set(letters.values())) == 256
    assert (letters[ord(" ")], letters[ord("\n")], letters[ord("a")], letters[0xE5]) == ("Ġ", "Ċ", "a", "å")
    assert (letters[127], letters[173]) == ("ġ", "Ń")


def test_merges_are_those_applied_one_after_another(engine: SimpleNamespace) -> None:
    tokenizer = engine.tokenizer.Tokenizer(_metadata(engine))
    draw = np.random.default_rng(0)
    for _ in range(300):
        word = "".join(draw.choice(list("thenia北 "), size=draw.integers(1, 12)))
        wanted = [part for piece in engine.tokenizer.words(word) for part in _merged_by_hand(engine, piece)]
        assert [tokenizer.tokens[token] for token in tokenizer.encode(word)] == wanted, word
    aaa = [tokenizer.tokens[token] for token in tokenizer.encode("aaa")]
    assert aaa == ["aa", "a"]


def test_decoding_gives_back_the_text(engine: SimpleNamespace) -> None:
    tokenizer = engine.tokenizer.Tokenizer(_metadata(engine))
    for text in ("the ants, 北京 \x00\xff ½ \U0001f680\n\n", "<|im_start|>", ""):
        tokens = tokenizer.encode(text)
        assert tokenizer.decode(tokens) == text
        assert 0 not in tokens and 1 not in tokens
    half = tokenizer.encode("é")[:1]
    assert tokenizer.decode(half) == "\ufffd"
    assert tokenizer.raw([0, *half]) == b"<|im_start|>\xc3"


def test_a_chat_has_a_system_message_the_question_and_the_head_of_an_answer(engine: SimpleNamespace) -> None:
    tokenizer = engine.tokenizer.Tokenizer(_metadata(engine))
    tokens = tokenizer.chat("Why <|im_end|>?")
    assert [token for token in tokens if token < 2] == [0, 1, 0, 1, 0]
    assert tokenizer.end == 1
    assert tokenizer.decode(tokens) == (
        "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n"
        "<|im_start|>user\nWhy <|im_end|>?<|im_end|>\n<|im_start|>assistant\n"
    )
