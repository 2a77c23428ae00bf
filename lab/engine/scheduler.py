"""Step 8, continuous batching with chunked prefill, on paged KV.

A request is its tokens, of which the first `table.length` are computed. Each step hands out a budget of tokens: to
each running request those not computed yet, as far as the budget goes. Of an answer under way that is one token, of a
prompt a chunk; nothing else tells decode from prefill. A request whose tokens are all computed gets its next one. Where
the pool has no block left, the youngest request is put out, and computed again when there is room.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from lab.engine.model import Model, forward, logits
from lab.engine.paged import BlockPool, PagedStep, Table
from lab.engine.sampling import greedy
from lab.engine.shapes import Choose, Floats

Draft = Callable[[list[int], int], list[int]]
"""(tokens so far, how many at most) to the tokens that may follow; step 10 has one."""


@dataclass(eq=False)
class Request:
    """A prompt, the answer so far, and where its keys and values are."""

    prompt: list[int]
    count: int
    """Tokens that are wanted."""
    choose: Choose = greedy
    made: list[int] = field(default_factory=list)
    table: Table = field(default_factory=Table)

    @property
    def tokens(self) -> list[int]:
        return self.prompt + self.made


@dataclass(frozen=True)
class Limits:
    """What a step and the scheduler may hold."""

    seats: int = 8
    """Requests that run at a time."""
    budget: int = 256
    """Tokens of a step; a longer prompt is read in chunks."""
    static: bool = False
    """Whether new requests wait until all that run are done, as in static batching."""


def no_draft(tokens: list[int], most: int) -> list[int]:
    """Drafts nothing: a token a step."""
    return []


class Scheduler:
    """Runs requests; `step` until `busy` is False. What it did is counted in `stats`."""

    def __init__(self, model: Model, pool: BlockPool, limits: Limits, draft: Draft = no_draft) -> None:
        self.model, self.pool, self.limits, self.draft = model, pool, limits, draft
        self.waiting: deque[Request] = deque()
        self.running: list[Request] = []
        self.stats = dict.fromkeys(("steps", "rows", "cached", "preempted", "drafted", "accepted"), 0)

    @property
    def busy(self) -> bool:
        return bool(self.waiting or self.running)

    def add(self, request: Request) -> None:
        """Queues the request. Raises ValueError where it can never run."""
        length, room = len(request.prompt) + request.count, self.pool.blocks * self.pool.size
        if not request.prompt or request.count < 1 or length > room:
            raise ValueError(
                f"the request has {len(request.prompt)} tokens and asks for {request.count}; "
                f"accepted: one or more of each, together at most {room}, which is all the pool holds"
            )
        self.waiting.append(request)

    def step(self) -> list[Request]:
        """One forward pass over what `_plan` chose. Gives the requests that got tokens."""
        self._admit()
        plan = self._plan()
        requests, counts = list(plan), [len(new) for new in plan.values()]
        paged = PagedStep(self.pool, [request.table for request in requests], counts)
        rows = np.array([token for new in plan.values() for token in new])
        vectors = forward(self.model, rows, paged.positions(), paged.attend)
        self.stats["steps"] += 1
        self.stats["rows"] += len(rows)
        ends = np.cumsum(counts)
        return [
            request
            for request, end, new in zip(requests, ends, plan.values(), strict=True)
            if self._advance(request, new, vectors[end - len(new) : end])
        ]

    def _admit(self) -> None:
        """Takes waiting requests in, oldest first, while there are seats."""
        if self.limits.static and self.running:
            return
        while self.waiting and len(self.running) < self.limits.seats:
            request = self.waiting.popleft()
            tokens = request.tokens
            # The last token is always computed, as its logits are wanted.
            request.table.blocks = self.pool.match(tokens[:-1])
            request.table.length = len(request.table.blocks) * self.pool.size
            self.stats["cached"] += request.table.length
            self.running.append(request)

    # --8<-- [start:plan]
    def _plan(self) -> dict[Request, list[int]]:
        """The tokens that each request computes in this step: answers under way first, then prompts by age."""
        plan: dict[Request, list[int]] = {}
        order = sorted(self.running, key=lambda request: len(request.tokens) - request.table.length > 1)
        for request in order:
            left = self.limits.budget - sum(map(len, plan.values()))
            if left < 1 or request not in self.running:
                continue
            new = request.tokens[request.table.length :][:left]
            if request.table.length + len(new) == len(request.tokens):
                new = new + self._drafted(request, left - len(new))
            if self._seated(request, request.table.length + len(new), plan):
                plan[request] = new
        return plan

    # --8<-- [end:plan]

    def _drafted(self, request: Request, left: int) -> list[int]:
        # The last token that is wanted is chosen, never drafted.
        most = min(left, request.count - len(request.made) - 1)
        return self.draft(request.tokens, most)[:most] if most > 0 else []

    def _seated(self, request: Request, length: int, plan: dict[Request, list[int]]) -> bool:
        """Gets blocks for `length` tokens, putting out the youngest others. False where it is itself the youngest."""
        while not request.table.grow(self.pool, length):
            youngest = self.running.pop()
            youngest.table.shrink(self.pool, 0)
            plan.pop(youngest, None)
            self.waiting.appendleft(youngest)
            self.stats["preempted"] += 1
            if youngest is request:
                return False
        return True

    def _advance(self, request: Request, new: list[int], vectors: Floats) -> bool:
        """Counts the tokens as computed, and adds those that follow. Whether any did."""
        table, tokens = request.table, request.tokens
        drafted = new[len(tokens) - table.length :]
        table.length += len(new)
        if table.length >= len(tokens):
            scores = logits(self.model, vectors[len(new) - len(drafted) - 1 :])
            accepted = follow(scores, drafted, len(tokens), request.choose)
            request.made += accepted
            self.stats["drafted"] += len(drafted)
            self.stats["accepted"] += len(accepted) - 1
            # What was computed for rejected drafts is forgotten.
            table.shrink(self.pool, len(request.tokens) - 1)
        self._publish(request, table.length - len(new))
        if done := len(request.made) == request.count:
            table.shrink(self.pool, 0)
            self.running.remove(request)
        return done or table.length >= len(tokens)

    def _publish(self, request: Request, before: int) -> None:
        """Tells the pool which blocks this step filled."""
        size, tokens = self.pool.size, request.tokens
        for at in range(max(before, 0) // size, request.table.length // size):
            self.pool.publish(request.table.blocks[at], tokens[: (at + 1) * size])

    def run(self, requests: list[Request]) -> list[list[int]]:
        """The answers to requests that are all there from the start."""
        for request in requests:
            self.add(request)
        while self.busy:
            self.step()
        return [request.made for request in requests]


# --8<-- [start:follow]
def follow(scores: Floats, drafted: list[int], place: int, choose: Choose) -> list[int]:
    """The tokens that follow, chosen from scores [1 + drafts, V] for as long as each draft is what is chosen.

    The first row is of the last sure token. A row holds only if the drafts before it were right, so the first choice
    that differs from its draft is the last that counts. `place` is that of the first choice in the sequence.
    """
    made: list[int] = []
    for at, row in enumerate(scores):
        made.append(choose(row, place + at))
        if at < len(drafted) and drafted[at] != made[at]:
            break
    return made


# --8<-- [end:follow]
