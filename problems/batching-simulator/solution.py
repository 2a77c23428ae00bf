class Sequence:
    """The state of one request."""

    def __init__(self, arrival, n_in, n_out):
        self.arrival = arrival
        self.n_in = n_in
        self.n_out = n_out
        self.to_prefill = n_in
        self.prefilled = 0
        self.slots = 0  # of the KV cache, taken
        self.times = []  # of its output tokens
        self.preemptions = 0

    def decodes(self):
        return self.prefilled == self.to_prefill


def simulate(reqs, *, token_budget, kv_tokens, max_seqs, step_time):
    """TTFT, TPOT, E2E and preemptions of each request, and output tokens per second."""
    check(reqs, token_budget, kv_tokens, max_seqs)
    sequences = [Sequence(*request) for request in reqs]
    # The last output token is never fed back, so its KV is never stored.
    served = [i for i in range(len(reqs)) if reqs[i][1] + reqs[i][2] - 1 <= kv_tokens]
    waiting = [sequences[i] for i in sorted(served, key=lambda i: (reqs[i][0], i))]
    running = []
    now = 0.0

    while waiting or running:
        if not running and waiting[0].arrival > now:
            now = waiting[0].arrival
        decoding = decode(running, waiting, kv_tokens)
        budget = token_budget - len(decoding)
        chunks = prefill(running, budget)
        chunks += admit(running, waiting, now, budget - total(chunks), kv_tokens, max_seqs)

        now += step_time(total(chunks), len(decoding))
        for sequence, tokens in chunks:
            sequence.prefilled += tokens
        for sequence in decoding + [sequence for sequence, _ in chunks if sequence.decodes()]:
            sequence.times.append(now)
        running = [sequence for sequence in running if len(sequence.times) < sequence.n_out]

    return {
        "requests": [stats(sequence) for sequence in sequences],
        "tokens_per_s": throughput([sequences[i] for i in served]),
    }


def decode(running, waiting, kv_tokens):
    """The requests that decode in this step, in order; the last ones are preempted where slots run out.

    Never more than the budget: each used a token of it in the step before.
    """
    decoding = []
    for sequence in list(running):
        while sequence in running and sequence.decodes() and used(running) == kv_tokens:
            preempt(running, waiting)
        if sequence in running and sequence.decodes():
            sequence.slots += 1
            decoding.append(sequence)
    return decoding


def preempt(running, waiting):
    """Preempts the last one; its prompt and its tokens will be prefilled again."""
    victim = running.pop()
    victim.to_prefill = victim.n_in + len(victim.times)
    victim.prefilled = victim.slots = 0
    victim.preemptions += 1
    waiting.insert(0, victim)


def prefill(running, budget):
    """The next chunk of the request whose prefill is not complete: at most one, since none is admitted before it is."""
    unread = [sequence for sequence in running if not sequence.decodes()]
    return [(sequence, min(sequence.to_prefill - sequence.prefilled, budget)) for sequence in unread]


def admit(running, waiting, now, budget, kv_tokens, max_seqs):
    """The first chunks of the requests that are admitted; if one has to wait, so do all behind it."""
    chunks = []
    while budget > 0 and waiting and len(running) < max_seqs:
        sequence = waiting[0]
        if sequence.arrival > now or used(running) + sequence.to_prefill > kv_tokens:
            break
        waiting.pop(0)
        running.append(sequence)
        sequence.slots = sequence.to_prefill
        tokens = min(sequence.to_prefill, budget)
        budget -= tokens
        chunks.append((sequence, tokens))
    return chunks


def used(running):
    return sum(sequence.slots for sequence in running)


def total(chunks):
    return sum(tokens for _, tokens in chunks)


def stats(sequence):
    times = sequence.times
    if not times:
        return None
    gaps = len(times) - 1
    return {
        "ttft": times[0] - sequence.arrival,
        "tpot": (times[-1] - times[0]) / gaps if gaps else None,
        "e2e": times[-1] - sequence.arrival,
        "preemptions": sequence.preemptions,
    }


def throughput(served):
    """Output tokens per second, from the first arrival to the last token."""
    if not served:
        return None
    begin = min(sequence.arrival for sequence in served)
    end = max(sequence.times[-1] for sequence in served)
    return sum(sequence.n_out for sequence in served) / (end - begin)


def check(reqs, token_budget, kv_tokens, max_seqs):
    for name, value in (("token_budget", token_budget), ("kv_tokens", kv_tokens), ("max_seqs", max_seqs)):
        if value < 1:
            raise ValueError(f"{name} is {value}; accepted: 1 or more")
    for number in range(len(reqs)):
        arrival, n_in, n_out = reqs[number]
        if arrival < 0 or n_in < 1 or n_out < 1:
            raise ValueError(f"request {number} is {reqs[number]}; accepted: arrival from 0, n_in and n_out from 1")
