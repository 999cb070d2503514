"""Reads a number in words: "two hundred and five thousand", "dozens", "a third", "doubled"."""

from __future__ import annotations

import re

from builder.numbers.number_words import Numeral, number_words

_LONGEST = 16  # words of one number

_WORD = re.compile(r"[a-z]+(?:-fold)?")
_AGAIN = re.compile(r" \((?P<digits>[0-9][0-9,]{0,12})\)")  # "thirty (30) days"


def in_words(lower: str, at: int) -> Numeral | None:
    """Read the number in words that begins at `at` of a lower-case text, or return None."""
    return (
        _vague(lower, at)
        or _whole(lower, at)
        or _fraction(lower, at)
        or _multiple(lower, at)
        or _one_measure(lower, at)
    )


def _vague(lower: str, at: int) -> Numeral | None:
    match = number_words().vague.match(lower, at)
    if not match:
        return None
    if match[0] in ("scores", "tens") and not lower.startswith(" of ", match.end()):
        return None  # "test scores"
    if match[0].startswith("many ") and lower[max(0, at - 4) : at] == "how ":
        return None
    return Numeral(at, match.end(), None, words=True, rule="number: vague numeral")


def _whole(lower: str, at: int) -> Numeral | None:
    words = number_words()
    match = words.run.match(lower, at)
    if not match:
        return None
    tokens = re.split(r"[- ]", match["run"].replace(" and ", " "))
    lead = (match["lead"] or "").strip(" -")
    if len(tokens) > _LONGEST or (tokens[0] in words.scales and not lead):
        return None  # "million-dollar homes", "per hundred"
    if lead in ("a", "an") and tokens[0] in words.small:
        return None  # "a two-day visit" is read from "two"
    whole = _sum([*([] if tokens[0] in words.small else ["one"]), *tokens])
    if whole is None:
        return None
    value, end = _with_parts(match, whole, tokens, lead)
    if lower[end : end + 1] in "- " and _denominator_follows(lower, end + 1, len(tokens)):
        return None  # "two-thirds", "two thirds"
    again = _AGAIN.match(lower, end)
    if again and float(again["digits"].replace(",", "")) == value:
        end = again.end()
    scale = float(words.scales.get(tokens[-1], 1)) if len(tokens) > 1 else 1.0
    halved = lead.startswith(("half", "a half", "a quarter")) or match["half"]
    return Numeral(
        at,
        end,
        value,
        value / scale,
        scale,
        words=True,
        rule="number: words with a half" if halved else "number: words",
    )


def _with_parts(
    match: re.Match[str], whole: float, tokens: list[str], lead: str
) -> tuple[float, int]:
    """Return what "half a million" and "two and a half million" are worth, and where they end."""
    words = number_words()
    value, end = whole, match.end("run")
    if lead.startswith(("half", "a half")):
        value /= 2
    elif lead.startswith("a quarter"):
        value /= 4
    if match["half"]:
        end = match.end("half")
        part = 0.25 if "quarter" in match["half"] else 0.5
        value += (0.75 if "three" in match["half"] else part) * words.scales.get(tokens[-1], 1)
    if match["more"] and (match["half"] or match["more"][1:] not in tokens):
        value, end = value * words.scales[match["more"][1:]], match.end("more")
    return float(value), end


def _denominator_follows(lower: str, at: int, tokens: int) -> bool:
    match = _WORD.match(lower, at)
    if match is None or match[0] not in number_words().denominators:
        return False
    return tokens == 1 or lower[at - 1] == "-"


def _sum(tokens: list[str]) -> float | None:
    """Add up number words; None if they make no number ("five three")."""
    words = number_words()
    total, group, last_scale = 0, 0, 10**18
    fresh = True
    for token in tokens:
        if token in words.small:
            small = words.small[token]
            room = (
                fresh
                or (group % 100 == 0 and group and small > 0)
                or (small < 10 and small > 0 and group % 100 >= 20 and group % 10 == 0)
            )
            if not room:
                return None
            group, fresh = group + small, False
        elif token == "hundred":
            if not 0 < group < 100:
                return None
            group *= 100
        else:
            scale = words.scales[token]
            if group == 0 or scale >= last_scale:
                return None
            total, group, last_scale, fresh = total + group * scale, 0, scale, True
    return float(total + group)


def _fraction(lower: str, at: int) -> Numeral | None:
    words = number_words()
    match = words.fraction.match(lower, at)
    if not match:
        return None
    top, bottom = match["top"], words.denominators[match["bottom"]]
    if top is None and bottom != 2:
        return None  # "the third", "quarters"
    count = 1 if top in (None, "a", "an") else words.small[top]
    agrees = 0 < count < bottom and (count > 1) == match["bottom"].endswith("s")
    if not agrees and (match["bottom"] not in ("half", "halves") or count != 1):
        return None
    return Numeral(
        at,
        match.end(),
        round(count / bottom, 4),
        words=True,
        fraction=True,
        rule="number: fraction in words",
    )


def _multiple(lower: str, at: int) -> Numeral | None:
    match = _WORD.match(lower, at)
    value = number_words().multiples.get(match[0]) if match else None
    if match is None or value is None:
        return None
    return Numeral(
        at, match.end(), float(value), words=True, multiple=True, rule="number: multiple in a word"
    )


def _one_measure(lower: str, at: int) -> Numeral | None:
    """Read "a" of "more than a tonne" as one."""
    match = number_words().one_measure.match(lower, at)
    return (
        Numeral(at, match.end(), 1.0, 1.0, words=True, rule="number: a for one") if match else None
    )
