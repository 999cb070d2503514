"""Compiles, for a frozen dataclass, how its values become rows and rows become values.

A row is a list that JSON can hold. A dataclass that a field always has lies flat in the row; one
that may be None, and each of many, is a row of its own. Values are made past `__init__`, which in a
frozen class takes as long again: each slot is set by its own descriptor.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from hashlib import blake2b
from itertools import count
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from builder.storing.runs import packed, unpacked

# Fields whose words are said again and again, in every document: one string does for all of them.
SAID_OFTEN = frozenset({"entity", "how", "key", "kind", "language", "rules", "sort", "tag", "what"})

_PLAIN = (str, int, float, bool, NoneType)


class _Offsets:
    """What `array[int]` says in a type; before Python 3.12 an array's type takes nothing."""

    def __class_getitem__(cls, _item: type) -> type[_Offsets]:
        return cls


@dataclass(frozen=True, slots=True)
class Rows:
    """How values of one class are written and made; `shape` is a digest of its fields."""

    write: Callable[[Any], list[Any]]
    make: Callable[[Any], Any]
    shape: bytes


@cache
def rows_of(cls: type) -> Rows:
    """Return how values of a dataclass become rows, compiled when first asked for.

    Raises TypeError where a field is of a type that no row can hold.
    """
    shape = blake2b(_shape(cls).encode(), digest_size=32).digest()
    return Rows(_writer(cls), _maker(cls), shape)


def _shape(hint: Any) -> str:
    """Return a type in words, with all that it is made of."""
    if isinstance(hint, type) and is_dataclass(hint):
        told = ",".join(f"{name}:{_shape(own)}" for name, own in typed_fields(hint))
        return f"{hint.__name__}({told})"
    inner = "|".join(map(_shape, get_args(hint))) if get_args(hint) else ""
    return f"{get_origin(hint) or hint}[{inner}]" if not isinstance(hint, str) else hint


def typed_fields(cls: Any) -> list[tuple[str, Any]]:
    """Return the fields of a dataclass with their types, in order."""
    hints = get_type_hints(cls, localns={"array": _Offsets})
    return [(field.name, hints[field.name]) for field in fields(cls)]


def _bound(names: dict[str, Any], value: Any) -> str:
    """Give a value a name in compiled code."""
    name = f"_{len(names)}"
    names[name] = value
    return name


def _compiled(body: str, names: dict[str, Any]) -> Callable[[Any], Any]:
    exec(f"def function(row):\n{body}", names)
    function: Callable[[Any], Any] = names["function"]
    return function


# How a value is written.


@cache
def _writer(hint: Any) -> Callable[[Any], Any]:
    """Return the function that turns a value into what JSON can hold."""
    names: dict[str, Any] = {}
    parts = ", ".join(_written(hint, "row", names))
    return _compiled(f" return [{parts}]" if is_dataclass(hint) else f" return {parts}", names)


def _written(hint: Any, value: str, names: dict[str, Any]) -> Iterator[str]:
    """Yield the expressions that write a value; a dataclass has one or more for each field."""
    if _is_plain(hint) or _is_plain_tuple(hint):
        yield value  # JSON writes a tuple as a list of itself
    elif is_dataclass(hint):
        for name, own in typed_fields(hint):
            yield from _written(own, f"{value}.{name}", names)
    elif hint is _Offsets:
        yield f"{_bound(names, packed)}({value})"
    elif (inner := _optional(hint)) is not None:
        yield f"None if {value} is None else {_bound(names, _writer(inner))}({value})"
    elif (inner := _many(hint)) is not None:
        item = f"{value.replace('.', '_')}_"
        parts = ", ".join(_written(inner, item, names))
        yield f"[{f'[{parts}]' if is_dataclass(inner) else parts} for {item} in {value}]"
    else:
        own = (f"{_bound(names, _writer(one))}({value}[{n}])" for n, one in enumerate(_few(hint)))
        yield f"[{', '.join(own)}]"


# How it is made again.


@cache
def _maker(hint: Any) -> Callable[[Any], Any]:
    """Return the function that makes a value from what JSON held."""
    names: dict[str, Any] = {}
    lines: list[str] = []
    if not is_dataclass(hint):
        return _compiled(f" return {_made(hint, '', iter(['row']), lines, names)}", names)
    numbers, taken = count(), list[str]()

    def take() -> Iterator[str]:
        for number in numbers:
            taken.append(f"a{number}")
            yield taken[-1]

    value = _made(hint, "", take(), lines, names)
    # Taken apart in one step, which fails where the row is not as long as it should be.
    body = [f"({', '.join(taken)},) = row", *lines, f"return {value}"]
    return _compiled("".join(f" {line}\n" for line in body), names)


def _made(
    hint: Any, field: str, row: Iterator[str], lines: list[str], names: dict[str, Any]
) -> str:
    """Return the expression that makes the value of a field; `lines` come before it."""
    if is_dataclass(hint):
        return _made_object(hint, row, lines, names)
    value = next(row)
    if _is_plain(hint):
        return _made_plain(hint, field, value, names)
    if hint is _Offsets:
        return f"{_bound(names, unpacked)}({value})"
    if (inner := _optional(hint)) is not None:
        return f"None if {value} is None else {_bound(names, _maker(inner))}({value})"
    if (inner := _many(hint)) is not None:
        if inner is str and field in SAID_OFTEN:
            return f"tuple(map({_bound(names, sys.intern)}, {value}))"
        if _is_plain(inner):
            return f"tuple({value})"
        return f"tuple(map({_bound(names, _maker(inner))}, {value})) if {value} else ()"
    makers = (f"{_bound(names, _maker(one))}(_i{n})" for n, one in enumerate(_few(hint)))
    made = _bound(names, _few_made(len(_few(hint)), ", ".join(makers), names))
    return f"{made}({value})"


def _few_made(number: int, makers: str, names: dict[str, Any]) -> Callable[[Any], Any]:
    taken = ", ".join(f"_i{n}" for n in range(number))
    return _compiled(f" ({taken},) = row\n return ({makers},)\n", dict(names))


def _made_object(cls: Any, row: Iterator[str], lines: list[str], names: dict[str, Any]) -> str:
    made = [(name, _made(own, name, row, lines, names)) for name, own in typed_fields(cls)]
    value = f"v{len(lines)}"
    lines.append(f"{value} = {_bound(names, object.__new__)}({_bound(names, cls)})")
    for name, expression in made:
        lines.append(f"{_bound(names, vars(cls)[name].__set__)}({value}, {expression})")
    return value


def _made_plain(hint: Any, field: str, value: str, names: dict[str, Any]) -> str:
    literals = {one: one for one in _literals(hint)}
    if literals:  # one string for all that say it, and no other
        return f"{_bound(names, literals)}[{value}]"
    if hint is str and field in SAID_OFTEN:
        return f"{_bound(names, sys.intern)}({value})"
    return value


# What the types of fields say.


def _is_plain(hint: Any) -> bool:
    if get_origin(hint) in (Union, UnionType):
        return all(map(_is_plain, get_args(hint)))
    return hint in _PLAIN or get_origin(hint) is Literal


def _is_plain_tuple(hint: Any) -> bool:
    own = [one for one in get_args(hint) if one is not Ellipsis]
    return get_origin(hint) is tuple and all(_is_plain(one) or _is_plain_tuple(one) for one in own)


def _literals(hint: Any) -> Iterator[Any]:
    """Yield what a field may say where it may say few things only, None among them."""
    if get_origin(hint) is Literal:
        yield from get_args(hint)
    elif get_origin(hint) in (Union, UnionType):
        own = get_args(hint)
        if all(one is NoneType or get_origin(one) is Literal for one in own):
            yield None
            for one in own:
                yield from _literals(one)


def _optional(hint: Any) -> Any:
    """Return what a value is if it is not None; None where it is no such type."""
    own = [one for one in get_args(hint) if one is not NoneType]
    return own[0] if get_origin(hint) in (Union, UnionType) and len(own) == 1 else None


def _many(hint: Any) -> Any:
    """Return the type of each of a tuple of any length; None where it is none."""
    own = get_args(hint)
    return own[0] if get_origin(hint) is tuple and len(own) == 2 and own[1] is Ellipsis else None


def _few(hint: Any) -> tuple[Any, ...]:
    """Return the types of a tuple of so many things. Raises TypeError where it is none."""
    if get_origin(hint) is not tuple:
        raise TypeError(f"no row can hold {hint}")
    return get_args(hint)
