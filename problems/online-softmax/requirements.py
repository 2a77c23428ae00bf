"""What the statement asks for: its words, the case that an answer breaking them fails, a wrong answer as proof."""

REQUIREMENTS = [
    ("compute the softmax over all of them, and their log-sum-exp", "one_chunk", "lse_without_maximum"),
    ("carries two numbers from one to the next", "a_chunk_at_a_time", "one_list_of_all"),
    ("A second pass writes the probabilities", "a_chunk_at_a_time", "touched_first"),
    ("a chunk may be empty", "empty_chunk", "empty_chunk"),
    ("a score may be `-inf` (masked)", "masked_chunk_first", "masked_first"),
    ("one flat list", "one_chunk", "tuple_of_probabilities"),
    ("raise `ValueError`", "all_masked", "all_masked"),
    ("The input must not be changed", "chunks_left_alone", "sorts_in_place"),
    ("scores lie between $-10^4$ and $10^4$", "falling_scores", "local_maximum"),
    ("scores lie between $-10^4$ and $10^4$", "large_scores", "no_maximum"),
    ("Absolute error $10^{-13}$", "large_scores", "lse_in_the_exponent"),
    ("before the next one is looked at", "a_chunk_at_a_time", "one_list_of_all"),
    ("no chunk may be returned to more than once", "a_chunk_at_a_time", "touched_first"),
    ("six operations at most", "a_chunk_at_a_time", "starts_over"),
    ("Pure Python; `math` may be used",),
]
