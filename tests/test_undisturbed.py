"""What is made in one go is searched for garbage once, and the search goes on afterwards."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from builder.undisturbed import let_go, swept, undisturbed


class _Circle:
    def __init__(self) -> None:
        self.itself = self


def test_a_circle_of_garbage_is_gone_when_its_task_is_done() -> None:
    with swept():
        made = weakref.ref(_Circle())
        assert made() is not None
    assert made() is None
    assert gc.isenabled()


def test_what_a_task_leaves_is_searched_again_only_when_it_is_let_go() -> None:
    with swept():
        left = _Circle()
    made = weakref.ref(left)
    del left
    gc.collect()
    assert made() is not None
    let_go()
    assert made() is None


@pytest.mark.parametrize("quietly", [swept, undisturbed])
def test_who_searches_for_no_garbage_goes_on_so(
    quietly: Callable[[], AbstractContextManager[None]],
) -> None:
    gc.disable()
    try:
        with quietly():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
        let_go()
