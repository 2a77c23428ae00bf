"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "copied_block_kept",
        "child_appends",
        "does not give up its share of the block it copied from, which is never freed",
        "            self.refs[copied_from] -= 1\n",
        "",
    ),
    (
        "copies_full_blocks",
        "shared_to_the_boundary",
        "copies the last block although it is full and nobody will write to it",
        "        if offset == 0",
        "        if not table or (offset == 0 and self.refs[table[-1]] == 1)",
    ),
    (
        "forgets_to_count",
        "fork_shares",
        "shares the blocks without counting the new user",
        """        for block in self.tables[child]:
            self.refs[block] += 1
""",
        "",
    ),
    (
        "free_twice",
        "too_many_tokens",
        "lets a sequence that is not there be freed",
        """\"\"\"Ends a sequence; blocks that no sequence uses any more are free again.\"\"\"
        self.check_known(seq_id)""",
        """\"\"\"Ends a sequence; blocks that no sequence uses any more are free again.\"\"\"
        if seq_id not in self.tables:
            return""",
    ),
    (
        "frees_what_is_shared",
        "parent_ends_first",
        "returns every block of a sequence that ends, shared or not",
        """if self.refs[block] == 0:
                self.unused.append(block)""",
        "self.unused.append(block)",
    ),
    (
        "gives_up_before_taking",
        "copy_without_a_block",
        "gives up its share of the block before it has another",
        "            block = self.take()\n",
        "",
        "self.refs[copied_from] -= 1",
        """self.refs[copied_from] -= 1
            block = self.take()""",
    ),
    (
        "length_before_block",
        "append_without_a_block",
        "counts the token before a block is found for it",
        "copied_from = None",
        """copied_from = None
        self.lengths[seq_id] += 1""",
        "        self.lengths[seq_id] += 1\n",
        "",
    ),
    (
        "never_freed",
        "no_tokens",
        "counts a block down and does not return it",
        """            if self.refs[block] == 0:
                self.unused.append(block)
""",
        "",
    ),
    (
        "no_copy_on_write",
        "child_appends",
        "writes into the last block although another sequence reads it",
        "refs[table[-1]] > 1:",
        "refs[table[-1]] > 2:",
    ),
    (
        "offset_of_a_full_block",
        "append_to_the_boundary",
        "goes on in the last block until the offset equals its size",
        "if offset == 0:",
        """if offset == 0 and self.lengths[seq_id] > 0:
            offset = self.block_size
        if not table:""",
    ),
    (
        "one_block_too_many",
        "full_blocks",
        "takes n // size + 1 blocks, one too many where the tokens fill them",
        "(n_tokens + self.block_size - 1) // self.block_size",
        "n_tokens // self.block_size + 1",
    ),
    (
        "shared_table",
        "child_appends",
        "gives the child the parent's table itself",
        "list(self.tables[parent])",
        "self.tables[parent]",
    ),
    (
        "takes_before_asking",
        "too_many_tokens",
        "takes block by block and finds none left half-way",
        """        # Checked before anything is taken: a refused call must leave no trace.
        if needed > len(self.unused):
            raise RuntimeError(f"{needed} blocks are needed and {len(self.unused)} are free")
""",
        "",
    ),
    (
        "ids_as_indices",
        "ids_may_be_texts",
        "keeps tables in a list, by id",
        "        self.tables = {}",
        "        self.tables = Lists()",
        "class BlockAllocator:",
        """class Lists(dict):
    def __setitem__(self, key, value):
        super().__setitem__(int(key), value)

    def __getitem__(self, key):
        return super().__getitem__(int(key))


class BlockAllocator:""",
    ),
    (
        "list_of_the_table",
        "own_list",
        "gives out the table itself",
        "        return list(self.tables[seq_id])",
        "        return self.tables[seq_id]",
    ),
    (
        "sizes_unchecked",
        "bad_sizes",
        "takes blocks of no tokens",
        "        if num_blocks < 1 or block_size < 1:",
        "        if num_blocks < 1:",
    ),
    (
        "negative_tokens",
        "unknown_and_taken",
        "takes a negative number of tokens for none",
        "        if n_tokens < 0:",
        """        n_tokens = max(n_tokens, 0)
        if n_tokens < 0:""",
    ),
    (
        "overwrites_the_taken",
        "unknown_and_taken",
        "lets a fork overwrite a sequence",
        """        self.check_known(parent)
        self.check_new(child)""",
        "        self.check_known(parent)",
    ),
    (
        "refs_of_blocks",
        "fork_shares",
        "counts a shared block once",
        '"refs": sum(self.refs)',
        '"refs": len(self.refs) - free',
    ),
    (
        "copy_told_without_a_share",
        "shared_to_the_boundary",
        "tells the last block to be copied wherever it is shared",
        """        if offset == 0:
            table.append(self.take())""",
        """        if offset == 0:
            if table and self.refs[table[-1]] > 1:
                copied_from = table[-1]
            table.append(self.take())""",
    ),
    (
        "reads_the_length_of_the_parent",
        "child_appends",
        "forgets the length of the child",
        "        self.lengths[child] = self.lengths[parent]",
        "        self.lengths[child] = len(self.tables[parent]) * self.block_size",
    ),
    (
        "ids_used_once",
        "reuse",
        "refuses an id for good once it has been used",
        """        self.lengths = {}
""",
        """        self.lengths = {}
        self.seen = set()
""",
        """        if seq_id in self.tables:
            raise ValueError(""",
        """        if seq_id in self.seen:
            raise ValueError(""",
        """        self.tables[seq_id] = [""",
        """        self.seen.add(seq_id)
        self.tables[seq_id] = [""",
        """        self.tables[child] = list""",
        """        self.seen.add(child)
        self.tables[child] = list""",
    ),
    (
        "ids_as_texts",
        "ids_may_be_texts",
        "takes 1 and '1' for the same sequence when it looks whether an id is taken",
        """        if seq_id in self.tables:
            raise ValueError(""",
        """        if str(seq_id) in [str(known) for known in self.tables]:
            raise ValueError(""",
    ),
]
