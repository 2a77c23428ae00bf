"""A trie over the vocabulary, walked together with the automaton; masks as one large int, cut into words."""


class Node:
    __slots__ = ("children", "ids")

    def __init__(self):
        self.children, self.ids = {}, []


class Guide:
    def __init__(self, transitions, start, accepting, vocabulary, eos):
        if eos not in range(len(vocabulary)):
            raise ValueError("eos is no token")
        self.n, self.eos, self.accepting = len(vocabulary), eos, frozenset(accepting)
        root = Node()
        for i, text in enumerate(vocabulary):
            if i != eos and text:
                node = root
                for c in text:
                    node = node.children.setdefault(c, Node())
                node.ids.append(i)
        self.table = {}
        todo = [start]
        while todo:
            state = todo.pop()
            if state in self.table:
                continue
            row = self.table[state] = {}
            stack = [(state, root)]
            while stack:
                here, node = stack.pop()
                for i in node.ids:
                    row[i] = here
                for c, after in transitions.get(here, {}).items():
                    if c in node.children:
                        stack.append((after, node.children[c]))
            todo.extend(row.values())
        live = {state for state in self.table if state in self.accepting}
        grown = True
        while grown:
            more = {s for s, row in self.table.items() if s not in live and not live.isdisjoint(row.values())}
            live |= more
            grown = bool(more)
        if start not in live:
            raise ValueError("the grammar is empty")
        self.table = {s: {i: t for i, t in row.items() if t in live} for s, row in self.table.items() if s in live}
        self.bits = {}
        for state, row in self.table.items():
            self.bits[state] = sum(1 << i for i in row) | (state in self.accepting) << eos

    def mask(self, state):
        bits = self.bits.get(state, 0)
        return [bits >> at & 0xFFFFFFFF for at in range(0, self.n, 32)]

    def apply(self, logits, state):
        if len(logits) != self.n:
            raise ValueError(f"{len(logits)} logits for {self.n} tokens")
        bits = self.bits.get(state, 0)
        return [x if bits >> i & 1 else float("-inf") for i, x in enumerate(logits)]

    def advance(self, state, token):
        if token < 0 or not self.bits.get(state, 0) >> token & 1:
            raise ValueError("not allowed")
        return None if token == self.eos else self.table[state][token]
