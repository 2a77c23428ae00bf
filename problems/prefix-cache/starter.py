class PrefixCache:
    """Remembers which full blocks of prompts are in the KV cache.

    capacity_blocks: int, blocks it may keep, 0 or more;
    block_size: int, tokens per block, 1 or more; ValueError otherwise.
    hash_of(parent, block) -> int: the hash to look a block up by; block
    is a tuple of block_size tokens, parent is whatever tells what comes
    before it. Called once for each block that is looked up. Two blocks
    may have the same hash.
    Tokens are ints; salt is a str, and different salts share nothing.
    """

    def __init__(
        self,
        capacity_blocks,
        block_size,
        hash_of=lambda parent, block: hash((parent, block)),
    ):
        pass

    def match(self, tokens, salt=""):
        """How many of the tokens need no computing, an int.

        A multiple of block_size; at least one token is left to compute.
        """
        raise NotImplementedError

    def insert(self, tokens, salt=""):
        """Keeps the full blocks of tokens, evicting others.

        Returns how many blocks are new, an int.
        """
        raise NotImplementedError

    def pin(self, tokens, salt=""):
        """Keeps the blocks of the longest cached prefix from eviction.

        A last full block of tokens included. Returns a list, one entry
        a block, to be given to unpin.
        """
        raise NotImplementedError

    def unpin(self, blocks):
        """Removes one pin from each block of a list from pin.

        ValueError: one of them is not pinned; nothing has changed then.
        """
        raise NotImplementedError
