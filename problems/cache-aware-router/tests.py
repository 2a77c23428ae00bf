from harness import Random, entry, equal, holds, raises


class Model:
    """A router and, beside it, what the statement says of replicas: prefixes as whole lists, in order of use."""

    def __init__(self, answer, block_size, capacity, weight=1):
        self.router = answer.Router(block_size, capacity, weight)
        self.block_size, self.capacity, self.weight = block_size, capacity, weight
        # Of each replica: name, prefixes from the longest unused to the latest, [request, tokens] as they came.
        self.replicas = []
        self.log = f"Router({block_size}, {capacity}, {weight})"

    def say(self, call):
        self.log = f"{self.log}; {call}"
        if len(self.log) > 300:
            self.log = f"… {self.log[-280:]}"

    def of(self, name):
        return next(replica for replica in self.replicas if replica[0] == name)

    def check(self):
        for name, cached, running in self.replicas:
            got = self.router.stats(name)
            expected = {
                "requests": len(running),
                "load": sum([count for _, count in running]),
                "blocks": len(cached),
            }
            for key in ("requests", "load", "blocks"):
                given = f'{self.log}; stats({name!r})["{key}"]'
                equal(given, entry(f"{self.log}; stats({name!r})", got, key), expected[key])

    def add(self, *names):
        for name in names:
            self.say(f"add({name!r})")
            self.router.add(name)
            self.replicas.append((name, [], []))
            self.check()

    def remove(self, name):
        self.say(f"remove({name!r})")
        got = self.router.remove(name)
        equal(self.log, got, [request for request, _ in self.of(name)[2]])
        self.replicas = [replica for replica in self.replicas if replica[0] != name]
        self.check()

    def prefixes(self, tokens):
        return [tokens[:end] for end in range(self.block_size, len(tokens) + 1, self.block_size)]

    def chosen(self, tokens):
        """The best replica: every rule in turn."""
        best = None
        for replica in self.replicas:
            hit = 0
            for prefix in self.prefixes(tokens):
                if len(prefix) == hit + self.block_size and len(prefix) < len(tokens) and prefix in replica[1]:
                    hit = len(prefix)
            load = sum([count for _, count in replica[2]])
            cost = self.weight * (len(tokens) - hit) + load
            if best is None or cost < best[0] or (cost == best[0] and hit > best[1]):
                best = cost, hit, replica
        return best[2]

    def route(self, request, tokens):
        self.say(f"route({request!r}, {tokens})")
        given = list(tokens)
        got = self.router.route(request, given)
        name, cached, running = self.chosen(tokens)
        equal(self.log, got, name)
        equal((f"{self.log}；之后的 tokens", f"{self.log}; tokens afterwards"), given, tokens)
        # The caller goes on with a list of its own.
        given.clear()
        for prefix in self.prefixes(tokens)[::-1]:
            if prefix in cached:
                cached.remove(prefix)
            cached.append(prefix)
        while len(cached) > self.capacity:
            cached.pop(0)
        running.append([request, len(tokens)])
        self.check()
        return got

    def finish(self, request):
        self.say(f"finish({request!r})")
        self.router.finish(request)
        for _, _, running in self.replicas:
            for entry_of in running:
                if entry_of[0] == request:
                    running.remove(entry_of)
                    break
        self.check()

    def refused(self, kind, call, method, *arguments):
        raises(f"{self.log}; {call}", kind, method, *arguments)
        self.check()


def one_replica(answer):
    model = Model(answer, 4, 10)
    model.add("a")
    model.route(1, [1, 2, 3])
    model.route(2, [1, 2, 3, 4, 5])
    model.finish(1)
    model.finish(2)


def idle_one_first(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b", "c")
    for request in range(6):
        model.route(request, [10 * request, 1])


def first_joined_on_ties(answer):
    model = Model(answer, 2, 10)
    model.add("z", "b", "a")
    model.route(1, [1, 2])
    model.finish(1)
    model.route(2, [5, 6])


def cached_prefix_wins(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b")
    model.route(1, [7, 7, 7])
    model.route(2, [1, 2, 3, 4, 5])
    model.finish(1)
    model.finish(2)
    model.route(3, [1, 2, 3, 4, 6])


def load_outweighs_a_hit(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b")
    for request in range(6):
        model.route(request, [1, 2, 3, 4, 5])


def larger_hit_on_ties(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b")
    model.route(0, [9])
    model.route(1, [1, 2, 3, 4])
    model.finish(0)
    # a is idle and has 5 tokens to compute, b has a load of 4 and 1 to compute.
    model.route(2, [1, 2, 3, 4, 5])


def weights(answer):
    for weight in (0, 0.5, 2, 3):
        model = Model(answer, 2, 20, weight)
        model.add("a", "b", "c")
        for request in range(12):
            model.route(request, [1, 2, 3, 4, 5, 6, 7])


def default_weight(answer):
    homes = []
    for router in (answer.Router(2, 20), answer.Router(2, 20, 1)):
        for name in ("a", "b"):
            router.add(name)
        # b for the third unless the weight is below 0.5, a for the fourth unless it is above 1.75.
        prompts = [9, 9], [1, 2, 3, 4], [1, 2, 3, 4, 5], [1, 2, 3, 4, 6]
        homes.append([router.route(request, list(tokens)) for request, tokens in enumerate(prompts)])
    equal(("Router(2, 20)：四个请求", "Router(2, 20): four requests"), homes[0], homes[1])


def whole_blocks_count(answer):
    model = Model(answer, 4, 10)
    model.add("a", "b")
    model.route(1, [9, 9, 9, 9, 9, 9, 9])
    model.route(2, [1, 2, 3, 4, 5, 6, 7])
    model.finish(1)
    model.finish(2)
    # Three equal tokens are not a block: no hit, and the first one takes it.
    model.route(3, [1, 2, 3, 8, 8])
    model.finish(3)
    model.route(4, [1, 2, 3, 4, 5, 6, 0])


def what_stands_before(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b")
    model.route(1, [9])
    model.route(2, [1, 2, 3, 4, 0])
    model.finish(1)
    model.finish(2)
    # The same second block after another first one is another block.
    model.route(3, [5, 6, 3, 4, 0])
    model.finish(3)
    model.route(4, [3, 4, 1, 2, 0])
    model.finish(4)
    # Written one after the other, these two blocks have the same digits.
    model.route(5, [1, 23, 0])
    model.finish(5)
    model.route(6, [12, 3, 0])


def one_token_to_compute(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b")
    model.route(0, [9])
    model.route(1, [1, 2, 3, 4])
    model.finish(0)
    model.finish(1)
    model.route(2, [8] * 9)
    model.route(3, [6, 6, 6])
    model.finish(2)
    # b has both blocks and may use one: 2 to compute and a load of 3 are more than 4 to compute on a.
    model.route(4, [1, 2, 3, 4])


def least_recent_goes(answer):
    model = Model(answer, 2, 3)
    model.add("a", "b")
    model.route(0, [0] * 9)
    for request, first in ((1, 10), (2, 20), (3, 30)):
        model.route(request, [first, 1])
        model.finish(request)
    model.route(4, [10, 1, 5])
    model.finish(4)
    model.route(5, [40, 1])
    model.finish(5)
    model.finish(0)
    for request, first in ((6, 10), (7, 20), (8, 30)):
        model.route(request, [first, 1, 1])
        model.finish(request)


def no_hit_and_yet_used(answer):
    model = Model(answer, 2, 2)
    model.add("a", "b")
    model.route(0, [0] * 20)
    # The second [1, 2] has no hit, since a token is to be computed, and uses its block all the same.
    for request, tokens in ((1, [1, 2]), (2, [3, 4]), (3, [1, 2]), (4, [5, 6])):
        model.route(request, tokens)
        model.finish(request)
    model.finish(0)
    model.route(5, [1, 2, 9])


def ends_go_first(answer):
    model = Model(answer, 2, 3)
    model.add("a", "b")
    model.route(0, [0] * 20)
    model.route(1, [1, 2, 3, 4])
    model.finish(1)
    model.route(2, [5, 6, 7, 8])
    model.finish(2)
    model.finish(0)
    model.route(3, [1, 2, 9])


def longer_than_the_cache(answer):
    model = Model(answer, 2, 2)
    model.add("a", "b")
    model.route(0, [0] * 20)
    model.route(1, [1, 2, 3, 4, 5, 6, 7, 8, 9])
    model.finish(1)
    model.finish(0)
    model.route(2, [1, 2, 3, 4, 7])


def no_cache(answer):
    model = Model(answer, 2, 0)
    model.add("a", "b")
    for request in range(4):
        model.route(request, [1, 2, 3])


def others_are_left_alone(answer):
    model = Model(answer, 2, 2)
    model.add("a", "b")
    model.route(0, [1, 2, 9])
    model.route(1, [1, 2, 8])
    model.finish(0)
    model.finish(1)
    # a has [1, 2] and [3, 4]; b takes [1, 2] in between.
    model.route(2, [3, 4])
    model.route(3, [1, 2, 7, 7])
    model.finish(2)
    model.route(4, [5, 6])
    for request in (3, 4):
        model.finish(request)
    model.route(5, [1, 2, 0])
    model.finish(5)
    model.route(6, [3, 4, 0])


def finished_load_goes(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b")
    model.route(1, [1, 2, 3, 4, 5])
    model.route(2, [1, 2, 3, 4, 6])
    model.finish(1)
    model.route(3, [1, 2, 3, 4, 7])
    model.finish(2)
    model.finish(3)
    model.route(1, [1, 2, 3, 4, 8])


def a_replica_leaves(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b")
    for request, tokens in (("r", [1, 2, 3]), ("q", [4, 5]), ("p", [1, 2, 3]), ("o", [1, 2, 4])):
        model.route(request, tokens)
    model.finish("r")
    model.route("n", [1, 2, 5])
    model.remove("a")
    for request in ("p", "n"):
        model.route(request, [1, 2, 6])


def comes_back_empty(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b")
    model.route(1, [1, 2, 3])
    model.remove("a")
    model.add("a")
    # b joined before a now.
    model.route(1, [1, 2, 3])
    model.route(2, [4, 5, 6])


def a_new_replica(answer):
    model = Model(answer, 2, 10)
    model.add("a")
    model.route(1, [1, 2, 3])
    model.route(2, [1, 2, 4])
    model.add("b")
    model.route(3, [1, 2, 5])
    model.route(4, [1, 2, 5])


def no_replica(answer):
    model = Model(answer, 2, 10)
    model.refused(RuntimeError, "route(1, [1])", model.router.route, 1, [1])
    model.add("a")
    model.route(1, [1])
    model.remove("a")
    model.refused(RuntimeError, "route(1, [1])", model.router.route, 1, [1])


def unknown_names(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b")
    model.route(1, [1, 2, 3])
    for call, name in ((model.router.remove, "c"), (model.router.stats, "c"), (model.router.finish, 2)):
        model.refused(KeyError, f"{call.__name__}({name!r})", call, name)
    model.finish(1)
    model.refused(KeyError, "finish(1)", model.router.finish, 1)
    model.route(1, [1, 2, 3])
    model.remove("a")
    # What was taken back is running no more.
    model.refused(KeyError, "finish(1)", model.router.finish, 1)
    model.refused(KeyError, "remove('a')", model.router.remove, "a")


def taken_names(answer):
    model = Model(answer, 2, 10)
    model.add("a", "b")
    model.route(1, [1, 2, 3])
    model.refused(ValueError, "add('a')", model.router.add, "a")
    model.refused(ValueError, "route(1, [4, 5])", model.router.route, 1, [4, 5])
    model.route(2, [1, 2, 3])


def ints_and_strs(answer):
    model = Model(answer, 2, 10)
    model.add(0, "0", "")
    for request in (0, "0", "", 1):
        model.route(request, [1, 2, 3])
    for request in (0, "0", ""):
        model.refused(ValueError, f"route({request!r}, [4])", model.router.route, request, [4])
    model.finish("0")
    model.remove(0)
    model.route("0", [1, 2, 4])


def no_tokens(answer):
    model = Model(answer, 2, 10)
    model.add("a")
    model.refused(ValueError, "route(1, [])", model.router.route, 1, [])
    model.route(1, [3])


def bad_settings(answer):
    for arguments in ((0, 1, 1), (-2, 1, 1), (1, -1, 1), (1, 1, -0.5)):
        raises(f"Router{arguments}", ValueError, answer.Router, *arguments)


def hot_prefix_spreads(answer):
    model = Model(answer, 4, 50, 2)
    model.add("a", "b", "c", "d")
    counts = {"a": 0, "b": 0, "c": 0, "d": 0}
    for request in range(24):
        counts[model.route(request, [1, 2, 3, 4, 5, 6, 7, 8, request])] += 1
    words = ("四个副本都有 5 到 7 个", "5 to 7 on each of the four")
    holds(
        ("24 个请求，前缀相同", "24 requests, one prefix"),
        all([5 <= n <= 7 for n in counts.values()]),
        words,
        str(counts),
    )


def random_traffic(answer):
    rng = Random(38)
    for _ in range(200):
        model = Model(answer, 1 + rng.below(3), rng.below(8), (0, 0.5, 1, 2)[rng.below(4)])
        model.add(0)
        running, request, spare = [], 0, 1
        for _ in range(14):
            action = rng.below(12)
            if action == 0:
                model.add(spare)
                spare += 1
            elif action == 1 and len(model.replicas) > 1:
                model.remove(model.replicas[rng.below(len(model.replicas))][0])
                running = [name for _, _, some in model.replicas for name, _ in some]
            elif action < 5 and running:
                model.finish(running.pop(rng.below(len(running))))
            else:
                first = rng.below(2)
                model.route(request, [first] * (1 + rng.below(5)) + [rng.below(2) for _ in range(rng.below(4))])
                running.append(request)
                request += 1


CASES = [
    (one_replica, "一个副本", "one replica"),
    (idle_one_first, "负载小的先接", "the least loaded first"),
    (first_joined_on_ties, "平手时先加入的先接", "the first to join on ties"),
    (cached_prefix_wins, "缓存了前缀的接", "the one with the prefix"),
    (load_outweighs_a_hit, "负载压过命中", "load outweighs a hit"),
    (larger_hit_on_ties, "平手时命中多的接", "the larger hit on ties"),
    (weights, "别的权重", "other weights"),
    (default_weight, "默认的权重", "the weight by default"),
    (whole_blocks_count, "只算整块", "whole blocks count"),
    (what_stands_before, "块由前文决定", "a block and what stands before it"),
    (one_token_to_compute, "至少留一个 Token 要算", "at least one token to compute"),
    (longer_than_the_cache, "提示比缓存长", "a prompt longer than the cache"),
    (least_recent_goes, "淘汰最久未用的", "the least recently used goes"),
    (no_hit_and_yet_used, "没有命中也算使用", "used without a hit"),
    (ends_go_first, "一个前缀里末尾先走", "ends of prefixes go first"),
    (no_cache, "缓存容量为 0", "a capacity of 0"),
    (others_are_left_alone, "没被选中的不变", "those not chosen do not change"),
    (finished_load_goes, "完成后负载消失", "finished load is gone"),
    (a_replica_leaves, "一个副本离开", "a replica leaves"),
    (comes_back_empty, "离开再来是空的", "one that comes back is empty"),
    (a_new_replica, "新来一个副本", "a new replica"),
    (no_replica, "没有副本", "no replica"),
    (unknown_names, "不存在的名字", "unknown names"),
    (taken_names, "已有的名字", "names that are taken"),
    (ints_and_strs, "整数和字符串的名字", "ints and strs as names"),
    (no_tokens, "没有 Token", "no tokens"),
    (bad_settings, "拒绝不合的参数", "settings that do not fit are refused"),
    (hot_prefix_spreads, "热门前缀散开", "a hot prefix spreads"),
    (random_traffic, "200 段随机流量", "200 random traces"),
]
