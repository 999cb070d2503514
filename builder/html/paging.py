"""Parts a list into pages that hold, whatever is said on others, and names them.

A short list has pages 1, 2, 3 at `countries/mx/`, `countries/mx/2/`. The pages of a long one are
named by what they begin with, `countries/us/from_2023-04-12/`, and lead to their neighbours, the
first and the last page only: a page more among five hundred changes those beside it and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from builder.cuts import Cutting, distinct
from builder.dating.display import UNDATED, date_in_words, day_of

ROWS = 250
"""How many rows an index page holds at most."""
WEIGHT = 240_000
"""How many bytes its rows take at most; the page around them takes some 30,000."""
NUMBERED = 5
"""A list of more pages has them named by what they begin with."""
FROM, LAST = "from_", "last_page"
"""How names of pages begin, and that of the last page, which keeps it whatever it begins with.

No slug has an underscore, so that no name of a page is that of a document or an entity.
"""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Name:
    """What a page is called in addresses ("from_2023-04-12") and in words ("12 April 2023")."""

    folder: str
    words: str


Named = Callable[[Row], Name]
"""How a page is called that begins with a row."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands among the pages of one list; numbers count from 1.

    `names` are those of the pages of a long list, () where they are numbered.
    """

    folder: str
    number: int
    count: int
    names: tuple[Name, ...] = ()

    def part(self, number: int) -> str:
        """Return the folder of a page of the list, from the list's own: "", "2/"."""
        if number == 1:
            return ""
        return f"{self.names[number - 1].folder if self.names else number}/"

    def address(self, number: int) -> str:
        """Return the folder of a page of the list, from the site's root."""
        return self.folder + self.part(number)

    def words(self, number: int) -> str:
        """Return what a link to a page of the list says."""
        return self.names[number - 1].words if self.names else str(number)

    @property
    def own(self) -> str:
        """The folder of this page."""
        return self.address(self.number)

    @property
    def suffix(self) -> str:
        """What sets this page's title apart from the first page's."""
        if self.number == 1:
            return ""
        if not self.names:
            return f", page {self.number}"
        is_last = self.number == self.count
        return ", last page" if is_last else f", from {self.words(self.number)}"

    @property
    def shown(self) -> Sequence[int]:
        """The numbers to link: the first, the last, and those near this page."""
        reach = 1 if self.names else 2
        near = range(max(1, self.number - reach), min(self.count, self.number + reach) + 1)
        return sorted({1, *near, self.count})


def paged(
    rows: Sequence[Row],
    folder: str,
    cutting: Cutting[Row],
    named: Named[Row] | None = None,
    weights: Sequence[int] | None = None,
) -> Iterator[tuple[Pager, Sequence[Row]]]:
    """Yield the rows of each page of a list with its pager; one page even without rows.

    Pages of a long list are called as `named` says of their first row, numbered without it.
    `weights` are those of the rows, where they are known.
    """
    pieces = cutting.pieces(rows, weights)
    names: tuple[Name, ...] = ()
    if named and len(pieces) > NUMBERED:
        begun = [piece[0] for piece in pieces[1:-1]]
        inner = _distinct([(named(row), cutting.key(row)) for row in begun])
        names = (Name("", "First"), *inner, Name(LAST, "Last"))
    for number, piece in enumerate(pieces, 1):
        yield Pager(folder, number, len(pieces), names), piece


def by_date(edtf: str | None) -> Name:
    """Return what a page is called that begins with what has a date, or has none."""
    day = day_of(edtf)
    return Name(FROM + day, date_in_words(None if day == UNDATED else day))


def by_key(key: str, words: str) -> Name:
    """Return what a page is called that begins with something that has a key."""
    return Name(FROM + key, words)


def _distinct(named: Sequence[tuple[Name, str]]) -> Iterator[Name]:
    folders = distinct([(name.folder, key) for name, key in named])
    for (name, _), folder in zip(named, folders, strict=True):
        sign = folder.removeprefix(name.folder).strip("-")
        yield Name(folder, f"{name.words} ({sign})" if sign else name.words)
