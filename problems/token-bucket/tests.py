from harness import Random, close, equal, raises

TICK = 8
"""Ticks of a second: every time in the tests is a whole number of them."""
TOLERANCE = 1e-9


class Drips:
    """A bucket by its definition, tick by tick, in eighths of a token: what flows in above the rim is lost."""

    def __init__(self, capacity, rate, now):
        self.capacity, self.rate, self.ticks = capacity * TICK, rate, int(now * TICK)
        self.eighths = self.capacity

    def until(self, now):
        while self.ticks < now * TICK:
            self.ticks += 1
            self.put(self.rate)

    def put(self, eighths):
        self.eighths += eighths
        if self.eighths > self.capacity:
            self.eighths = self.capacity


class Bucket:
    """An answer's bucket and the drips beside it; each call is compared."""

    def __init__(self, answer, capacity, rate, *now):
        self.bucket = answer.TokenBucket(capacity, rate, *now)
        self.drips = Drips(capacity, rate, *(now or (0,)))
        self.held = {}
        self.log = f"b = TokenBucket({', '.join(map(str, (capacity, rate, *now)))})"

    def say(self, call):
        self.log = f"{self.log}; b.{call}"

    def reserve(self, request, tokens, now):
        self.say(f"reserve({request!r}, {tokens}, {now})")
        got = self.bucket.reserve(request, tokens, now)
        self.drips.until(now)
        lacking = tokens * TICK - self.drips.eighths
        close(self.log, got, max(lacking, 0) / TICK / self.drips.rate, TOLERANCE, TOLERANCE)
        if lacking <= 0:
            self.drips.put(-tokens * TICK)
            self.held[request] = tokens
        return lacking <= 0

    def settle(self, request, used, now):
        self.say(f"settle({request!r}, {used}, {now})")
        self.bucket.settle(request, used, now)
        self.drips.until(now)
        self.drips.put((self.held.pop(request) - used) * TICK)
        self.level(now)

    def level(self, now):
        self.drips.until(now)
        got = self.bucket.level(now)
        close(f"{self.log}; b.level({now})", got, self.drips.eighths / TICK, TOLERANCE, TOLERANCE)

    def refused(self, kind, name, *arguments):
        said = ", ".join(map(repr, arguments))
        raises(f"{self.log}; b.{name}({said})", kind, getattr(self.bucket, name), *arguments)


def full_at_first(answer):
    b = Bucket(answer, 10, 2)
    b.level(0)
    b.reserve("a", 6, 0)
    b.level(0)
    b.reserve("b", 4, 0)
    b.level(0)


def waits(answer):
    b = Bucket(answer, 10, 2)
    b.reserve("a", 8, 0)
    b.reserve("b", 5, 0)
    b.level(0)
    b.reserve("b", 5, 1)
    b.reserve("b", 5, 1.5)
    b.level(1.5)


def flows_in(answer):
    b = Bucket(answer, 16, 4, 100)
    b.reserve("a", 16, 100)
    for now in (100.125, 101, 103, 104, 200):
        b.level(now)


def no_more_than_it_holds(answer):
    b = Bucket(answer, 8, 4)
    b.level(100)
    b.reserve("a", 8, 100)
    b.reserve("b", 1, 100)


def refunded(answer):
    b = Bucket(answer, 100, 1)
    b.reserve("a", 90, 0)
    b.reserve("b", 20, 0)
    b.settle("a", 30, 2)
    b.reserve("b", 20, 2)
    b.settle("b", 20, 3)


def refund_overflows(answer):
    b = Bucket(answer, 10, 2)
    b.reserve("a", 6, 0)
    b.settle("a", 1, 2)
    b.level(3)


def all_used(answer):
    b = Bucket(answer, 10, 1)
    b.reserve("a", 6, 0)
    b.settle("a", 6, 0)
    b.reserve("a", 4, 0)
    b.settle("a", 0, 0)


def debt(answer):
    b = Bucket(answer, 10, 2)
    b.reserve("a", 4, 0)
    b.settle("a", 17, 0)
    b.reserve("b", 1, 1)
    b.reserve("b", 0, 1)
    b.reserve("b", 1, 2)


def debt_after_an_overflow(answer):
    # Full at 5 s; what flows in after that is lost and pays no debt.
    b = Bucket(answer, 10, 2)
    b.reserve("a", 4, 0)
    b.settle("a", 12, 60)
    b.level(61)


def nothing_asked(answer):
    b = Bucket(answer, 4, 1)
    b.reserve("a", 4, 0)
    b.reserve("b", 0, 0)
    b.settle("b", 2, 1)


def more_than_it_holds(answer):
    b = Bucket(answer, 10, 2)
    b.refused(ValueError, "reserve", "a", 11, 0)
    b.refused(ValueError, "reserve", "a", -1, 0)
    b.level(0)
    b.reserve("a", 10, 0)


def known_and_unknown(answer):
    b = Bucket(answer, 10, 2)
    b.reserve("a", 3, 0)
    b.refused(ValueError, "reserve", "a", 2, 0)
    b.refused(KeyError, "settle", "b", 2, 0)
    b.reserve("b", 9, 0)
    b.refused(KeyError, "settle", "b", 2, 0)
    b.refused(ValueError, "settle", "a", -1, 0)
    b.level(0)
    b.settle("a", 1, 1)
    b.refused(KeyError, "settle", "a", 1, 1)
    b.level(1)
    b.reserve(0, 1, 1)
    b.reserve("0", 1, 1)
    b.settle(0, 0, 1)
    b.settle("0", 0, 1)


def clock_goes_back(answer):
    b = Bucket(answer, 10, 1, 5)
    b.refused(ValueError, "level", 4)
    b.reserve("a", 10, 6)
    b.refused(ValueError, "reserve", "b", 1, 5.875)
    b.refused(ValueError, "settle", "a", 1, 5)
    b.level(7)
    b.refused(ValueError, "reserve", "b", 1, 6)
    b.reserve("b", 9, 8)
    b.refused(ValueError, "level", 7.5)
    b.settle("a", 10, 8)


def what_is_refused_takes_no_time(answer):
    b = Bucket(answer, 10, 1)
    b.reserve("a", 10, 0)
    b.refused(ValueError, "reserve", "a", 1, 50)
    b.refused(ValueError, "reserve", "b", 99, 60)
    b.refused(KeyError, "settle", "c", 1, 70)
    b.refused(ValueError, "settle", "a", -1, 80)
    b.level(1)


def bad_buckets(answer):
    for capacity, rate in ((0, 1), (-1, 1), (1, 0), (1, -2)):
        raises(f"TokenBucket({capacity}, {rate})", ValueError, answer.TokenBucket, capacity, rate)


class Flat:
    """A fair queue by its definition: one list of all that waits, in the order of submission."""

    def __init__(self, w_in, w_out):
        self.w_in, self.w_out = w_in, w_out
        self.waiting, self.counters, self.last = [], {}, None

    def submit(self, tenant, request, n_in):
        others = [self.counters[name] for name, _, _ in self.waiting]
        mine = self.counters.get(tenant, 0)
        if all(name != tenant for name, _, _ in self.waiting):
            if others:
                mine = max(mine, min(others))
            elif self.last is not None:
                mine = max(mine, self.counters[self.last])
        self.counters[tenant] = mine
        self.waiting.append((tenant, request, n_in))

    def take(self):
        if not self.waiting:
            return None
        least = min(self.counters[tenant] for tenant, _, _ in self.waiting)
        first = next(entry for entry in self.waiting if self.counters[entry[0]] == least)
        self.waiting.remove(first)
        tenant, request, n_in = first
        self.counters[tenant] += self.w_in * n_in
        self.last = tenant
        return tenant, request


class Queue:
    """An answer's fair queue and the flat one beside it; each call is compared."""

    def __init__(self, answer, *weights):
        self.queue = answer.FairQueue(*weights)
        self.flat = Flat(*(weights or (1, 2)))
        self.log = f"f = FairQueue({', '.join(map(str, weights))})"
        self.count = 0

    def say(self, call):
        self.log = f"{self.log}; f.{call}"

    def submit(self, tenant, n_in, request=None):
        self.count += 1
        request = request or f"r{100 - self.count}"
        self.say(f"submit({tenant!r}, {request!r}, {n_in})")
        self.queue.submit(tenant, request, n_in)
        self.flat.submit(tenant, request, n_in)
        self.compare(tenant)

    def take(self):
        self.say("take()")
        expected = self.flat.take()
        equal(self.log, self.queue.take(), expected)
        if expected:
            self.compare(expected[0])
        return expected

    def charge(self, tenant, n_out):
        self.say(f"charge({tenant!r}, {n_out})")
        self.queue.charge(tenant, n_out)
        self.flat.counters[tenant] += self.flat.w_out * n_out
        self.compare(tenant)

    def compare(self, tenant):
        got = self.queue.counter(tenant)
        close(f"{self.log}; f.counter({tenant!r})", got, self.flat.counters.get(tenant, 0), TOLERANCE, TOLERANCE)

    def refused(self, kind, name, *arguments):
        said = ", ".join(map(repr, arguments))
        raises(f"{self.log}; f.{name}({said})", kind, getattr(self.queue, name), *arguments)


def one_tenant(answer):
    f = Queue(answer)
    f.take()
    f.compare("a")
    for n_in in (5, 1, 3):
        f.submit("a", n_in)
    for _ in range(4):
        f.take()


def least_served_first(answer):
    f = Queue(answer)
    for n_in in (100, 100, 100):
        f.submit("long", n_in)
    for n_in in (10, 10, 10, 10):
        f.submit("short", n_in)
    for _ in range(8):
        f.take()


def equal_counters(answer):
    f = Queue(answer)
    for tenant in ("b", "a", "c", "a"):
        f.submit(tenant, 0)
    for _ in range(5):
        f.take()
    f.submit("c", 4)
    f.submit("a", 4)
    f.submit("c", 4)
    for _ in range(3):
        f.take()


def the_oldest_of_equals(answer):
    # "a" was there first, but its oldest request has been taken.
    f = Queue(answer)
    f.submit("a", 0)
    f.submit("b", 0)
    f.submit("a", 0)
    for _ in range(3):
        f.take()


def output_counts(answer):
    f = Queue(answer)
    for tenant in ("a", "a", "b", "b"):
        f.submit(tenant, 10)
    f.take()
    f.charge("a", 8)
    f.take()
    f.charge("b", 1)
    f.take()
    f.charge("b", 30)
    f.take()


def weights(answer):
    f = Queue(answer, 3, 5)
    f.submit("a", 10)
    f.submit("b", 10)
    f.take()
    f.charge("a", 7)
    f.take()


def charged_while_it_waits(answer):
    f = Queue(answer)
    f.submit("a", 1)
    f.submit("a", 1)
    f.submit("b", 3)
    f.take()
    f.charge("a", 0)
    f.charge("a", 4)
    f.take()
    f.take()


def newcomer_is_lifted(answer):
    f = Queue(answer)
    for _ in range(6):
        f.submit("a", 50)
    for _ in range(4):
        f.take()
    f.submit("new", 50)
    f.submit("new", 50)
    for _ in range(4):
        f.take()


def lifted_to_the_least_that_waits(answer):
    # "idle" has the least of all counters, and nothing waiting.
    f = Queue(answer)
    f.submit("idle", 1)
    f.take()
    f.submit("a", 100)
    f.submit("a", 100)
    f.submit("b", 40)
    f.submit("b", 40)
    f.take()
    f.take()
    f.submit("new", 5)
    f.take()
    f.take()
    f.take()


def back_from_idle(answer):
    f = Queue(answer)
    f.submit("a", 10)
    f.submit("b", 10)
    f.submit("b", 90)
    f.submit("b", 10)
    f.take()
    f.take()
    f.take()
    f.submit("a", 10)
    f.submit("a", 10)
    f.take()
    f.take()
    f.take()


def never_lowered(answer):
    f = Queue(answer)
    f.submit("a", 500)
    for n_in in (1, 2, 3):
        f.submit("b", n_in)
    f.take()
    f.submit("a", 1)
    for _ in range(4):
        f.take()


def nobody_waits(answer):
    # Lifted to the tenant that was taken last, as it stands now.
    f = Queue(answer)
    f.submit("a", 100)
    f.submit("b", 30)
    f.take()
    f.take()
    f.charge("b", 25)
    f.submit("new", 1)
    f.submit("a", 1)
    f.take()
    f.take()


def not_lifted_while_it_waits(answer):
    f = Queue(answer)
    f.submit("a", 5)
    f.submit("a", 5)
    f.submit("b", 5)
    f.charge("b", 50)
    f.submit("a", 5)
    f.charge("a", 1)
    f.submit("b", 5)
    for _ in range(5):
        f.take()


def somebody_is_always_served(answer):
    f = Queue(answer)
    f.submit("a", 5)
    f.take()
    f.charge("a", 1000)
    f.submit("b", 1)
    f.take()
    f.submit("a", 5)
    f.submit("a", 5)
    f.take()
    f.take()
    f.take()


def names_of_tenants(answer):
    f = Queue(answer)
    f.submit(1, 5, "x")
    f.submit("1", 5, "x")
    f.submit("", 5, "y")
    f.submit(0, 5, "z")
    for _ in range(5):
        f.take()
    # Tenant 0 was taken last, and then tenant "".
    f.submit("new", 1)
    f.charge("new", 9)
    f.submit("", 40)
    f.take()
    f.take()
    f.submit("newer", 1)


def names_of_requests(answer):
    f = Queue(answer)
    for tenant, request in (("a", "x"), ("b", "x"), ("a", "x"), ("b", 1), ("b", "1")):
        f.submit(tenant, 0, request)
    for _ in range(6):
        f.take()


def bad_submissions(answer):
    f = Queue(answer)
    f.submit("a", 5)
    f.refused(ValueError, "submit", "b", "r9", -1)
    f.refused(KeyError, "charge", "b", 3)
    f.refused(ValueError, "charge", "a", -1)
    f.compare("a")
    f.compare("b")
    f.refused(KeyError, "charge", "b", 3)
    f.take()
    f.submit("c", 50)
    f.submit("c", 50)
    f.take()
    # A submission of "a" would lift it from 5 to 55.
    f.refused(ValueError, "submit", "a", "r8", -2)
    f.compare("a")
    f.take()
    f.take()


def a_pause(answer):
    f = Queue(answer)
    f.submit("a", 10)
    f.submit("b", 30)
    for _ in range(3):
        f.take()
    # "a" is neither waiting nor taken last, and the newcomer is lifted to "b".
    f.charge("a", 1)
    f.submit("new", 0)
    f.take()


def random_buckets(answer):
    rng = Random(31)
    for _ in range(200):
        now = rng.below(5)
        b = Bucket(answer, 1 + rng.below(20), 1 << rng.below(4), now)
        for number in range(8):
            now += rng.below(12) / TICK
            held = list(b.held)
            if held and rng.below(2):
                request = held[rng.below(len(held))]
                b.settle(request, rng.below(b.held[request] + 4), now)
            else:
                b.reserve(number, rng.below(b.drips.capacity // TICK + 1), now)


def random_queues(answer):
    rng = Random(32)
    for _ in range(200):
        f = Queue(answer, 1 + rng.below(2), 1 + rng.below(3))
        for _ in range(14):
            choice = rng.below(5)
            if choice < 2:
                f.submit("abcd"[rng.below(4)], rng.below(6))
            elif choice < 4 or not f.flat.counters:
                f.take()
            else:
                known = sorted(f.flat.counters)
                f.charge(known[rng.below(len(known))], rng.below(5))


CASES = [
    (full_at_first, "开始时是满的", "full at first"),
    (waits, "不够时要等多久", "how long to wait"),
    (flows_in, "随时间流入", "tokens flow in"),
    (no_more_than_it_holds, "满了就溢出", "no more than it holds"),
    (refunded, "退还没用的", "what was not used comes back"),
    (all_used, "全用了，或一个没用", "all used, or none"),
    (refund_overflows, "退还也会溢出", "a refund overflows too"),
    (debt, "用得比预留多：欠账", "more used than reserved: debt"),
    (debt_after_an_overflow, "先流入，再记欠账", "time first, then the debt"),
    (nothing_asked, "预留 0 个", "a reservation of nothing"),
    (more_than_it_holds, "比桶还大的请求", "more than the bucket holds"),
    (known_and_unknown, "重复的请求，没有的请求", "known and unknown requests"),
    (clock_goes_back, "时钟倒退", "a clock that goes back"),
    (what_is_refused_takes_no_time, "被拒绝的调用不推进时钟", "what is refused takes no time"),
    (bad_buckets, "容量、速率不合法", "bad capacities and rates"),
    (one_tenant, "一个租户", "one tenant"),
    (least_served_first, "得到最少的先来", "the least served goes first"),
    (equal_counters, "计数相等", "equal counters"),
    (the_oldest_of_equals, "相等时看最老的请求", "the oldest request of equals"),
    (output_counts, "输出也计数", "output counts"),
    (weights, "输入和输出的权重", "weights of input and output"),
    (charged_while_it_waits, "排队时计数增长", "charged while it waits"),
    (never_lowered, "计数从不降低", "a counter is never lowered"),
    (newcomer_is_lifted, "新来的抬到最小值", "a newcomer is lifted"),
    (nobody_waits, "没有人排队时", "when nobody waits"),
    (lifted_to_the_least_that_waits, "只看在排队的", "only those that wait count"),
    (back_from_idle, "从空闲回来", "back from idle"),
    (not_lifted_while_it_waits, "已在排队的不抬", "who waits already is not lifted"),
    (somebody_is_always_served, "有活就不空转", "somebody is always served"),
    (names_of_tenants, "租户名可以是整数或字符串", "tenants are ints or texts"),
    (names_of_requests, "请求可以同名", "requests of one name"),
    (bad_submissions, "拒绝的调用不留痕迹", "what is refused leaves no trace"),
    (a_pause, "空了一阵之后", "after a pause"),
    (random_buckets, "200 个随机的桶", "200 random buckets"),
    (random_queues, "200 个随机的队列", "200 random queues"),
]
