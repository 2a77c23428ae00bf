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

    @property
    def missing(self) -> list[int]:
        """Its tokens that are not computed yet: of an answer under way the newest alone, else what is left to read."""
        return self.tokens[self.table.length :]


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
        # False sorts before True; among equals the order stays that of arrival.
        for request in sorted(self.running, key=lambda request: len(request.missing) > 1):
            left = self.limits.budget - sum(map(len, plan.values()))
            # A request that an earlier one put out for its blocks no longer runs.
            if left < 1 or request not in self.running:
                continue
            new = request.missing[:left]
            if new == request.missing:
                # The step reaches its last token, so it chooses the next one, and can check drafts of those behind it.
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
        """Counts the new tokens as computed, and once none is missing adds those that follow. Whether it did."""
        before, missing = request.table.length, len(request.missing)
        reached_the_end, drafted = len(new) >= missing, new[missing:]
        request.table.length += len(new)
        if reached_the_end:
            # The last sure token and each draft say what follows them.
            self._extend(request, drafted, vectors[-1 - len(drafted) :])
        self._publish(request, before)
        if len(request.made) == request.count:
            request.table.shrink(self.pool, 0)
            self.running.remove(request)
        return reached_the_end

    def _extend(self, request: Request, drafted: list[int], vectors: Floats) -> None:
        """Adds the tokens that follow, chosen from vectors [1 + drafts, W], and forgets the drafts that were wrong."""
        chosen = follow(logits(self.model, vectors), drafted, len(request.tokens), request.choose)
        request.made += chosen
        self.stats["drafted"] += len(drafted)
        self.stats["accepted"] += len(chosen) - 1
        # The newest token is not computed yet; what stands from its place on was computed for wrong drafts.
        request.table.shrink(self.pool, len(request.tokens) - 1)

    def _publish(self, request: Request, before: int) -> None:
        """Tells the pool which blocks this step filled, where `before` tokens had been computed."""
        size, tokens = self.pool.size, request.tokens
        for at in range(before // size, request.table.length // size):
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
