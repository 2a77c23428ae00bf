from harness import Random, equal, holds, raises


class Shadow:
    """A cache that scans all of its entries, [key, value, uses, time of the last use], for the one to evict."""

    def __init__(self, kind, capacity):
        self.kind, self.capacity = kind, capacity
        self.entries, self.time = [], 0

    def found(self, key):
        for entry in self.entries:
            if entry[0] == key:
                return entry
        return None

    def use(self, entry):
        self.time += 1
        entry[2] += 1
        entry[3] = self.time

    def evict(self):
        victim = self.entries[0]
        for entry in self.entries:
            worse = entry[2] < victim[2] if self.kind == "LFUCache" and entry[2] != victim[2] else entry[3] < victim[3]
            if worse:
                victim = entry
        self.entries.remove(victim)
        return victim[0]

    def get(self, key):
        entry = self.found(key)
        if entry is None:
            return None
        self.use(entry)
        return entry[1]

    def put(self, key, value):
        if self.capacity == 0:
            return None
        entry, evicted = self.found(key), None
        if entry is None:
            if len(self.entries) == self.capacity:
                evicted = self.evict()
            entry = [key, value, 0, 0]
            self.entries.append(entry)
        entry[1] = value
        self.use(entry)
        return evicted

    def resize(self, capacity):
        self.capacity = capacity
        evicted = []
        while len(self.entries) > capacity:
            evicted.append(self.evict())
        return evicted


class Pair:
    """The answer's cache and its shadow: what both return is the same, call by call."""

    def __init__(self, answer, kind, capacity):
        self.mine, self.shadow = getattr(answer, kind)(capacity), Shadow(kind, capacity)
        self.log = f"{kind}({capacity})"

    def call(self, name, *arguments):
        self.log = f"{self.log}; {name}({', '.join(map(repr, arguments))})"
        if len(self.log) > 400:
            self.log = f"… {self.log[-390:]}"
        equal(self.log, getattr(self.mine, name)(*arguments), getattr(self.shadow, name)(*arguments))
        equal(f"{self.log}; len(cache)", len(self.mine), len(self.shadow.entries))

    def get(self, *keys):
        for key in keys:
            self.call("get", key)

    def put(self, *keys):
        """Each key with its text as the value."""
        for key in keys:
            self.call("put", key, f"{key}!")

    def drained(self):
        """Shrinks to nothing, so that the whole order shows."""
        self.call("resize", 0)


def lru_put_and_get(answer):
    pair = Pair(answer, "LRUCache", 2)
    pair.get("a")
    pair.put("a", "b")
    pair.get("a", "b", "c")


def lru_evicts_the_oldest(answer):
    pair = Pair(answer, "LRUCache", 2)
    pair.put("a", "b", "c", "d")
    pair.get("a", "b", "c", "d")


def lru_get_is_a_use(answer):
    pair = Pair(answer, "LRUCache", 2)
    pair.put("a", "b")
    pair.get("a")
    pair.put("c")
    pair.get("a", "b")


def lru_put_is_a_use(answer):
    pair = Pair(answer, "LRUCache", 2)
    pair.put("a", "b")
    pair.call("put", "a", 7)
    pair.put("c")
    pair.get("a", "b")


def lru_update_evicts_nothing(answer):
    pair = Pair(answer, "LRUCache", 2)
    pair.put("a", "b")
    pair.call("put", "b", 7)
    pair.get("a", "b")
    pair = Pair(answer, "LRUCache", 1)
    pair.put("a", "a")


def lru_capacity_of_one(answer):
    pair = Pair(answer, "LRUCache", 1)
    pair.put("a", "b")
    pair.get("a", "b")
    pair.put("a")


def lfu_evicts_the_fewest_uses(answer):
    pair = Pair(answer, "LFUCache", 2)
    pair.put("a", "b")
    pair.get("a", "a", "b")
    pair.put("c")
    pair.get("a", "b", "c")


def lfu_tie_by_last_use(answer):
    pair = Pair(answer, "LFUCache", 3)
    pair.put("a", "b", "c")
    pair.get("b", "a", "c")
    pair.put("d")
    pair.get("a", "b", "c", "d")


def lfu_put_is_a_use(answer):
    pair = Pair(answer, "LFUCache", 2)
    pair.put("a", "b")
    pair.call("put", "a", 7)
    pair.put("c")
    pair.get("a", "b")


def lfu_miss_is_no_use(answer):
    pair = Pair(answer, "LFUCache", 2)
    pair.get("b", "b", "b")
    pair.put("a", "b")
    pair.get("a")
    pair.put("c")
    pair.get("b")


def lfu_new_key_is_no_victim(answer):
    pair = Pair(answer, "LFUCache", 2)
    pair.put("a", "b")
    pair.get("a", "b")
    pair.put("c")
    pair.get("c")


def lfu_new_key_has_one_use(answer):
    pair = Pair(answer, "LFUCache", 2)
    pair.put("a", "b")
    pair.get("a", "a", "b", "b")
    # c takes the place of a; it has one use, and b has three.
    pair.put("c", "d")
    pair.get("b", "c", "d")


def lfu_forgets_the_evicted(answer):
    pair = Pair(answer, "LFUCache", 2)
    pair.put("a")
    pair.get("a", "a")
    pair.put("b")
    pair.get("b", "b", "b")
    pair.put("c")  # a goes, with three uses
    pair.put("a")  # c goes, and a begins again
    pair.get("a")
    pair.put("d")  # a goes, with two uses
    pair.get("a", "b")


def lfu_others_still_have_the_least(answer):
    pair = Pair(answer, "LFUCache", 3)
    pair.put("a", "b", "c")
    pair.get("a")
    pair.put("d")
    pair.get("a", "b", "c", "d")


def lfu_many_uses(answer):
    pair = Pair(answer, "LFUCache", 2)
    pair.put("a", "b")
    # Both counts are beyond what a byte holds, and b is used last.
    pair.get(*["a"] * 300, *["b"] * 290)
    pair.put("c")
    pair.get("a", "b")


def capacity_of_zero(answer):
    for kind in ("LRUCache", "LFUCache"):
        pair = Pair(answer, kind, 0)
        pair.put("a", "a")
        pair.get("a")


def values_that_are_false(answer):
    for kind in ("LRUCache", "LFUCache"):
        pair = Pair(answer, kind, 2)
        for key, value in ((0, 0), ("", ""), ((), []), ("x", 0.0)):
            pair.call("put", key, value)
            pair.get(key)
        pair.call("put", 0, False)
        pair.get("x", 0, "")


def keys_of_any_kind(answer):
    for kind in ("LRUCache", "LFUCache"):
        pair = Pair(answer, kind, 3)
        pair.put("1", 1, (1, "x"), 2.5, "1")
        pair.get(1, "1", (1, "x"), 2.5)
        pair.put((2,), "n", 1)


def resized_to_more(answer):
    for kind in ("LRUCache", "LFUCache"):
        pair = Pair(answer, kind, 1)
        pair.put("a")
        pair.call("resize", 3)
        pair.put("b", "c", "d")
        pair.call("resize", 3)


def resized_to_less(answer):
    pair = Pair(answer, "LRUCache", 4)
    pair.put("a", "b", "c", "d")
    pair.get("b", "a")
    pair.call("resize", 2)
    pair.put("e")
    pair.call("resize", 0)
    pair.put("f")


def lfu_resized_to_less(answer):
    pair = Pair(answer, "LFUCache", 5)
    pair.put("a", "b", "c", "d", "e")
    pair.get("a", "a", "a", "b", "d", "d", "d", "d", "b", "e")
    pair.call("resize", 3)
    pair.put("f")
    pair.drained()


def lfu_used_after_resizing(answer):
    pair = Pair(answer, "LFUCache", 4)
    pair.put("a", "b", "c", "d")
    pair.get("a", "a", "b", "b", "b", "c", "c", "c", "c")
    pair.call("resize", 2)  # d and a go; b has four uses and c five
    pair.get("b", "b")
    pair.call("resize", 1)  # c has the fewest now
    pair.put("e")
    pair.call("resize", 2)
    pair.put("f", "g")
    pair.drained()


def bad_capacity(answer):
    for kind in ("LRUCache", "LFUCache"):
        raises(f"{kind}(-1)", ValueError, getattr(answer, kind), -1)


def bad_resize(answer):
    for kind in ("LRUCache", "LFUCache"):
        pair = Pair(answer, kind, 2)
        pair.put("a", "b")
        raises(f"{pair.log}; resize(-1)", ValueError, pair.mine.resize, -1)
        pair.get("b", "a")
        pair.put("c")
        pair.drained()
        # With room for one more: a capacity of -1 that was set would be full.
        pair = Pair(answer, kind, 3)
        pair.put("a", "b")
        raises(f"{pair.log}; resize(-1)", ValueError, pair.mine.resize, -1)
        pair.put("c", "d")


def two_caches(answer):
    for kind in ("LRUCache", "LFUCache"):
        one, other = Pair(answer, kind, 2), Pair(answer, kind, 1)
        one.put("a", "b")
        other.get("a")
        other.put("x", "y")
        one.get("a")
        one.put("c")
        other.get("y")


class Key:
    """A key that counts how often any key is hashed or compared."""

    uses = 0

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        Key.uses += 1
        return hash(self.number)

    def __eq__(self, other):
        Key.uses += 1
        return isinstance(other, Key) and self.number == other.number

    def __repr__(self):
        return f"Key({self.number})"


def few_keys_looked_at(answer):
    for kind in ("LRUCache", "LFUCache"):
        cache, keys = getattr(answer, kind)(200), [Key(number) for number in range(300)]
        for key in keys[:200]:
            cache.put(key, 1)
        most = 0
        for number in range(300):
            Key.uses = 0
            # A hit, a hit in the middle, an eviction.
            cache.get(keys[200 + number % 100])
            cache.get(keys[number * 7 % 300])
            cache.put(keys[number], 2)
            most = max(most, Key.uses)
        given = f"{kind}(200)，已满；两次 get，一次 put", f"{kind}(200), full; two get() and one put()"
        words = "至多 90 次哈希和比较", "90 hashes and comparisons of keys at most"
        holds(given, most <= 90, words, str(most))
        Key.uses = 0
        cache.resize(199)
        holds(
            (f"{kind}(200)，已满；resize(199)", f"{kind}(200), full; resize(199)"), Key.uses <= 90, words, str(Key.uses)
        )


def random_calls(answer):
    rng = Random(31)
    for number in range(200):
        pair = Pair(answer, ("LRUCache", "LFUCache")[number % 2], rng.below(5))
        for _ in range(24):
            choice, key = rng.below(12), rng.below(7)
            if choice < 6:
                pair.get(key)
            elif choice < 11:
                pair.call("put", key, rng.below(3))
            else:
                pair.call("resize", rng.below(5))
        pair.drained()


CASES = [
    (lru_put_and_get, "LRU：存取", "LRU: put and get"),
    (lru_evicts_the_oldest, "LRU：淘汰最久没用的", "LRU: the oldest is evicted"),
    (lru_get_is_a_use, "LRU：get 算一次使用", "LRU: get is a use"),
    (lru_put_is_a_use, "LRU：更新算一次使用", "LRU: an update is a use"),
    (lru_update_evicts_nothing, "LRU：更新不淘汰", "LRU: an update evicts nothing"),
    (lru_capacity_of_one, "LRU：容量为 1", "LRU: a capacity of 1"),
    (lfu_evicts_the_fewest_uses, "LFU：淘汰次数最少的", "LFU: the fewest uses are evicted"),
    (lfu_tie_by_last_use, "LFU：次数相同看最近使用", "LFU: ties by the last use"),
    (lfu_put_is_a_use, "LFU：更新算一次使用", "LFU: an update is a use"),
    (lfu_miss_is_no_use, "LFU：没命中不算使用", "LFU: a miss is no use"),
    (lfu_new_key_is_no_victim, "LFU：新键不被自己挤掉", "LFU: a new key is not the victim"),
    (lfu_new_key_has_one_use, "LFU：新键从 1 次算起", "LFU: a new key has one use"),
    (lfu_forgets_the_evicted, "LFU：淘汰后次数作废", "LFU: the uses of an evicted key are forgotten"),
    (lfu_others_still_have_the_least, "LFU：还有别的键次数最少", "LFU: others still have the fewest"),
    (lfu_many_uses, "LFU：几百次使用", "LFU: hundreds of uses"),
    (capacity_of_zero, "容量为 0", "a capacity of 0"),
    (keys_of_any_kind, "任何可哈希的键", "keys of any kind"),
    (values_that_are_false, "值和键是 0、空串", "values and keys that are false"),
    (resized_to_more, "扩容", "resized to more"),
    (resized_to_less, "LRU：缩容", "LRU: resized to less"),
    (lfu_resized_to_less, "LFU：缩容", "LFU: resized to less"),
    (lfu_used_after_resizing, "LFU：缩容之后接着用", "LFU: used after resizing"),
    (bad_capacity, "拒绝负的容量", "a negative capacity is refused"),
    (bad_resize, "拒绝时什么也不变", "a refused resize changes nothing"),
    (two_caches, "两个缓存互不相干", "two caches share nothing"),
    (few_keys_looked_at, "每次只看很少的键", "few keys are looked at"),
    (random_calls, "200 组随机操作", "200 random sequences of calls"),
]
