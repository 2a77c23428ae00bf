def simulate(reqs, *, token_budget, kv_tokens, max_seqs, step_time):
    """Serve requests in steps: continuous batching, chunked prefill.

    reqs: list of (arrival_s, n_in, n_out): seconds, prompt tokens,
    output tokens; token_budget: int, tokens per step; kv_tokens: int,
    tokens the KV cache holds; max_seqs: int, requests running at once;
    step_time(prefill_tokens, decode_seqs) -> seconds of that step,
    called once per step.
    Returns {"requests": list, "tokens_per_s": float or None}: for each
    of reqs, in their order, {"ttft": s, "tpot": s or None, "e2e": s,
    "preemptions": int}, or None where it can never fit the KV cache.
    ValueError: an arrival below 0, or another number below 1.
    """
    raise NotImplementedError
