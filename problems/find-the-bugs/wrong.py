"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "chunk_sees_its_future",
        "mask",
        "leaves the mask to the prompt: a later chunk sees all of itself",
        "            seen = past + t + 1\n",
        "            seen = len(keys) if past else t + 1\n",
    ),
    (
        "mask_at_the_top_left",
        "mask",
        "masks every chunk as if it were a prompt, so that it forgets the cache",
        "seen = past + t + 1",
        "seen = t + 1",
    ),
    (
        "no_mask",
        "one_prompt",
        "takes the mask away, for it was in the way",
        "seen = past + t + 1",
        "seen = len(keys)",
    ),
    (
        "a_chunk_is_one_place",
        "position",
        "moves on by one a call, as a step does",
        "        self._length += len(tokens)\n",
        "        self._length += 1\n",
    ),
    (
        "places_start_over",
        "position",
        "numbers each chunk from 0",
        "enumerate(tokens, self._length)",
        "enumerate(tokens)",
    ),
    (
        "counts_before_it_reads",
        "position",
        "takes the place from a counter that has moved on already: the whole chunk stands at its end",
        "row = self._positions[place]",
        "row = self._positions[self._length + len(tokens) - 1 if self._length else place]",
    ),
    (
        "scaled_by_the_whole",
        "scale",
        "divides by the root of the whole vector's size",
        "math.sqrt(size)",
        "math.sqrt(len(query))",
    ),
    (
        "scaled_by_the_heads",
        "one_prompt",
        "divides by the root of the number of heads",
        "math.sqrt(size)",
        "math.sqrt(self._heads)",
    ),
    (
        "not_scaled",
        "one_prompt",
        "leaves the scale out",
        "1 / math.sqrt(size)",
        "1.0",
    ),
    (
        "outer_list_copied",
        "aliasing",
        "copies the list of layers, whose keys and values both sides go on extending",
        "[(list(keys), list(values)) for keys, values in self._cache]",
        "list(self._cache)",
    ),
    (
        "values_shared",
        "aliasing",
        "copies the keys and forgets the values",
        "(list(keys), list(values))",
        "(list(keys), values)",
    ),
    (
        "fork_forgets",
        "aliasing",
        "gives the fork a cache of its own, an empty one",
        "        other._cache = [(list(keys), list(values)) for keys, values in self._cache]\n",
        "",
    ),
    (
        "fork_starts_at_place_0",
        "forks_of_forks",
        "copies the cache and not the length",
        "        other._length = self._length\n",
        "",
    ),
    (
        "half_precision",
        "dtype",
        "keeps keys and values in half precision",
        "import math\n",
        """import math
import struct


def _stored(vector):
    form = f"{len(vector)}e"
    return struct.unpack(form, struct.pack(form, *vector))
""",
        "keys.extend(_times(wk, row)",
        "keys.extend(_stored(_times(wk, row))",
        "values.extend(_times(wv, row)",
        "values.extend(_stored(_times(wv, row))",
    ),
    (
        "single_precision",
        "dtype",
        "mends the format half-way: FP32 in place of FP16, still rounded",
        "import math\n",
        "import math\nfrom array import array\n",
        "keys.extend(_times(wk, row)",
        """keys.extend(array("f", _times(wk, row))""",
        "values.extend(_times(wv, row)",
        """values.extend(array("f", _times(wv, row))""",
    ),
    (
        "keys_alone_mended",
        "dtype",
        "mends the keys and leaves the values in half precision",
        "import math\n",
        "import math\nimport struct\n",
        "values.extend(_times(wv, row)",
        """values.extend([struct.unpack("e", struct.pack("e", value))[0] for value in _times(wv, row)]""",
    ),
    (
        "one_cache_for_all_layers",
        "two_layers",
        "multiplies a list of one cache, which all layers then share",
        "[([], []) for _ in layers]",
        "[([], [])] * len(layers)",
    ),
    (
        "counts_what_it_refuses",
        "refused",
        "moves the place on before the tokens are checked",
        "        for token in tokens:\n            if",
        "        self._length += len(tokens)\n        for token in tokens:\n            if",
        "self._length + len(tokens) > len(self._positions)",
        "self._length > len(self._positions)",
        "enumerate(tokens, self._length)",
        "enumerate(tokens, self._length - len(tokens))",
        "        self._length += len(tokens)\n        for weights",
        "        for weights",
    ),
    (
        "negative_tokens",
        "refused",
        "lets token -1 through, which Python takes for the last",
        "if not 0 <= token < len(self._embedding):",
        "if token >= len(self._embedding):",
    ),
    (
        "places_unchecked",
        "refused",
        "lets IndexError tell that no place is left",
        """        if self._length + len(tokens) > len(self._positions):
            raise ValueError(f"{len(tokens)} tokens are too many")
""",
        "",
    ),
    (
        "last_logits_alone",
        "one_prompt",
        "returns the logits of the last token alone, as generating needs them",
        "for row in x]\n\n    def fork",
        "for row in x[-1:]]\n\n    def fork",
    ),
    (
        "an_empty_chunk_is_an_error",
        "empty_chunks",
        "refuses a chunk of no tokens",
        "        for token in tokens:\n            if",
        '        if not tokens:\n            raise ValueError("no tokens")\n        for token in tokens:\n            if',
    ),
    (
        "unstable_softmax",
        "large_scores",
        "does not subtract the largest score",
        "math.exp(score - top)",
        "math.exp(score)",
    ),
    (
        "all_computed_again",
        "nothing_is_projected_again",
        "has no cache any more: keeps the tokens and computes all of them at each call",
        '''"""Keeps the tokens."""

import math


def times(m, v):
    return [sum(a * b for a, b in zip(r, v)) for r in m]


class Decoder:
    def __init__(self, embedding, positions, layers, heads, tokens=()):
        self.model = embedding, positions, layers, heads
        self.tokens = list(tokens)

    def fork(self):
        return Decoder(*self.model, self.tokens)

    def feed(self, tokens):
        embedding, positions, layers, heads = self.model
        whole = self.tokens + list(tokens)
        if any(t not in range(len(embedding)) for t in tokens) or len(whole) > len(positions):
            raise ValueError("tokens")
        self.tokens = whole
        x = [[a + b for a, b in zip(embedding[t], p)] for t, p in zip(whole, positions)]
        for wq, wk, wv, wo in layers:
            q, k, v = ([times(w, r) for r in x] for w in (wq, wk, wv))
            for t, row in enumerate(x):
                mixed, n = [], len(row) // heads
                for h in range(0, len(row), n):
                    s = [sum(q[t][h + d] * k[u][h + d] for d in range(n)) / math.sqrt(n) for u in range(t + 1)]
                    e = [math.exp(y - max(s)) for y in s]
                    mixed += [sum(w * v[u][h + d] for u, w in enumerate(e)) / sum(e) for d in range(n)]
                x[t] = [a + b for a, b in zip(row, times(wo, mixed))]
        return [times(embedding, r) for r in x[len(x) - len(tokens) :]]
''',
    ),
    (
        "empties_the_queue",
        "tokens_are_the_callers",
        "takes the tokens off the list as it reads them",
        "        return [_times(self._embedding, row) for row in x]",
        """        del tokens[:]
        return [_times(self._embedding, row) for row in x]""",
    ),
    (
        "no_residual",
        "one_token",
        "leaves out the residual: a layer's result takes the vector's place",
        "out.append(_add(row, _times(wo, mixed)))",
        "out.append(_times(wo, mixed))",
    ),
    (
        "own_score_subtracted",
        "large_scores",
        "subtracts a token's own score in place of the largest",
        "top = max(scores)",
        "top = scores[-1]",
    ),
]
