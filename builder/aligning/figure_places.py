"""Where a figure stands: the words around it, as the ledger prints them and as they are compared.

Numbers repeat ("5 kg of cocaine, 6 kg of heroin and 5 kg of meth"), so what tells figures apart is
the phrase that each belongs to: the words up to the next figure, comma or "and". Values are masked
in it, so that a changed neighbor changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from builder.ledger_file import FigureRecord, Record, one_line
from builder.model import Span
from builder.numbers.scan import quantities_in
from builder.strict_yaml import load_data

WORDS_BEFORE, WORDS_AFTER = 2, 1  # of the context that the ledger prints
WIDE = 6  # of the context of a figure that is gone: there is no text any more to look it up in
WIDEST = 12  # of contexts that would else be equal
WINDOW = 8  # words on each side that are compared
PHRASE = 6  # words of a phrase
_STEPS = 3 * WINDOW  # tokens looked at on each side, signs included
_SPELLED_CHARACTERS = 20  # of a word and the space after it, as a bound

# "Lima", "President's", "B-2", "1", "200" of "1,200"; ", " with what stands beside it
_TOKEN = re.compile(
    r"(?P<word>[^\W_]+(?:['’][^\W\d_]+)*)|(?P<signs>[^\w\s]+|_)(?=(?P<space>\s|$)?)"
)
# Signs that end no phrase: "and/or", "Cocaine: 5 kg", "cocaine (5 kg)", "cocaine – 5 kg"
_JOINING = re.compile(r"['’&/%$€£#*:(\[=–—-]+")
_ENDS = frozenset(".!?")
_AND = frozenset("and or nor but while plus versus".split())
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|s|e)$")  # "seized", "countries"
_STEM = 6  # letters: "prevention" and "prevent" are one word, "cocaine" and "codeine" are two
_YEAR = re.compile(r"(?:19|20)\d\d")  # "2019", which heads a row; other numbers are cells
FIGURE = "#"
UNKNOWN = -2  # column, where a table has other columns than before


class Phrase(NamedTuple):
    """The words on one side that belong to a figure, nearest first, without small words.

    `names` are those that are written with a capital within a sentence, and numbers.
    """

    words: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


class Side(NamedTuple):
    """One side of a figure: its phrase, and the nearest words with figures masked and printed."""

    phrase: Phrase
    masked: tuple[str, ...]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A figure as it is compared.

    `plain` is its literal in small letters. `frame` is what its sentence says before its first
    figure, which holds for all of a list ("police seized"). In a table `before` is what heads the
    row, and `column` counts the cells between; -1 elsewhere.
    """

    plain: str
    before: Side
    after: Side
    frame: Phrase
    column: int

    @property
    def is_bare(self) -> bool:
        """Tell whether no word stands near: nothing but the order tells such figures apart."""
        return not any(word != FIGURE for word in (*self.before.masked, *self.after.masked))


class _Token(NamedTuple):
    key: str
    printed: str
    kind: str
    name: bool = False


def context(text: str, at: Span, *, before: int = WORDS_BEFORE, after: int = WORDS_AFTER) -> str:
    """Return the words around a figure as the ledger prints them: "has requested _ for"."""
    # A bounded stretch: words are looked for near the figure, however long the block is.
    start = max(0, at.start - max(80, before * _SPELLED_CHARACTERS))
    head = text[start : at.start].split()[-before:]
    tail = text[at.end : at.end + max(60, after * _SPELLED_CHARACTERS)].split()[:after]
    return one_line(" ".join((*head, "_", *tail)))


def places_of(text: str, spans: Sequence[Span], *, table: bool = False) -> list[Place]:
    """Return the places of a text's figures, which stand at `spans`, in order."""
    tokens: list[_Token] = []
    numbers: list[int] = []
    reached = 0
    for at in spans:
        if at.start >= reached:
            tokens += _tokens(text[reached : at.start], opening=not tokens)
            tokens.append(_Token(FIGURE, plain(text[at.start : at.end]), "figure"))
            reached = at.end
        numbers.append(len(tokens) - 1)
    tokens += _tokens(text[reached:], opening=not tokens)
    beginnings = _heads(tokens) if table else _frames(tokens)
    return [
        _place(tokens, number, text[at.start : at.end], *beginnings[number])
        for number, at in zip(numbers, spans, strict=True)
    ]


def _frames(tokens: Sequence[_Token]) -> dict[int, tuple[Phrase, int]]:
    """Return for each figure's token what its sentence says before its first figure."""
    frames: dict[int, tuple[Phrase, int]] = {}
    sentence: list[_Token] = []
    frame: Phrase | None = None
    for number, token in enumerate(tokens):
        if token.kind == "figure":
            frame = frame or _side(reversed(sentence[-_STEPS:]), whole=True).phrase
            frames[number] = frame, -1
        elif token.kind == "end" and token.printed in _ENDS:
            sentence, frame = [], None
        else:
            sentence.append(token)
    return frames


def _heads(tokens: Sequence[_Token]) -> dict[int, tuple[Phrase, int]]:
    """Return for each figure's token the words that head its row, and its column after them."""
    heads: dict[int, tuple[Phrase, int]] = {}
    row: list[_Token] = []
    phrase = Phrase()
    column, heading = 0, False
    for number, token in enumerate(tokens):
        if token.kind == "figure":
            if heading:
                phrase = _side(reversed(row[-_STEPS:]), whole=True).phrase
            heads[number] = phrase, column
        if token.kind == "figure" or (token.key.isdigit() and not _YEAR.fullmatch(token.key)):
            column, heading = column + 1, False
        elif token.kind == "word":
            row = [*row, token] if heading else [token]
            column, heading = 0, True
    return heads


def place_in_context(figure: FigureRecord) -> Place:
    """Return the place of a figure of which the ledger knows no more than the context."""
    head, _, tail = f" {figure.context} ".partition(" _ ")
    tokens = [*_tokens(head, opening=False), _Token(FIGURE, "", "figure")]
    number = len(tokens) - 1
    tokens += _tokens(tail, opening=False)
    return _place(tokens, number, figure.literal, Phrase(), -1)


def plain(literal: str) -> str:
    """Return a literal without what is no change of it: case, kinds of spaces."""
    return " ".join(literal.casefold().split())


Meaning = tuple[float | None, float | None, float | None, str]


@lru_cache(maxsize=4096)
def meaning_of(literal: str) -> Meaning | None:
    """Return value, low, high and unit of a literal by itself, None where it has none."""
    found = quantities_in(literal)
    if len(found) != 1 or found[0].vague:
        return None
    return found[0].value, found[0].low, found[0].high, found[0].unit


def kind_of(literal: str) -> str:
    """Return what a literal measures: "money", "percent", "count", "kilogram" …"""
    meaning = meaning_of(literal)
    if meaning is None:
        return "count"
    return "money" if meaning[3].isupper() else meaning[3]


def _place(
    tokens: Sequence[_Token], number: int, literal: str, frame: Phrase, column: int
) -> Place:
    before = _side(reversed(tokens[max(0, number - _STEPS) : number]))
    following = tokens[number + 1 : number + 1 + _STEPS]
    after = _side(following)
    if column >= 0:
        before = before._replace(phrase=frame)
        if not following or following[0].kind != "word" or following[0].name:
            after = after._replace(phrase=Phrase())  # the next cell
    return Place(plain(literal), before, after, frame, column)


def _side(tokens: Iterable[_Token], *, whole: bool = False) -> Side:
    """Read one side of a figure, nearest first; with `whole` its phrase goes on over commas."""
    masked: list[str] = []
    printed: list[str] = []
    words: list[str] = []
    names: set[str] = set()
    inside, seen = True, 0
    for token in tokens:
        if token.kind != "word":
            inside = inside and whole
        elif token.kind == "word":
            seen += 1
            inside = inside and seen <= PHRASE and (whole or token.printed not in _AND)
            if inside and not _is_small(token.printed):
                words.append(token.key)
                if token.name:
                    names.add(token.key)
        if token.kind != "end":
            masked.append(token.key)
            printed.append(token.printed)
        if len(masked) == WINDOW:
            break
    return Side(Phrase(tuple(words), frozenset(names)), tuple(masked), tuple(printed))


def _tokens(text: str, *, opening: bool) -> Iterator[_Token]:
    """Yield the words and signs of a text; a capital tells a name unless it opens a sentence."""
    for match in _TOKEN.finditer(text):
        if match["signs"]:
            # The point in "U.S" ends nothing.
            ends = match["space"] is not None or match["signs"] not in ".:"
            if not _JOINING.fullmatch(match["signs"]) and ends:
                sign = match["signs"][-1]
                opening = sign in _ENDS
                yield _Token("", sign, "end")
            continue
        word = match[0]
        name = word[0].isdigit() or (word[0].isupper() and not opening)
        opening = False
        yield _Token(_stem(word), word.casefold(), "word", name)


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    word = word.casefold().partition("’")[0].partition("'")[0]
    return _ENDING.sub("", word)[:_STEM] if word.isalpha() else word


@cache
def _small_words() -> frozenset[str]:
    classes = load_data("words")
    small = ("determiners", "amounts", "prepositions", "pronouns", "auxiliaries")
    words = [
        *load_data("same_claims")["function_words"],
        *(w for name in small for w in classes[name]),
    ]
    return frozenset(map(str, words))


def _is_small(word: str) -> bool:
    return word in _small_words()


def spans_before(record: Record, figures: Sequence[FigureRecord]) -> dict[str, Span]:
    """Return where figures of a record stand in its text, by id; those not found are left out.

    Equal literals in equal contexts are met in the order of their numbers.
    """
    stands = _occurrences(record.text, {one_line(figure.literal) for figure in figures})
    by_width: dict[int, dict[tuple[str, str], Iterator[Span]]] = {}
    found: dict[str, Span] = {}
    taken: set[Span] = set()
    # Wider contexts first: they were written because the short one stands there twice.
    for figure in sorted(figures, key=lambda figure: -_width(figure)):
        width = _width(figure)
        if width not in by_width:
            by_width[width] = _by_context(record.text, stands, width)
        waiting = by_width[width].get((one_line(figure.literal), figure.context), iter(()))
        at = next((at for at in waiting if at not in taken), None)
        if at is not None:
            found[figure.id] = at
            taken.add(at)
    return found


def _width(figure: FigureRecord) -> int:
    """Return how many words a context shows on each side, 0 where it is the usual one."""
    head, _, tail = f" {figure.context} ".partition(" _ ")
    before, after = len(head.split()), len(tail.split())
    return 0 if before <= WORDS_BEFORE and after <= WORDS_AFTER else max(before, after)


def _by_context(
    text: str, stands: Mapping[str, Sequence[Span]], width: int
) -> dict[tuple[str, str], Iterator[Span]]:
    found: dict[tuple[str, str], list[Span]] = {}
    before, after = (width, width) if width else (WORDS_BEFORE, WORDS_AFTER)
    for literal, spans in stands.items():
        for at in spans:
            around = context(text, at, before=before, after=after)
            found.setdefault((literal, around), []).append(at)
    return {key: iter(spans) for key, spans in found.items()}


_PIECE = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")  # "$", "1", ".", "55", "billion"


def _occurrences(text: str, literals: Iterable[str]) -> dict[str, list[Span]]:
    """Return where each literal stands in a text, as whole words; the time grows with the text."""
    wanted: dict[int, dict[tuple[str, ...], list[str]]] = {}
    found: dict[str, list[Span]] = {}
    for literal in sorted(literals):
        pieces = tuple(_PIECE.findall(literal))
        found[literal] = []
        wanted.setdefault(len(pieces), {}).setdefault(pieces, []).append(literal)
    matches = list(_PIECE.finditer(text)) if wanted else []
    pieces_of_text = [match[0] for match in matches]
    for length, literals_by_pieces in wanted.items():
        for i in range(len(matches) - length + 1) if length else ():
            for literal in literals_by_pieces.get(tuple(pieces_of_text[i : i + length]), ()):
                start = matches[i].start()
                if text.startswith(literal, start):
                    found[literal].append(Span(start, start + len(literal)))
    return found
