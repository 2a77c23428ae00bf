import contextlib

from harness import Random, entry, equal, holds, raises


class Shadow:
    """An allocator and, beside it, what an engine would have in memory: every token, slot by slot.

    It knows nothing of counts. A block is in use while some sequence's table has it, and all is well while each
    sequence reads its own tokens.
    """

    def __init__(self, answer, num_blocks, block_size):
        self.allocator = answer.BlockAllocator(num_blocks, block_size)
        self.num_blocks, self.block_size = num_blocks, block_size
        self.memory = {}
        self.tables = {}
        self.tokens = {}
        self.written = 0
        self.log = f"BlockAllocator({num_blocks}, {block_size})"

    def say(self, call):
        self.log = f"{self.log}; {call}"
        if len(self.log) > 150:
            self.log = f"… {self.log[-140:]}"

    def in_use(self):
        blocks = {}
        for table in self.tables.values():
            for block in table:
                blocks[block] = True
        return blocks

    def write(self, seq_id, block, offset):
        self.written += 1
        self.memory[block, offset] = self.written
        self.tokens[seq_id].append(self.written)

    def check(self):
        used = self.in_use()
        refs = sum(len(table) for table in self.tables.values())
        expected = {"free": self.num_blocks - len(used), "used": len(used), "refs": refs}
        got = self.allocator.stats()
        for key in ("free", "used", "refs"):
            equal(f'{self.log}; stats()["{key}"]', entry(f"{self.log}; stats()", got, key), expected[key])
        for seq_id, table in self.tables.items():
            tokens = self.tokens[seq_id]
            held = [self.memory[table[i // self.block_size], i % self.block_size] for i in range(len(tokens))]
            words = f"序列 {seq_id} 读到自己的 Token {tokens}", f"sequence {seq_id} to read its tokens {tokens}"
            holds(self.log, held == tokens, words, str(held))
            waste = len(table) * self.block_size - len(tokens)
            most = self.block_size - 1
            words = f"序列 {seq_id} 至多空 {most} 个位置", f"at most {most} empty slots in sequence {seq_id}"
            holds(self.log, 0 <= waste <= most, words, str(waste))

    def new_block(self, block, used):
        fine = type(block) is int and 0 <= block < self.num_blocks and block not in used
        taken = sorted(used)
        got = f"块 {block}，在用的是 {taken}", f"block {block}, with {taken} in use"
        holds(self.log, fine, ("一个空闲的块", "a block that is free"), got)

    def allocate(self, seq_id, n_tokens):
        self.say(f"allocate({seq_id}, {n_tokens})")
        used = self.in_use()
        needed = 0
        while needed * self.block_size < n_tokens:
            needed += 1
        if needed > self.num_blocks - len(used):
            raises(self.log, RuntimeError, self.allocator.allocate, seq_id, n_tokens)
        else:
            got = self.allocator.allocate(seq_id, n_tokens)
            words = f"{needed} 个块号的列表", f"a list of {needed} blocks"
            holds(self.log, isinstance(got, list) and len(got) == needed, words, str(got))
            self.tables[seq_id], self.tokens[seq_id] = [], []
            for block in got:
                self.new_block(block, used)
                used[block] = True
                self.tables[seq_id].append(block)
            for i in range(n_tokens):
                self.write(seq_id, got[i // self.block_size], i % self.block_size)
        self.check()

    def append(self, seq_id):
        self.say(f"append({seq_id})")
        used, table = self.in_use(), self.tables[seq_id]
        offset = len(self.tokens[seq_id]) % self.block_size
        sharers = sum(1 for other in self.tables.values() if offset and table[-1] in other)
        if (offset == 0 or sharers > 1) and len(used) == self.num_blocks:
            raises(self.log, RuntimeError, self.allocator.append, seq_id)
        else:
            got = self.allocator.append(seq_id)
            holds(self.log, isinstance(got, tuple) and len(got) == 3, "(block, offset, copied_from)", str(got))
            block = got[0]
            equal(f"{self.log}[1]", got[1], offset)
            equal(f"{self.log}[2]", got[2], table[-1] if sharers > 1 else None)
            if offset == 0:
                self.new_block(block, used)
                table.append(block)
            elif sharers > 1:
                self.new_block(block, used)
                for slot in range(offset):
                    self.memory[block, slot] = self.memory[table[-1], slot]
                table[-1] = block
            else:
                equal(f"{self.log}[0]", block, table[-1])
            self.write(seq_id, block, offset)
        self.check()

    def fork(self, parent, child):
        self.say(f"fork({parent}, {child})")
        self.allocator.fork(parent, child)
        self.tables[child], self.tokens[child] = list(self.tables[parent]), list(self.tokens[parent])
        self.check()

    def free(self, seq_id):
        self.say(f"free({seq_id})")
        self.allocator.free(seq_id)
        del self.tables[seq_id], self.tokens[seq_id]
        self.check()


def ten_tokens(answer):
    shadow = Shadow(answer, 8, 4)
    shadow.allocate(1, 10)


def full_blocks(answer):
    shadow = Shadow(answer, 8, 4)
    shadow.allocate(1, 8)
    shadow.allocate(2, 1)
    shadow.allocate(3, 4)


def no_tokens(answer):
    shadow = Shadow(answer, 2, 4)
    shadow.allocate(1, 0)
    shadow.append(1)
    shadow.free(1)


def append_to_the_boundary(answer):
    shadow = Shadow(answer, 4, 4)
    shadow.allocate(1, 2)
    for _ in range(7):
        shadow.append(1)


def blocks_of_one(answer):
    shadow = Shadow(answer, 1, 1)
    shadow.allocate(1, 1)
    shadow = Shadow(answer, 4, 1)
    shadow.allocate(1, 1)
    shadow.append(1)
    shadow.fork(1, 2)
    shadow.append(2)


def two_sequences(answer):
    shadow = Shadow(answer, 6, 2)
    shadow.allocate(1, 3)
    shadow.allocate(2, 2)
    for seq_id in (1, 2, 1, 2, 1):
        shadow.append(seq_id)


def reuse(answer):
    shadow = Shadow(answer, 3, 2)
    for turn in range(4):
        shadow.allocate(turn, 5)
        shadow.free(turn)
    # An id that has been freed is not taken any more.
    shadow.allocate(0, 3)
    shadow.free(0)
    shadow.allocate(1, 0)
    shadow.fork(1, 0)


def fork_shares(answer):
    shadow = Shadow(answer, 8, 4)
    shadow.allocate(1, 6)
    shadow.fork(1, 2)
    shadow.fork(2, 3)


def child_appends(answer):
    shadow = Shadow(answer, 8, 4)
    shadow.allocate(1, 6)
    shadow.fork(1, 2)
    shadow.append(2)
    shadow.append(1)
    shadow.append(2)


def parent_appends(answer):
    shadow = Shadow(answer, 8, 4)
    shadow.allocate(1, 6)
    shadow.fork(1, 2)
    shadow.append(1)
    shadow.append(2)


def shared_to_the_boundary(answer):
    shadow = Shadow(answer, 8, 4)
    shadow.allocate(1, 8)
    shadow.fork(1, 2)
    shadow.append(2)
    shadow.append(1)


def three_sharers(answer):
    shadow = Shadow(answer, 8, 4)
    shadow.allocate(1, 5)
    shadow.fork(1, 2)
    shadow.fork(1, 3)
    for seq_id in (3, 1, 2, 2, 3, 1):
        shadow.append(seq_id)


def parent_ends_first(answer):
    shadow = Shadow(answer, 4, 4)
    shadow.allocate(1, 6)
    shadow.fork(1, 2)
    shadow.free(1)
    shadow.append(2)
    shadow.allocate(3, 8)
    shadow.free(2)


def fork_of_nothing(answer):
    shadow = Shadow(answer, 4, 4)
    shadow.allocate(1, 0)
    shadow.fork(1, 2)
    shadow.append(2)
    shadow.append(1)


def too_many_tokens(answer):
    shadow = Shadow(answer, 3, 4)
    shadow.allocate(1, 5)
    shadow.allocate(2, 5)  # two blocks, and one is free
    shadow.say("free(2)")
    raises(shadow.log, KeyError, shadow.allocator.free, 2)
    shadow.allocate(2, 4)


def append_without_a_block(answer):
    shadow = Shadow(answer, 2, 2)
    shadow.allocate(1, 4)
    shadow.append(1)  # refused
    shadow.append(1)  # and once more
    shadow.fork(1, 2)
    shadow.free(1)
    shadow.append(2)  # still shared out


def copy_without_a_block(answer):
    shadow = Shadow(answer, 2, 4)
    shadow.allocate(1, 6)
    shadow.fork(1, 2)
    shadow.append(2)  # refused: the copy needs a third block
    shadow.free(1)
    shadow.append(2)  # alone with its block now


def unknown_and_taken(answer):
    shadow = Shadow(answer, 4, 4)
    shadow.allocate(1, 3)
    allocator = shadow.allocator
    raises(f"{shadow.log}; append(2)", KeyError, allocator.append, 2)
    raises(f"{shadow.log}; free(2)", KeyError, allocator.free, 2)
    raises(f"{shadow.log}; fork(2, 3)", KeyError, allocator.fork, 2, 3)
    raises(f"{shadow.log}; fork(1, 1)", ValueError, allocator.fork, 1, 1)
    raises(f"{shadow.log}; allocate(1, 3)", ValueError, allocator.allocate, 1, 3)
    raises(f"{shadow.log}; allocate(2, -1)", ValueError, allocator.allocate, 2, -1)
    shadow.check()
    shadow.allocate(2, 3)
    shadow.free(1)
    raises(f"{shadow.log}; free(1)", KeyError, allocator.free, 1)
    shadow.check()


def bad_sizes(answer):
    for given in ((0, 4), (4, 0), (-1, 4), (4, -1)):
        raises(f"BlockAllocator({given[0]}, {given[1]})", ValueError, answer.BlockAllocator, *given)


def own_list(answer):
    shadow = Shadow(answer, 4, 4)
    allocator = shadow.allocator
    blocks = allocator.allocate(1, 6)
    last = blocks[-1]
    blocks[-1] = 99
    equal("blocks = allocate(1, 6); blocks[-1] = 99; append(1)", allocator.append(1), (last, 2, None))


def random_calls(answer):
    rng = Random(23)
    shadow = Shadow(answer, 12, 3)
    for number in range(160):
        known = sorted(shadow.tables)
        choice = rng.below(10)
        if choice < 5 and known:
            shadow.append(known[rng.below(len(known))])
        elif choice < 7 and known and len(known) < 8:
            shadow.fork(known[rng.below(len(known))], 1000 + number)
        elif choice < 8 and known:
            shadow.free(known[rng.below(len(known))])
        else:
            shadow.allocate(number, rng.below(10))
    for seq_id in sorted(shadow.tables):
        shadow.free(seq_id)


def ids_may_be_texts(answer):
    for first, second in (("a", "b"), (0, "0"), (-1, 1)):
        allocator = answer.BlockAllocator(4, 2)
        allocator.allocate(first, 3)
        allocator.fork(first, second)
        given = f"BlockAllocator(4, 2); allocate({first!r}, 3); fork({first!r}, {second!r})"
        equal(f"{given}; append({second!r})[1]", allocator.append(second)[1], 1)
        equal(f"{given}; append({second!r}); stats()", allocator.stats(), {"free": 1, "used": 3, "refs": 4})
        allocator.free(first)
        raises(f"{given}; free({first!r}); append({first!r})", KeyError, allocator.append, first)
    # 1 and "1" are two sequences.
    allocator = answer.BlockAllocator(4, 2)
    allocator.allocate(1, 3)
    allocator.allocate("1", 2)
    given = 'BlockAllocator(4, 2); allocate(1, 3); allocate("1", 2); stats()'
    equal(given, allocator.stats(), {"free": 1, "used": 3, "refs": 3})


def refused_before_looked_up(answer):
    """What is refused changes nothing, whichever of two things is wrong with it."""
    shadow = Shadow(answer, 3, 2)
    shadow.allocate(1, 5)
    allocator = shadow.allocator
    for name, arguments in (("allocate", (2, 99)), ("fork", (3, 1)), ("fork", (3, 4)), ("allocate", (1, -1))):
        with contextlib.suppress(RuntimeError, KeyError, ValueError):
            getattr(allocator, name)(*arguments)
        shadow.say(f"{name}{arguments}")
        shadow.check()
    shadow.free(1)
    shadow.allocate(2, 6)
    shadow.free(2)
    shadow.allocate(3, 0)
    shadow.allocate(4, 1)


def many_random_calls(answer):
    rng = Random(24)
    for _ in range(200):
        shadow = Shadow(answer, 1 + rng.below(8), 1 + rng.below(4))
        for number in range(14):
            known = sorted(shadow.tables)
            choice = rng.below(10)
            if choice < 5 and known:
                shadow.append(known[rng.below(len(known))])
            elif choice < 7 and known:
                shadow.fork(known[rng.below(len(known))], 1000 + number)
            elif choice < 8 and known:
                shadow.free(known[rng.below(len(known))])
            else:
                shadow.allocate(number, rng.below(9))


CASES = [
    (ten_tokens, "10 个 Token，每块 4 个", "ten tokens, four a block"),
    (full_blocks, "恰好满块", "blocks that are exactly full"),
    (no_tokens, "0 个 Token", "no tokens"),
    (append_to_the_boundary, "追加，跨过块的边界", "appending across a boundary"),
    (two_sequences, "两个序列轮流追加", "two sequences in turn"),
    (reuse, "释放后重用", "blocks used again"),
    (fork_shares, "fork 只共享，不占新块", "a fork takes no block"),
    (child_appends, "fork 后子序列追加", "the child appends after a fork"),
    (parent_appends, "fork 后父序列追加", "the parent appends after a fork"),
    (shared_to_the_boundary, "共享的块都是满的", "only full blocks are shared"),
    (three_sharers, "三个序列共享", "three that share"),
    (blocks_of_one, "每块一个 Token", "one token a block"),
    (parent_ends_first, "父序列先结束", "the parent ends first"),
    (fork_of_nothing, "fork 空序列", "a fork of an empty sequence"),
    (too_many_tokens, "块不够：allocate 不留痕迹", "too few blocks: allocate leaves no trace"),
    (append_without_a_block, "块不够：append 不留痕迹", "no block: append leaves no trace"),
    (copy_without_a_block, "块不够：写时复制不留痕迹", "no block for the copy"),
    (unknown_and_taken, "没有的序列，重复的序列", "unknown and taken ids"),
    (bad_sizes, "块数、块长不合法", "sizes below 1"),
    (own_list, "返回的列表不是内部的表", "the list returned is the caller's own"),
    (random_calls, "160 次随机操作", "160 random calls"),
    (ids_may_be_texts, "编号可以是字符串", "ids may be texts"),
    (refused_before_looked_up, "被拒绝的调用不留痕迹", "what is refused leaves no trace"),
    (many_random_calls, "200 组随机操作", "200 random sequences of calls"),
]
