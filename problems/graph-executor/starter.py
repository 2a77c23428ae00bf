def schedule(nodes, outputs):
    """The names of the nodes to run, in order.

    nodes: list of (name, inputs, size, in_place): a str; a list of
    names of nodes; the bytes of its result, an int above 0; True if
    it may write its result over its first input.
    outputs: list of names of nodes.
    ValueError: a name twice, an unknown input or output, a cycle.
    """
    raise NotImplementedError


def plan(nodes, outputs):
    """{"buffer": {name: int}, "buffers": int, "peak": bytes}.

    For the nodes of schedule(nodes, outputs), in its order.
    """
    raise NotImplementedError


def execute(nodes, outputs, functions):
    """The values of the outputs, a list.

    functions: {name: function of as many values as the node has
    inputs, in their order}.
    """
    raise NotImplementedError
