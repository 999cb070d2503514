"""Finds where numbers begin, and reads one number, in digits or in words."""

from __future__ import annotations

from builder.numbers.digits import DIGITS, in_digits
from builder.numbers.number_words import Numeral, number_words
from builder.numbers.spelled import in_words


def lowered(text: str) -> str:
    """Return `text` in lower case at equal length ("İ" would become two characters)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def numbers_at(lower: str) -> list[int]:
    """Return every place of a lower-case text at which a number may begin.

    Digits that go on from digits ("1,234") begin no number of their own.
    """
    starts: list[int] = []
    end = 0
    for match in number_words().start.finditer(lower):
        at = match.start()
        if at < end:
            continue
        starts.append(at)
        run = DIGITS.match(lower, at)
        end = run.end() if run else at + 1
    return starts


def begins_number(lower: str, at: int) -> bool:
    """Tell whether a number may begin at `at`."""
    return number_words().start.match(lower, at) is not None


def numeral_at(text: str, lower: str, at: int, *, money: bool = False) -> Numeral | None:
    """Read the number that begins at `at`, or return None.

    `lower` is `text` in lower case at equal length. `money` says that a currency stands before.
    """
    if text[at].isdigit() or text[at] in ".½¼¾":
        return in_digits(text, lower, at, money)
    return in_words(lower, at)


def run_end(lower: str, at: int) -> int:
    """Return where the run of digits or number words at `at` ends, read or not."""
    words = number_words()
    match = DIGITS.match(lower, at) or words.run.match(lower, at) or words.vague.match(lower, at)
    return max(match.end(), at + 1) if match else at + 1
