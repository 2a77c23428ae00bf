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
            memory[rank][i] = 0.0
            for other in range(ranks):
                memory[rank][i] += xs[(rank + other) % ranks][i]""",
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

    # All-gather: rank r has the sum of chunk r + 1 by now, and passes on what it received.
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
    (
        "sums_at_once",
        "added_on_the_way",
        "adds all vectors up by sum() and hands copies out: no ring at all",
        "    return memory, sent, 2 * (ranks - 1)",
        """    summed = [sum(column) for column in zip(*xs)]
    return [list(summed) for _ in xs], sent, 2 * (ranks - 1)""",
    ),
    ("bytes_as_floats", "two_ranks", "reckons bytes in floats", "BYTES = 8  # of a float", "BYTES = 8.0  # of a float"),
    (
        "no_rank_is_fine",
        "refused",
        "returns nothing for no rank",
        """    if ranks == 0:
        raise ValueError("there is no rank; accepted: one vector or more")""",
        """    if ranks == 0:
        return [], [], 0""",
    ),
    (
        "empty_chunks_skipped",
        "fewer_values_than_ranks",
        "counts no step in which nothing is sent",
        "    return memory, sent, 2 * (ranks - 1)",
        "    return memory, sent, 2 * (ranks - 1) if len(xs[0]) >= ranks else 2 * max(len(xs[0]) - 1, 0)",
    ),
    (
        "list_of_three",
        "two_ranks",
        "returns a list of the three",
        "    return memory, sent, 2 * (ranks - 1)",
        "    return [memory, sent, 2 * (ranks - 1)]",
    ),
    (
        "against_the_ring",
        "added_on_the_way",
        "sends to the rank before, by the same chunks, so the sums are made in the other direction",
        "    return memory, sent, 2 * (ranks - 1)",
        """    added, begin = [], 0
    for chunk in range(ranks):
        for element in range(bounds[chunk], bounds[chunk + 1]):
            total = xs[chunk][element]
            for hop in range(1, ranks):
                total += xs[(chunk - hop) % ranks][element]
            added.append(total)
    return [list(added) for _ in xs], sent, 2 * (ranks - 1)""",
    ),
]
