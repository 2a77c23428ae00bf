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
            # The hash only says where to look: a hit must be the very same block.
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
]
