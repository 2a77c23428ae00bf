import math

WORD = 32


class Guide:
    """Tells which tokens may follow, so that a text fits an automaton."""

    def __init__(self, transitions, start, accepting, vocabulary, eos):
        if not 0 <= eos < len(vocabulary):
            raise ValueError(f"eos is {eos}; accepted: the id of one of the {len(vocabulary)} tokens")
        self.size = len(vocabulary)
        self.accepting = set(accepting)
        self.eos = eos
        states = {start, *self.accepting, *transitions}
        states.update(after for row in transitions.values() for after in row.values())
        moves = {state: tokens_from(state, transitions, vocabulary, eos) for state in states}
        alive = alive_states(moves, self.accepting)
        if start not in alive:
            raise ValueError(f"no text of these tokens leads from {start} to the end; accepted: a grammar with a text")
        # Of each state, the state after each token that is allowed.
        self.moves = {
            state: {token: after for token, after in row.items() if after in alive} for state, row in moves.items()
        }

    def allowed(self, state):
        """The ids of the allowed tokens; none after the end."""
        ends = [self.eos] if state in self.accepting else []
        return [*self.moves.get(state, ()), *ends]

    def mask(self, state):
        """Words of 32 bits; token i is bit i % 32 of word i // 32."""
        words = [0] * ((self.size + WORD - 1) // WORD)
        for token in self.allowed(state):
            words[token // WORD] |= 1 << token % WORD
        return words

    def apply(self, logits, state):
        """A new list of logits, -inf where a token is not allowed."""
        if len(logits) != self.size:
            raise ValueError(f"{len(logits)} logits; accepted: {self.size}")
        masked = [-math.inf] * self.size
        for token in self.allowed(state):
            masked[token] = logits[token]
        return masked

    def advance(self, state, token):
        """The state after the token; None after eos."""
        if token not in self.allowed(state):
            raise ValueError(f"token {token} is not allowed in state {state}")
        return None if token == self.eos else self.moves[state][token]


def tokens_from(state, transitions, vocabulary, eos):
    """{token: the state after it} for all tokens whose characters can be read from the state on."""
    found = {}
    for token, text in enumerate(vocabulary):
        # An empty token would leave everything as it is, for ever.
        if token == eos or not text:
            continue
        after = state
        for character in text:
            row = transitions.get(after, {})
            if character not in row:
                break
            after = row[character]
        else:
            found[token] = after
    return found


def alive_states(moves, accepting):
    """The states from which tokens lead to an accepting one, found backwards from these."""
    before = {}
    for state, row in moves.items():
        for after in row.values():
            before.setdefault(after, []).append(state)
    alive, unseen = set(accepting), list(accepting)
    while unseen:
        for state in before.get(unseen.pop(), ()):
            if state not in alive:
                alive.add(state)
                unseen.append(state)
    return alive
