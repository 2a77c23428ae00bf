"""What the tests of a problem are written with, and what runs them.

It gives the same results on the command line and in the page: what the two run differs in nothing but the Python
below it, which is CPython in both.
"""

import builtins
import itertools
import math
import sys

LONGEST = 160
"""Of a value shown to the reader, in characters."""
MOST = 40
"""Of a list shown to the reader, in entries."""
LONGEST_SAID = 2_000
"""Of an error's message, in characters."""


class Mismatch(Exception):
    """A case that fails: what was given, what was expected, what came. Each a text, or a pair of texts (zh, en)."""

    def __init__(self, given, expected, got, place=""):
        super().__init__("mismatch")
        self.given = given
        self.expected = expected
        self.got = got
        self.place = place
        self.error = None
        self.key = None


class Missing(Exception):
    """The answer has no function or class of the name that the statement asks for."""


def _listed(value):
    return isinstance(value, (list, tuple))


def _number(value, digits):
    text = digits % value if digits and math.isfinite(value) else repr(value)
    # A float looks like one: 0.0 is not what 0 is where an int is asked for.
    return text if not math.isfinite(value) or "." in text or "e" in text else text + ".0"


def _joined(texts, count):
    """So many of the texts as are shown, and a mark where there are more."""
    return ", ".join(itertools.islice(texts, MOST)) + (", …" if count > MOST else "")


def _shown(value, digits, left):
    """The value's text; `left` has as many entries as may still be shown, of lists within lists too."""
    if not left:
        return "…"
    left.pop()
    if isinstance(value, float):
        return _number(value, digits)
    if _listed(value):
        inner = _joined((_shown(item, digits, left) for item in value), len(value))
        if isinstance(value, list):
            return "[" + inner + "]"
        return "(" + inner + (",)" if len(value) == 1 else ")")
    if isinstance(value, dict):
        # By their texts: the order of a dict does not count.
        pairs = sorted(shown(key, digits) + ": " + _shown(item, digits, left) for key, item in value.items())
        return "{" + _joined(pairs, len(pairs)) + "}"
    if isinstance(value, (set, frozenset)):
        texts = sorted(_shown(item, digits, left) for item in value)
        return "{" + _joined(texts, len(texts)) + "}" if value else "set()"
    return repr(value[: LONGEST + 1] if isinstance(value, (str, bytes)) else value)


def _cut(text, most):
    return text if len(text) <= most else text[: most - 1] + "…"


def shown(value, digits="%.9g"):
    """The value as a reader would write it, cut to LONGEST characters; floats rounded to nine digits ("": all)."""
    try:
        text = _shown(value, digits, [None] * MOST * MOST)
    except Exception:
        # What the reader's own __repr__ does, or a list that holds itself.
        return "<" + _cut(type(value).__name__, MOST) + ">"
    return _cut(text, LONGEST)


def _missing(given, expected, got, key):
    mismatch = Mismatch(given, shown(expected), shown(got))
    mismatch.key = shown(key)
    return mismatch


def entry(given, got, key):
    """What the dict `got` has at the key; fails, and says so, where it is no dict or has no such key."""
    if not isinstance(got, dict):
        raise Mismatch(given, "dict", shown(got))
    if key not in got:
        raise _missing(given, "{" + shown(key) + ": …}", got, key)
    return got[key]


def _pairs(given, got, expected, place):
    """The places of what a list, a tuple or a dict holds, with what stands there; None where they do not agree."""
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return None
        for key in expected:
            if key not in got:
                raise _missing(given, expected, got, key)
        if len(got) != len(expected):
            return None
        return [(place + "[" + shown(key) + "]", got[key], expected[key]) for key in sorted(expected, key=shown)]
    if isinstance(got, list) != isinstance(expected, list) or not _listed(got) or len(got) != len(expected):
        return None
    return [(place + "[" + str(at) + "]", got[at], expected[at]) for at in range(len(expected))]


def _differs(given, got, expected, same, place):
    """Where the two first differ, with what stands there; None where they agree: same() judges what holds nothing."""
    if _listed(expected) or isinstance(expected, dict):
        pairs = _pairs(given, got, expected, place)
        if pairs is not None:
            for at, mine, theirs in pairs:
                found = _differs(given, mine, theirs, same, at)
                if found is not None:
                    return found
            return None
    elif same(got, expected):
        return None
    return place, shown(got, ""), shown(expected, "")


def _compare(given, got, expected, same):
    found = _differs(given, got, expected, same, "")
    if found is None:
        return
    place, mine, theirs = found
    said = shown(expected), shown(got)
    # The place says something new within a list, and where nine digits are too few.
    new = place or said[0] == said[1]
    raise Mismatch(given, said[0], said[1], (place + ": " if place else "") + mine + " ≠ " + theirs if new else "")


# Only these compare as they say: a number of a class of its own may call itself equal to anything.
_PLAIN = (int, float, bool, str, bytes, type(None))


def _same(got, expected):
    if type(expected) not in _PLAIN:
        return type(got) is type(expected) and got == expected
    # A whole number is also a float, a float is no int.
    kinds = (float, int) if type(expected) is float else (type(expected),)
    return type(got) in kinds and got == expected


def equal(given, got, expected):
    """Fails unless got is what was expected: a list is no tuple, a float no int; an int may stand for a float."""
    _compare(given, got, expected, _same)


def close(given, got, expected, absolute=0.0, relative=0.0):
    """Fails unless got is expected, or differs by no more than absolute + relative · |expected|, number by number.

    An int and a float may stand for each other; where that is to be told apart, equal() does.
    """

    def same(mine, theirs):
        if type(theirs) not in (int, float):
            return _same(mine, theirs)
        if type(mine) not in (int, float) or mine != mine:
            return False
        if mine == theirs:
            return True
        try:
            # An infinite expectation allows no other number.
            return math.isfinite(theirs) and abs(mine - theirs) <= absolute + relative * abs(theirs)
        except OverflowError:
            return False

    _compare(given, got, expected, same)


def raises(given, kind, call, *arguments):
    """Fails unless call(*arguments) raises an error of the kind."""
    try:
        got = call(*arguments)
    except kind:
        return
    except (Missing, NotImplementedError, MemoryError):
        raise
    except Exception as error:
        mismatch = Mismatch(given, kind.__name__, type(error).__name__ + ": " + _said(error))
        mismatch.error = error
        raise mismatch
    raise Mismatch(given, kind.__name__, shown(got))


def holds(given, condition, expected, got):
    """Fails unless the condition holds; expected and got say in words what it asks for and what came."""
    if not condition:
        raise Mismatch(given, expected, got)


class Random:
    """Random numbers that are the same in both Pythons: xorshift32 of a seed.

    normal() goes through log and cos, whose last digit the two may round differently.
    """

    def __init__(self, seed):
        # Neighbouring seeds begin with states far apart; a state of 0 would stay 0.
        self._state = (seed * 2654435761 + 0x9E3779B9) & 0xFFFFFFFF or 1
        for _ in range(4):
            self._next()

    def _next(self):
        state = self._state
        state ^= (state << 13) & 0xFFFFFFFF
        state ^= state >> 17
        state ^= (state << 5) & 0xFFFFFFFF
        self._state = state
        return state

    def random(self):
        """A number of [0, 1)."""
        return self._next() / 4294967296.0

    def below(self, n):
        """A whole number of 0 … n - 1."""
        return self._next() % n

    def normal(self):
        """A number of the standard normal distribution."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self.random()))
        return radius * math.cos(2.0 * math.pi * self.random())


def _noted(name):
    def used(self, *others):
        self.note(name, self, *others)
        return getattr(type(self).plain, name)(self, *others)

    return used


_OPERATORS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")
_USES = ["__" + side + name + "__" for name in _OPERATORS for side in ("", "r")]
_USES += ["__neg__", "__pos__", "__abs__", "__float__", "__int__", "__lt__", "__le__", "__gt__", "__ge__"]


class _Notes:
    """Tells note(method's name, number, the other number where there is one) of each use; results are plain."""

    def __new__(cls, value, note):
        self = cls.plain.__new__(cls, value)
        self.note = note
        return self

    def __hash__(self):
        return self.plain.__hash__(self)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        # A number is its own copy: without this, deepcopy() asks for one that has no note.
        return self


for _name in _USES:
    setattr(_Notes, _name, _noted(_name))


class _NotedFloat(_Notes, float):
    plain = float


class _NotedInt(_Notes, int):
    plain = int


def noted(value, note):
    """The number, which reckons and compares as it always did, and tells note() of each use."""
    return (_NotedInt if isinstance(value, int) else _NotedFloat)(value, note)


def watched(answer, name, call, change=lambda result: result):
    """What call() returns, and what the answer's function of that name was given meanwhile, call by call.

    change() makes of each of its results the one that the answer gets to see.
    """
    function, calls = getattr(answer, name), []

    def watching(*arguments, **more):
        calls.append(arguments)
        return change(function(*arguments, **more))

    answer._names[name] = watching
    try:
        return call(), calls
    finally:
        answer._names[name] = function


def shallow(calls, call, *arguments):
    """What call() returns, with room for so many calls within one another: who recurses deeper fails.

    It lets a case tell recursion from a loop by a few hundred objects. Those that are linked in a chain of thousands
    cannot be freed in the page, where the browser's stack ends before Python's, and a right answer may link them.
    """
    here, frame, limit = 0, sys._getframe(), sys.getrecursionlimit()
    while frame is not None:
        here, frame = here + 1, frame.f_back
    sys.setrecursionlimit(here + calls)
    try:
        return call(*arguments)
    finally:
        sys.setrecursionlimit(limit)


class Answer:
    """The reader's names as attributes; one that is not there is told by its name."""

    def __init__(self, names):
        self._names = names

    def __getattr__(self, name):
        found = self._names.get(name)
        if not callable(found):
            raise Missing(name)
        return found


def _lines(error, file):
    """The lines of the file that the error passed through, the innermost last."""
    found = []
    if isinstance(error, SyntaxError) and error.filename == file:
        found.append(error.lineno or 1)
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == file:
            found.append(step.tb_lineno)
        step = step.tb_next
    return found


def _said(error):
    """The error's message, cut; nothing where the reader's own __str__ fails."""
    try:
        # CPython adds the file and the line, which are told anyway.
        return _cut(str(error.msg if isinstance(error, SyntaxError) else error), LONGEST_SAID)
    except Exception:
        return ""


def _kind(error, inside):
    """What kind of error it is, for the sentence that the reader gets."""
    if isinstance(error, Missing):
        return "missing"
    if isinstance(error, NotImplementedError):
        return "unwritten"
    if isinstance(error, SyntaxError):
        return "syntax"
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, ImportError):
        return "import"
    if type(error).__name__ == "Tampering":
        return "tampering"
    if isinstance(error, (SystemExit, KeyboardInterrupt)):
        return "exit"
    if isinstance(error, RecursionError):
        return "recursion"
    if inside:
        return "error"
    return "none" if "NoneType" in _said(error) else "unusable"


def told(error, file):
    """What the reader is told of an error: its kind, its name and message, the reader's own line (None: none).

    Kinds: mismatch, key (a dict lacks the one in the message), none (nothing was returned where something is asked
    for), missing (the message is the name),
    unwritten, syntax, memory, import, tampering, exit, recursion, error, and unusable: the tests could not call the
    answer, or not use what it returned.
    """
    if isinstance(error, Mismatch):
        lines = _lines(error.error, file) if error.error is not None else []
        kind = "none" if error.got == "None" and error.expected != "None" else "mismatch"
        if error.key is not None:
            kind = "key"
        return {
            "kind": kind,
            "given": error.given,
            "expected": error.expected,
            "got": error.got,
            "place": error.place,
            "error": "",
            "message": error.key or "",
            "line": lines[-1] if lines else None,
        }
    lines = _lines(error, file)
    return {
        "kind": _kind(error, bool(lines)),
        "given": "",
        "expected": "",
        "got": "",
        "place": "",
        "error": _cut(type(error).__name__, LONGEST),
        "message": _said(error),
        "line": lines[-1] if lines else None,
    }


def compiled(text, file="answer.py"):
    """The code of the text, and what is wrong with it: one of the two is None."""
    try:
        return compile(text, file, "exec"), None
    except (MemoryError, RecursionError):
        # Neither is the answer's own: each Python ends elsewhere, and for each something else runs out.
        return None, told(SyntaxError("too deeply nested"), file)
    except (SyntaxError, ValueError) as error:
        return None, told(error, file)


def executed(code, file="answer.py"):
    """The answer of the code, and what is wrong with it: one of the two is None."""
    # A dataclass looks its module up.
    module = type(sys)("answer")
    # The judge's own are out of its reach, where there are such.
    module.__dict__.update({"__builtins__": builtins, "__name__": "answer", "__file__": file})
    sys.modules["answer"] = module
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        return None, told(error, file)
    return Answer(module.__dict__), None


def read(text, file="answer.py"):
    """The answer in the text, and what is wrong with the text itself: one of the two is None."""
    code, wrong = compiled(text, file)
    return (None, wrong) if code is None else executed(code, file)


def run(answer, cases, tell=None, file="answer.py"):
    """The result of each case, in order; tell(result) is called with each as soon as it is there.

    A result has the case's function as `case`, its names as `zh` and `en`, `ok`, and what told() says of its failure.
    """
    results = []
    for case, zh, en in cases:
        result = {"case": case.__name__, "zh": zh, "en": en, "ok": True}
        try:
            case(answer)
        except BaseException as error:
            result["ok"] = False
            result.update(told(error, file))
        results.append(result)
        if tell is not None:
            tell(result)
    return results
