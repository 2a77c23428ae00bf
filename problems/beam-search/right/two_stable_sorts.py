"""Sorted by tokens, then stably by score; [*a, b] and starred tuples."""

from itertools import chain

NO = -float("inf")


def beam_search(step, beam, max_len, eos, alpha=0.0):
    if beam < 1:
        raise ValueError("beam")
    if max_len < 1:
        raise ValueError("max_len")
    if alpha < 0 or eos < 0:
        raise ValueError("alpha or eos")
    ended, open_ = [], [((), 0.0)]
    for _ in range(max_len):
        if not open_:
            break
        children = []
        for tokens, total in open_:
            row = step(tokens)
            if eos >= len(row):
                raise ValueError("eos")
            for token in range(len(row)):
                if row[token] > NO:
                    children = [*children, ((*tokens, token), total + row[token])]
        everyone = sorted(chain(ended, children))
        everyone.sort(key=lambda pair: pair[1] / len(pair[0]) ** alpha, reverse=True)
        del everyone[beam:]
        ended = [pair for pair in everyone if pair[0][-1] == eos]
        open_ = [pair for pair in everyone if pair[0][-1] != eos]
    found = [(-total / len(tokens) ** alpha, tokens) for tokens, total in ended + open_ if tokens]
    return [(tokens, -score) for score, tokens in sorted(found)]
