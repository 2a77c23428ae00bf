"""What the statement asks for: its words, the case that an answer breaking them fails, a wrong answer as proof."""

REQUIREMENTS = [
    ("each sequence has a block table, and sequences may share blocks", "fork_shares", "forgets_to_count"),
    ("with no leak and no double free in any order of calls", "no_tokens", "never_freed"),
    ("either below 1 is a `ValueError`", "bad_sizes", "sizes_unchecked"),
    ("takes exactly as many blocks as it needs", "full_blocks", "one_block_too_many"),
    ("Any free block will do",),
    ("`append` finds the place of the next token",),
    ("If the last block has room and nobody else uses it", "child_appends", "no_copy_on_write"),
    ("If the last block is full", "append_to_the_boundary", "offset_of_a_full_block"),
    ("so a shared one needs no copy", "shared_to_the_boundary", "copies_full_blocks"),
    ("so a shared one needs no copy", "shared_to_the_boundary", "copy_told_without_a_share"),
    ("the sequence no longer uses the old one", "child_appends", "copied_block_kept"),
    ("with the blocks of `parent`, and takes no block", "child_appends", "shared_table"),
    ("blocks that no sequence uses any more become free again", "parent_ends_first", "frees_what_is_shared"),
    ("in which a shared block counts once for each sequence", "fork_shares", "refs_of_blocks"),
    (
        "Too few free blocks raise `RuntimeError` and leave everything as it was",
        "too_many_tokens",
        "takes_before_asking",
    ),
    (
        "Too few free blocks raise `RuntimeError` and leave everything as it was",
        "append_without_a_block",
        "length_before_block",
    ),
    (
        "Too few free blocks raise `RuntimeError` and leave everything as it was",
        "copy_without_a_block",
        "gives_up_before_taking",
    ),
    ("so is freeing one twice", "too_many_tokens", "free_twice"),
    ("a new sequence whose id is taken", "unknown_and_taken", "overwrites_the_taken"),
    ("or a negative `n_tokens`", "unknown_and_taken", "negative_tokens"),
    ("this is required but not measured",),
    ("A sequence's id is an int or a str", "ids_may_be_texts", "ids_as_indices"),
    ("Changing the list that `allocate` returned must not change the allocator", "own_list", "list_of_the_table"),
]
