"""Writes frozen values as bytes and makes them again, exactly as they were.

What is written is JSON without a name in it: a value is the row of its fields, in the order of its
class, and a value that is always there lies flat in the row of its owner. How, is read off the
classes and compiled once (see `rows`), so that no list of fields can fall behind them. Before the
JSON stands a digest of it, keyed by the shape of the class: what was cut short, damaged or written
for another shape is told at once.
"""

from __future__ import annotations

import json
import zlib
from hashlib import blake2b
from typing import Any, TypeVar

from builder.storing.rows import Rows, rows_of

T = TypeVar("T")

_DIGEST = 16
# Half a pair of surrogates is no UTF-8, yet a source may name one: "&#xD83D;".
_UTF8 = ("utf-8", "surrogatepass")

# The encoder of the standard library, set up once; rows hold no loops.
_text_of = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def encode(value: Any, *, small: bool = False) -> bytes:
    """Return a value of a frozen dataclass as bytes; with `small` they are compressed.

    A document is a third as large then, and takes about half as long again. Raises ValueError where
    a number is too long to be written or an array is not of offsets.
    """
    rows = rows_of(written_as(type(value)))
    data = _text_of(rows.write(value)).encode(*_UTF8)
    data = zlib.compress(data, 1) if small else data
    return _digest(rows, data) + data


def decode(cls: type[T], data: bytes) -> T:
    """Return the value of a class that was encoded: equal, of the same types, `5` not `5.0`.

    Raises ValueError where these are not the bytes that `encode` gave for a value of that class.
    """
    rows: Rows = rows_of(cls)  # type: ignore[arg-type]  # every class has a hash
    text = data[_DIGEST:]
    if len(data) <= _DIGEST or data[:_DIGEST] != _digest(rows, text):
        raise ValueError(
            f"these bytes hold no {cls.__name__}: they are damaged, or of another kind"
        )
    try:
        text = text if text.startswith(b"[") else zlib.decompress(text)
        return from_row(cls, json.loads(text.decode(*_UTF8)))
    except (ValueError, RecursionError, zlib.error) as error:
        raise ValueError(f"these bytes hold no {cls.__name__}: {error}") from error


def to_row(value: Any) -> list[Any]:
    """Return a value as what JSON can hold, for whoever keeps it among other things."""
    row: list[Any] = rows_of(written_as(type(value))).write(value)
    return row


def from_row(cls: type[T], row: Any) -> T:
    """Return the value of a class from its row, which may have gone through JSON.

    Raises ValueError where it is no such row. The words and numbers in it are taken as they are.
    """
    rows: Rows = rows_of(cls)  # type: ignore[arg-type]  # every class has a hash
    try:
        made: T = rows.make(row)
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise ValueError(f"this row holds no {cls.__name__}: {error}") from error
    return made


def written_as(cls: type) -> type:
    """Return the class whose fields a value has: of one that is loaded late, the class above."""
    return next(one for one in cls.__mro__ if "__dataclass_fields__" in vars(one))


def _digest(rows: Rows, data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST, key=rows.shape).digest()
