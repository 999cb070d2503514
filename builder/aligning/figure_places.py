"""Where a figure stands: the words around it, as the ledger prints them and as they are compared.

Numbers repeat ("5 kg of cocaine, 6 kg of heroin and 5 kg of meth"), so what tells figures apart is
the phrase that each belongs to: the words up to the next figure, comma or "and". Values are masked
in it, so that a changed neighbor changes nothing.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from builder.aligning.figure_values import plain
from builder.ledger_file import FigureRecord
from builder.model import Span
from builder.strict_yaml import load_data

WINDOW = 8  # words on each side that are compared
PHRASE = 6  # words of a phrase
_STEPS = 3 * WINDOW  # tokens looked at on each side, signs included

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
    sentence: deque[_Token] = deque(maxlen=_STEPS)
    frame: Phrase | None = None
    for number, token in enumerate(tokens):
        if token.kind == "figure":
            frame = frame or _side(reversed(sentence), whole=True).phrase
            frames[number] = frame, -1
        elif token.kind == "end" and token.printed in _ENDS:
            sentence.clear()
            frame = None
        else:
            sentence.append(token)
    return frames


def _heads(tokens: Sequence[_Token]) -> dict[int, tuple[Phrase, int]]:
    """Return for each figure's token the words that head its row, and its column after them."""
    heads: dict[int, tuple[Phrase, int]] = {}
    row: deque[_Token] = deque(maxlen=_STEPS)
    phrase = Phrase()
    column, heading = 0, False
    for number, token in enumerate(tokens):
        if token.kind == "figure":
            if heading:
                phrase = _side(reversed(row), whole=True).phrase
            heads[number] = phrase, column
        if token.kind == "figure" or (token.key.isdigit() and not _YEAR.fullmatch(token.key)):
            column, heading = column + 1, False
        elif token.kind == "word":
            if not heading:
                row.clear()
            row.append(token)
            column, heading = 0, True
    return heads


def place_in_context(figure: FigureRecord) -> Place:
    """Return the place of a figure of which the ledger knows no more than the context."""
    head, _, tail = f" {figure.context} ".partition(" _ ")
    tokens = [*_tokens(head, opening=False), _Token(FIGURE, "", "figure")]
    number = len(tokens) - 1
    tokens += _tokens(tail, opening=False)
    return _place(tokens, number, figure.literal, Phrase(), -1)


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
