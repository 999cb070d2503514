"""Where a figure stands: the words around it as they are compared.

Numbers repeat ("5 kg of cocaine, 6 kg of heroin and 5 kg of meth"), so what tells figures apart is
the phrase that each belongs to: the words up to the next figure, comma or "and". Values are masked
in it, so that a changed neighbor changes nothing.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from builder.aligning.figures.contexts import WIDE, context
from builder.aligning.figures.values import plain
from builder.model import Span
from builder.strict_yaml import load_data

WINDOW = 8
"""Words on each side that are compared; between 4 and 12 the difference is below 0.3 %."""
PHRASE = 6
"""Words of a phrase, small ones included: 3 leave out what is counted, and there are wrong ones."""
_STEPS = 3 * WINDOW  # tokens looked at on each side, signs included

# "Lima", "President's", "B-2", "1", "200" of "1,200"; ", " with what stands beside it
_TOKEN = re.compile(
    r"(?P<word>[^\W_]+(?:['’][^\W\d_]+)*)|(?P<signs>[^\w\s]+|_)(?=(?P<space>\s|$)?)"
)
# Signs that end no phrase: "and/or", "Cocaine: 5 kg", "cocaine (5 kg)", "cocaine – 5 kg". Without,
# a quarter of the addresses in lists is lost.
_JOINING = re.compile(r"['’&/%$€£#*:(\[=–—-]+")
_ENDS = ".!?"
# Words that end a phrase: without, 0.7 to 2 % more are lost.
_AND = frozenset("and or nor but while plus versus".split())
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|s|e)$")  # "seized", "countries"; "1 ship", "2 ships"
_STEM = 6  # letters: "prevention" and "prevent" are one word, "cocaine" and "codeine" are two
# "2019", which heads a row; other numbers are cells. Without, 60 % are lost in tables by year.
_YEAR = re.compile(r"(?:19|20)\d\d")
FIGURE = "#"
NO_TABLE = -1  # column


class Phrase(NamedTuple):
    """The words on one side that belong to a figure, nearest first, without small words.

    `names` are those that are written with a capital, and numbers. Without names, of 1,000
    addresses in lists 10 are wrong; with small words, of 1,000 in sentences 40.
    """

    words: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


class Side(NamedTuple):
    """One side of a figure: its phrase, and the nearest words with figures masked."""

    phrase: Phrase
    words: tuple[str, ...]


class FigurePlace(NamedTuple):
    """A figure as it is compared, in the passage or record `home`.

    `literal` is in small letters. `around` is its wide context. `frame` is what its sentence says
    before its first figure, which holds for all of a list ("police seized"). In a table `frame` and
    the phrase before are what heads the row, and `column` counts the cells between; -1 elsewhere.
    """

    home: str
    literal: str
    around: str
    before: Side
    after: Side
    frame: Phrase
    column: int


class _Token(NamedTuple):
    kind: str  # "figure", "word", "name", "small" (a word without weight), "and", "sign", "end"
    key: str = ""


def places_of(
    home: str, text: str, spans: Sequence[Span], *, table: bool = False
) -> list[FigurePlace]:
    """Return the places of a text's figures, which stand at `spans`, in order."""
    tokens: list[_Token] = []
    numbers: list[int] = []
    reached = 0
    for at in spans:
        if at.start >= reached:
            tokens += _tokens(text[reached : at.start])
            tokens.append(_Token("figure", FIGURE))
            reached = at.end
        numbers.append(len(tokens) - 1)
    tokens += _tokens(text[reached:])
    frames = dict(_heads(tokens) if table else _frames(tokens))
    places = []
    for number, at in zip(numbers, spans, strict=True):
        frame, column = frames[number]
        around, literal = context(text, at, words=WIDE), plain(text[at.start : at.end])
        sides = _sides(tokens, number, frame if table else None)
        places.append(FigurePlace(home, literal, around, *sides, frame, column))
    return places


_Frames = Iterator[tuple[int, tuple[Phrase, int]]]


def _frames(tokens: Sequence[_Token]) -> _Frames:
    """Yield for each figure's token what its sentence says before its first figure."""
    sentence: deque[_Token] = deque(maxlen=_STEPS)
    frame: Phrase | None = None
    for number, token in enumerate(tokens):
        if token.kind == "figure":
            frame = frame or _side(reversed(sentence), whole=True).phrase
            yield number, (frame, NO_TABLE)
        elif token.kind == "end":
            sentence.clear()
            frame = None
        else:
            sentence.append(token)


def _heads(tokens: Sequence[_Token]) -> _Frames:
    """Yield for each figure's token the words that head its row, and its column after them."""
    row: deque[_Token] = deque(maxlen=_STEPS)
    phrase = Phrase()
    column, heading = 0, False
    for number, token in enumerate(tokens):
        if token.kind == "figure":
            if heading:
                phrase = _side(reversed(row), whole=True).phrase
            yield number, (phrase, column)
        if token.kind == "figure" or (token.key.isdigit() and not _YEAR.fullmatch(token.key)):
            column, heading = column + 1, False
        elif token.key:
            if not heading:
                row.clear()
            row.append(token)
            column, heading = 0, True


def _sides(tokens: Sequence[_Token], number: int, head: Phrase | None) -> tuple[Side, Side]:
    """Return both sides of a figure; `head` is what heads its row in a table."""
    before = _side(reversed(tokens[max(0, number - _STEPS) : number]))
    following = tokens[number + 1 : number + 1 + _STEPS]
    after = _side(following)
    if head is not None:
        before = before._replace(phrase=head)
        if not following or following[0].kind not in ("word", "small", "and"):
            after = after._replace(phrase=Phrase())  # the next cell
    return before, after


def _side(tokens: Iterable[_Token], *, whole: bool = False) -> Side:
    """Read one side of a figure, nearest first; with `whole` its phrase goes on over commas."""
    around: list[str] = []
    words: list[str] = []
    names: set[str] = set()
    inside, seen = True, 0
    for kind, key in tokens:
        inside = inside and (whole or kind not in ("figure", "sign", "end", "and"))
        seen += kind in ("word", "name", "small", "and")
        if inside and seen <= PHRASE and kind in ("word", "name"):
            words.append(key)
            if kind == "name":
                names.add(key)
        if key:
            around.append(key)
        if len(around) == WINDOW:
            break
    return Side(Phrase(tuple(words), frozenset(names)), tuple(around))


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the words of a text, and the signs that end a phrase or a sentence."""
    for match in _TOKEN.finditer(text):
        if word := match["word"]:
            yield _word(word)
        # The point in "U.S" ends nothing.
        elif not _JOINING.fullmatch(match["signs"]) and (
            match["space"] is not None or match["signs"] not in ".:"
        ):
            yield _Token("end" if match["signs"][-1] in _ENDS else "sign")


@lru_cache(maxsize=16384)
def _word(word: str) -> _Token:
    small = word.casefold()
    if small in _AND:
        return _Token("and", small)
    kind = "name" if word[0].isdigit() or word[0].isupper() else "word"
    kind = "small" if small in _small_words() else kind
    stem = small.partition("’")[0].partition("'")[0]
    return _Token(kind, _ENDING.sub("", stem)[:_STEM] if stem.isalpha() else stem)


@cache
def _small_words() -> frozenset[str]:
    classes = load_data("words")
    small = ("determiners", "amounts", "prepositions", "pronouns", "auxiliaries")
    words = [
        *load_data("same_claims")["function_words"],
        *(w for name in small for w in classes[name]),
    ]
    return frozenset(map(str, words))
