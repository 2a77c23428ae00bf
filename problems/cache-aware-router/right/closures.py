"""Closures over one table of the block's holders: for each prefix the replicas that have it, with times of use."""

from collections import defaultdict
from types import SimpleNamespace


def made(block_size, capacity, weight):
    if block_size < 1:
        raise ValueError("block_size")
    if capacity < 0:
        raise ValueError("capacity")
    if weight < 0:
        raise ValueError("weight")
    holders = defaultdict(dict)
    replicas, homes = {}, {}
    tick = iter(range(1 << 60))

    def needed(replica):
        if replica not in replicas:
            raise KeyError(replica)
        return replicas[replica]

    def held(replica):
        return sorted((times[replica], prefix) for prefix, times in holders.items() if replica in times)

    def add(replica):
        if replica in replicas:
            raise ValueError("there already")
        replicas[replica] = SimpleNamespace(load=0, order=next(tick))

    def remove(replica):
        needed(replica)
        for times in holders.values():
            times.pop(replica, None)
        replicas.pop(replica)
        gone = [request for request in homes if homes[request][0] == replica]
        for request in gone:
            homes.pop(request)
        return gone

    def route(request, tokens):
        if request in homes or tokens == []:
            raise ValueError("request")
        if not replicas:
            raise RuntimeError("no replica")
        prefixes = [tuple(tokens[: i + 1]) for i in range(len(tokens)) if (i + 1) % block_size == 0]

        def rank(replica):
            hit = 0
            for prefix in prefixes:
                if replica in holders[prefix] and len(prefix) < len(tokens):
                    hit += block_size
                else:
                    break
            return weight * (len(tokens) - hit) + replicas[replica].load, -hit, replicas[replica].order

        best = sorted(replicas, key=rank)[0]
        while prefixes:
            holders[prefixes.pop()][best] = next(tick)
        all_of_them = held(best)
        for _, prefix in all_of_them[: len(all_of_them) - capacity if len(all_of_them) > capacity else 0]:
            del holders[prefix][best]
        replicas[best].load += len(tokens)
        homes[request] = best, len(tokens)
        return best

    def finish(request):
        replica, count = homes.pop(request)
        replicas[replica].load -= count

    def stats(replica):
        count = [1 for home, _ in homes.values() if home == replica]
        return {"load": needed(replica).load, "requests": len(count), "blocks": len(held(replica))}

    return add, remove, route, finish, stats


class Router:
    def __init__(self, block_size, capacity, weight=1):
        self.add, self.remove, self.route, self.finish, self.stats = made(block_size, capacity, weight)
