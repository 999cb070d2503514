"""Remembers what a function gave for the objects that it was given last."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

_HELD = 8


def remembered(function: Callable[[Given], Made]) -> Callable[[Given], Made]:
    """Call a function once for the same object, however often it is asked.

    That is for long tuples, of which to tell by their items whether they are equal takes as long
    as the function itself. Of the objects given last a few are held.
    """
    last: list[tuple[Given, Made]] = []

    @wraps(function)
    def told(given: Given) -> Made:
        for known, made in tuple(last):
            if known is given:
                return made
        made = function(given)
        last[:] = [*last[1 - _HELD :], (given, made)]
        return made

    return told
