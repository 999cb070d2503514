"""Units of measure and currencies: how they are printed, and the names we publish."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from builder.strict_yaml import load_data


@dataclass(frozen=True, slots=True)
class Units:
    """Patterns and names of units of measure and currencies, made from the tables in `data`."""

    sign: re.Pattern[str]
    signs: dict[str, str]
    code_after: re.Pattern[str]
    word: re.Pattern[str]
    words: dict[str, tuple[str, bool, bool]]  # form → unit, is it time, is it money
    mark: re.Pattern[str]
    marks: dict[str, str]
    hyphen_noun: re.Pattern[str]


def _any(forms: object) -> str:
    return "|".join(sorted((re.escape(str(form)) for form in forms), key=lambda f: -len(f)))  # type: ignore[attr-defined]  # a YAML list or a dict


@cache
def units() -> Units:
    """Return the tables `units.yaml` and `currencies.yaml`, compiled once."""
    signs: dict[str, str] = {}
    words: dict[str, tuple[str, bool, bool]] = {}
    marks: dict[str, str] = {}
    codes = []
    for row in load_data("currencies"):
        signs.update(dict.fromkeys(row.get("signs", ()), row["code"]))
        if row.get("code_read", True):
            codes.append(row["code"])
            signs[row["code"]] = row["code"]
        words.update({form.lower(): (row["code"], False, True) for form in row.get("words", ())})
    for row in load_data("units"):
        time = row.get("kind") == "time"
        words.update({form.lower(): (row["unit"], time, False) for form in row["words"]})
        # "a 700-square-foot flat"
        words.update(
            {form.lower().replace(" ", "-"): (row["unit"], time, False) for form in row["words"]}
        )
        marks.update(dict.fromkeys(row.get("marks", ()), row["unit"]))
    nouns = load_data("numerals")["counted_after_hyphen"]
    return Units(
        sign=re.compile(rf"(?<![A-Za-z])(?:{_any(signs)}) ?$"),
        signs=signs,
        code_after=re.compile(rf" ?(?P<code>{_any(codes)}|[€£¥₹])(?![\w])"),
        word=re.compile(
            r"(?P<join>[ -])"
            r"(?:(?:consecutive|straight|additional|more|full|successive|extra|calendar|whole"
            r"|further) )?"
            rf"(?P<word>{_any(words)})(?![\w])(?:[- ](?P<old>olds?)(?![\w]))?"
        ),
        words=words,
        mark=re.compile(rf" ?(?P<mark>{_any(marks)})(?![\w]|- )"),
        marks=marks,
        hyphen_noun=re.compile(rf"-(?:{_any(nouns)})(?![\w])"),
    )
