"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "back_of_the_line",
        "back_before_later_ones",
        "sends who is preempted behind those who came later",
        "waiting.insert(0, victim",
        "waiting.append(victim",
    ),
    (
        "batches_of_seats",
        "late_arrivals",
        "fills the seats again only when all are empty, as static batching does",
        "while budget > 0 and waiting and len(running) < max_seqs:",
        """taken = len(running)
    while taken == 0 and budget > 0 and waiting and len(running) < max_seqs:""",
    ),
    ("before_they_arrive", "late_arrivals", "admits requests that are not there yet", "sequence.arrival > now or ", ""),
    (
        "decode_not_budgeted",
        "decode_first",
        "gives prefill the whole budget, on top of what decodes",
        "token_budget - len(decoding)",
        "token_budget",
    ),
    (
        "first_one_gives_way",
        "preempted",
        "preempts the request that came first and has done the most",
        "victim = running.pop(",
        "victim = running.pop(0",
    ),
    (
        "list_order",
        "not_in_order",
        "serves requests in the order of the list",
        "sorted(served, key=lambda i: (reqs[i][0], i))",
        "served",
    ),
    (
        "one_decode_too_many",
        "one_request",
        "does not count the token that the prefill gives",
        " + [sequence for sequence, _ in chunks if sequence.decodes()]",
        "",
    ),
    (
        "output_needs_a_slot",
        "just_fits",
        "sets a slot aside for the last output token, whose KV nobody reads",
        "2] - 1 <= kv_tokens]",
        "2] <= kv_tokens]",
    ),
    (
        "outputs_given_again",
        "preempted",
        "begins a preempted request anew, so that its user gets tokens twice",
        "victim.to_prefill = victim.n_in + len(victim.times)",
        """victim.to_prefill = victim.n_in
    victim.times = []""",
    ),
    (
        "outputs_not_read_again",
        "preempted",
        "reads the prompt again and forgets the tokens already given",
        " + len(victim.times)",
        "",
    ),
    (
        "overtakes",
        "head_of_the_line",
        "looks behind a request that has to wait for one that fits",
        """sequence = waiting[0]
        if sequence.arrival > now or used(running) + sequence.to_prefill > kv_tokens:""",
        """fits = [s for s in waiting if s.arrival <= now and used(running) + s.to_prefill <= kv_tokens]
        if not fits:""",
        "waiting.pop(0)",
        """sequence = fits[0]
        waiting.remove(sequence)""",
    ),
    (
        "prefill_first",
        "decode_first",
        "fills the step with prefill and lets decoding have the rest",
        """decoding = decode(running, waiting, kv_tokens)
        budget = token_budget - len(decoding)
        chunks = prefill(running, budget)
        chunks += admit(running, waiting, now, budget - total(chunks), kv_tokens, max_seqs)""",
        """chunks = prefill(running, token_budget)
        chunks += admit(running, waiting, now, token_budget - total(chunks), kv_tokens, max_seqs)
        reading = [sequence for sequence, _ in chunks]
        decoding = [sequence for sequence in decode(running, waiting, kv_tokens) if sequence not in reading]
        decoding = decoding[: token_budget - total(chunks)]""",
    ),
    (
        "token_at_the_start",
        "one_request",
        "stamps tokens with the time at which their step begins",
        "chunks += admit(running, waiting, now, budget - total(chunks), kv_tokens, max_seqs)",
        """chunks += admit(running, waiting, now, budget - total(chunks), kv_tokens, max_seqs)
        begin = now""",
        "sequence.times.append(now",
        "sequence.times.append(begin",
    ),
    (
        "ttft_from_admission",
        "late_arrivals",
        "counts from when a request is admitted, and so leaves out the queue",
        "sequence.slots = sequence.to_prefill",
        """sequence.slots = sequence.to_prefill
        sequence.arrival = now""",
    ),
    (
        "whole_prompts",
        "one_request",
        "reads each prompt whole, whatever the budget",
        "min(sequence.to_prefill, budget)",
        "sequence.to_prefill",
    ),
    (
        "window_from_the_refused",
        "window_of_the_served",
        "begins the window at the first arrival of all",
        '        "tokens_per_s": throughput([sequences[i] for i in served]),',
        '        "tokens_per_s": throughput([sequences[i] for i in served], reqs),',
        "def throughput(served):",
        "def throughput(served, reqs):",
        "    begin = min(sequence.arrival for sequence in served)",
        "    begin = min(request[0] for request in reqs)",
    ),
    (
        "checks_what_fits",
        "refused_where_turned_away",
        "looks at the numbers of requests that fit only",
        "        if arrival < 0 or n_in < 1 or n_out < 1:",
        "        if n_in + n_out - 1 <= kv_tokens and (arrival < 0 or n_in < 1 or n_out < 1):",
    ),
    (
        "shorter_prompts_first",
        "first_come_first_served",
        "breaks ties of arrival by the shorter prompt",
        "key=lambda i: (reqs[i][0], i))",
        "key=lambda i: (reqs[i][0], reqs[i][1], i))",
    ),
    (
        "asks_while_idle",
        "late_arrivals",
        "asks for the time of an empty step while nobody is there",
        "            now = waiting[0].arrival\n",
        "            now = waiting[0].arrival + 0.0 * step_time(0, 0)\n",
    ),
    (
        "zero_for_one_token",
        "one_output_token",
        "gives a TPOT of 0 for one output token",
        "/ gaps if gaps else None,",
        "/ gaps if gaps else 0.0,",
    ),
    (
        "sorts_in_place",
        "twice_the_same",
        "sorts the caller's list",
        """    check(reqs, token_budget, kv_tokens, max_seqs)
    sequences""",
        """    check(reqs, token_budget, kv_tokens, max_seqs)
    order = sorted(range(len(reqs)), key=lambda i: (reqs[i][0], i))
    reqs[:] = [reqs[i] for i in order]
    sequences""",
        '        "requests": [stats(sequence) for sequence in sequences],',
        '        "requests": [stats(sequences[order.index(i)]) for i in range(len(reqs))],',
    ),
    (
        "seats_of_all",
        "seats",
        "forgets max_seqs",
        "while budget > 0 and waiting and len(running) < max_seqs:",
        "while budget > 0 and waiting:",
    ),
    (
        "just_too_late",
        "on_the_step",
        "admits only who came before the step",
        "if sequence.arrival > now or used",
        "if sequence.arrival > (now - 1e-9 if running else now) or used",
    ),
    ("cache_unchecked", "refused", "takes a cache of nothing", '("kv_tokens", kv_tokens), ', ""),
    (
        "one_more_slot",
        "just_fits",
        "turns away who fills the cache to the last slot",
        "    served = [i for i in range(len(reqs)) if reqs[i][1] + reqs[i][2] - 1 <= kv_tokens]",
        "    served = [i for i in range(len(reqs)) if reqs[i][1] + reqs[i][2] - 1 < kv_tokens]",
    ),
    (
        "rounded_times",
        "random_traces",
        "rounds what it returns to microseconds",
        """        "ttft": times[0] - sequence.arrival,""",
        """        "ttft": round(times[0] - sequence.arrival, 6),""",
        """        "e2e": times[-1] - sequence.arrival,""",
        """        "e2e": round(times[-1] - sequence.arrival, 6),""",
    ),
    (
        "in_order_of_arrival",
        "not_in_order",
        "lists the results in the order of arrival",
        "for sequence in sequences],",
        "for sequence in sorted(sequences, key=lambda sequence: sequence.arrival)],",
    ),
]
