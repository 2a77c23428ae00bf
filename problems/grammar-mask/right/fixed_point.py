"""Dead states are removed until none is left; plain loops and lists of bools."""


class Guide:
    def __init__(self, transitions, start, accepting, vocabulary, eos):
        if not (eos >= 0 and eos < len(vocabulary)):
            raise ValueError("eos")
        self.count = len(vocabulary)
        self.end = eos
        self.final = accepting
        states = [start]
        table = {}
        for state in states:
            row = []
            for token in range(self.count):
                text = vocabulary[token]
                target = state
                if token == eos or len(text) == 0:
                    row.append(None)
                    continue
                for c in text:
                    if target is None:
                        break
                    target = transitions.get(target, {}).get(c, None)
                row.append(target)
                if target is not None and target not in states:
                    states.append(target)
            table[state] = row
        useful = {}
        for state in states:
            useful[state] = state in accepting
        changed = True
        while changed:
            changed = False
            for state in states:
                if not useful[state]:
                    for target in table[state]:
                        if target is not None and useful[target]:
                            useful[state] = True
                            changed = True
                            break
        if not useful[start]:
            raise ValueError("no text")
        for state in states:
            for token in range(self.count):
                target = table[state][token]
                if target is not None and not useful[target]:
                    table[state][token] = None
        self.table = table

    def ok(self, state, token):
        if state is None or token < 0 or token >= self.count:
            return False
        if token == self.end:
            return state in self.final
        return self.table[state][token] is not None

    def mask(self, state):
        words = []
        token = 0
        while token < self.count:
            word = 0
            for bit in range(32):
                if self.ok(state, token + bit):
                    word += 2**bit
            words.append(word)
            token += 32
        return words

    def apply(self, logits, state):
        if len(logits) != self.count:
            raise ValueError("logits")
        out = []
        for token in range(self.count):
            out.append(logits[token] if self.ok(state, token) else float("-inf"))
        return out

    def advance(self, state, token):
        if not self.ok(state, token):
            raise ValueError("token")
        if token == self.end:
            return None
        return self.table[state][token]
