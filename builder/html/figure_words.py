"""Says a figure in words and signs: "more than 1,200,000,000 USD", "> 1,200,000,000"."""

from __future__ import annotations

from decimal import Decimal

from builder.model import Figure

# The words of the text decide, so that "at least" and "more than" stay apart.
_COMPARATOR_WORDS = {
    (">", "more_than"): "more than",
    (">=", "more_than"): "at least",
    ("<", "less_than"): "under",
    ("<=", "less_than"): "up to",
    ("<=", "nearly"): "nearly",
    ("<", "nearly"): "nearly",
    ("~", "nearly"): "nearly",
    ("~", "approximately"): "about",
}
_BOUND_WORDS = {
    "exact": "",
    "more_than": "more than",
    "less_than": "less than",
    "nearly": "nearly",
    "approximately": "about",
}
_SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "~": "≈", "=": ""}
_UNIT_WORDS = {
    "percent": "%",
    "percentage_point": "percentage points",
    "count": "",
    "fraction": "(a fraction of 1)",
    "times": "times",
}


_IRREGULAR = {"foot": "feet", "hertz": "hertz"}


def number_words(value: float) -> str:
    """Return a number with thousands parted by commas and no more decimals than it has."""
    number = Decimal(repr(value))
    if number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number.normalize():,f}"


def bound_words(figure: Figure) -> str:
    """Return what the text says of the bound: "more than", "up to", or "" for an exact figure."""
    return _COMPARATOR_WORDS.get((figure.comparator, figure.bound), _BOUND_WORDS[figure.bound])


def bound_sign(figure: Figure) -> str:
    """Return the sign that a table shows before the value: >, ≥, <, ≤, ≈, ~<, or ""."""
    return "~<" if figure.bound == "nearly" else _SIGNS[figure.comparator]


def unit_words(figure: Figure) -> str:
    """Return a figure's unit as a reader writes it after the value: "%", "metric tons", "USD"."""
    unit = figure.unit
    if unit in _UNIT_WORDS or unit.isupper():
        return _UNIT_WORDS.get(unit, unit)
    words = unit.replace("_", " ")
    if figure.value == 1:
        return words
    *before, last = words.split(" ")
    return " ".join((*before, _IRREGULAR.get(last) or _plural(last)))


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def value_words(figure: Figure) -> str:
    """Return the normalized value without bound and unit; "" for a vague numeral."""
    if figure.value is not None and figure.unit == "fraction":
        return number_words(round(figure.value, 4))
    if figure.value is not None:
        return number_words(figure.value)
    if figure.low is not None and figure.high is not None:
        return f"{number_words(figure.low)} to {number_words(figure.high)}"
    if figure.low is not None:
        return f"{number_words(figure.low)} or more"
    return f"up to {number_words(figure.high)}" if figure.high is not None else ""


def figure_words(figure: Figure) -> str:
    """Return the whole figure in one line: "more than 1,200,000,000 USD"."""
    value = value_words(figure)
    unit = unit_words(figure)
    if not value:
        if figure.unit.isupper():
            return f"no exact amount in {unit}"
        return f"no exact number of {unit}" if unit else "no exact number"
    parts = (bound_words(figure), value, unit)
    return " ".join(part for part in parts if part).replace(" %", "%")


PARTS = " · "
"""What stands between the parts of what is read of a figure."""


def figure_parts(figure: Figure, was: str = "") -> str:
    """Return all that is read of a figure: "more than 1,200 (>) · of boats · status requested".

    `was` is how the figure was printed before. The first word of each further part names it.
    """
    sign = bound_sign(figure) if value_words(figure) else ""
    told = {
        "of": figure.of,
        "period": figure.period,
        "status": "" if figure.status == "reported" else figure.status,
        "change": figure.change,
        "earlier": was,
    }
    first = f"{figure_words(figure)} ({sign})" if sign else figure_words(figure)
    further = (f"{name} {_plain(words)}" for name, words in told.items() if words)
    return PARTS.join((first, *further))


def _plain(words: str) -> str:
    return " ".join(words.replace("·", " ").split())
