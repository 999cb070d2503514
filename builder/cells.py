"""What stands in a cell of a CSV file for a value, and in a JSON file.

Whoever opens a CSV file in a spreadsheet must not run what a document says: a text that a
spreadsheet would take for a formula has an apostrophe in front. So has one that begins with
quotation marks, apostrophes or characters that nobody sees before such a text: some programs take
those away. So the rule can be turned round: take one apostrophe away wherever such characters and
then one of these signs stand behind it at the beginning. Numbers are never changed, and neither is
a sign that stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from math import isfinite
from types import NoneType
from typing import Any

from builder.unseen import BIDI, JOINERS, NO_WIDTH

Value = str | float | int | bool | tuple[str, ...] | None

SEPARATOR = "|"
"""What parts the items of a list in a cell of a CSV file."""

# What begins a formula, in full width too: East Asian spreadsheets read that alike.
_SIGNS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
# What programs take away before they look: a byte-order mark, quotation marks.
_BEFORE = f"['\"{NO_WIDTH}{JOINERS}{BIDI}]*"
_FORMULA = re.compile(f"{_BEFORE}[{_SIGNS}].", re.DOTALL)
_GUARDED = re.compile(f"'{_BEFORE}[{_SIGNS}].", re.DOTALL)
# Characters that stop readers of CSV files, and what stands for them.
_STAND_INS = str.maketrans({"\0": "\ufffd"})
_BAR = "\u00a6"


def cell_of(value: Value) -> str:
    """Return the cell of a CSV file that stands for a value; "" for an absent one."""
    if isinstance(value, str):
        return guarded(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return guarded(SEPARATOR.join(item.replace(SEPARATOR, _BAR) for item in value))
    return _plain(value)


def json_of(value: Value) -> str:
    """Return a value as JSON has it; "null" for an absent one."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return f"[{','.join(map(encode_basestring, value))}]"
    return cell_of(value) or "null"


def columns_of(values: Sequence[Value]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the values of a column as cells and as JSON: all at once where they are of a kind."""
    kinds = {*map(type, values)}
    if kinds == {str}:
        texts: Any = values
        return [*map(guarded, texts)], [*map(encode_basestring, texts)]
    if kinds == {int}:
        return (numbers := [*map(str, values)]), numbers
    if kinds == {NoneType}:
        return [""] * len(values), ["null"] * len(values)
    return [*map(cell_of, values)], [*map(json_of, values)]


def guarded(text: str) -> str:
    """Return a text as it stands in a cell, where no spreadsheet takes it for a formula."""
    text = text.translate(_STAND_INS) if "\0" in text else text
    if text[:1].isalnum():  # as nearly all: nothing of a formula begins so
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell without the apostrophe that stands in front of a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _plain(number: float) -> str:
    """Return a number in digits, without an exponent; "" for what is none."""
    if isinstance(number, int):
        return str(number)
    if not isfinite(number):
        return ""
    return str(int(number)) if number.is_integer() else f"{Decimal(repr(number)):f}"
