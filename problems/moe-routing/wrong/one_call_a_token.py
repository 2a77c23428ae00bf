# fails: each_expert_is_called_once: calls the expert for each token by itself, which dispatching is there to avoid
"""Mixture of experts: softmax, top-k, weights, then capacity in the order of the tokens."""

from math import ceil, exp


def check(x, Wr, experts, k, cf):
    if len(experts) == 0 or any([len(row) != len(experts) for row in Wr]):
        raise ValueError("Wr needs one column for each expert, and there must be an expert")
    if any([len(row) != len(Wr) for row in x]):
        raise ValueError("the rows of x need to be as long as Wr has rows")
    if not 1 <= k <= len(experts):
        raise ValueError("k must be from 1 to the number of experts")
    if not cf > 0:
        raise ValueError("the capacity factor must be above 0")


def softmax(logits):
    peak = max(logits)
    weights = [exp(each - peak) for each in logits]
    total = sum(weights)
    return [each / total for each in weights]


def choices(row, Wr, k, renorm):
    """The k experts of a token, each with its weight."""
    logits = [sum([a * b for a, b in zip(row, column)]) for column in zip(*Wr)]
    probabilities = softmax(logits)
    chosen = sorted(range(len(logits)), key=lambda expert: (-probabilities[expert], expert))[:k]
    total = sum([probabilities[expert] for expert in chosen]) if renorm else 1.0
    return [(expert, probabilities[expert] / total) for expert in chosen]


def moe(x, Wr, experts, k, cf, renorm=True):
    check(x, Wr, experts, k, cf)
    # Rounding may put a whole number just above itself, as in 1.12 * 10 * 5 / 8.
    capacity = ceil(cf * len(x) * k / len(experts) - 1e-9)
    queues = [[] for _ in experts]
    dropped = 0
    for token, row in enumerate(x):
        for expert, weight in choices(row, Wr, k, renorm):
            if len(queues[expert]) < capacity:
                queues[expert].append((token, weight))
            else:
                dropped += 1
    y = [[0.0] * len(row) for row in x]
    for expert, queue in zip(experts, queues):
        outputs = [expert([x[token]])[0] for token, _ in queue]
        for (token, weight), output in zip(queue, outputs):
            y[token] = [a + weight * b for a, b in zip(y[token], output)]
    stats = {
        "capacity": capacity,
        "load": [len(queue) for queue in queues],
        "dropped": dropped,
        "drop_rate": dropped / (len(x) * k) if x else 0.0,
    }
    return y, stats
