"""Decoding with and without a KV cache: the same logits, the work counted; then which blocks of a prompt are found."""

# --8<-- [start:code]
import numpy as np

LAYERS, WIDTH, WORDS, STEPS = 2, 64, 50, 32
draw = np.random.default_rng(0)
EMBED = draw.standard_normal((WORDS, WIDTH))
PLACE = draw.standard_normal((STEPS + 1, WIDTH))
# Per layer: the projections to Q, K, V, the one back, and an MLP up and down.
WEIGHTS = [[draw.standard_normal((WIDTH, WIDTH)) / 8 for _ in range(6)] for _ in range(LAYERS)]


def empty() -> list[list[np.ndarray]]:
    """A cache: for each layer the K and V of the tokens so far."""
    return [[] for _ in range(LAYERS)]


def forward(tokens: list[int], cache: list[list[np.ndarray]]) -> tuple[np.ndarray, int]:
    """Logits after the last token, and the products of the linear layers, done only for what the cache lacks."""
    start = len(cache[0])
    x, products = EMBED[tokens[start:]] + PLACE[start : len(tokens)], 0
    for (wq, wk, wv, wo, up, down), past in zip(WEIGHTS, cache, strict=True):
        x = x / np.sqrt((x**2).mean(axis=1, keepdims=True))
        past += list(np.stack([x @ wk, x @ wv], axis=1))
        keys, values = np.array(past).swapaxes(0, 1)
        scores = x @ wq @ keys.T / 8
        scores[np.arange(len(past)) > np.arange(start, len(tokens))[:, None]] = -np.inf
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        x = x + weights / weights.sum(axis=1, keepdims=True) @ values @ wo
        x = x + np.maximum(x @ up, 0) @ down
        products += 6 * len(x) * WIDTH * WIDTH
    return x[-1] @ EMBED.T, products


def generate(kept: bool) -> tuple[list[int], list[np.ndarray], list[int]]:
    """Greedy from token 7: the tokens, and the logits and linear products of each step."""
    tokens, steps, cache = [7], [], empty()
    for _ in range(STEPS):
        steps.append(forward(tokens, cache if kept else empty()))
        tokens.append(int(steps[-1][0].argmax()))
    return tokens, [logits for logits, _ in steps], [products for _, products in steps]


with_cache, without = generate(True), generate(False)
apart = np.abs(np.array(with_cache[1]) - np.array(without[1])).max()
print("same tokens:", with_cache[0] == without[0], " logits differ by less than 1e-9:", bool(apart < 1e-9))
print("linear products, step     1       2      16      32    all")
for name, work in (("with a KV cache", with_cache[2]), ("without", without[2])):
    print(f"{name:18}" + "".join(f"{work[step - 1]:8}" for step in (1, 2, 16, 32)) + f"{sum(work):9}")
print(f"ratio {sum(without[2]) / sum(with_cache[2])}, (T + 1) / 2 = {(STEPS + 1) / 2}")

tokens, prefix = without[0][:30], empty()
forward(tokens[:20], prefix)
logits, products = forward(tokens, prefix)
print(f"20 of 30 tokens found: {products} products, same logits: {np.allclose(logits, without[1][29], atol=1e-9)}")


def found(prompt: str, stored: set[object], salt: str = "", size: int = 4) -> int:
    """How many words are found, in whole blocks from the start; a block is known by itself and all before it."""
    words, hits = prompt.split(), 0
    key: tuple[object, ...] = (salt,)
    for end in range(size, len(words) + 1, size):
        key = (key, *words[end - size : end])
        hits += key in stored
        stored.add(key)
    return size * hits


HITS: dict[str, tuple[int, int]] = {}
RULES = "answer briefly and cite the page you took it from"
print("\nwords found         first  second of 13 words each")
for name, first, second in (
    ("question last", f"{RULES} what is APC", f"{RULES} what is MLA"),
    ("time of day first", f"09:41 {RULES} hello there", f"09:42 {RULES} hello there"),
):
    store: set[object] = set()
    HITS[name] = found(first, store), found(second, store)
    print(f"{name:18}{HITS[name][0]:7}{HITS[name][1]:8}")
store = set()
print(f"{'another salt':18}" + "".join(f"{found(first, store, salt):{width}}" for salt, width in (("a", 7), ("b", 8))))
# --8<-- [end:code]


def figure() -> str:
    """The blocks of the second prompt of each pair: found, or computed again."""
    from miaotui.drawing.blocks import chains

    names = (("问题放在最后", "question last"), ("时间放在最前", "time of day first"))
    rows = [(both, 3, HITS[both[1]][1] // 4, 1) for both in names]
    return chains(("第二条提示词，13 个词，4 个一块", "The second prompt: 13 words, blocks of 4"), rows)
