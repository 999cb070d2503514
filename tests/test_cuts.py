"""Cuts of long lists: pieces are neither large nor tiny, and a small change moves few of them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, groupby, permutations
from random import Random

import pytest

from builder.cuts import Cutting, distinct, hash_of
from builder.html.paging import LAST, NUMBERED, Name, Pager, by_date, by_key, paged

SIZE = 20


@dataclass(frozen=True)
class Line:
    """A row of a list: its document, and what it weighs."""

    document: str
    weight: int = 1


def document_of(line: Line) -> str:
    return line.document


def cutting(*, from_end: bool = True, heavy: int = 0) -> Cutting[Line]:
    return Cutting(document_of, SIZE, heavy, lambda line: line.weight, from_end)


def invented(count: int, random: Random) -> list[list[Line]]:
    """Return the lines of documents: most have few, some more than fit on a page."""
    return [
        [Line(f"note-{number}", random.randint(1, 9))] * random.choice((1, 1, 2, 3, 5, 30))
        for number in range(count)
    ]


def edited(documents: list[list[Line]], random: Random) -> list[list[Line]]:
    """Return the documents after one of them has changed, has gone or has come."""
    at = random.randrange(len(documents))
    old = documents[at]
    new = [Line(f"new-{random.randrange(1_000_000)}")] * random.choice((1, 3))
    instead = random.choice(([], [old, new], [new, old], [old[1:]], [[*old, *old[:1]]]))
    return [*documents[:at], *(one for one in instead if one), *documents[at + 1 :]]


@pytest.mark.parametrize("from_end", [True, False])
@pytest.mark.parametrize("heavy", [0, 60])
@pytest.mark.parametrize("seed", range(20))
def test_pieces_hold_all_rows_and_are_neither_large_nor_tiny(seed, heavy, from_end):
    lines = list(chain.from_iterable(invented(seed * 12, Random(seed))))
    pieces = cutting(from_end=from_end, heavy=heavy).pieces(lines)
    assert list(chain.from_iterable(pieces)) == lines
    whole = {one for one, some in groupby(lines, document_of) if len(list(some)) <= SIZE}
    for piece in pieces:
        assert len(piece) <= SIZE
        assert len(piece) == 1 or not sum(line.weight for line in piece) > heavy > 0
    if not heavy:
        begun = [document_of(piece[0]) for piece in pieces if piece]
        assert [one for one in begun if begun.count(one) > 1 and one in whole] == []
        assert len(pieces) <= 1 + len(lines) / (SIZE / 3)


def _begun(rows: list[Line], heavy: int, *, from_end: bool) -> list[int]:
    """Return where pieces of rows begin that all stay alone, found by a look at each."""

    def fits(start: int, end: int) -> bool:
        weight = sum(row.weight for row in rows[start:end])
        return end - start <= 1 or (end - start <= SIZE and not weight > heavy > 0)

    def is_enough(start: int, end: int) -> bool:
        weight = sum(row.weight for row in rows[start:end])
        return 3 * (end - start) >= SIZE or 3 * weight >= heavy > 0

    starts, low, high = [0], 0, len(rows)
    while not fits(low, high):
        among = range(low + 1, high)
        some = [at for at in among if (fits(at, high) if from_end else fits(low, at))]
        may = [at for at in some if is_enough(low, at) and is_enough(at, high)]
        near = some[0] if from_end else some[-1]
        at = min(may, key=lambda at: hash_of(rows[at].document)) if may else near
        low, high = (low, at) if from_end else (at, high)
        starts.append(at)
    return sorted(starts)


@pytest.mark.parametrize("from_end", [True, False])
@pytest.mark.parametrize("heavy", [0, 1, 40, 90])
@pytest.mark.parametrize("count", [0, 1, 19, 20, 21, 61, 150])
def test_a_piece_begins_with_the_smallest_hash_of_what_may_begin_one(count, heavy, from_end):
    random = Random(count)
    rows = [Line(f"note-{number}", random.randint(0, 60)) for number in range(count)]
    pieces = cutting(from_end=from_end, heavy=heavy).pieces(rows)
    assert [rows.index(piece[0]) for piece in pieces if piece] == _begun(
        rows, heavy, from_end=from_end
    )[: len(rows)]


@pytest.mark.parametrize("from_end", [True, False])
def test_an_edit_changes_few_pieces(from_end):
    random, changes = Random(7), []
    documents = invented(900, random)
    cut = cutting(from_end=from_end, heavy=70)
    for _ in range(80):
        after = edited(documents, random)
        before, now = (
            {tuple(piece) for piece in cut.pieces(list(chain.from_iterable(some)))}
            for some in (documents, after)
        )
        changes.append(len(now - before))
    assert len(before) > 150
    assert sum(changes) / len(changes) < 2.5
    assert max(changes) < 12


@pytest.mark.parametrize("count", [0, 1, 300, 700])
def test_what_is_new_at_the_open_end_changes_no_more_than_the_first_two(count):
    random = Random(count)
    documents = invented(count, random)
    lines = list(chain.from_iterable(documents))
    for new in range(1, 15):
        before = [tuple(piece) for piece in cutting().pieces(lines)]
        lines = [Line(f"today-{new}"), *lines]
        after = [tuple(piece) for piece in cutting().pieces(lines)]
        assert after[3:] == before[len(before) - len(after[3:]) :] or len(after) <= 3


@pytest.mark.parametrize(
    ("rows", "lengths"),
    [([], [0]), ([1], [1]), ([9, 9], [1, 1]), ([1, 1, 9, 1], [2, 1, 1]), ([1] * SIZE, [SIZE])],
)
def test_short_lists(rows, lengths):
    lines = [Line(f"note-{number}", weight) for number, weight in enumerate(rows)]
    heavy = 5 if 9 in rows else 0
    assert [len(piece) for piece in cutting(heavy=heavy).pieces(lines)] == lengths


def test_names_differ():
    named = [("a", "1"), ("b", "2"), ("a", "3"), ("a", "3"), ("a", "4")]
    names = list(distinct(named))
    assert len(set(names)) == len(names)
    assert names[:2] == ["a", "b"]
    assert all(name.startswith("a-") for name in names[2:])


def test_names_differ_from_those_that_look_as_if_made_to_differ():
    (_, made) = distinct([("a", "k"), ("a", "k")])
    for named in permutations([("a", ""), ("a", "k"), (made, ""), (f"{made}-2", "")]):
        assert len(set(distinct(named))) == len(named)


def test_half_a_surrogate_has_a_hash():
    assert len(hash_of("\ud800")) == 16


def lists(count: int, named: Callable[[Line], Name] | None) -> list[Pager]:
    lines = [Line(f"note-{number}") for number in range(count)]
    return [pager for pager, _ in paged(lines, "list/", cutting(), named)]


def test_pages_of_a_short_list_are_numbered():
    few = lists(3 * SIZE, lambda line: by_key(line.document, line.document))
    assert 3 <= len(few) <= NUMBERED
    assert [one.own for one in few[:3]] == ["list/", "list/2/", "list/3/"]
    assert few[2].suffix == ", page 3"
    assert few[0].shown[-1] == len(few)


def test_pages_of_a_long_list_are_named_by_what_they_begin_with():
    many = lists(40 * SIZE, lambda line: by_key(line.document, line.document.upper()))
    assert many[0].own == "list/"
    assert many[-1].own == f"list/{LAST}/"
    assert many[-1].suffix == ", last page"
    middle = many[20]
    assert middle.own == f"list/from_{middle.words(21).lower()}/"
    assert middle.suffix == f", from {middle.words(21)}"
    assert list(middle.shown) == [1, 20, 21, 22, len(many)]
    assert [middle.words(one) for one in (1, len(many))] == ["First", "Last"]
    assert len({one.own for one in many}) == len(many)


@pytest.mark.parametrize(
    ("date", "folder", "words"),
    [
        ("2023-04-12", "from_2023-04-12", "12 April 2023"),
        ("2023-04?", "from_2023-04", "April 2023"),
        ("2023/2024", "from_2023", "2023"),
        (None, "from_undated", "n.d."),
    ],
)
def test_names_of_days(date, folder, words):
    assert by_date(date) == Name(folder, words)
