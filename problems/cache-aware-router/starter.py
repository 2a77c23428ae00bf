class Router:
    """Sends requests to replicas by cached prefix and load.

    block_size: int, tokens per block, at least 1
    capacity: int, blocks that a replica's cache holds, at least 0
    weight: int or float, at least 0, what a token to be computed counts
        against a token of load
    Replicas and requests are named by ints or strs.
    """

    def __init__(self, block_size, capacity, weight=1):
        pass

    def add(self, replica):
        """A replica joins, idle, with an empty cache.

        ValueError: it is there.
        """
        raise NotImplementedError

    def remove(self, replica):
        """A replica leaves.

        returns: the requests that it has not finished, a list, in the
            order in which they were sent there
        KeyError: no such replica.
        """
        raise NotImplementedError

    def route(self, request, tokens):
        """The replica that the request goes to.

        tokens: list of int
        ValueError: the request is running, or there are no tokens.
        RuntimeError: there is no replica.
        """
        raise NotImplementedError

    def finish(self, request):
        """A request is done. KeyError: it is not running."""
        raise NotImplementedError

    def stats(self, replica):
        """{"requests": int, "load": int, "blocks": int}.

        Running requests, the tokens of their prompts, and the blocks
        in its cache.
        KeyError: no such replica.
        """
        raise NotImplementedError
