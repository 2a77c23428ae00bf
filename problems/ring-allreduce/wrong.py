"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "adds_while_gathering",
        "two_ranks",
        "adds the sums that come round instead of taking them over",
        "receiver[bounds[chunk] : bounds[chunk + 1]] = values",
        """for offset in range(len(values)):
                receiver[bounds[chunk] + offset] += values[offset]""",
    ),
    (
        "gathers_own_chunk",
        "two_ranks",
        "takes chunk r to be the one that rank r has summed",
        "memory, bounds, step, 1",
        "memory, bounds, step, 0",
    ),
    (
        "half_the_steps",
        "two_ranks",
        "counts the steps of the reduce-scatter and forgets those of the all-gather",
        "sent, 2 * (ranks - 1)",
        "sent, ranks - 1",
    ),
    (
        "last_step_missing",
        "two_ranks",
        "stops the reduce-scatter one step early, so that one rank's part is missing",
        """# Reduce-scatter: a chunk travels on, and each rank adds its own part to it.
    for step in range(ranks - 1):""",
        """# Reduce-scatter: a chunk travels on, and each rank adds its own part to it.
    for step in range(ranks - 2):""",
    ),
    (
        "lengths_unchecked",
        "refused",
        "trusts that the vectors are of one length",
        "len(xs[rank]) != len",
        "len(xs[rank]) < len",
    ),
    (
        "one_result_for_all",
        "own_memory",
        "hands out the same list for every rank",
        "return memory, sent,",
        "return [memory[0]] * ranks, sent,",
    ),
    (
        "own_order",
        "same_bits_everywhere",
        "lets each rank add the vectors in an order of its own",
        "receiver[bounds[chunk] : bounds[chunk + 1]] = values",
        """receiver[bounds[chunk] : bounds[chunk + 1]] = values
    for rank in range(ranks):
        for i in range(len(xs[0])):
            memory[rank][i] = sum(xs[(rank + other) % ranks][i] for other in range(ranks))""",
    ),
    (
        "padded_bytes",
        "five_over_three",
        "pads all chunks to the longest and counts the padding too",
        """for rank, chunk, values in messages(memory, bounds, step, 0):
            sent[rank] += BYTES * len(values)""",
        """for rank, chunk, values in messages(memory, bounds, step, 0):
            sent[rank] += BYTES * bounds[1]""",
        """for rank, chunk, values in messages(memory, bounds, step, 1):
            sent[rank] += BYTES * len(values)""",
        """for rank, chunk, values in messages(memory, bounds, step, 1):
            sent[rank] += BYTES * bounds[1]""",
    ),
    (
        "rest_forgotten",
        "five_over_three",
        "cuts chunks of n // N and leaves the rest of the vector unsummed",
        ", longer = divmod(length, ranks)",
        " = length // ranks",
        """for chunk in range(ranks):
        bounds.append(bounds[-1] + short + (1 if chunk < longer else 0))""",
        """for _ in range(ranks):
        bounds.append(bounds[-1] + short)""",
    ),
    (
        "rest_in_the_last",
        "five_over_three",
        "gives the whole rest to the last chunk, which then sets the pace",
        "1 if chunk < longer ",
        "longer if chunk == ranks - 1 ",
    ),
    (
        "whole_vectors",
        "three_ranks",
        "sends whole vectors around the ring: the sum is right, at N / 2 times the bytes",
        "    bounds = chunk_bounds(len(xs[0]), ranks)\n",
        "",
        """for step in range(ranks - 1):
        for rank, chunk, values in messages(memory, bounds, step, 0):
            sent[rank] += BYTES * len(values)
            receiver = memory[(rank + 1) % ranks]
            for offset in range(len(values)):
                receiver[bounds[chunk] + offset] += values[offset]

    # All-gather: rank r has the sum of chunk r + 1 by now, and passes on what it got.
    for step in range(ranks - 1):
        for rank, chunk, values in messages(memory, bounds, step, 1):
            sent[rank] += BYTES * len(values)
            receiver = memory[(rank + 1) % ranks]
            receiver[bounds[chunk] : bounds[chunk + 1]] = values""",
        """# Whole vectors travel around the ring, and each rank adds what comes by.
    passing = [list(vector) for vector in xs]
    for _ in range(ranks - 1):
        passing = [passing[rank - 1] for rank in range(ranks)]
        for rank in range(ranks):
            sent[rank] += BYTES * len(passing[rank])
            for i in range(len(passing[rank])):
                memory[rank][i] += passing[rank][i]""",
    ),
    (
        "works_in_place",
        "one_rank",
        "adds into the vectors it was given",
        "list(vector) for vector",
        "vector for vector",
    ),
]
