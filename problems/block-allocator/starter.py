class BlockAllocator:
    """Hands out fixed blocks of a KV cache; sequences may share them.

    num_blocks: int, blocks in all, numbered 0 to num_blocks - 1;
    block_size: int, tokens per block; ValueError if one is below 1.
    A sequence's id may be any int or str.
    """

    def __init__(self, num_blocks, block_size):
        pass

    def allocate(self, seq_id, n_tokens):
        """A new sequence of n_tokens: its blocks, a list of int.

        ValueError: seq_id is taken, or n_tokens is below 0.
        RuntimeError: too few free blocks; nothing has changed then.
        """
        raise NotImplementedError

    def append(self, seq_id):
        """Where the next token goes: (block, offset, copied_from).

        copied_from: the block whose first offset tokens are to be
        copied to block, since others still use it; None if nothing is
        copied.
        KeyError: no such sequence. RuntimeError: no free block; nothing
        has changed then.
        """
        raise NotImplementedError

    def fork(self, parent, child):
        """A new sequence, child, that shares the blocks of parent.

        KeyError: no such parent. ValueError: child is taken.
        """
        raise NotImplementedError

    def free(self, seq_id):
        """Ends a sequence; blocks that no sequence uses are free again.

        KeyError: no such sequence.
        """
        raise NotImplementedError

    def stats(self):
        """{"free": int, "used": int, "refs": int}.

        Blocks free and in use, and the blocks of all sequences, a
        shared one counted for each.
        """
        raise NotImplementedError
