"""Invented inputs, and what the line makes of each, from bytes to pages.

Some are Hypothesis's inventions, others are real documents that were cut, doubled, nested and
broken. Whatever comes in is refused with a message, or built so that the laws hold; it takes no
long time, and trips nothing. The same seed gives the same inputs.
"""

from __future__ import annotations

import re
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from builder.encodings import refuse_no_text
from builder.limits import USUAL
from builder.model import Annotated, Problems
from laws import (
    HOSTILE,
    PIECES,
    addressed,
    as_read,
    assert_allowed,
    assert_conserved,
    assert_shown,
    files_of,
)

PATIENCE = 2.0  # CPU seconds that a document may take from bytes to pages
DEEPEST = 60  # elements around an element in a page
OUTCOMES = ("built", "refused", "crash", "hang", "law")
_NAMES = ("seeds/a.txt", "seeds/a.md")
_PAGE = "documents/document/index.md"
_TAG = re.compile(r"<([A-Za-z!?][^\s>/]*)")
_OWN_TAGS = frozenset(
    "a article aside b button code dd details div dl dt em figcaption figure form h2 h3 i input"
    " label li mark nav ol p path pre script section small span strong sub sup s u del ins summary"
    " svg table tbody td th thead title tr ul br blockquote abbr caption h4 h5 h6".split()
)

# What is told of the five seeds and of other documents, and what YAML trips over.
WORDS = (
    "The United States", "President Biden", "Mexico", "$5 million", "1,000", "12 percent", "Mr.",
    "the National Drug Control Strategy", "November 16, 2023", "since 2021", "more than", "two",
    "fentanyl", "Department of State", "U.S.", "FACT SHEET:", "hundred", "half of", "–",
)  # fmt: skip
VALUES = (
    "1e999999", "0x1F", "190:20:30", "2023-02-30", "99999", "0000-01-01", "~", "null", "true", "NO",
    "!!python/object/apply:os.getcwd []", "!!timestamp 2023-01-01", "&a [*a]", "*a", "<<: *a", "|",
    "[a, b]", "{a: b}", "'", '"', '"\\ud800"', "[[[[", "{{{{", "- - - -", "? a", "%YAML", "---",
    "javascript:alert(1)", "https://[bad", "<script>", "{{ title }}", "x: y: z", "\t", "\x07",
    "9" * 400, "=cmd|' /C calc'!A0", "\u202e", "# a", "", "July 4, 1776", "https://a.example/x",
)  # fmt: skip
OPENERS = (
    ("> ", ""), ("[", "](https://a.example)"), ("**", "**"), ("*a ", "*"), ("<b>", "</b>"),
    ("<b><i>", "</i></b>"), ("<div>", "</div>"), ("<table><tr><td>", "</td></tr></table>"),
    ("<blockquote>", ""), ("(", ")"), ("“", "”"), ("<a href='https://a.example'>", "</a>"),
    ("- ", ""), ("![", "]"), ("\\", ""), ("&", ";"), ("<!--", "-->"), ("| ", ""), ("<", ">"),
    ("1 ", ""), ("$1 ", ""), ("1,", ""), ("the U.S. ", ""), ("May 1, ", ""), ("- a\n  ", ""),
    ("# a\n", ""), ("a\n--\n", ""), ("<td>", ""), ("~~", "~~"), ("a, ", ""), ("Mr. A ", ""),
)  # fmt: skip


@dataclass
class Tally:
    """What became of some inputs: how many of each outcome, how long they took, and what failed."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    seconds: float = 0.0
    slowest: float = 0.0
    failures: list[tuple[str, bytes, str]] = field(default_factory=list)

    def take(self, data: bytes, name: str) -> None:
        """Try an input, and note what became of it."""
        outcome, took, told = attempt(data, name)
        self.counts[outcome] += 1
        self.seconds += took
        self.slowest = max(self.slowest, took)
        if told:
            self.failures.append((f"{outcome} {name}", data, told))

    def add(self, other: Tally) -> None:
        """Take over what became of other inputs."""
        for outcome, count in other.counts.items():
            self.counts[outcome] += count
        self.seconds += other.seconds
        self.slowest = max(self.slowest, other.slowest)
        self.failures += other.failures


class _TooLong(Exception):  # noqa: N818  # no error of the builder's
    pass


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """Stop what takes more CPU time than this; elsewhere what is slow may be another's work."""

    def stop(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def attempt(data: bytes, name: str) -> tuple[str, float, str]:
    """Return what becomes of bytes, how long that took, and for a failure what went wrong."""
    started = time.process_time()
    try:
        with _patience(PATIENCE):
            refuse_no_text(data, name)
            one = addressed(data, name, USUAL)
            files = files_of(one)
    except Problems as error:
        told = _badly_told(error)
        return ("law" if told else "refused"), time.process_time() - started, told
    except _TooLong:
        return "hang", PATIENCE, traceback.format_exc()
    except Exception:  # whatever it is: that is what is looked for
        return "crash", time.process_time() - started, traceback.format_exc()
    took = time.process_time() - started
    try:
        assert_lawful(one, files)
    except Exception:  # a law that trips is broken
        return "law", took, traceback.format_exc()
    return "built", took, ""


def _badly_told(error: Problems) -> str:
    """Return what is wrong with a message: it has one line, a place, and says something."""
    told = str(error)
    fine = len(error.problems) == 1 and re.fullmatch(r"seeds/a\.(?:txt|md):[1-9]\d*: \S.*", told)
    return "" if fine else f"a message that does not help: {told!r}"


def assert_lawful(one: Annotated, files: dict[str, bytes]) -> None:
    """Check a document and the pages of a collection that holds it alone."""
    assert_conserved(one.document)
    tree = as_read(files[_PAGE])
    assert_allowed(tree)
    assert_shown(one, tree)
    level, depth = list(tree), 0
    while level:
        level, depth = [part for element in level for part in element], depth + 1
    assert depth <= DEEPEST, f"{depth} elements stand in each other"
    for path, page in files.items():
        if path.endswith("index.md"):  # and not the twin in Markdown, whose name is hidden
            strange = set(_TAG.findall(page.decode().split("\n---\n", 1)[1])) - _OWN_TAGS
            assert not strange, (path, strange)


# Inventions

_TEXT = st.lists(PIECES | st.sampled_from(WORDS) | st.sampled_from(HOSTILE), max_size=40)
_LINE = st.tuples(
    st.sampled_from(("title", "date", "url", "issuer", "type", "license", "x", "<<", "? a", "- a")),
    st.sampled_from((": ", ":", " : ", " = ", ": |\n  ", ": >\n  ", ": &a ")),
    st.lists(st.sampled_from(VALUES), max_size=3).map(" ".join) | st.text(max_size=20),
).map("".join)
_HEADER = st.tuples(
    st.sampled_from(("---\n", "---\r\n", "\ufeff---\n", "--- \n")),
    st.lists(_LINE, min_size=1, max_size=6).map("\n".join),
    st.sampled_from(("\n---\n", "\n...\n", "\n", "\n---", "\n----\n", "\n---\n---\n")),
    st.sampled_from(("The text.", "", " ", "# Title\n\nThe text costs $5.", "title: x")),
).map("".join)
_NEST = st.tuples(
    st.lists(st.sampled_from(OPENERS), min_size=1, max_size=3),
    st.integers(1, 1500),
    st.sampled_from(("x", "\n", " ", "", "The U.S. spent $5 million.")),
    st.booleans(),
).map(lambda drawn: _nested(*drawn))
_ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "utf-8-sig")


def _nested(pairs: Sequence[tuple[str, str]], times: int, inside: str, closed: bool) -> str:
    times = min(times, 20_000 // max(1, sum(len(a + b) for a, b in pairs)))
    opening = "".join(opener for opener, _ in pairs) * times
    closing = "".join(closer for _, closer in reversed(pairs)) * times
    return opening + inside + (closing if closed else "")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


INVENTED: dict[str, st.SearchStrategy[bytes]] = {
    "pieces": _TEXT.map("".join).map(_encoded),
    "text": st.text(max_size=300).map(_encoded),
    "headers": _HEADER.map(_encoded),
    "nested": _NEST.map(_encoded),
    "encodings": st.tuples(
        _TEXT.map("".join) | st.text(max_size=80), st.sampled_from(_ENCODINGS)
    ).map(lambda drawn: drawn[0].encode(drawn[1], "ignore")),
    "bytes": st.binary(max_size=400),
}


def try_invented(kind: str, many: int, start: int) -> Tally:
    """Try so many of Hypothesis's inventions; `start` chooses which."""
    tally, random = Tally(), Random(start)

    @seed(start)
    @settings(
        max_examples=many,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(INVENTED[kind])
    def take(data: bytes) -> None:
        tally.take(data, random.choice(_NAMES))

    take()
    return tally


# Real documents, broken

LONGEST = 6_000  # bytes that are taken of a document; one in ten stays whole


def try_mutated(paths: Sequence[Path], many: int, start: int) -> Tally:
    """Try so many real documents, each broken in some ways."""
    tally, random = Tally(), Random(start)
    for _ in range(many):
        data = random.choice(paths).read_bytes()
        if len(data) > LONGEST and random.random() > 0.1:
            begin = random.choice((0, random.randrange(len(data) - LONGEST)))
            data = data[begin : begin + random.randint(200, LONGEST)]
            data = data.decode("utf-8", "ignore").encode()
        for _ in range(random.randint(1, 6)):
            data = random.choice(MUTATIONS)(data, random)
        tally.take(data, random.choice(_NAMES))
    return tally


def _range(data: bytes, random: Random, longest: int = 400) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randint(0, longest))


def _cut(data: bytes, random: Random) -> bytes:
    start, end = _range(data, random)
    return data[:start] + data[end:]


def _double(data: bytes, random: Random) -> bytes:
    start, end = _range(data, random)
    at = random.randrange(len(data) + 1)
    return data[:at] + data[start:end] * random.choice((1, 1, 2, 30)) + data[at:]


def _swap(data: bytes, random: Random) -> bytes:
    first, second = sorted((_range(data, random), _range(data, random)))
    if first[1] > second[0]:
        return data
    (a, b), (c, d) = first, second
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _insert(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    snippet = random.choice((*HOSTILE, *WORDS, *VALUES, *(opener for opener, _ in OPENERS)))
    return data[:at] + _encoded(snippet) * random.choice((1, 1, 1, 3, 100)) + data[at:]


def _flip(data: bytes, random: Random) -> bytes:
    broken = bytearray(data)
    for _ in range(random.choice((1, 1, 5))):
        if broken:
            broken[random.randrange(len(broken))] ^= 1 << random.randrange(8)
    return bytes(broken)


def _nest(data: bytes, random: Random) -> bytes:
    start, end = _range(data, random)
    opener, closer = random.choice(OPENERS)
    times = random.choice((1, 2, 5, 50, 300))
    inside = _encoded(opener) * times + data[start:end] + _encoded(closer) * times
    return data[:start] + inside + data[end:]


def _relined(data: bytes, random: Random) -> bytes:
    old, new = random.choice(((b"\n", b"\r\n"), (b"\n", b"\r"), (b"\n", b" "), (b". ", b".\n")))
    return data.replace(old, new)


def _indented(data: bytes, random: Random) -> bytes:
    before = _encoded(random.choice(("    ", "> ", "- ", "\t", "# ", "1. ", "| ", "  - ")))
    start, end = _range(data, random, 2_000)
    return data[:start] + data[start:end].replace(b"\n", b"\n" + before) + data[end:]


def _headed(data: bytes, random: Random) -> bytes:
    lines = (f"{random.choice(('title', 'date', 'x'))}: {random.choice(VALUES)}" for _ in "123")
    return _encoded("---\n" + "\n".join(lines) + "\n---\n") + data


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _cut, _double, _swap, _insert, _insert, _flip, _nest, _nest, _relined, _indented, _headed,
)  # fmt: skip
