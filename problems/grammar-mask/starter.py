class Guide:
    """Tells which tokens may follow, so that a text fits an automaton.

    transitions: {state: {character: state}}; a state is an int or a
    str, and a character that is missing cannot be read there;
    start: a state; accepting: a set of states;
    vocabulary: the texts of the tokens, a list of str;
    eos: the id of the token that ends the text.
    ValueError: eos is no id, or no text can be completed.
    """

    def __init__(self, transitions, start, accepting, vocabulary, eos):
        raise NotImplementedError

    def mask(self, state):
        """Words of 32 bits, a list of int; bit 1: token allowed.

        Token i is bit i % 32 of word i // 32, the lowest bit first.
        state: the start, or what advance returned.
        """
        raise NotImplementedError

    def apply(self, logits, state):
        """A new list of logits, -inf where a token is not allowed.

        ValueError: there are not as many logits as tokens.
        """
        raise NotImplementedError

    def advance(self, state, token):
        """The state after the token; None after eos.

        ValueError: the token is not allowed.
        """
        raise NotImplementedError
