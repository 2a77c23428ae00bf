"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "content_alone",
        "other_parents",
        "looks a block up by its tokens, whatever came before them",
        "(self.hash_of(parent",
        "(self.hash_of(0",
        "parent == parent and block.",
        "",
        " self.hash_of(parent",
        " self.hash_of(0",
    ),
    (
        "first_in_first_out",
        "a_match_is_a_use",
        "evicts what was stored first, used or not",
        """        self.hold(found)
        self.release(found)
""",
        "",
    ),
    (
        "nothing_left_to_compute",
        "one_token_is_left",
        "matches the whole prompt, and leaves no token to get logits from",
        "self.find(tokens[:-1]",
        "self.find(tokens",
    ),
    (
        "one_block_too_many",
        "oldest_goes",
        "makes room once the cache is over its capacity",
        "== self.capacity and",
        "> self.capacity and",
    ),
    (
        "own_prefix_evicted",
        "own_prefix_stays",
        "marks its own prefix as used, and evicts it when there is nothing else",
        "self.hold(path)",
        """self.hold(path)
        self.release(path)""",
        "        self.release(path",
        "        self.release(path[known:]",
    ),
    (
        "parent_unchecked",
        "one_hash_for_all",
        "compares the tokens and trusts the hash for what came before them",
        "parent == parent and block.",
        "",
    ),
    (
        "parents_first",
        "leaf_first",
        "has a prompt's first block evicted first: its children cannot be reached",
        "block in reversed(path)",
        "block in path",
    ),
    (
        "partial_blocks_kept",
        "partial_block",
        "keeps the last block although it is not full",
        " 1, self.block_size)",
        " self.block_size, self.block_size)",
    ),
    (
        "pin_is_a_flag",
        "pins_add_up",
        "remembers that a block is pinned, not how often",
        "blocks[block].pins -= 1",
        "blocks[block].pins = 0",
    ),
    (
        "pins_ignored",
        "pinned_stays",
        "counts pins and evicts pinned blocks all the same",
        """self.hold(found)
        return found""",
        """self.hold(found)
        for block in found:
            self.idle[block] = True
        return found""",
    ),
    (
        "pins_like_match",
        "pin_has_the_last_block",
        "leaves the last block unpinned, as match leaves it uncounted",
        "found = self.find(tokens,",
        "found = self.find(tokens[:-1],",
    ),
    (
        "salt_forgotten",
        "salts",
        "takes a salt and does nothing with it",
        "path else salt, block",
        'path else "", block',
        "        parent = salt",
        '        parent = ""',
    ),
    (
        "trusts_the_hash",
        "one_hash_for_all",
        "takes equal hashes for equal blocks",
        """for candidate in self.buckets.get(self.hash_of(parent, tokens), []):
            block = self.blocks[candidate]
            # The hash only tells where to look: a hit must be exactly the same block.
            if block.parent == parent and block.tokens == tokens:
                return candidate
        return None""",
        """candidates = self.buckets.get(self.hash_of(parent, tokens), [])
        return candidates[0] if candidates else None""",
    ),
    (
        "unpins_half",
        "unpinned_twice",
        "takes pins back one by one until it meets a block without any",
        "        self.release(blocks",
        "            self.release([block]",
    ),
    (
        "whole_prefix_hashed",
        "each_token_is_hashed_once",
        "tells a block by the whole prefix, so that n tokens cost n² / block of hashing",
        "for block in self.full_blocks(tokens)[known:]:",
        """for end in range(known * self.block_size, len(tokens) - self.block_size + 1, self.block_size):
            block = tuple(tokens[end : end + self.block_size])""",
        "path[-1] if path else salt",
        "(salt,) + tuple(tokens[:end])",
        "        parent = salt",
        "        parent = (salt,)",
        """parent = self.look_up(parent, block)
            if parent is None:""",
        """known = self.look_up(parent, block)
            if known is None:""",
        "found.append(parent)",
        """found.append(known)
            parent += block""",
    ),
    (
        "last_block_touched",
        "a_match_leaves_the_last_block_alone",
        "takes the last block, which does not count, for used",
        """        found = self.find(tokens[:-1], salt)
        self.hold(found)
        self.release(found)
        return len(found) * self.block_size""",
        """        found = self.find(tokens, salt)
        self.hold(found)
        self.release(found)
        return min(len(found), max(len(tokens) - 1, 0) // self.block_size) * self.block_size""",
    ),
    (
        "hash_for_show",
        "looked_up_by_hash",
        "calls hash_of and goes through all blocks",
        "        for candidate in self.buckets.get(self.hash_of(parent, tokens), []):",
        """        self.hash_of(parent, tokens)
        for candidate in self.blocks:""",
    ),
    (
        "text_of_all_before",
        "each_token_is_hashed_once",
        "gives as the parent a text of all tokens before, which grows with them",
        "        parent = salt\n",
        "        parent, text = salt, salt\n",
        "            parent = self.look_up(parent, block)\n",
        """            parent = self.look_up(parent, block, text)
            text += f",{block}"
""",
        """    def look_up(self, parent, tokens):
        for candidate in self.buckets.get(self.hash_of(parent, tokens), []):""",
        """    def look_up(self, parent, tokens, text):
        for candidate in self.buckets.get(self.hash_of(text, tokens), []):""",
        "        block, key = self.next_id, self.hash_of(parent, tokens)",
        """        text = self.blocks[parent].text if parent in self.blocks else parent
        block, key = self.next_id, self.hash_of(text, tokens)""",
        "        self.blocks[block] = Block(key, parent, tokens)",
        """        self.blocks[block] = Block(key, parent, tokens)
        self.blocks[block].text = f"{text},{tokens}\"""",
    ),
    (
        "salt_as_an_id",
        "a_salt_is_no_block",
        "writes ids and salts as texts: the salt 1 is taken for block 1",
        "            if block.parent == parent and block.tokens == tokens:",
        "            if str(block.parent) == str(parent) and block.tokens == tokens:",
        "self.buckets.get(self.hash_of(parent, tokens), [])",
        "self.buckets.get(self.hash_of(str(parent), tokens), [])",
        "self.next_id, self.hash_of(parent, tokens)",
        "self.next_id, self.hash_of(str(parent), tokens)",
    ),
    (
        "eats_the_tokens",
        "tokens_left_alone",
        "takes blocks off the front of the caller's list",
        """        ends = range(self.block_size, len(tokens) + 1, self.block_size)
        return [tuple(tokens[end - self.block_size : end]) for end in ends]""",
        """        found = []
        while len(tokens) >= self.block_size:
            found.append(tuple(tokens[: self.block_size]))
            del tokens[: self.block_size]
        return found""",
        "        path = self.find(tokens, salt)\n",
        "        path = self.find(list(tokens), salt)\n",
    ),
    (
        "an_unpin_is_no_use",
        "an_unpin_is_a_use",
        "puts who loses the last pin first in line",
        "                self.idle[block] = True",
        """                self.idle[block] = True
                if unpinning:
                    self.idle = OrderedDict([(block, True)] + [(other, True) for other in self.idle if other != block])""",
        "    def release(self, path):",
        "    def release(self, path, unpinning=False):",
        "        self.release(blocks)",
        "        self.release(blocks, True)",
    ),
    (
        "sizes_unchecked",
        "bad_sizes",
        "takes any capacity",
        "        if capacity_blocks < 0 or block_size < 1:",
        "        if block_size < 1:",
    ),
    (
        "capacity_must_be_positive",
        "capacity_of_none",
        "refuses a cache of no blocks",
        "        if capacity_blocks < 0 or block_size < 1:",
        "        if capacity_blocks < 1 or block_size < 1:",
    ),
    (
        "insert_is_no_use",
        "an_insert_is_a_use",
        "counts the known blocks of an insert as not used",
        "        known = len(path)\n",
        """        known = len(path)
        stay = list(self.idle)
""",
        """        self.release(path)
        return len(path) - known""",
        """        self.release(path)
        if known == len(path):
            for block in reversed(path):
                if block in self.idle:
                    self.idle = OrderedDict([(block, True)] + [(other, True) for other in self.idle if other != block])
        return len(path) - known""",
    ),
    (
        "salt_cut_short",
        "salts_that_begin_alike",
        "keeps the beginning of a salt only, to save memory",
        "path else salt, block",
        "path else salt[:4], block",
        "        parent = salt",
        "        parent = salt[:4]",
    ),
    (
        "touches_then_refuses",
        "a_refused_unpin_is_no_use",
        "counts the blocks as used before it looks at their pins",
        """        for block in blocks:
            if block not in""",
        """        for block in blocks:
            if block in self.idle:
                self.idle.move_to_end(block)
        for block in blocks:
            if block not in""",
    ),
]
