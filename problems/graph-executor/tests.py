import weakref

from harness import Random, entry, equal, holds, raises, shallow


def in_order(nodes, outputs):
    """The order by its definition: again and again the first node of the list that can run, of those needed."""
    inputs = {name: sources for name, sources, _, _ in nodes}
    needed = list(outputs)
    for name in needed:
        needed.extend(inputs[name])
    order = []
    while True:
        ready = [n for n, sources, _, _ in nodes if n not in order and n in needed and set(sources) <= set(order)]
        if not ready:
            return order
        order.append(ready[0])


def lives(nodes, outputs):
    """The steps at which each result is alive, and which input it overwrites."""
    order = in_order(nodes, outputs)
    facts = {name: (sources, size, may) for name, sources, size, may in nodes}
    alive, over = {}, {}
    for step, name in enumerate(order):
        end = step
        for later in range(step + 1, len(order)):
            if name in facts[order[later]][0]:
                end = later
        alive[name] = set(range(step, len(order) if name in outputs else end + 1))
    for step, name in enumerate(order):
        sources, size, may = facts[name]
        first = sources[0] if sources else None
        ends = first is not None and first not in outputs and max(alive[first]) == step
        if may and ends and facts[first][1] == size:
            over[name] = first
    # What is overwritten is gone where its successor begins: the two are one at that step.
    for name, first in over.items():
        alive[first] = alive[first] - {order.index(name)}
    return order, alive, over


def said(nodes, outputs):
    return f"nodes = {nodes}; outputs = {outputs}"


def scheduled(answer, nodes, outputs):
    got = answer.schedule(copied(nodes), list(outputs))
    equal(f"{said(nodes, outputs)}; schedule(nodes, outputs)", got, in_order(nodes, outputs))


def copied(nodes):
    return [(name, list(sources), size, may) for name, sources, size, may in nodes]


def planned(answer, nodes, outputs):
    given = f"{said(nodes, outputs)}; plan(nodes, outputs)"
    order, alive, over = lives(nodes, outputs)
    size = {name: size for name, _, size, _ in nodes}
    here = [[name for name in order if step in alive[name]] for step in range(len(order))]
    got = answer.plan(copied(nodes), list(outputs))
    peak = max([sum(size[name] for name in names) for names in here], default=0)
    equal(f'{given}["peak"]', entry(given, got, "peak"), peak)
    buffer = entry(given, got, "buffer")
    words = ("这些结果各一块：" + ", ".join(order), "a buffer for each of " + ", ".join(order))
    fine = isinstance(buffer, dict) and set(buffer) == set(order)
    holds(f'{given}["buffer"]', fine, words, repr(buffer))
    for name, first in over.items():
        words = f"{name} 写在 {first} 的块里", f"{name} written over {first}"
        holds(f'{given}["buffer"]', buffer[name] == buffer[first], words, repr(buffer))
    for step, names in enumerate(here):
        distinct = len({buffer[name] for name in names}) == len(names)
        words = (
            f"运行 {order[step]} 时这些各在一块里：{', '.join(names)}",
            f"buffers of their own for {', '.join(names)}, which are alive when {order[step]} runs",
        )
        holds(f'{given}["buffer"]', distinct, words, repr(buffer))
    count = max([len(names) for names in here], default=0)
    equal(f'{given}["buffers"]', entry(given, got, "buffers"), count)
    numbers = all(type(number) is int and 0 <= number < count for number in buffer.values())
    words = f"块号从 0 到 {count - 1}", f"buffers 0 to {count - 1}"
    holds(f'{given}["buffer"]', numbers, words, repr(buffer))


CHAIN = [("x", [], 8, False), ("a", ["x"], 8, False), ("b", ["a"], 8, False), ("y", ["b"], 8, False)]
DIAMOND = [("x", [], 4, False), ("l", ["x"], 2, False), ("r", ["x"], 3, False), ("y", ["l", "r"], 1, False)]


def a_chain(answer):
    scheduled(answer, CHAIN, ["y"])
    scheduled(answer, DIAMOND, ["y"])


def any_order_in_the_list(answer):
    scheduled(answer, CHAIN[::-1], ["y"])
    scheduled(answer, [DIAMOND[at] for at in (3, 2, 0, 1)], ["y"])


def first_in_the_list(answer):
    nodes = [("c", [], 1, False), ("b", [], 1, False), ("a", [], 1, False), ("y", ["a", "b", "c"], 1, False)]
    scheduled(answer, nodes, ["y"])
    # "early" becomes ready late, and goes before all that is ready behind it in the list.
    nodes = [
        *(("late", ["c"], 1, False), ("early", ["a"], 1, False), ("a", [], 1, False), ("b", [], 1, False)),
        *(("c", ["b"], 1, False), ("d", ["a"], 1, False), ("y", ["late", "early", "d"], 1, False)),
    ]
    scheduled(answer, nodes, ["y"])


def an_input_twice(answer):
    scheduled(answer, [("y", ["x", "x"], 1, False), ("x", [], 1, False)], ["y"])
    scheduled(answer, [("x", [], 1, False), ("y", ["x", "x", "x"], 1, False), ("z", ["y", "x", "y"], 1, False)], ["z"])


def what_is_not_needed(answer):
    nodes = [*DIAMOND, ("dead", ["x", "l"], 9, False), ("deader", ["dead"], 9, False), ("z", ["r"], 1, False)]
    scheduled(answer, nodes, ["y"])
    scheduled(answer, nodes, ["z"])
    scheduled(answer, nodes, ["z", "y"])
    scheduled(answer, nodes, ["x"])


def several_outputs(answer):
    scheduled(answer, DIAMOND, ["r", "y", "x"])
    scheduled(answer, DIAMOND, ["l", "l"])
    scheduled(answer, DIAMOND, [])


def cycles(answer):
    for nodes, outputs in (
        ([("a", ["b"], 1, False), ("b", ["a"], 1, False)], ["a"]),
        ([("x", [], 1, False), ("a", ["x", "c"], 1, False), ("b", ["a"], 1, False), ("c", ["b"], 1, False)], ["b"]),
        ([("x", [], 1, False), ("a", ["x", "a"], 1, False)], ["a"]),
    ):
        raises(f"{said(nodes, outputs)}; schedule(nodes, outputs)", ValueError, answer.schedule, nodes, outputs)


def a_cycle_that_is_not_needed(answer):
    nodes = [*CHAIN, ("p", ["q", "x"], 1, False), ("q", ["p"], 1, False)]
    for outputs in (["y"], []):
        for name in ("schedule", "plan"):
            given = f"{said(nodes, outputs)}; {name}(nodes, outputs)"
            raises(given, ValueError, getattr(answer, name), nodes, outputs)
        given = f"{said(nodes, outputs)}; execute(nodes, outputs, …)"
        raises(given, ValueError, answer.execute, nodes, outputs, noting(nodes, []))


def unknown_and_double(answer):
    for nodes, outputs in (
        (CHAIN, ["nobody"]),
        ([*CHAIN, ("z", ["y", "nobody"], 1, False)], ["z"]),
        ([*CHAIN, ("dead", ["nobody"], 1, False)], ["y"]),
        ([*CHAIN, ("a", ["x"], 1, False)], ["y"]),
    ):
        for name in ("schedule", "plan"):
            given = f"{said(nodes, outputs)}; {name}(nodes, outputs)"
            raises(given, ValueError, getattr(answer, name), nodes, outputs)
    nodes = [("a", ["b"], 1, False), ("b", ["a"], 1, False)]
    given = f"{said(nodes, ['a'])}; execute(nodes, outputs, …)"
    raises(given, ValueError, answer.execute, nodes, ["a"], {"a": str, "b": str})


def deep_graphs(answer):
    count = 300
    nodes = [(f"n{at}", [f"n{at + 1}"] if at + 1 < count else [], 1, False) for at in range(count)]
    got = shallow(100, answer.schedule, nodes, ["n0"])
    given = f"n0 ← n1 ← … ← n{count - 1}"
    words = (f"从 n{count - 1} 到 n0", f"n{count - 1} to n0")
    holds(given, got == [f"n{at}" for at in range(count - 1, -1, -1)], words, f"{got[:3]} …")


def a_planned_chain(answer):
    planned(answer, CHAIN, ["y"])
    planned(answer, [("x", [], 5, False)], ["x"])
    planned(answer, CHAIN, [])


def sizes_count(answer):
    sizes = (3, 50, 2, 7)
    planned(answer, [(name, sources, size, may) for (name, sources, _, may), size in zip(CHAIN, sizes)], ["y"])
    planned(answer, DIAMOND, ["y"])


def several_consumers(answer):
    nodes = [
        *(("x", [], 6, False), ("a", ["x"], 4, False), ("b", ["a"], 5, False)),
        *(("c", ["b"], 3, False), ("d", ["c", "x"], 2, False), ("y", ["d"], 9, False)),
    ]
    planned(answer, nodes, ["y"])


def outputs_stay(answer):
    planned(answer, CHAIN, ["a", "y"])
    planned(answer, CHAIN, ["x", "b"])
    planned(answer, CHAIN, ["y", "x", "y", "x"])
    planned(answer, DIAMOND, ["x", "l", "r", "y"])


def only_what_runs(answer):
    nodes = [CHAIN[0], ("dead", ["x"], 100, False), *CHAIN[1:], ("late", ["x"], 100, True)]
    planned(answer, nodes, ["y"])


def an_input_twice_ends_once(answer):
    nodes = [
        *(("x", [], 4, False), ("s", ["x", "x"], 4, False), ("t", ["s", "s"], 4, False)),
        *(("u", ["s"], 4, False), ("v", ["t", "u"], 4, False), ("y", ["v", "t", "v"], 4, False)),
    ]
    planned(answer, nodes, ["y"])


def in_place(answer):
    nodes = [(name, sources, size, bool(sources)) for name, sources, size, _ in CHAIN]
    planned(answer, nodes, ["y"])


def not_in_place_while_used(answer):
    # r comes after l, so l may not write over x; then r may.
    nodes = [(name, sources, 4, bool(sources)) for name, sources, _, _ in DIAMOND]
    planned(answer, nodes, ["y"])


def not_in_place_over_an_output(answer):
    nodes = [(name, sources, size, bool(sources)) for name, sources, size, _ in CHAIN]
    planned(answer, nodes, ["y", "a"])
    planned(answer, nodes, ["b", "x"])
    # b is read at the last step, and has to be there after it.
    planned(answer, nodes, ["y", "b"])


def only_over_the_first_input(answer):
    nodes = [
        *(("w", [], 4, False), ("x", [], 4, False), ("a", ["w", "x"], 4, True)),
        *(("b", ["w", "a"], 4, True), ("c", ["b", "w"], 4, True)),
    ]
    planned(answer, nodes, ["c"])


def only_over_its_size(answer):
    for size in (7, 9):
        nodes = [("x", [], 8, False), ("a", ["x"], size, True), ("y", ["a"], size, True)]
        planned(answer, nodes, ["y"])


def over_an_input_that_is_there_twice(answer):
    nodes = [("x", [], 4, False), ("a", ["x", "x"], 4, True), ("b", ["a", "a"], 4, True), ("y", ["b"], 2, False)]
    planned(answer, nodes, ["y"])


def in_place_without_inputs(answer):
    planned(answer, [("x", [], 4, True), ("z", [], 4, True), ("y", ["x", "z"], 4, False)], ["y"])


def run(answer, nodes, outputs, functions):
    return answer.execute(copied(nodes), list(outputs), functions)


def noting(nodes, ran):
    """A function for each node that notes its name and makes a text of its inputs."""

    def function(name):
        def call(*values):
            ran.append(name)
            return f"{name}({', '.join(values)})" if values else name

        return call

    return {name: function(name) for name, _, _, _ in nodes}


def executed(answer):
    ran = []
    got = run(answer, DIAMOND[::-1], ["y"], noting(DIAMOND, ran))
    equal(f"{said(DIAMOND[::-1], ['y'])}; execute(nodes, outputs, …)", got, ["y(l(x), r(x))"])
    nodes = [("x", [], 1, False), ("z", [], 1, False), ("y", ["z", "x", "z"], 1, True)]
    got = run(answer, nodes, ["y"], noting(nodes, ran))
    equal(f"{said(nodes, ['y'])}; execute(nodes, outputs, …)", got, ["y(z, x, z)"])


def values_of_outputs(answer):
    for outputs in (["r", "y", "x"], ["l", "l"], []):
        got = run(answer, DIAMOND, outputs, noting(DIAMOND, []))
        values = {"x": "x", "l": "l(x)", "r": "r(x)", "y": "y(l(x), r(x))"}
        equal(f"{said(DIAMOND, outputs)}; execute(nodes, outputs, …)", got, [values[name] for name in outputs])
    nodes = [("x", [], 1, False), ("y", ["x"], 1, False)]
    got = run(answer, nodes, ["y"], {"x": lambda: None, "y": lambda x: [x]})
    equal(f"{said(nodes, ['y'])}; execute(nodes, outputs, {{x: None, y: [x]}})", got, [[None]])
    got = run(answer, nodes, ["x", "y"], {"x": lambda: None, "y": lambda x: 0})
    equal(f"{said(nodes, ['x', 'y'])}; execute(nodes, outputs, {{x: None, y: 0}})", got, [None, 0])


def each_runs_once(answer):
    nodes = [*DIAMOND, ("dead", ["x"], 1, False), ("z", ["y", "l", "y"], 1, False)]
    for outputs in (["z"], ["z", "y", "z"], ["l"]):
        ran = []
        run(answer, nodes, outputs, noting(nodes, ran))
        given = (f"{said(nodes, outputs)}; execute(…) 运行的节点", f"{said(nodes, outputs)}; what execute(…) runs")
        equal(given, ran, in_order(nodes, outputs))


class Tensor:
    """A value that can be watched."""

    def __init__(self, name):
        self.name = name


def values_are_dropped(answer):
    nodes = [
        *(("x", [], 1, False), ("a", ["x"], 1, False), ("b", ["a", "a"], 1, False), ("c", ["b"], 1, False)),
        *(("d", ["c", "x"], 1, False), ("e", ["d"], 1, False), ("f", ["e"], 1, False), ("y", ["f", "c"], 1, False)),
    ]
    for outputs in (["y"], ["y", "b"]):
        order, _, _ = lives(nodes, outputs)
        facts = {name: sources for name, sources, _, _ in nodes}
        alive = weakref.WeakSet()

        def function(name):
            def call(*_):
                step = order.index(name)
                rest = order[step:]
                needed = {source for later in rest for source in facts[later]} | set(outputs)
                held = sorted(tensor.name for tensor in alive)
                kept = [one for one in held if one not in needed]
                words = f"运行 {name} 时 {', '.join(kept)} 已放掉", f"{', '.join(kept)} dropped when {name} runs"
                holds(f"{said(nodes, outputs)}; execute(nodes, outputs, …)", not kept, words, ", ".join(held))
                made = Tensor(name)
                alive.add(made)
                return made

            return call

        got = run(answer, nodes, outputs, {name: function(name) for name in facts})
        equal(f"{said(nodes, outputs)}; execute(nodes, outputs, …)", [one.name for one in got], outputs)
        del got


def lists_are_left(answer):
    nodes, outputs = copied(DIAMOND[::-1]), ["y", "l"]
    answer.schedule(nodes, outputs)
    answer.plan(nodes, outputs)
    answer.execute(nodes, outputs, noting(nodes, []))
    given = f"{said(DIAMOND[::-1], ['y', 'l'])}; schedule(…); plan(…); execute(…); "
    equal(f"{given}nodes", nodes, DIAMOND[::-1])
    equal(f"{given}outputs", outputs, ["y", "l"])


def random_graphs(answer):
    rng = Random(61)
    for _ in range(200):
        count = 1 + rng.below(8)
        nodes = []
        for at in range(count):
            sources = [f"n{rng.below(at)}" for _ in range(rng.below(4))] if at else []
            nodes.append((f"n{at}", sources, 1 + rng.below(3), rng.below(2) == 0))
        shuffled = []
        while nodes:
            shuffled.append(nodes.pop(rng.below(len(nodes))))
        outputs = [shuffled[rng.below(count)][0] for _ in range(1 + rng.below(3))]
        scheduled(answer, shuffled, outputs)
        planned(answer, shuffled, outputs)
        ran = []
        run(answer, shuffled, outputs, noting(shuffled, ran))
        equal(f"{said(shuffled, outputs)}; execute(…)", ran, in_order(shuffled, outputs))


CASES = [
    (a_chain, "一条链，一个菱形", "a chain and a diamond"),
    (any_order_in_the_list, "列表里的次序任意", "any order in the list"),
    (first_in_the_list, "就绪的里面列表靠前的先来", "of those ready the first in the list"),
    (an_input_twice, "同一个输入用两次", "an input that is there twice"),
    (what_is_not_needed, "用不到的节点", "nodes that are not needed"),
    (several_outputs, "几个输出，没有输出", "several outputs, and none"),
    (cycles, "环", "cycles"),
    (a_cycle_that_is_not_needed, "用不到的环", "a cycle that is not needed"),
    (unknown_and_double, "没有的名字，重复的名字", "unknown names, and a name twice"),
    (deep_graphs, "300 层深", "a graph 300 deep"),
    (a_planned_chain, "一条链的内存", "the memory of a chain"),
    (sizes_count, "大小不同", "sizes that differ"),
    (several_consumers, "几个消费者", "several consumers"),
    (outputs_stay, "输出留到最后", "outputs stay"),
    (only_what_runs, "只算要运行的", "only what runs counts"),
    (an_input_twice_ends_once, "用两次的输入只放一次", "an input that is there twice ends once"),
    (in_place, "原地", "in place"),
    (not_in_place_while_used, "还有人用，不能原地", "not over what is still used"),
    (not_in_place_over_an_output, "输出不能被覆盖", "not over an output"),
    (only_over_the_first_input, "只能写在第一个输入上", "only over the first input"),
    (only_over_its_size, "大小不同不能原地", "only over what has its size"),
    (over_an_input_that_is_there_twice, "用两次的输入可以原地", "over an input that is there twice"),
    (in_place_without_inputs, "没有输入的原地节点", "in place without inputs"),
    (executed, "运行", "running"),
    (values_of_outputs, "输出的值", "the values of outputs"),
    (each_runs_once, "每个节点运行一次", "each runs once"),
    (values_are_dropped, "用完就放", "values are dropped after their last use"),
    (lists_are_left, "不改动传入的列表", "the lists passed in are left"),
    (random_graphs, "200 个随机的图", "200 random graphs"),
]
