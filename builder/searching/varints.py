"""Writes and reads rows of numbers: seven bits a byte, the lowest first, 128 for "more"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_MORE = 128


class _Made(dict[int, bytes]):
    """Numbers that were written before: the same ones come again and again."""

    def __missing__(self, number: int) -> bytes:
        made, rest = bytearray(), number
        while rest >= _MORE:
            made.append(rest % _MORE + _MORE)
            rest //= _MORE
        made.append(rest)
        self[number] = bytes(made)
        return self[number]


_made = _Made()


def varint(number: int) -> bytes:
    """Return a number from 0 on as bytes."""
    return _made[number]


def varints(numbers: Iterable[int]) -> bytes:
    """Return numbers, each from 0 on, as bytes."""
    return b"".join(map(_made.__getitem__, numbers))


def read_varints(data: bytes) -> Iterator[int]:
    """Yield the numbers that bytes hold."""
    value, weight = 0, 1
    for byte in data:
        if byte < _MORE:
            yield value + byte * weight
            value, weight = 0, 1
        else:
            value += (byte - _MORE) * weight
            weight *= _MORE
