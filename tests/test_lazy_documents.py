"""A stored document stands wherever a document does, and holds next to nothing."""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from builder.annotate import annotate
from builder.catalogue import Catalogue
from builder.collection import CollectionState, read_collection
from builder.collection_pages import collection_pages
from builder.model import Annotated, Document, Source, Tombstone
from builder.settings import Settings
from builder.storing.code_version import code_version
from builder.storing.codec import decode, encode
from builder.storing.lazy import (
    Recent,
    StoredAnnotated,
    StoredDocument,
    StoredSource,
    light_of,
    stored_from,
    whole,
)
from conftest import document
from site_fixtures import Built


class Loader:
    """Loads documents from bytes and counts."""

    def __init__(self, documents: list[Annotated]) -> None:
        self.data = {one.document.slug: encode(one, small=True) for one in documents}
        self.loads = 0

    def __call__(self, slug: str) -> Annotated:
        self.loads += 1
        return decode(Annotated, self.data[slug])


def annotated(name: str) -> Annotated:
    text = f"FACT SHEET: {name}\n\nMexico has seized 26,500 pounds of it.\n\nScroll to Top\n"
    return annotate(document(text, f"seeds/{name}.txt"), Catalogue.empty())


@pytest.fixture
def those() -> list[Annotated]:
    named = [annotated(name) for name in ("ports", "ropes", "lights")]
    return [
        dataclasses.replace(one, document=dataclasses.replace(one.document, slug=f"a/{number}"))
        for number, one in enumerate(named)
    ]


@pytest.fixture
def loader(those: list[Annotated]) -> Loader:
    return Loader(those)


def stored(those: list[Annotated], loader: Loader, limit: int = 64) -> list[StoredAnnotated]:
    recent = Recent(loader, limit)
    return [stored_from(json.loads(json.dumps(light_of(one))), recent) for one in those]


def test_what_is_light_is_there_at_once(those: list[Annotated], loader: Loader) -> None:
    for one, held in zip(those, stored(those, loader), strict=True):
        assert isinstance(held, Annotated)
        assert isinstance(held.document, Document)
        assert isinstance(held.document.source, Source)
        assert held.document is held.document
        assert held.document.slug == one.document.slug
        assert held.document.metadata == one.document.metadata
        for field in ("path", "sha256", "place", "body", "slug"):
            assert getattr(held.document.source, field) == getattr(one.document.source, field)
        # What holds nothing is known to.
        assert held.decided == held.document.versions == held.document.tombstones == ()
    assert loader.loads == 0


def test_what_is_heavy_is_loaded_once(those: list[Annotated], loader: Loader) -> None:
    one, held = those[0], stored(those, loader)[0]
    for field in dataclasses.fields(Document):
        assert getattr(held.document, field.name) == getattr(one.document, field.name)
    assert held.mentions == one.mentions
    assert held.document.passages == one.document.passages
    assert held.document.blocks[0] is held.document.blocks[0]
    assert held.document.source.place_of(25) == one.document.source.place_of(25)
    assert repr(held.document.blocks) == repr(one.document.blocks)
    assert loader.loads == 1


def test_few_are_held(those: list[Annotated], loader: Loader) -> None:
    held = stored(those, loader, limit=2)
    for number in (0, 1, 0, 2, 0, 2):
        assert held[number].mentions == those[number].mentions
    assert loader.loads == 3
    assert held[1].document.blocks == those[1].document.blocks
    assert held[0].mentions
    assert loader.loads == 5


def test_whole_is_what_it_was(those: list[Annotated], loader: Loader) -> None:
    held = stored(those, loader, limit=1)
    one = whole(held[0])
    assert type(one) is Annotated
    assert held[1].mentions
    assert one.document.blocks is one.document.blocks
    assert whole(one) is one


def test_they_are_equal_to_what_they_hold(those: list[Annotated], loader: Loader) -> None:
    held, again = stored(those, loader), stored(those, loader)
    assert held == those
    assert those == held
    assert held == again
    assert [one.document for one in held] == [one.document for one in those]
    assert [one.document.source for one in those] == [one.document.source for one in held]
    assert {one.document for one in held} == {one.document for one in again}
    assert held[0] != held[1]
    assert held[0] != "a/0"
    assert dataclasses.replace(those[0], mentions=()) != held[0]


def test_others_are_told_apart_without_loading(those: list[Annotated], loader: Loader) -> None:
    held = stored(those, loader)
    assert held.index(held[2]) == 2
    assert held[0].document != those[1].document
    assert loader.loads == 0


def test_what_is_replaced_is_plain(those: list[Annotated], loader: Loader) -> None:
    held = stored(those, loader)[0]
    gone = Tombstone("p1", "paragraph", "Gone.", "2026-01-01")
    document = dataclasses.replace(held.document, tombstones=(gone,))
    assert type(document) is Document
    assert document.source == those[0].document.source
    source = dataclasses.replace(held.document.source, slug="b")
    assert type(source) is Source
    assert source.text == those[0].document.source.text
    assert type(dataclasses.replace(held, document=document)) is Annotated
    with pytest.raises(dataclasses.FrozenInstanceError):
        held.document.slug = "b"  # type: ignore[misc]


def test_they_are_written_as_what_they_hold(those: list[Annotated], loader: Loader) -> None:
    held = stored(those, loader)
    assert list(map(encode, held)) == list(map(encode, those))
    assert list(map(light_of, held)) == list(map(light_of, those))


def told(held: Annotated) -> tuple[str, int, str]:
    assert isinstance(held, StoredAnnotated)
    return held.document.source.text, len(held.mentions), held.document.slug


def test_they_go_to_another_process(those: list[Annotated], loader: Loader) -> None:
    held = stored(those, loader)
    with ProcessPoolExecutor(1) as pool:
        answers = list(pool.map(told, held))
    assert answers == [(o.document.source.text, len(o.mentions), o.document.slug) for o in those]
    assert loader.loads == 0  # in this process
    sent = pickle.loads(pickle.dumps(held[0].document))
    assert (type(sent), sent) == (StoredDocument, those[0].document)
    assert type(copy.copy(held[0].document)) is StoredDocument
    sent = pickle.loads(pickle.dumps(held[0].document.source))
    assert (type(sent), sent) == (Source, those[0].document.source)
    assert type(held[0].document.source) is StoredSource


def pages_of(settings: Settings, state: CollectionState) -> dict[str, bytes]:
    return dict(collection_pages(settings, state))


def test_pages_are_the_same(collection: Settings) -> None:
    same_pages(collection)


@pytest.mark.slow
def test_pages_of_every_kind_are_the_same(everything: Built) -> None:
    same_pages(everything.settings)


def same_pages(settings: Settings) -> None:
    """Assert that pages do not show that each document was forgotten after the other."""
    state = read_collection(settings)
    loader = Loader(list(state.documents))
    held = tuple(stored(list(state.documents), loader, limit=1))
    made = pages_of(settings, dataclasses.replace(state, documents=held))
    assert made == pages_of(settings, state)
    assert loader.loads > 2 * len(held)


# The program that made them.


def test_every_file_of_the_program_tells(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "__pycache__").mkdir()
    seen = {code_version(tmp_path), code_version()}
    for path, data in (
        ("a.py", "1"),
        ("a.py", "2"),
        ("room/b.yaml", ""),
        ("room/c.jinja", "x"),
        ("c.jinja", "x"),
    ):
        (tmp_path / path).write_text(data)
        os.utime(tmp_path / path, ns=(len(seen), len(seen)))
        assert code_version(tmp_path) not in seen
        seen.add(code_version(tmp_path))
    before = code_version(tmp_path)
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"x")
    os.utime(tmp_path / "a.py")  # the same bytes, written again
    assert code_version(tmp_path) == before
