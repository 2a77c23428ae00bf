"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "old_ids_kept",
        "second_merge",
        "counts in the original bytes, which no merge changes",
        """        corpus = [(_merged(ids, best, 256 + len(merges)), times) for ids, times in corpus]
""",
        """        corpus = [(ids if len(merges) else _merged(ids, best, 256), times) for ids, times in corpus]
""",
    ),
    (
        "numbered_from_257",
        "second_merge",
        "numbers the merges from 1",
        "        corpus = [(_merged(ids, best, 256 + len(merges)), times)",
        "        corpus = [(_merged(ids, best, 257 + len(merges)), times)",
    ),
    (
        "pairs_of_bytes",
        "first_merge",
        "returns the bytes of the two tokens, where ids are asked for",
        """        merges.append(best)
    return merges
""",
        """        merges.append(best)
    tokens = [bytes([byte]) for byte in range(256)]
    for first, second in merges:
        tokens.append(tokens[first] + tokens[second])
    return [(tokens[first], tokens[second]) for first, second in merges]
""",
    ),
    (
        "counts_ignored",
        "words_by_count",
        "counts every word once, however often it occurs",
        """            for pair in pairwise(ids):
                seen[pair] += times
""",
        """            for pair in pairwise(ids):
                seen[pair] += 1 + (times > 1)
""",
    ),
    (
        "one_long_text",
        "not_across_words",
        "writes all words into one text, where their ends meet",
        """    corpus = [(list(word.encode("utf-8")), times) for word, times in words.items()]
""",
        """    corpus = [([byte for word, times in words.items() for byte in word.encode("utf-8") * times], 1)]
""",
    ),
    (
        "tie_first_seen",
        "tie_to_the_smallest",
        "takes the pair that was seen first",
        """        best = min(seen, key=lambda pair: (-seen[pair], pair), default=None)
""",
        """        best = min(seen, key=lambda pair: -seen[pair], default=None)
""",
    ),
    (
        "tie_largest",
        "tie_to_the_smallest",
        "takes the maximum of (count, pair): the largest pair among equals",
        """        best = min(seen, key=lambda pair: (-seen[pair], pair), default=None)
""",
        """        best = max(seen, key=lambda pair: (seen[pair], pair), default=None)
""",
    ),
    (
        "tie_by_bytes",
        "tie_by_ids",
        "compares the tokens' bytes in place of their ids",
        """        best = min(seen, key=lambda pair: (-seen[pair], pair), default=None)
""",
        """        tokens = [bytes([byte]) for byte in range(256)]
        for first, second in merges:
            tokens.append(tokens[first] + tokens[second])
        best = min(seen, key=lambda pair: (-seen[pair], tokens[pair[0]], tokens[pair[1]]), default=None)
""",
    ),
    (
        "overlaps_not_counted",
        "overlapping_pairs_counted",
        "counts as many pairs as could be merged",
        """            for pair in pairwise(ids):
                seen[pair] += times
""",
        """            last = None
            for at, pair in enumerate(pairwise(ids)):
                if last == (at - 1, pair):
                    continue
                seen[pair] += times
                last = at, pair
""",
    ),
    (
        "merged_from_the_right",
        "merged_from_the_left",
        "goes through the word backwards",
        """    out, at = [], 0
    while at < len(ids):
        if tuple(ids[at : at + 2]) == pair:
            out.append(new)
            at += 2
        else:
            out.append(ids[at])
            at += 1
    return out
""",
        """    out, at = [], len(ids)
    while at > 0:
        if at > 1 and tuple(ids[at - 2 : at]) == pair:
            out.append(new)
            at -= 2
        else:
            out.append(ids[at - 1])
            at -= 1
    return out[::-1]
""",
    ),
    (
        "merged_twice",
        "merged_from_the_left",
        "uses a byte for two merges that overlap",
        """    out, at = [], 0
    while at < len(ids):
        if tuple(ids[at : at + 2]) == pair:
            out.append(new)
            at += 2
        else:
            out.append(ids[at])
            at += 1
    return out
""",
        """    out, at = [], 0
    while at < len(ids):
        if tuple(ids[at : at + 2]) == pair:
            out.append(new)
            at += 1 + (tuple(ids[at + 1 : at + 3]) != pair)
        else:
            out.append(ids[at])
            at += 1
    return out
""",
    ),
    (
        "once_is_enough",
        "no_pair_twice",
        "merges pairs that occur once",
        " or seen[best] < 2:",
        ":",
    ),
    (
        "none_left",
        "nothing_left",
        "takes the best of no pairs at all",
        """        best = min(seen, key=lambda pair: (-seen[pair], pair), default=None)
""",
        """        best = min(seen, key=lambda pair: (-seen[pair], pair))
""",
    ),
    (
        "characters",
        "trained_on_bytes",
        "takes characters for bytes",
        """    corpus = [(list(word.encode("utf-8")), times) for word, times in words.items()]
""",
        """    corpus = [([ord(letter) for letter in word], times) for word, times in words.items()]
""",
    ),
    (
        "negative_count",
        "bad_training",
        "takes a negative number of merges for none",
        "    if count < 0 or any(",
        "    if any(",
    ),
    (
        "count_of_zero",
        "bad_training",
        "accepts words that do not occur",
        "times < 1 for",
        "times < 0 for",
    ),
    (
        "encoded_characters",
        "encoded_bytes",
        "encodes characters, whose numbers collide with the ids of merges",
        """    ids = list(text.encode("utf-8"))
""",
        """    ids = [ord(letter) for letter in text]
""",
    ),
    (
        "leftmost_first",
        "encoded_by_rank",
        "merges whatever can be merged, from the left",
        """    while True:
        best = min(pairwise(ids), key=lambda pair: ranks.get(pair, len(merges)), default=None)
        if best not in ranks:
            return ids
        ids = _merged(ids, best, 256 + ranks[best])
""",
        """    while True:
        best = next((pair for pair in pairwise(ids) if pair in ranks), None)
        if best is None:
            return ids
        ids = _merged(ids, best, 256 + ranks[best])
""",
    ),
    (
        "longest_match",
        "encoded_by_rank",
        "takes the longest token that fits, from the left",
        """    while True:
        best = min(pairwise(ids), key=lambda pair: ranks.get(pair, len(merges)), default=None)
        if best not in ranks:
            return ids
        ids = _merged(ids, best, 256 + ranks[best])
""",
        """    tokens = [bytes([byte]) for byte in range(256)]
    for first, second in merges:
        tokens.append(tokens[first] + tokens[second])
    data, out = bytes(ids), []
    while data:
        best = max((token for token in tokens if data.startswith(token)), key=len)
        out.append(tokens.index(best))
        data = data[len(best) :]
    return out
""",
    ),
    (
        "one_round",
        "encoded_in_steps",
        "looks for pairs in the bytes once, and not in what was merged",
        """    while True:
        best = min(pairwise(ids), key=lambda pair: ranks.get(pair, len(merges)), default=None)
        if best not in ranks:
            return ids
        ids = _merged(ids, best, 256 + ranks[best])
""",
        """    for best in sorted(set(pairwise(ids)) & set(ranks), key=ranks.get):
        ids = _merged(ids, best, 256 + ranks[best])
    return ids
""",
    ),
    (
        "decoded_one_by_one",
        "decoded_across_tokens",
        "reads each token as text by itself",
        """    return b"".join(tokens[number] for number in ids).decode("utf-8", errors="replace")
""",
        """    return "".join(tokens[number].decode("utf-8", errors="replace") for number in ids)
""",
    ),
    (
        "decoded_strictly",
        "decoded_with_replacement",
        "lets the decoder raise",
        """    return b"".join(tokens[number] for number in ids).decode("utf-8", errors="replace")
""",
        """    return b"".join(tokens[number] for number in ids).decode("utf-8")
""",
    ),
    (
        "decoded_without",
        "decoded_with_replacement",
        "drops bytes that are not UTF-8",
        """    return b"".join(tokens[number] for number in ids).decode("utf-8", errors="replace")
""",
        """    return b"".join(tokens[number] for number in ids).decode("utf-8", errors="ignore")
""",
    ),
    (
        "ids_unchecked",
        "bad_ids",
        "indexes with what it is given: an IndexError above, the last token below 0",
        "        if not 0 <= number < len(tokens):",
        "        if False:",
    ),
    (
        "negative_id",
        "bad_ids",
        "checks the upper bound alone, and -1 is the last token",
        "        if not 0 <= number < len(tokens):",
        "        if number >= len(tokens):",
    ),
    (
        "words_of_a_byte_unchecked",
        "bad_training",
        "looks at counts where pairs are counted: a word without a pair may occur 0 times",
        "any(times < 1 for times in words.values())",
        "any(times < 1 for word, times in words.items() if len(word) > 1)",
    ),
    (
        "cut_at_spaces",
        "encoded_as_it_is",
        "encodes each word by itself, as a tokenizer does that cuts the text first; here the text is one word",
        "    ranks = {pair: rank for rank, pair in enumerate(merges)}\n",
        """    if " " in text:
        first, _, rest = text.partition(" ")
        return [*encode(first, merges), 32, *encode(rest, merges)]
    ranks = {pair: rank for rank, pair in enumerate(merges)}
""",
    ),
    (
        "normalized",
        "encoded_as_it_is",
        "normalizes the text, so that decoding gives other characters than came in",
        '    ids = list(text.encode("utf-8"))\n',
        '    import unicodedata\n\n    ids = list(unicodedata.normalize("NFC", text).encode("utf-8"))\n',
    ),
    (
        "mark_taken_off",
        "decoded_as_it_is",
        "decodes as a file is read, and drops the mark at the beginning",
        '.decode("utf-8", errors="replace")',
        '.decode("utf-8", errors="replace").removeprefix("\\ufeff")',
    ),
    (
        "one_sign_a_run",
        "decoded_with_replacement",
        "puts one replacement character for a run of bytes that are not valid",
        '    return b"".join(tokens[number] for number in ids).decode("utf-8", errors="replace")',
        '    text = b"".join(tokens[number] for number in ids).decode("utf-8", errors="replace")\n'
        '    while "\\ufffd\\ufffd" in text:\n'
        '        text = text.replace("\\ufffd\\ufffd", "\\ufffd")\n'
        "    return text",
    ),
    (
        "words_consumed",
        "input_unchanged",
        "takes the words out of the caller's dict",
        """    corpus = [(list(word.encode("utf-8")), times) for word, times in words.items()]
""",
        """    corpus = []
    while words:
        word, times = words.popitem()
        corpus.append((list(word.encode("utf-8")), times))
""",
    ),
]
