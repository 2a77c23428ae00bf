"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "empty_at_first",
        "full_at_first",
        "begins with an empty bucket",
        "self.tokens = capacity",
        "self.tokens = 0",
    ),
    (
        "tells_whether",
        "full_at_first",
        "returns True for taken, and no time to wait",
        "        return 0\n",
        "        return True\n",
    ),
    (
        "strictly_more",
        "full_at_first",
        "wants more in the bucket than is asked for",
        "if tokens > self.tokens:",
        "if tokens >= self.tokens:",
    ),
    (
        "waits_for_all",
        "waits",
        "waits for all tokens, not for those that are lacking",
        "(tokens - self.tokens) / self.rate",
        "tokens / self.rate",
    ),
    (
        "takes_what_there_is",
        "waits",
        "takes what is there while the request waits",
        "            return (tokens - self.tokens) / self.rate\n",
        """            lacking = tokens - self.tokens
            self.tokens = 0
            return lacking / self.rate
""",
    ),
    (
        "filled_when_taken_only",
        "waits",
        "notes the time only when tokens are taken, so that a refused request fills twice",
        "        self.last = now\n\n\nclass",
        "\n\nclass",
        "        self.tokens -= tokens\n",
        "        self.tokens -= tokens\n        self.last = now\n",
    ),
    (
        "whole_seconds",
        "waits",
        "fills by whole seconds",
        "self.rate * (now - self.last)",
        "self.rate * int(now - self.last)",
    ),
    (
        "overflows",
        "flows_in",
        "forgets the rim: an idle tenant saves without end",
        "self.tokens = min(self.capacity, self.tokens + self.rate * (now - self.last))",
        "self.tokens = self.tokens + self.rate * (now - self.last)",
    ),
    (
        "no_refund",
        "refunded",
        "keeps what was reserved, used or not",
        "self.tokens + self.reserved.pop(request) - used",
        "self.tokens - max(used - self.reserved.pop(request), 0)",
    ),
    (
        "no_debt",
        "debt",
        "lets go what was used above the reservation",
        "self.tokens + self.reserved.pop(request) - used",
        "self.tokens + max(self.reserved.pop(request) - used, 0)",
    ),
    (
        "empty_at_worst",
        "debt",
        "does not let the bucket fall below 0",
        "min(self.capacity, self.tokens + self.reserved.pop(request) - used)",
        "max(0, min(self.capacity, self.tokens + self.reserved.pop(request) - used))",
    ),
    (
        "debt_before_time",
        "debt_after_an_overflow",
        "settles first and fills afterwards, so that what had overflowed pays the debt",
        "        self.refill(now)\n        self.tokens = min(self.capacity, self.tokens + self.reserved.pop(request) - used)",
        """        if now < self.last:
            raise ValueError(now)
        self.tokens = min(self.capacity, self.tokens + self.reserved.pop(request) - used)
        self.refill(now)""",
    ),
    (
        "waits_for_ever",
        "more_than_it_holds",
        "tells a time to wait for what the bucket never holds",
        "if not 0 <= tokens <= self.capacity:",
        "if tokens < 0:",
    ),
    (
        "negative_reservation",
        "more_than_it_holds",
        "lets a negative reservation fill the bucket",
        "if not 0 <= tokens <= self.capacity:",
        "if tokens > self.capacity:",
    ),
    (
        "reserved_twice",
        "known_and_unknown",
        "forgets the first reservation when the request reserves again",
        """        if request in self.reserved:
            raise ValueError(f"{request} has a reservation; accepted: a new request")
""",
        "",
    ),
    (
        "settled_twice",
        "all_used",
        "leaves the reservation, so that it can be settled again",
        "self.reserved.pop(request)",
        "self.reserved[request]",
    ),
    (
        "settles_strangers",
        "known_and_unknown",
        "takes a request that reserved nothing for one that reserved 0",
        """        if request not in self.reserved:
            raise KeyError(f"{request} has no reservation")
""",
        "",
        "self.reserved.pop(request)",
        "self.reserved.pop(request, 0)",
    ),
    (
        "who_waits_has_reserved",
        "known_and_unknown",
        "notes the reservation of a request that has to wait",
        "        if tokens > self.tokens:\n",
        "        if tokens > self.tokens:\n            self.reserved[request] = 0\n",
        '        if request in self.reserved:\n            raise ValueError(f"{request} has a',
        '        if self.reserved.get(request, 0):\n            raise ValueError(f"{request} has a',
    ),
    (
        "negative_use",
        "known_and_unknown",
        "refunds more than was reserved",
        '        if used < 0:\n            raise ValueError(f"{used} tokens were used; accepted: 0 or more")\n',
        "",
    ),
    (
        "clock_back",
        "clock_goes_back",
        "takes a clock that goes back for one that stands",
        """        if now < self.last:
            raise ValueError(f"now is {now}, after {self.last}; accepted: a clock that never goes back")
""",
        "        now = max(now, self.last)\n",
    ),
    (
        "fills_before_it_checks",
        "what_is_refused_takes_no_time",
        "moves the clock on before it looks at the request",
        """        if request in self.reserved:
            raise ValueError(f"{request} has a""",
        """        self.refill(now)
        if request in self.reserved:
            raise ValueError(f"{request} has a""",
    ),
    (
        "any_rate",
        "bad_buckets",
        "checks the capacity and not the rate",
        "if capacity <= 0 or rate <= 0:",
        "if capacity <= 0:",
    ),
    (
        "newest_first",
        "one_tenant",
        "takes a tenant's newest request",
        ".popleft()",
        ".pop()",
    ),
    (
        "raises_when_empty",
        "one_tenant",
        "lets min() fail where nothing waits",
        "        if not self.waiting:\n            return None\n",
        "",
    ),
    (
        "counts_requests",
        "one_tenant",
        "counts requests: round robin, for which a long one weighs as much as a short one",
        "self.w_in * n_in",
        "1",
    ),
    (
        "first_come_first_served",
        "least_served_first",
        "takes the oldest request of all",
        "(self.counters[name], self.waiting[name][0])",
        "self.waiting[name][0]",
    ),
    (
        "ties_by_arrival_of_the_tenant",
        "equal_counters",
        "takes the tenant that has waited first among equals, as a dict keeps it",
        "(self.counters[name], self.waiting[name][0])",
        "self.counters[name]",
    ),
    (
        "output_as_input",
        "output_counts",
        "counts an output token like an input token",
        "self.w_out * n_out",
        "self.w_in * n_out",
    ),
    (
        "fixed_weights",
        "weights",
        "has the weights 1 and 2 built in",
        "        self.w_in = w_in\n        self.w_out = w_out\n",
        "        self.w_in, self.w_out = 1, 2\n",
    ),
    (
        "newcomer_at_zero",
        "newcomer_is_lifted",
        "lets a newcomer begin at 0, and so take all until it has caught up",
        "max(self.counter(tenant), self.floor())",
        "self.counter(tenant)",
    ),
    (
        "least_of_all_ever_seen",
        "lifted_to_the_least_that_waits",
        "lifts to the least counter of all, idle tenants among them",
        "return min(self.counters[tenant] for tenant in self.waiting)",
        "return min(self.counters.values())",
    ),
    (
        "lifted_once",
        "back_from_idle",
        "lifts a newcomer alone, so that who was idle has saved the time up",
        "max(self.counter(tenant), self.floor())",
        "self.counters[tenant] if tenant in self.counters else self.floor()",
    ),
    (
        "set_to_the_least",
        "never_lowered",
        "sets the counter to the least of the others, and so forgives what was received",
        "max(self.counter(tenant), self.floor())",
        "self.floor()",
    ),
    (
        "forgets_the_last",
        "nobody_waits",
        "lifts to nothing where nobody waits",
        "return self.counter(self.taken_last)",
        "return 0",
    ),
    (
        "last_counter_as_it_was",
        "nobody_waits",
        "remembers the counter of the last tenant, without what it was charged since",
        "return self.counter(self.taken_last)",
        "return self.taken_last or 0",
        "self.taken_last = tenant",
        "self.taken_last = self.counters[tenant]",
    ),
    (
        "lifted_at_each_request",
        "not_lifted_while_it_waits",
        "lifts at every request",
        "        self.waiting[tenant].append(",
        """        others = [self.counters[name] for name in self.waiting if name != tenant]
        if others:
            self.counters[tenant] = max(self.counters[tenant], min(others))
        self.waiting[tenant].append(""",
    ),
    (
        "waits_for_the_least_served",
        "least_served_first",
        "holds the machine for the tenant that has received least, though it has no request",
        "        _, request, n_in =",
        """        if self.counters[tenant] > min(self.counters.values()):
            return None
        _, request, n_in =""",
    ),
    (
        "tenants_as_texts",
        "names_of_tenants",
        "takes tenant 1 and tenant '1' for one",
        "        if tenant not in self.waiting:\n            # Whoever",
        "        tenant = str(tenant)\n        if tenant not in self.waiting:\n            # Whoever",
        "return self.counters.get(tenant, 0)",
        "return self.counters.get(str(tenant), 0)",
    ),
    (
        "registers_what_it_refuses",
        "bad_submissions",
        "lets a negative number of tokens lower the counter",
        '        if n_in < 0:\n            raise ValueError(f"{n_in} input tokens; accepted: 0 or more")\n',
        "",
    ),
    (
        "charges_strangers",
        "bad_submissions",
        "opens a counter for a tenant that never submitted",
        '        if tenant not in self.counters:\n            raise KeyError(f"{tenant} has never submitted a request")\n',
        "        self.counters.setdefault(tenant, 0)\n",
    ),
    (
        "lifts_before_it_checks",
        "bad_submissions",
        "lifts the counter of a tenant whose request it then refuses",
        """        if n_in < 0:
            raise ValueError(f"{n_in} input tokens; accepted: 0 or more")
""",
        """        if tenant in self.counters and tenant not in self.waiting:
            self.counters[tenant] = max(self.counter(tenant), self.floor())
        if n_in < 0:
            raise ValueError(f"{n_in} input tokens; accepted: 0 or more")
""",
    ),
    (
        "look_registers",
        "bad_submissions",
        "opens a counter for a tenant that was only asked about, as a defaultdict does",
        "return self.counters.get(tenant, 0)",
        "return self.counters.setdefault(tenant, 0)",
    ),
    (
        "negative_output",
        "bad_submissions",
        "lets a negative charge through",
        '        if n_out < 0:\n            raise ValueError(f"{n_out} output tokens; accepted: 0 or more")\n',
        "",
    ),
    (
        "a_tenant_named_0",
        "names_of_tenants",
        "takes the tenant 0, or an empty name, for nobody",
        "return self.counter(self.taken_last)",
        "return self.counter(self.taken_last) if self.taken_last else 0",
    ),
    (
        "takes_all_of_a_name",
        "names_of_requests",
        "removes every waiting request that has the name of the one taken",
        "        if not self.waiting[tenant]:\n",
        """        self.waiting[tenant] = deque(entry for entry in self.waiting[tenant] if entry[1] != request)
        if not self.waiting[tenant]:
""",
    ),
    (
        "removes_the_later_of_a_name",
        "names_of_requests",
        "removes the newest request of that name, so that the tenant seems to wait longer",
        "        _, request, n_in = self.waiting[tenant].popleft()\n",
        """        _, request, n_in = self.waiting[tenant][0]
        same = [entry for entry in self.waiting[tenant] if entry[1:] == (request, n_in)]
        self.waiting[tenant].remove(same[-1])
""",
    ),
    (
        "charges_who_is_near",
        "a_pause",
        "knows no tenant but those that wait and the one taken last",
        "        if tenant not in self.counters:\n",
        "        if tenant not in self.waiting and tenant != self.taken_last:\n",
    ),
    (
        "charged_is_taken",
        "a_pause",
        "takes the tenant that was charged last for the one taken last",
        "        self.counters[tenant] += self.w_out * n_out\n",
        "        self.counters[tenant] += self.w_out * n_out\n        self.taken_last = tenant\n",
    ),
    (
        "forgets_when_empty",
        "names_of_tenants",
        "forgets who was taken last when a take finds nothing",
        "            return None\n",
        "            self.taken_last = None\n            return None\n",
    ),
    (
        "lifts_by_tokens",
        "a_pause",
        "does not lift a tenant whose request has no input tokens",
        "max(self.counter(tenant), self.floor())",
        "max(self.counter(tenant), self.floor() if n_in else 0)",
    ),
]
