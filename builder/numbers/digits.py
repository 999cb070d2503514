"""Reads a number in digits: "1,234.5", "1 234 567", "1.5 million", "3/4", "13 and a half"."""

from __future__ import annotations

import re

from builder.numbers.number_words import Numeral, number_words
from builder.numbers.words import is_plural, is_stop

_LONGEST = 15  # digits; a longer run is an identifier, not an amount

# The marks inside a digit token may group thousands or part the decimals: "1,234.5", "1.234,5".
DIGITS = re.compile(r"[0-9]++(?:[.,'][0-9]++)*+")
_SPACED = re.compile(r"(?: [0-9]{3})++(?![0-9-]|[.,][0-9])")
_FRACTION = re.compile(r"([1-9][0-9]?)/([1-9][0-9]?)(?![0-9/])")  # 3/4 of voters
_MIXED = re.compile(r" ?(?P<sign>[½¼¾])| (?P<top>[13])/(?P<bottom>[24])(?![0-9/])")  # 2½, 1 3/4
# "13 and a half", and as it is said: "3 and half years"
_AND_A_HALF = re.compile(
    r"(?: and |-and-)"
    r"(?:a[- ]half|one[- ]half|half(?= (?:years|months|weeks|days|hours|times)))(?!\w)"
)
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}

# How digits are grouped: pattern, mark between thousands, mark before decimals, rule. In order.
_PRINTS = (
    (re.compile(r"[0-9]+(?:\.[0-9]+)?"), ",", ".", "number: plain digits"),
    (re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"), ",", ".", "number: groups with commas"),
    (
        re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?"),
        ",",
        ".",
        "number: lakhs and crores in groups",
    ),
    (
        re.compile(r"[0-9]{1,3}(?:'[0-9]{3})+(?:\.[0-9]+)?"),
        "'",
        ".",
        "number: groups with apostrophes",
    ),
    (
        re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|[0-9]{1,3}\.[0-9]{3},[0-9]{1,2}"),
        ".",
        ",",
        "number: groups with points",
    ),
    (re.compile(r"[0-9]{1,3},[0-9]{1,2}"), ".", ",", "number: decimal comma"),
)


def in_digits(text: str, lower: str, at: int, money: bool) -> Numeral | None:
    """Read the number in digits at `at`, or return None; `money` says a currency stands before."""
    if text[at] in _SIGNS:
        return Numeral(
            at, at + 1, _SIGNS[text[at]], fraction=True, rule="number: fraction in digits"
        )
    simple = _FRACTION.match(text, at)
    if simple:
        top, bottom = int(simple[1]), int(simple[2])
        if top >= bottom:
            return None
        return Numeral(
            at, simple.end(), top / bottom, fraction=True, rule="number: fraction in digits"
        )
    first = at + 1 if text[at] == "." else at
    token = DIGITS.match(text, first)
    if not token or token.end() - first > 2 * _LONGEST:
        return None
    return _scaled(text, lower, at, token.end(), money)


def _scaled(text: str, lower: str, at: int, end: int, money: bool) -> Numeral | None:
    """Read the digits from `at` to `end` with the fraction and the scale behind them."""
    surface = text[at:end]
    spaced = _SPACED.match(text, end) if len(surface) <= 3 and surface.isdigit() else None
    if spaced and _is_one_number(text, at, spaced, money):
        end, surface = spaced.end(), text[at : spaced.end()].replace(" ", ",")
    worth = _worth(surface)
    if worth is None:
        return None
    mantissa, rule = worth
    if spaced:
        rule = "number: groups with spaces"
    part, end = _part(text, lower, end)
    if part:
        mantissa, rule = mantissa + part, "number: digits and a fraction"
    plus = text.startswith("+", end)
    scale, scaled, how = _scale(text, lower, end + plus, money)
    plus = plus and scale > 1
    return Numeral(
        at,
        scaled if scale > 1 else end,
        product(mantissa, scale),
        mantissa,
        scale,
        bare=surface.isdigit() and scale == 1 and not part,
        comma=rule == "number: decimal comma",
        plus=plus,
        rule=how or rule,
    )


_ROW_BEFORE = re.compile(r"[0-9] $")
_BOUND_BEFORE = re.compile(r"\b(?:over|than|some|least|nearly|almost|about) $")
_COUNTS_ON = re.compile(r" ?(?:[a-z%(]|[A-Z]{2,3}\b)|[.,;:)]|$")


def _is_one_number(text: str, at: int, spaced: re.Match[str], money: bool) -> bool:
    """Tell "98 000 seizures" from the cells of a row, "249 260 Receivables"."""
    if spaced.end() - at > _LONGEST or _ROW_BEFORE.search(text, max(0, at - 2), at):
        return False
    if money or _BOUND_BEFORE.search(text, max(0, at - 8), at):
        return True
    return _COUNTS_ON.match(text, spaced.end()) is not None


def _part(text: str, lower: str, end: int) -> tuple[float, int]:
    """Return the fraction behind a whole number, "½" or "and a half", and where it ends."""
    mixed = _MIXED.match(text, end)
    if mixed:
        return (
            _SIGNS[mixed["sign"]] if mixed["sign"] else int(mixed["top"]) / int(mixed["bottom"])
        ), mixed.end()
    half = _AND_A_HALF.match(lower, end)
    return (0.5, half.end()) if half else (0.0, end)


def _worth(surface: str) -> tuple[float, str] | None:
    """Return what a digit token is worth and the rule of its print, or None."""
    if sum(map(str.isdigit, surface)) > _LONGEST:
        return None
    if surface.startswith("."):
        return (float("0" + surface), "number: plain digits") if surface[1:].isdigit() else None
    if len(surface) > 1 and surface[0] == "0" and surface[1].isdigit():
        return None  # 007 is a label
    for pattern, group, point, rule in _PRINTS:
        if pattern.fullmatch(surface):
            return float(surface.replace(group, "").replace(point, ".")), rule
    return None


def product(mantissa: float, scale: float) -> float:
    """Multiply without a tail: 1.55 × 1e9 in binary is 1550000000.0000002."""
    return float(round(mantissa * scale, 6))


def _scale(text: str, lower: str, end: int, money: bool) -> tuple[float, int, str]:
    """Return the factor behind a number, where it ends, and its rule; 1 if there is none."""
    words = number_words()
    match = words.scale_word.match(lower, end)
    if match:
        scale = 1.0
        for word in re.split(r"[- ]", match["scale"]):
            scale *= words.scales[word]
        return scale, match.end(), "number: digits and a scale word"
    match = words.scale_mark.match(text, end)
    if match:
        mark, after = match["mark"], match.end()
        if mark in words.abbreviations and (money or text[end] != " " or len(mark) > 1):
            return float(words.abbreviations[mark]), after, "number: digits and a scale mark"
        if money and mark in words.money_abbreviations:
            return float(words.money_abbreviations[mark]), after, "number: digits and a scale mark"
        if mark in ("k", "m") and text[end] != " " and _things_follow(text, after):
            return float(words.money_abbreviations[mark]), after, "number: things in m or k"
    return 1.0, end, ""


_NEXT_WORDS = re.compile(
    r"\+?(?: (?:more|new|other|additional|extra))?"
    r" ([A-Za-z-]+)(?: ([A-Za-z-]+))?(?: ([A-Za-z-]+))?"
)


def _things_follow(text: str, end: int) -> bool:
    """Tell "1.2m young people" from "a 100m race", "400m hurdles" and "5m high"."""
    match = _NEXT_WORDS.match(text, end)
    for word in match.groups() if match else ():
        if word is None or is_stop(word) or word.lower() in number_words().in_meters:
            return False
        if is_plural(word):
            return True
    return False
