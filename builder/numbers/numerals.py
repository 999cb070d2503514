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
    words = number_words()
    starts: list[int] = []
    end = 0
    for match in words.digit.finditer(lower):
        at = match.start()
        if at >= end:
            starts.append(at)
            run = DIGITS.match(lower, at)
            end = run.end() if run else at + 1
    # The pattern of words holds the character before: it stands one place ahead here.
    in_words = [match.start() for match in words.word.finditer(f" {lower}")]
    return sorted(starts + in_words) if in_words else starts


def begins_number(lower: str, at: int) -> bool:
    """Tell whether a number may begin at `at`."""
    words = number_words()
    if words.digit.match(lower, at):
        return True
    return words.word.match(lower, at - 1) is not None if at else False


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
