"""Loops and indices; each choice a scan that keeps the best so far."""


def replicate(loads, slots):
    n = len(loads)
    if n == 0:
        raise ValueError("no experts")
    if slots < n:
        raise ValueError("too few slots")
    counts = []
    for i in range(n):
        if loads[i] < 0:
            raise ValueError("negative load")
        counts.append(1)
    used = n
    while used < slots:
        best = 0
        i = 1
        while i < n:
            mine = loads[i] * counts[best]
            theirs = loads[best] * counts[i]
            if mine > theirs or (mine == theirs and counts[i] < counts[best]):
                best = i
            i += 1
        counts[best] += 1
        used += 1
    return counts


def place(loads, ranks, per_rank):
    if ranks < 1:
        raise ValueError("ranks")
    if per_rank < 1:
        raise ValueError("per_rank")
    counts = replicate(loads, ranks * per_rank)
    left = list(counts)
    placement = [[] for _ in range(ranks)]
    carried = [0.0] * ranks
    placed = 0
    while placed < ranks * per_rank:
        e = -1
        for i in range(len(loads)):
            if left[i] > 0 and (e < 0 or loads[i] / counts[i] > loads[e] / counts[e]):
                e = i
        while left[e] > 0:
            best = -1
            best_has = True
            for r in range(ranks):
                if len(placement[r]) == per_rank:
                    continue
                has = e in placement[r]
                if best < 0 or (best_has and not has) or (has == best_has and carried[r] < carried[best]):
                    best = r
                    best_has = has
            placement[best].append(e)
            carried[best] += loads[e] / counts[e]
            left[e] -= 1
            placed += 1
    for r in range(ranks):
        placement[r] = sorted(placement[r])
    return placement


def balance(loads, placement):
    if len(loads) == 0:
        raise ValueError("no experts")
    total = 0
    for e in range(len(loads)):
        if loads[e] < 0:
            raise ValueError("negative load")
        total += loads[e]
        found = 0
        for experts in placement:
            found += experts.count(e)
        if found == 0:
            raise ValueError("expert without a replica")
    most = 0.0
    for experts in placement:
        carried = 0.0
        for e in experts:
            if e < 0 or e >= len(loads):
                raise ValueError("unknown expert")
            replicas = 0
            for others in placement:
                replicas += others.count(e)
            carried += loads[e] / replicas
        if carried > most:
            most = carried
    if total == 0:
        return 1.0
    return most / (total / len(placement))


def moves(old, new):
    if len(old) != len(new):
        raise ValueError("ranks")
    count = 0
    r = 0
    while r < len(new):
        i = 0
        while i < len(new[r]):
            if new[r][i] not in old[r] and new[r][i] not in new[r][:i]:
                count += 1
            i += 1
        r += 1
    return count
