"""The table of kinds: every row whole, every finder there."""

from __future__ import annotations

import pytest

from builder.kinds import KINDS, Kind, function_named


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_finder_can_be_called(kind: Kind) -> None:
    assert not kind.find or callable(function_named(kind.find))


def test_names_and_folders_are_unique() -> None:
    assert len({kind.name for kind in KINDS}) == len({kind.plural for kind in KINDS}) == len(KINDS)
