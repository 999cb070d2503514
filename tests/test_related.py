"""Which documents are nearest to each: told from what the last run kept, it is what it would be."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from builder.indexing import related
from builder.indexing.kept_nearest import KeptNearest
from builder.indexing.related import find_related
from builder.model import Document
from builder.storing.store import Store
from made import made

Sharing = Mapping[str, Sequence[str]]


@pytest.fixture(name="store")
def store_fixture(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "build.sqlite", "code", write=True)
    yield store
    store.close()


@pytest.fixture(name="compared")
def compared_fixture(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the documents that are compared with others."""
    slugs: list[str] = []
    nearest = related._nearest
    monkeypatch.setattr(
        related, "_nearest", lambda slug, *rest: (slugs.append(slug), nearest(slug, *rest))[1]
    )
    return slugs


def documents(sharing: Sharing) -> list[tuple[Document, Sequence[str]]]:
    return [(made(slug, "Words.").document, things) for slug, things in sharing.items()]


def test_only_those_are_compared_again_that_share_with_what_changed(
    store: Store, compared: list[str]
):
    sharing = {"a": ["pone"], "b": ["pone", "ftwo"], "c": ["ftwo"], "d": ["pfar"], "e": ["pfar"]}
    first = find_related(documents(sharing), KeptNearest(store))
    assert compared == ["a", "b", "c", "d", "e"]
    compared.clear()
    assert find_related(documents(sharing), KeptNearest(store)) == first
    assert not compared
    find_related(documents({**sharing, "c": []}), KeptNearest(store))
    assert compared == ["b"]


def test_what_is_kept_is_never_stale(store: Store):
    chance = random.Random(1)
    things = [f"{sign}{number}" for sign in "pf" for number in range(12)]
    sharing = {f"d{number}": chance.sample(things, 4) for number in range(20)}
    for _ in range(30):
        slug = f"d{chance.randrange(24)}"
        if chance.random() < 0.2:
            sharing.pop(slug, None)
        else:
            sharing[slug] = chance.sample(things, chance.randrange(5))
        own = documents(sharing)
        assert find_related(own, KeptNearest(store)) == find_related(own)


def test_what_nobody_may_write_is_found_again(tmp_path: Path, compared: list[str]):
    reader = Store(tmp_path / "nothing.sqlite", "code")
    own = documents({"a": ["pone"], "b": ["pone"]})
    assert find_related(own, KeptNearest(reader)) == find_related(own)
    assert compared == ["a", "b"] * 2
