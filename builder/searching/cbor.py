"""Reads and writes as much of CBOR (RFC 8949) as Pagefind's files hold: numbers, texts, arrays."""

from __future__ import annotations

from typing import TypeAlias

Value: TypeAlias = "int | str | list[Value]"

_INT, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4


def head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return major type, argument and end of the head of the item that begins at `at`."""
    first = data[at]
    major, short = first >> 5, first & 31
    if short < 24:
        return major, short, at + 1
    if short > 27:
        raise ValueError(f"not known: {first:#x}")
    end = at + 1 + (1 << (short - 24))
    return major, int.from_bytes(data[at + 1 : end], "big"), end


def read(data: bytes, at: int = 0) -> tuple[Value, int]:
    """Return the value that begins at `at`, and where it ends; of other types raise ValueError."""
    major, argument, at = head(data, at)
    if major == _INT:
        return argument, at
    if major == _NEGATIVE:
        return -1 - argument, at
    if major == _TEXT:
        return data[at : at + argument].decode(), at + argument
    if major != _ARRAY:
        raise ValueError(f"not known: major type {major}")
    items: list[Value] = []
    for _ in range(argument):
        item, at = read(data, at)
        items.append(item)
    return items, at


def number(value: int) -> bytes:
    """Return a number from 0 on as CBOR."""
    return _head(_INT, value)


def text(value: str) -> bytes:
    """Return a text as CBOR."""
    data = value.encode()
    return _head(_TEXT, len(data)) + data


def array(items: list[bytes]) -> bytes:
    """Return an array of items that are CBOR already."""
    return _head(_ARRAY, len(items)) + b"".join(items)


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    power = next(power for power in range(4) if argument < 1 << (8 << power))
    return bytes([major << 5 | 24 + power]) + argument.to_bytes(1 << power, "big")
