"""What the tests of a problem are written with, and what runs them.

It stands in the subset that CPython 3.11 and MicroPython 1.27 share, and gives the same results in both: the judge
on the command line and the one in the page differ in nothing but the Python below them.
"""

import math
import sys

LONGEST = 160
"""Of a value shown to the reader, in characters."""
MOST = 40
"""Of a list shown to the reader, in entries."""


class Mismatch(Exception):
    """A case that fails: what was given, what was expected, what came. Each a text, or a pair of texts (zh, en)."""

    def __init__(self, given, expected, got, place=""):
        super().__init__("mismatch")
        self.given = given
        self.expected = expected
        self.got = got
        self.place = place
        self.error = None


class Missing(Exception):
    """The answer has no function or class of the name that the statement asks for."""


def _number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _listed(value):
    return isinstance(value, (list, tuple))


def _shown(value, digits):
    if isinstance(value, float):
        return digits % value if digits and math.isfinite(value) else repr(value)
    if _listed(value):
        inner = ", ".join(_shown(item, digits) for item in value[:MOST]) + (", …" if len(value) > MOST else "")
        if isinstance(value, list):
            return "[" + inner + "]"
        return "(" + inner + (",)" if len(value) == 1 else ")")
    if isinstance(value, dict):
        # Only CPython keeps the order of a dict.
        pairs = sorted(_shown(key, digits) + ": " + _shown(item, digits) for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(_shown(item, digits) for item in value)) + "}" if value else "set()"
    return repr(value)


def shown(value, digits="%.9g"):
    """The value as a reader would write it, cut to LONGEST characters; floats rounded to nine digits ("": all)."""
    try:
        text = _shown(value, digits)
    except Exception:
        # What the reader's own __repr__ does, or a list that holds itself.
        return "<" + type(value).__name__ + ">"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _differs(got, expected, same, place):
    """Where the two first differ, with what stands there; None where they agree: same() judges what is no list."""
    if not _listed(expected):
        if not _listed(got) and same(got, expected):
            return None
    elif _listed(got) and len(got) == len(expected):
        for at in range(len(expected)):
            found = _differs(got[at], expected[at], same, place + "[" + str(at) + "]")
            if found is not None:
                return found
        return None
    return place, shown(got, ""), shown(expected, "")


def _compare(given, got, expected, same):
    found = _differs(got, expected, same, "")
    if found is None:
        return
    place, mine, theirs = found
    said = shown(expected), shown(got)
    # The place says something new within a list, and where nine digits are too few.
    new = place or said[0] == said[1]
    raise Mismatch(given, said[0], said[1], (place + ": " if place else "") + mine + " ≠ " + theirs if new else "")


def _same(got, expected):
    return isinstance(got, bool) == isinstance(expected, bool) and got == expected


def equal(given, got, expected):
    """Fails unless got is exactly what was expected; a tuple may stand for a list, a bool for no number."""
    _compare(given, got, expected, _same)


def close(given, got, expected, absolute=0.0, relative=0.0):
    """Fails unless got is expected, or differs by no more than absolute + relative · |expected|, number by number."""

    def same(mine, theirs):
        if not _number(theirs):
            return _same(mine, theirs)
        if not _number(mine) or mine != mine:
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
        mismatch = Mismatch(given, kind.__name__, type(error).__name__ + ": " + str(error))
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
    if hasattr(sys, "print_exception"):
        import io

        text = io.StringIO()
        sys.print_exception(error, text)
        mark = 'File "' + file + '", line '
        parts = text.getvalue().split(mark)[1:]
        return [int(part.split(",")[0].split("\n")[0]) for part in parts]
    found = []
    if isinstance(error, SyntaxError) and error.filename == file:
        found.append(error.lineno or 1)
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == file:
            found.append(step.tb_lineno)
        step = step.tb_next
    return found


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
    if isinstance(error, (SystemExit, KeyboardInterrupt)):
        return "exit"
    if isinstance(error, RuntimeError) and "recursion depth" in str(error):
        return "recursion"
    if inside:
        return "error"
    return "none" if "NoneType" in str(error) else "unusable"


def told(error, file):
    """What the reader is told of an error: its kind, its name and message, the reader's own line (None: none).

    Kinds: mismatch, none (nothing was returned where something is asked for), missing (the message is the name),
    unwritten, syntax, memory, import, exit, recursion, error, and unusable: the tests could not call the answer, or
    not use what it returned.
    """
    if isinstance(error, Mismatch):
        lines = _lines(error.error, file) if error.error is not None else []
        kind = "none" if error.got == "None" and error.expected != "None" else "mismatch"
        return {
            "kind": kind,
            "given": error.given,
            "expected": error.expected,
            "got": error.got,
            "place": error.place,
            "error": "",
            "message": "",
            "line": lines[-1] if lines else None,
        }
    lines = _lines(error, file)
    # CPython adds the file and the line, which are told anyway.
    message = error.msg if isinstance(error, SyntaxError) and hasattr(error, "msg") else str(error)
    return {
        "kind": _kind(error, bool(lines)),
        "given": "",
        "expected": "",
        "got": "",
        "place": "",
        "error": type(error).__name__,
        "message": message,
        "line": lines[-1] if lines else None,
    }


def read(text, file="answer.py"):
    """The answer in the text, and what is wrong with the text itself: one of the two is None."""
    names = {"__name__": "answer", "__file__": file}
    try:
        exec(compile(text, file, "exec"), names)
    except BaseException as error:
        return None, told(error, file)
    return Answer(names), None


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
