import math

from harness import Random, equal, holds, raises


def read(transitions, state, text):
    """The state after the text; None where it cannot be read."""
    for character in text:
        state = transitions.get(state, {}).get(character)
        if state is None:
            return None
    return state


def completes(grammar, state):
    """Whether some tokens lead from the state to an accepting one: all that they reach, step by step."""
    transitions, _, accepting, vocabulary, eos = grammar
    reached = [state]
    for here in reached:
        if here in accepting:
            return True
        for token, text in enumerate(vocabulary):
            after = read(transitions, here, text) if token != eos else None
            if after is not None and after not in reached:
                reached.append(after)
    return False


def oracle(grammar, state):
    """The tokens allowed, one by one: read it, then look whether the text can still be completed."""
    transitions, _, accepting, vocabulary, eos = grammar
    allowed = []
    for token, text in enumerate(vocabulary):
        if token == eos:
            if state in accepting:
                allowed.append(token)
        elif text != "":
            after = read(transitions, state, text)
            if after is not None and completes(grammar, after):
                allowed.append(token)
    return allowed


def words(tokens, size):
    return [sum(2**i for i in range(32) if at + i in tokens) for at in range(0, size, 32)]


def said(grammar):
    transitions, start, accepting, vocabulary, eos = grammar
    return f"g = Guide({transitions}, {start!r}, {accepting}, {vocabulary}, {eos})"


def made(answer, grammar):
    """A guide of the answer's own copies."""
    transitions, start, accepting, vocabulary, eos = grammar
    rows = {state: dict(row) for state, row in transitions.items()}
    return answer.Guide(rows, start, set(accepting), list(vocabulary), eos)


def masks(answer, grammar, *states):
    """The masks of the start and of these states, which tokens can reach."""
    guide = made(answer, grammar)
    for state in (grammar[1], *states):
        expected = words(oracle(grammar, state), len(grammar[3]))
        equal(f"{said(grammar)}; g.mask({state!r})", guide.mask(state), expected)


# a, then any number of b.
SIMPLE = ({0: {"a": 1}, 1: {"b": 1}}, 0, {1}, ["a", "b", "c", "</s>"], 3)
# Yes or no, in quotes.
QUOTED = (
    {0: {'"': 1}, 1: {"y": 2, "n": 4}, 2: {"e": 3}, 3: {"s": 5}, 4: {"o": 5}, 5: {'"': 6}},
    0,
    {6},
    ['"', "y", "es", "no", '"n', 'o"', '"yes"', "yes ", "s", "</s>"],
    9,
)


def single_characters(answer):
    masks(answer, SIMPLE, 1)


def tokens_cross_states(answer):
    masks(answer, QUOTED, 1, 2, 4, 5, 6)


def fails_half_way(answer):
    masks(answer, ({0: {"a": 1}, 1: {"b": 2}}, 0, {2}, ["a", "ab", "ac", "abb", "b", "ba", "</s>"], 6), 1, 2)


def ends_where_it_may(answer):
    # An optional sign, then digits: it may end after each digit, and go on.
    grammar = ({0: {"-": 1, "7": 2}, 1: {"7": 2}, 2: {"7": 2}}, 0, {2}, ["</s>", "-", "7", "77", "-7", "7-"], 0)
    masks(answer, grammar, 1, 2)
    # After 7 it may end, and after 7. it may not.
    grammar = ({0: {"7": 1}, 1: {".": 2}, 2: {"7": 3}}, 0, {1, 3}, ["7", ".", ".7", "7.", "</s>"], 4)
    masks(answer, grammar, 1, 2, 3)
    # Two ends, neither of which leads to the other.
    grammar = ({0: {"a": 1, "b": 2}, 1: {"a": 3}, 2: {"b": 4}}, 0, {3, 4}, ["a", "b", "aa", "</s>"], 3)
    masks(answer, grammar, 1, 2, 3, 4)


def ends_at_once(answer):
    masks(answer, ({0: {"a": 0}}, 0, {0}, ["a", "</s>"], 1))
    masks(answer, ({}, 0, {0}, ["a", "</s>"], 1))


def end_is_not_read(answer):
    # The end token's text could be read; it ends all the same.
    masks(answer, ({0: {"a": 1}, 1: {"a": 2}}, 0, {1, 2}, ["a", "a"], 1), 1, 2)
    masks(answer, ({0: {"a": 1}}, 0, {1}, ["a", ""], 1), 1)


def empty_tokens(answer):
    masks(answer, ({0: {"a": 1}}, 0, {1}, ["", "a", "", "</s>"], 3), 1)


def same_text_twice(answer):
    masks(answer, ({0: {"a": 1}, 1: {"b": 2}}, 0, {2}, ["a", "b", "a", "ab", "ab", "</s>"], 5), 1, 2)
    # The end token has that text too, and is the first to have it.
    masks(answer, ({0: {"a": 1}}, 0, {1}, ["a", "a", "b"], 0), 1)


def trap(answer):
    # From 9 nothing leads out.
    grammar = ({0: {"a": 1, "x": 9}, 1: {"b": 2, "x": 9}, 9: {"x": 9}}, 0, {2}, ["a", "b", "x", "ax", "xx", "</s>"], 5)
    masks(answer, grammar, 1, 2)


def long_way_to_a_trap(answer):
    rows = {0: {"a": 1, "b": 10}, 1: {"c": 2}, 10: {"a": 11}, 11: {"a": 12}, 12: {"a": 13}, 2: {"c": 3}, 3: {"c": 4}}
    masks(answer, (rows, 0, {4}, ["a", "b", "c", "ba", "</s>"], 4), 1, 2, 3, 4)


def no_token_spells_it(answer):
    # After "x" an accepting state is two characters away, but no token has them.
    rows = {0: {"a": 1, "x": 2}, 2: {"y": 3}, 3: {"z": 1}, 1: {}}
    masks(answer, (rows, 0, {1}, ["a", "x", "y", "xy", "</s>"], 4), 1)
    masks(answer, (rows, 0, {1}, ["a", "x", "y", "yzz", "zz", "</s>"], 5), 1)


def one_token_spells_it(answer):
    rows = {0: {"a": 1, "x": 2}, 2: {"y": 3}, 3: {"z": 1}, 1: {}}
    masks(answer, (rows, 0, {1}, ["a", "x", "y", "yz", "</s>"], 4), 1, 2)
    masks(answer, (rows, 0, {1}, ["xy", "xyz", "y", "</s>"], 3), 1)


def through_a_loop(answer):
    rows = {0: {"(": 1}, 1: {"(": 1, "x": 2}, 2: {")": 3, "x": 1}, 3: {}}
    masks(answer, (rows, 0, {3}, ["(", ")", "x", "xx", "x)", "((", "(x)", "</s>"], 7), 1, 2, 3)


def words_of_32(answer):
    for size in (1, 31, 32, 33, 64, 70):
        texts = [chr(97 + i % 26) * (1 + i // 26) for i in range(size - 1)] + ["</s>"]
        grammar = ({0: {chr(97 + i): 0 for i in range(26)}}, 0, {0}, texts, size - 1)
        masks(answer, grammar)
        few = ({0: {"a": 0, "g": 0, "z": 0}}, 0, {0}, texts, size - 1)
        masks(answer, few)


def states_may_be_texts(answer):
    grammar = ({"": {"a": "0"}, "0": {"b": 0}, 0: {"c": "end"}}, "", {"end"}, ["a", "b", "c", "ab", "bc", "</s>"], 5)
    masks(answer, grammar, "0", 0, "end")


def advances(answer):
    guide = made(answer, QUOTED)
    for tokens, after in (([0], 1), ([4], 4), ([0, 3], 5), ([6], 6), ([4, 5], 6), ([0, 1, 2, 0], 6), ([0, 1, 2], 5)):
        state = QUOTED[1]
        for token in tokens:
            state = guide.advance(state, token)
        calls = f"{said(QUOTED)}; s = {QUOTED[1]!r}; " + "; ".join(f"s = g.advance(s, {token})" for token in tokens)
        equal(calls, state, after)


def not_allowed(answer):
    guide = made(answer, QUOTED)
    # Ids below 0 do not exist, though a list would count them from its end: -4 is token 6, which is allowed at 0.
    below = ((0, -5), (0, -4), (6, -1))
    for state, token in ((0, 1), (0, 9), (1, 7), (1, 0), (5, 2), (6, 0), (1, 6), (0, 10), *below):
        raises(f"{said(QUOTED)}; g.advance({state}, {token})", ValueError, guide.advance, state, token)
    grammar = ({0: {"a": 1, "x": 9}, 9: {"x": 9}}, 0, {1}, ["a", "x", "", "</s>"], 3)
    guide = made(answer, grammar)
    for token in (1, 2, 3):
        raises(f"{said(grammar)}; g.advance(0, {token})", ValueError, guide.advance, 0, token)


def after_the_end(answer):
    guide = made(answer, SIMPLE)
    given = f"{said(SIMPLE)}; s = g.advance(1, 3)"
    equal(given, guide.advance(1, 3), None)
    equal(f"{given}; g.mask(s)", guide.mask(None), [0])
    equal(f"{given}; g.apply([1.0, 2.0, 3.0, 4.0], s)", guide.apply([1.0, 2.0, 3.0, 4.0], None), [-math.inf] * 4)
    for token in (1, 3):
        raises(f"{given}; g.advance(s, {token})", ValueError, guide.advance, None, token)


def applied(answer):
    guide = made(answer, SIMPLE)
    logits = [0.5, -2.0, 1e9, -math.inf]
    got = guide.apply(logits, 1)
    equal(f"{said(SIMPLE)}; g.apply([0.5, -2.0, 1e9, -inf], 1)", got, [-math.inf, -2.0, -math.inf, -math.inf])
    got = guide.apply([0.5, -2.0, 1e9, 0.0], 1)
    equal(f"{said(SIMPLE)}; g.apply([0.5, -2.0, 1e9, 0.0], 1)", got, [-math.inf, -2.0, -math.inf, 0.0])
    got = guide.apply([math.inf, 0.5, math.inf, -1.0], 1)
    equal(f"{said(SIMPLE)}; g.apply([inf, 0.5, inf, -1.0], 1)", got, [-math.inf, 0.5, -math.inf, -1.0])
    got = guide.apply([-3.0, 5.0, 5.0, 5.0], 0)
    equal(f"{said(SIMPLE)}; g.apply([-3.0, 5.0, 5.0, 5.0], 0)", got, [-3.0, -math.inf, -math.inf, -math.inf])


def logits_are_left(answer):
    guide, logits = made(answer, SIMPLE), [1.0, 2.0, 3.0, 4.0]
    got = guide.apply(logits, 0)
    equal(f"{said(SIMPLE)}; x = [1.0, 2.0, 3.0, 4.0]; g.apply(x, 0); x", logits, [1.0, 2.0, 3.0, 4.0])
    got[0] = 99.0
    equal(f"{said(SIMPLE)}; y = g.apply(x, 0); y[0] = 99.0; x", logits, [1.0, 2.0, 3.0, 4.0])


def masks_are_the_callers(answer):
    guide = made(answer, SIMPLE)
    got = guide.mask(0)
    got[0] = 15
    equal(f"{said(SIMPLE)}; m = g.mask(0); m[0] = 15; g.mask(0)", guide.mask(0), [1])


def wrong_number_of_logits(answer):
    guide = made(answer, SIMPLE)
    for logits in ([], [0.0] * 3, [0.0] * 5):
        for state in (0, None):
            raises(f"{said(SIMPLE)}; g.apply({logits}, {state})", ValueError, guide.apply, logits, state)


def nothing_can_be_completed(answer):
    for grammar in (
        ({0: {"a": 1}}, 0, {2}, ["a", "</s>"], 1),
        ({0: {"a": 1}}, 0, {1}, ["b", "</s>"], 1),
        ({0: {"a": 1}, 1: {"b": 2}}, 0, {2}, ["a", "ba", "</s>"], 2),
        ({0: {"a": 1}}, 0, set(), ["a", "</s>"], 1),
        ({0: {"a": 1}}, 0, {1}, ["", "a"], 1),
    ):
        raises(said(grammar), ValueError, made, answer, grammar)


def bad_end(answer):
    for eos in (-1, 4, 99):
        grammar = (*SIMPLE[:4], eos)
        raises(said(grammar), ValueError, made, answer, grammar)


class Counted(dict):
    """A dict that tells how often it was looked into."""

    reads = 0


def counting(name):
    def method(self, *arguments):
        Counted.reads += 1
        return getattr(dict, name)(self, *arguments)

    return method


for _name in ("__getitem__", "__contains__", "__iter__", "get", "items", "keys", "values"):
    setattr(Counted, _name, counting(_name))


def read_once(answer):
    transitions, start, accepting, vocabulary, eos = QUOTED
    rows = Counted({state: Counted(row) for state, row in transitions.items()})
    guide = answer.Guide(rows, start, set(accepting), list(vocabulary), eos)
    reachable = (0, 1, 2, 4, 5, 6)
    for state in reachable:
        guide.mask(state)
    Counted.reads = 0
    for _ in range(20):
        for state in reachable:
            guide.mask(state)
    given = f"{said(QUOTED)}; 20 × g.mask(0), g.mask(1), …"
    got = Counted.reads
    expected = ("不再读 transitions", "transitions not to be read again")
    holds(given, got == 0, expected, (f"又读了 {got} 次", f"read {got} times"))


def random_grammars(answer):
    rng = Random(41)
    done = 0
    while done < 220:
        count = 1 + rng.below(6)
        transitions = {
            state: {"abc"[rng.below(3)]: rng.below(count) for _ in range(rng.below(3))} for state in range(count)
        }
        accepting = {state for state in range(count) if rng.below(3) == 0}
        vocabulary = ["".join("abc"[rng.below(3)] for _ in range(rng.below(4))) for _ in range(1 + rng.below(7))]
        eos = rng.below(len(vocabulary))
        grammar = (transitions, 0, accepting, vocabulary, eos)
        if not completes(grammar, 0):
            raises(said(grammar), ValueError, made, answer, grammar)
            continue
        done += 1
        guide, state, calls = made(answer, grammar), 0, ""
        for _ in range(4):
            allowed = oracle(grammar, state)
            equal(f"{said(grammar)}; {calls}g.mask({state})", guide.mask(state), words(allowed, len(vocabulary)))
            token = rng.below(len(vocabulary))
            if token not in allowed:
                raises(f"{said(grammar)}; {calls}g.advance({state}, {token})", ValueError, guide.advance, state, token)
                token = allowed[rng.below(len(allowed))]
            after = None if token == eos else read(transitions, state, vocabulary[token])
            equal(f"{said(grammar)}; g.advance({state}, {token})", guide.advance(state, token), after)
            if after is None:
                break
            state = after


CASES = [
    (single_characters, "一个 Token 一个字符", "tokens of one character"),
    (tokens_cross_states, "一个 Token 跨几个状态", "a token crosses states"),
    (fails_half_way, "读到一半读不下去", "a token that fails half-way"),
    (ends_where_it_may, "可以结束，也可以继续", "it may end and may go on"),
    (ends_at_once, "空文本", "the empty text"),
    (end_is_not_read, "结束符的文本不算数", "the end token's text is not read"),
    (empty_tokens, "空的 Token", "empty tokens"),
    (same_text_twice, "文本相同的 Token", "tokens of the same text"),
    (trap, "死状态", "a dead state"),
    (long_way_to_a_trap, "走几步才到的死路", "a dead end some steps away"),
    (no_token_spells_it, "字符走得到，Token 拼不出", "characters lead there, no token does"),
    (one_token_spells_it, "靠一个长 Token 走到", "one long token leads there"),
    (through_a_loop, "有环的自动机", "loops"),
    (words_of_32, "32 位一个字", "words of 32 bits"),
    (states_may_be_texts, "状态可以是字符串", "states may be texts"),
    (advances, "逐个 Token 前进", "advancing token by token"),
    (not_allowed, "不允许的 Token", "tokens that are not allowed"),
    (after_the_end, "结束之后", "after the end"),
    (applied, "用到 logits 上", "applied to logits"),
    (logits_are_left, "不改动传入的 logits", "the logits passed in are left"),
    (masks_are_the_callers, "返回的掩码归调用者", "the mask is the caller's"),
    (wrong_number_of_logits, "logits 的个数不对", "a wrong number of logits"),
    (nothing_can_be_completed, "没有一个文本能完成", "no text can be completed"),
    (bad_end, "结束符不在词表里", "an end token that is no id"),
    (read_once, "同一状态不再重算", "a state is computed once"),
    (random_grammars, "220 个随机的自动机", "220 random automata"),
]
