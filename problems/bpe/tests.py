from harness import Random, equal, raises


def joined(ids, pair, new):
    """The ids with the pair replaced, found from the left one at a time."""
    ids = list(ids)
    at = 0
    while at + 1 < len(ids):
        if (ids[at], ids[at + 1]) == pair:
            ids[at : at + 2] = [new]
        at += 1
    return ids


def train_oracle(words, count):
    """Every occurrence of a word stands in a list of its own, and every pair is counted by looking through all."""
    texts = []
    for word, times in words.items():
        for _ in range(times):
            texts.append(list(word.encode()))
    merges = []
    for number in range(count):
        pairs = [(text[at], text[at + 1]) for text in texts for at in range(len(text) - 1)]
        best, most = None, 1
        for pair in sorted(set(pairs)):
            if pairs.count(pair) > most:
                best, most = pair, pairs.count(pair)
        if best is None:
            break
        texts = [joined(text, best, 256 + number) for text in texts]
        merges.append(best)
    return merges


def encode_oracle(text, merges):
    """One merge after another, each over the whole text."""
    ids = list(text.encode())
    for number, pair in enumerate(merges):
        ids = joined(ids, pair, 256 + number)
    return ids


def trains(answer, words, count):
    equal(f"train({words}, {count})", answer.train(dict(words), count), train_oracle(words, count))


def encodes(answer, text, merges):
    equal(f"encode({text!r}, {merges})", answer.encode(text, list(merges)), encode_oracle(text, merges))


def decodes(answer, ids, merges, text):
    equal(f"decode({ids}, {merges})", answer.decode(list(ids), list(merges)), text)


def word_of(rng, letters, most):
    return "".join(letters[rng.below(len(letters))] for _ in range(rng.below(most + 1)))


def first_merge(answer):
    trains(answer, {"abab": 1, "ab": 1}, 1)


def second_merge(answer):
    trains(answer, {"abc": 3, "abd": 2}, 3)


def words_by_count(answer):
    trains(answer, {"ab": 5, "cd": 2, "xcd": 1, "ycd": 1}, 2)


def not_across_words(answer):
    # Written one after another, the words would have the pair (97, 97) twice.
    trains(answer, {"ab": 2, "a": 3}, 1)


def tie_to_the_smallest(answer):
    trains(answer, {"cd": 2, "ab": 2, "ac": 2}, 3)
    trains(answer, {"b": 1, "zbzb": 1, "yaya": 1}, 2)


def tie_by_ids(answer):
    # 256 is "ab"; the pairs (99, 100) and (256, 120) occur twice each, and 99 is below 256.
    trains(answer, {"ab": 3, "abx": 2, "cd": 2}, 3)


def overlapping_pairs_counted(answer):
    # "bbb" has the pair (98, 98) twice, so it occurs four times, and (97, 99) three times.
    trains(answer, {"bbb": 2, "ac": 3}, 2)


def merged_from_the_left(answer):
    trains(answer, {"aaa": 2, "aaab": 1}, 2)
    trains(answer, {"aaaaa": 3}, 3)


def no_pair_twice(answer):
    trains(answer, {"ab": 1}, 5)
    trains(answer, {"abab": 1, "xy": 1}, 5)


def nothing_left(answer):
    trains(answer, {"ab": 2}, 9)
    trains(answer, {"a": 4, "": 3}, 2)
    trains(answer, {}, 2)


def no_merges_asked(answer):
    trains(answer, {"abab": 2}, 0)


def trained_on_bytes(answer):
    trains(answer, {"你好": 2, "你们": 1}, 4)
    trains(answer, {"é": 2, "è": 2}, 3)
    trains(answer, {" a": 3, "a": 1, "aA": 2, "aa": 1}, 3)


def bad_training(answer):
    for words, count in (
        ({"ab": 2}, -1),
        ({}, -1),
        ({"ab": 0}, 1),
        ({"ab": 0}, 0),
        ({"a": 0}, 1),
        ({"ab": 2, "cd": -1}, 1),
    ):
        raises(f"train({words}, {count})", ValueError, answer.train, words, count)


def encoded_without_merges(answer):
    encodes(answer, "abc", [])
    encodes(answer, "", [])
    encodes(answer, "", [(97, 98)])


def encoded_once_merged(answer):
    encodes(answer, "abcab", [(97, 98)])
    encodes(answer, "a", [(97, 98)])


def encoded_in_steps(answer):
    encodes(answer, "abcabd", [(97, 98), (256, 99), (256, 100), (257, 258)])
    # Sixty merges, each of which needs the one before it.
    text = "".join(chr(33 + number) for number in range(61))
    encodes(answer, text, [(33, 34)] + [(255 + number, 34 + number) for number in range(1, 60)])


def encoded_by_rank(answer):
    # (98, 99) was merged first, so "abc" is "a" and "bc", whatever stands on the left or is longer.
    encodes(answer, "abc", [(98, 99), (97, 98)])
    encodes(answer, "abcd", [(98, 99), (97, 98), (257, 99)])


def encoded_runs(answer):
    encodes(answer, "aaa", [(97, 97)])
    encodes(answer, "aaaaaaa", [(97, 97), (256, 256), (256, 97)])


def encoded_bytes(answer):
    encodes(answer, "€é", [])
    encodes(answer, "你好你", [(228, 189), (256, 160)])


def encoded_as_it_is(answer):
    encodes(answer, " a b a", [(97, 32), (32, 256), (98, 256)])
    for text in ("A\tb", "e\u0301", "a\r\nb", "\ufeffa", "\ufb01"):
        encodes(answer, text, [(97, 98)])


def decoded(answer):
    decodes(answer, [97, 256, 257], [(97, 98), (256, 99)], "aababc")
    decodes(answer, [], [(97, 98)], "")


def decoded_deep(answer):
    merges = [(97, 97)] + [(255 + number, 97) for number in range(1, 60)]
    decodes(answer, [315, 98], merges, "a" * 61 + "b")


def decoded_across_tokens(answer):
    decodes(answer, [228, 189, 160], [], "你")
    decodes(answer, [256, 160, 33], [(228, 189)], "你!")


def decoded_with_replacement(answer):
    decodes(answer, [97, 228, 98], [], "a\ufffdb")
    decodes(answer, [256], [(228, 189)], "\ufffd")
    decodes(answer, [255, 254, 97, 228, 228], [], "\ufffd\ufffda\ufffd\ufffd")


def decoded_as_it_is(answer):
    decodes(answer, [239, 187, 191, 97], [], "\ufeffa")
    decodes(answer, [32, 97, 13, 10, 0], [], " a\r\n\0")


def bad_ids(answer):
    for ids, merges in (([256], []), ([97, 257], [(97, 98)]), ([-1], []), ([97, -1], [(97, 98)])):
        raises(f"decode({ids}, {merges})", ValueError, answer.decode, ids, merges)


def there_and_back(answer):
    merges = answer.train({"ab": 4, "abc": 3, "你好": 3, "cab": 2}, 8)
    for text in ("abcab", "你好，abc", "", "c\n\0é"):
        given = f"merges = train(…); decode(encode({text!r}, merges), merges)"
        equal(given, answer.decode(answer.encode(text, merges), merges), text)


def input_unchanged(answer):
    words, merges, ids = {"abab": 2, "cd": 3}, [(97, 98), (256, 99)], [97, 256]
    answer.train(words, 3)
    answer.encode("abcab", merges)
    answer.decode(ids, merges)
    expected = [{"abab": 2, "cd": 3}, [(97, 98), (256, 99)], [97, 256]]
    equal(
        "train(words, 3); encode('abcab', merges); decode(ids, merges); [words, merges, ids]",
        [words, merges, ids],
        expected,
    )


def random_texts(answer):
    rng = Random(17)
    for number in range(200):
        letters = ("ab", "abc", "ab你", "aé")[number % 4]
        words = {word_of(rng, letters, 6): 1 + rng.below(4) for _ in range(1 + rng.below(5))}
        count = rng.below(8)
        trains(answer, words, count)
        merges = train_oracle(words, count)
        text = word_of(rng, letters, 12)
        encodes(answer, text, merges)
        decodes(answer, encode_oracle(text, merges), merges, text)


CASES = [
    (first_merge, "第一次合并", "the first merge"),
    (not_across_words, "不跨词", "no pair across words"),
    (second_merge, "合并的结果再合并", "merged ids merge again"),
    (words_by_count, "按词的次数计", "words weighted by their counts"),
    (tie_to_the_smallest, "并列取最小", "ties go to the smallest pair"),
    (tie_by_ids, "最小按编号比", "the smallest by ids"),
    (overlapping_pairs_counted, "重叠的也计数", "overlapping pairs are counted"),
    (merged_from_the_left, "从左往右合并", "merged from the left"),
    (no_pair_twice, "只出现一次的不合并", "a pair that occurs once stays"),
    (nothing_left, "提前合并完", "nothing left to merge"),
    (no_merges_asked, "要 0 次合并", "no merges asked for"),
    (trained_on_bytes, "按字节训练", "trained on bytes"),
    (bad_training, "拒绝不成立的次数", "impossible counts are refused"),
    (encoded_without_merges, "编码：没有合并", "encoding without merges"),
    (encoded_once_merged, "编码：一条合并", "encoding with one merge"),
    (encoded_in_steps, "编码：合并套合并", "encoding in steps"),
    (encoded_by_rank, "编码：先训练的先合并", "encoding by rank"),
    (encoded_runs, "编码：连续相同的字节", "encoding runs of a byte"),
    (encoded_bytes, "编码：非 ASCII", "encoding beyond ASCII"),
    (encoded_as_it_is, "编码：空格、大小写、换行原样", "encoding spaces, case and line ends as they are"),
    (decoded, "解码", "decoding"),
    (decoded_deep, "解码：层层合并", "decoding merges of merges"),
    (decoded_across_tokens, "解码：一个字分在几个 Token", "a character over several tokens"),
    (decoded_with_replacement, "解码：不完整的字节", "bytes that are not UTF-8"),
    (decoded_as_it_is, "解码：BOM、换行原样", "decoding marks and line ends as they are"),
    (bad_ids, "拒绝不存在的编号", "unknown ids are refused"),
    (there_and_back, "编码再解码", "there and back"),
    (input_unchanged, "不改动输入", "the input is left alone"),
    (random_texts, "200 组随机文本", "200 random texts"),
]
