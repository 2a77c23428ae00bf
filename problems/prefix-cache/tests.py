from harness import Random, equal, holds, raises


class Model:
    """Every cached prefix written out whole, with when it was last used and how often it is pinned.

    Nothing is hashed and nothing has a parent: a prefix is a leaf while no longer one begins with it.
    """

    def __init__(self, capacity, size):
        self.capacity, self.size = capacity, size
        self.used, self.pins = {}, {}
        self.clock = 0

    def prefixes(self, tokens, salt):
        return [(salt, *tuple(tokens[:end])) for end in range(self.size, len(tokens) + 1, self.size)]

    def cached(self, tokens, salt):
        found = []
        for prefix in self.prefixes(tokens, salt):
            if prefix not in self.used:
                break
            found.append(prefix)
        return found

    def touch(self, path):
        self.clock += 1
        for prefix in path:
            self.used[prefix] = self.clock

    def match(self, tokens, salt):
        found = self.cached(tokens[:-1], salt)
        self.touch(found)
        return len(found) * self.size

    def pin(self, tokens, salt):
        found = self.cached(tokens, salt)
        self.touch(found)
        for prefix in found:
            self.pins[prefix] = self.pins.get(prefix, 0) + 1
        return found

    def unpin(self, path):
        self.touch(path)
        for prefix in path:
            self.pins[prefix] -= 1

    def insert(self, tokens, salt):
        path = self.prefixes(tokens, salt)
        self.touch(self.cached(tokens, salt))
        new = 0
        for prefix in path:
            if prefix in self.used:
                continue
            if len(self.used) == self.capacity and not self.evict(path):
                break
            self.used[prefix] = self.clock
            new += 1
        return new

    def evict(self, path):
        oldest = None
        for prefix in self.used:
            leaf = not any(len(other) > len(prefix) and other[: len(prefix)] == prefix for other in self.used)
            older = oldest is None or self.used[prefix] < self.used[oldest]
            if leaf and older and prefix not in path and not self.pins.get(prefix):
                oldest = prefix
        if oldest is None:
            return False
        del self.used[oldest]
        return True


class Both:
    """The reader's cache and the model beside it: every answer is compared."""

    def __init__(self, answer, capacity, size, hash_of=None):
        more = () if hash_of is None else (hash_of,)
        self.cache = answer.PrefixCache(capacity, size, *more)
        self.model = Model(capacity, size)
        self.log = f"PrefixCache({capacity}, {size}{', hash_of' if more else ''})"

    def say(self, name, tokens, salt):
        words = f"{tokens}, {salt!r}" if salt else f"{tokens}"
        self.log = f"{self.log}; {name}({words})"
        if len(self.log) > 180:
            self.log = f"… {self.log[-170:]}"

    def match(self, tokens, salt=""):
        self.say("match", tokens, salt)
        equal(self.log, self.cache.match(list(tokens), salt), self.model.match(tokens, salt))

    def insert(self, tokens, salt=""):
        self.say("insert", tokens, salt)
        equal(self.log, self.cache.insert(list(tokens), salt), self.model.insert(tokens, salt))

    def pin(self, tokens, salt=""):
        self.say("pin", tokens, salt)
        got, expected = self.cache.pin(list(tokens), salt), self.model.pin(tokens, salt)
        fine = isinstance(got, list) and len(got) == len(expected)
        holds(self.log, fine, (f"{len(expected)} 项的列表", f"a list of {len(expected)} entries"), str(got))
        return got, expected

    def unpin(self, pinned):
        self.say("unpin", f"p, {len(pinned[1])} blocks", "")
        self.cache.unpin(list(pinned[0]))
        self.model.unpin(pinned[1])


A, B, C, D, E = [1, 2], [3, 4], [5, 6], [7, 8], [9, 10]
NEXT = [0]  # one more token, as match leaves one to compute


def first_time(answer):
    both = Both(answer, 8, 4)
    prompt = [1, 2, 3, 4, 5, 6, 7, 8]
    both.match([*prompt, 9])
    both.insert(prompt)
    both.match([*prompt, 9])
    both.match([1, 2, 3, 4, 0, 0, 0, 0, 9])


def partial_block(answer):
    both = Both(answer, 8, 4)
    both.insert([1, 2, 3, 4, 5, 6])
    both.match([1, 2, 3, 4, 5, 6, 7])
    both.insert([1, 2, 3, 4, 5, 6, 7, 8])
    both.match([1, 2, 3, 4, 5, 6, 7])
    both.match([1, 2, 3, 4, 5, 6, 7, 8, 9])


def one_token_is_left(answer):
    both = Both(answer, 8, 4)
    both.insert([1, 2, 3, 4, 5, 6, 7, 8])
    both.match([1, 2, 3, 4, 5, 6, 7, 8])
    both.match([1, 2, 3, 4])
    both.match([1, 2, 3, 4, 5])


def too_short(answer):
    both = Both(answer, 8, 4)
    both.insert([])
    both.match([])
    both.insert([1, 2, 3])
    both.match([1, 2, 3])
    both.pin([])
    both = Both(answer, 4, 1)
    both.insert([1, 2])
    both.match([1, 2])


def again(answer):
    both = Both(answer, 8, 2)
    both.insert(A + B)
    both.insert(A + B)
    both.insert(A + B + C)
    both.insert(A + D)


def other_parents(answer):
    both = Both(answer, 8, 2)
    both.insert(A + B)
    both.match(B + NEXT)
    both.insert(C + B)
    both.match(C + B + NEXT)
    both.insert(A + A + A)
    both.match(A + A + B + NEXT)


def salts(answer):
    both = Both(answer, 8, 2)
    both.insert(A + B, "red")
    both.match(A + B + NEXT)
    both.match(A + B + NEXT, "blue")
    both.match(A + B + NEXT, "red")
    both.insert(A, "blue")
    both.match(A + B + NEXT, "blue")
    both.match(A + B + NEXT, "red")


def salts_that_begin_alike(answer):
    both = Both(answer, 8, 2)
    both.insert(A + B, "tenant-1")
    both.match(A + B + NEXT, "tenant-2")
    both.match(A + B + NEXT, "tenant-10")
    both.match(A + B + NEXT, "tenant-1")


def oldest_goes(answer):
    both = Both(answer, 2, 2)
    both.insert(A)
    both.insert(B)
    both.insert(C)
    both.match(A + NEXT)
    both.match(B + NEXT)
    both.match(C + NEXT)


def a_match_is_a_use(answer):
    both = Both(answer, 2, 2)
    both.insert(A)
    both.insert(B)
    both.match(A + NEXT)
    both.insert(C)
    both.match(A + NEXT)
    both.match(B + NEXT)


def an_insert_is_a_use(answer):
    both = Both(answer, 2, 2)
    both.insert(A)
    both.insert(B)
    both.insert(A)
    both.insert(C)
    both.match(A + NEXT)
    both.match(B + NEXT)


def leaf_first(answer):
    both = Both(answer, 3, 2)
    both.insert(A + B + C)
    both.insert(D)
    both.match(A + B + C + NEXT)
    both.insert(E)
    both.match(A + B + NEXT)
    both.match(D + NEXT)


def old_child_new_parent(answer):
    both = Both(answer, 3, 2)
    both.insert(A + B)
    both.insert(C)
    both.match(A + NEXT)
    both.insert(D)
    both.insert(E)
    both.match(A + B + NEXT)
    both.match(C + NEXT)
    both.match(D + NEXT)


def two_branches(answer):
    both = Both(answer, 4, 2)
    both.insert(A + B)
    both.insert(A + C)
    both.insert(A + B + D)
    both.insert(E)
    both.match(A + C + NEXT)
    both.match(A + B + D + NEXT)


def capacity_of_one(answer):
    both = Both(answer, 1, 2)
    both.insert(A + B)
    both.match(A + B + NEXT)
    both.insert(C)
    both.match(A + NEXT)
    both.match(C + NEXT)


def capacity_of_none(answer):
    both = Both(answer, 0, 2)
    both.insert(A + B)
    both.match(A + B + NEXT)
    both.pin(A)


def longer_than_the_cache(answer):
    both = Both(answer, 2, 2)
    both.insert(A + B + C + D)
    both.match(A + B + C + D + NEXT)


def own_prefix_stays(answer):
    both = Both(answer, 2, 2)
    both.insert(A)
    both.insert(C)
    both.insert(A + B)
    both.match(A + B + NEXT)
    both.match(C + NEXT)
    both = Both(answer, 1, 2)
    both.insert(A)
    both.insert(A + B)
    both.match(A + NEXT)


def pinned_stays(answer):
    both = Both(answer, 2, 2)
    both.insert(A)
    both.insert(B)
    both.pin(A + NEXT)
    for block in (C, D, E):
        both.insert(block)
    both.match(A + NEXT)
    both.match(E + NEXT)


def all_pinned(answer):
    both = Both(answer, 2, 2)
    both.insert(A + B)
    both.pin(A + B)
    both.insert(C)
    both.insert(A + B + C)
    both.match(A + B + NEXT)


def pin_has_the_last_block(answer):
    both = Both(answer, 2, 2)
    both.insert(A + B)
    both.pin(A + B)
    both.pin(A + B + C)
    both.pin(C)
    both.insert(D)


def pins_add_up(answer):
    both = Both(answer, 1, 2)
    both.insert(A)
    first, second = both.pin(A), both.pin(A)
    both.unpin(first)
    both.insert(B)
    both.unpin(second)
    both.insert(B)
    both.match(A + NEXT)


def pins_of_a_shared_prefix(answer):
    both = Both(answer, 3, 2)
    both.insert(A + B)
    both.insert(A + C)
    first, second = both.pin(A + B), both.pin(A + C)
    both.unpin(first)
    both.insert(D)
    both.insert(E)
    both.match(A + C + NEXT)
    both.unpin(second)
    both.insert(D + E + B)
    both.match(A + NEXT)


def an_unpin_is_a_use(answer):
    both = Both(answer, 2, 2)
    both.insert(A)
    pinned = both.pin(A)
    both.insert(B)
    both.unpin(pinned)
    both.insert(C)
    both.match(A + NEXT)
    both.match(B + NEXT)


def unpinned_twice(answer):
    both = Both(answer, 4, 2)
    both.insert(A + B)
    longer, shorter = both.pin(A + B), both.pin(A)
    both.unpin(longer)
    # A has a pin left, B has none: neither may change.
    raises(f"{both.log}; unpin(p)", ValueError, both.cache.unpin, longer[0])
    both.insert(C + D + E)
    both.match(A + B + NEXT)
    both.unpin(shorter)
    raises(f"{both.log}; unpin(p)", ValueError, both.cache.unpin, shorter[0])


def a_refused_unpin_is_no_use(answer):
    both = Both(answer, 2, 2)
    both.insert(A)
    pinned = both.pin(A)
    both.unpin(pinned)
    both.insert(B)
    raises(f"{both.log}; unpin(p)", ValueError, both.cache.unpin, pinned[0])
    # A is still the one that was used longest ago.
    both.insert(C)
    both.match(B + NEXT)
    both.match(A + NEXT)


def one_hash_for_all(answer):
    both = Both(answer, 5, 2, lambda parent, block: 7)
    both.insert(A + B)
    both.match(C + B + NEXT)
    both.insert(C + B)
    both.match(A + B + NEXT)
    both.match(C + B + NEXT)
    both.match(C + D + NEXT)
    both.insert(B, "red")
    both.insert(D + E)
    both.match(C + B + NEXT)
    both.match(B + NEXT, "red")


def weight(value):
    """How much there is in what tells a parent: characters of a text, bytes of a number."""
    if isinstance(value, (tuple, list)):
        return sum(weight(part) for part in value)
    if isinstance(value, (str, bytes)):
        return len(value)
    size = 1
    while isinstance(value, int) and value not in (0, -1):
        value, size = value >> 8, size + 1
    return size


def each_token_is_hashed_once(answer):
    seen = []

    def hash_of(parent, block):
        seen.append((weight(parent), block))
        return hash(block)

    both = Both(answer, 64, 2, hash_of)
    tokens = list(range(80))
    for name in ("insert", "match"):
        del seen[:]
        getattr(both, name)(tokens + NEXT)
        given = f"PrefixCache(64, 2, hash_of); {name}([0, 1, …, 79, 0])"
        looked_up = {}
        for _, block in seen:
            looked_up[block] = True
        words = "40 块，每块哈希一次或两次", "each of 40 blocks hashed once or twice"
        calls, blocks = len(seen), len(looked_up)
        got = f"{blocks} 块，共 {calls} 次", f"{blocks} blocks, {calls} calls"
        holds(given, blocks == 40 and calls <= 80, words, got)
        most = max(size for size, _ in seen)
        words = "parent 的大小不随前文变长", "a parent that does not grow with what comes before"
        # A digest of 64 characters is fine; 40 blocks of two written out are over 150.
        holds(given, most <= 100, words, (f"{most} 个字节", f"{most} bytes"))


def bad_sizes(answer):
    for given in ((-1, 4), (4, 0), (4, -1)):
        raises(f"PrefixCache({given[0]}, {given[1]})", ValueError, answer.PrefixCache, *given)


def random_calls(answer):
    rng = Random(31)
    for capacity in (3, 6):
        both = Both(answer, capacity, 2)
        pinned = []
        for _ in range(120):
            tokens = [rng.below(2) for _ in range(rng.below(9))]
            salt = ("", "", "red")[rng.below(3)]
            choice = rng.below(8)
            if choice < 3:
                both.insert(tokens, salt)
            elif choice < 6:
                both.match(tokens, salt)
            elif choice < 7 and len(pinned) < 2:
                pinned.append(both.pin(tokens, salt))
            elif pinned:
                both.unpin(pinned.pop(rng.below(len(pinned))))


def a_match_leaves_the_last_block_alone(answer):
    # match(A) hits nothing, as A's two tokens leave none to compute: A is still the least recently used.
    both = Both(answer, 2, 2)
    both.insert(A)
    both.insert(B)
    both.match(A)
    both.insert(C)
    both.match(A + NEXT)
    both.match(B + NEXT)


def looked_up_by_hash(answer):
    # A hash that is never the same twice finds nothing: whoever finds something does not look there.
    count = [0]

    def hash_of(parent, block):
        count[0] += 1
        return count[0]

    cache = answer.PrefixCache(8, 2, hash_of)
    given = "hash_of = 1, 2, 3, …; PrefixCache(8, 2, hash_of); insert([1, 2]); match([1, 2, 0])"
    cache.insert([1, 2])
    equal(given, cache.match([1, 2, 0]), 0)


def a_salt_is_no_block(answer):
    for salt in ("0", "1", "2", "()", "(1, 2)", "None"):
        both = Both(answer, 8, 2)
        both.insert(A + B)
        both.match(B + NEXT, salt)
        both.insert(B, salt)
        both.match(A + B + NEXT)
        both.match(B + NEXT, salt)
        both.match(B + NEXT)


def tokens_left_alone(answer):
    cache, tokens = answer.PrefixCache(8, 2), [1, 2, 3, 4, 5]
    cache.insert(tokens)
    cache.match(tokens)
    pinned = cache.pin(tokens)
    equal("t = [1, 2, 3, 4, 5]; insert(t); match(t); pin(t); t", tokens, [1, 2, 3, 4, 5])
    cache.unpin(pinned)
    equal("p = pin([1, 2, 3, 4, 5]); unpin(p); len(p)", len(pinned), 2)


def many_random_calls(answer):
    rng = Random(32)
    for _ in range(200):
        both = Both(answer, rng.below(7), 1 + rng.below(3))
        pinned = []
        for _ in range(12):
            tokens = [rng.below(2) for _ in range(rng.below(9))]
            salt = ("", "", "red", "1")[rng.below(4)]
            choice = rng.below(8)
            if choice < 3:
                both.insert(tokens, salt)
            elif choice < 6:
                both.match(tokens, salt)
            elif choice < 7 and len(pinned) < 2:
                pinned.append(both.pin(tokens, salt))
            elif pinned:
                both.unpin(pinned.pop(rng.below(len(pinned))))


CASES = [
    (first_time, "先查不到，存入后查到", "a miss, then a hit"),
    (partial_block, "没满的块不算", "a partial block is not matched"),
    (one_token_is_left, "至少留一个 Token 要算", "one token is left to compute"),
    (too_short, "空的，不足一块的", "empty, and shorter than a block"),
    (again, "重复存入，分叉", "inserted again, and branching"),
    (other_parents, "内容相同、前缀不同的块", "the same block after other tokens"),
    (salts, "salt 互相隔离", "salts are apart"),
    (salts_that_begin_alike, "相近的 salt 也互相隔离", "salts that begin alike are apart"),
    (oldest_goes, "淘汰最久没用的", "the least recently used goes"),
    (a_match_is_a_use, "命中算一次使用", "a match is a use"),
    (an_insert_is_a_use, "再次存入算一次使用", "an insert is a use"),
    (leaf_first, "先淘汰最深的块", "the deepest block goes first"),
    (old_child_new_parent, "父块常用，子块不常用", "a parent in use, a child that is not"),
    (two_branches, "两条分支", "two branches"),
    (own_prefix_stays, "不淘汰自己的前缀", "a prefix makes no room for its own blocks"),
    (capacity_of_one, "容量 1", "room for one block"),
    (capacity_of_none, "容量 0", "room for none"),
    (longer_than_the_cache, "提示词比缓存长", "a prompt longer than the cache"),
    (pinned_stays, "pin 住的块不淘汰", "a pinned block stays"),
    (pin_has_the_last_block, "pin 包括最后一个满块", "a pin has the last full block too"),
    (all_pinned, "全部 pin 住，存不进去", "all pinned: nothing is added"),
    (pins_add_up, "pin 两次，放两次", "pinned twice, taken back twice"),
    (pins_of_a_shared_prefix, "共享前缀上的 pin", "pins on a shared prefix"),
    (an_unpin_is_a_use, "unpin 算一次使用", "an unpin is a use"),
    (unpinned_twice, "重复 unpin", "taken back once too often"),
    (a_refused_unpin_is_no_use, "被拒绝的 unpin 不算用过", "a refused unpin is no use"),
    (one_hash_for_all, "哈希全部冲突", "every hash collides"),
    (each_token_is_hashed_once, "80 个 Token 各哈希一次", "each of 80 tokens is hashed once"),
    (bad_sizes, "容量、块长不合法", "sizes that are refused"),
    (random_calls, "240 次随机操作", "240 random calls"),
    (a_match_leaves_the_last_block_alone, "match 不算的块不算用过", "a block that match does not count is not used"),
    (looked_up_by_hash, "按哈希查块", "blocks are looked up by hash"),
    (a_salt_is_no_block, "salt 不会撞上块", "a salt is not taken for a block"),
    (tokens_left_alone, "不改动 tokens", "tokens are left alone"),
    (many_random_calls, "200 组随机操作", "200 random sequences of calls"),
]
