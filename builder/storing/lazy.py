"""Documents that hold what is light and load what is heavy when it is asked for.

Ten thousand documents do not fit into memory, yet what is made of a collection reads them as if
they were all there. A stored document holds its slug, its metadata and where its source lies; all
else comes from a loader, which keeps a few whole documents and forgets the others. What of a
document is empty (versions, tombstones: nearly always) is known without loading it.

Between two questions a document may have been forgotten and loaded again: its blocks are equal
then, but not the same. Who goes by identity, or reads much of one document, takes `whole` of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from builder.model import Annotated, Document, Metadata, Place, Source
from builder.storing.codec import from_row, to_row, written_as

T = TypeVar("T")

Load = Callable[[str], Annotated]


@dataclass(frozen=True, slots=True)
class _Light:
    """What of an annotated document is always there; `empty` are the fields that hold nothing."""

    slug: str
    metadata: Metadata
    path: str
    sha256: str
    place: Place
    body: int
    source_slug: str | None
    empty: tuple[str, ...]


class Recent:
    """Loads documents by slug and keeps those that were asked for last, `limit` at most.

    All but the last have `heavy` characters of source together at most: a document takes some forty
    times as many bytes. A copy of it, as another process gets it, has loaded nothing yet.
    """

    def __init__(self, load: Load, limit: int = 64, heavy: int = 3_000_000) -> None:
        self._load, self._limit, self._heavy = load, limit, heavy
        self._kept: dict[str, Annotated] = {}
        self._weight = 0

    def __call__(self, slug: str) -> Annotated:
        """Return the whole document of a slug."""
        one = self._kept.pop(slug, None)
        if one is None:
            one = self._load(slug)
            self._weight += _weight(one)
        self._kept[slug] = one  # the last to go
        while len(self._kept) > self._limit or (len(self._kept) > 1 and self._weight > self._heavy):
            self._weight -= _weight(self._kept.pop(next(iter(self._kept))))
        return one

    def __reduce__(self) -> tuple[object, ...]:
        return Recent, (self._load, self._limit, self._heavy)


def _weight(one: Annotated) -> int:
    return len(one.document.source.text)


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where the rest of a document comes from, and which fields hold nothing."""

    slug: str
    empty: frozenset[str]
    load: Load

    def whole(self) -> Annotated:
        return self.load(self.slug)


def light_of(annotated: Annotated) -> list[Any]:
    """Return what a stored document holds of a document, for JSON."""
    document = annotated.document
    heavy: list[tuple[Any, str]] = [(annotated, name) for name in _HEAVY[Annotated]]
    heavy += [(document, name) for name in _HEAVY[Document]]
    return _light(document, tuple(name for owner, name in heavy if not getattr(owner, name)))


def stored_from(light: list[Any], load: Load) -> StoredAnnotated:
    """Return the document of which `light_of` gave that, the rest of which `load` gives by slug.

    Where it goes to another process `load` goes with it.
    """
    row = from_row(_Light, light)
    origin = _Origin(row.slug, frozenset(row.empty), load)
    source = _made(
        StoredSource,
        origin,
        path=row.path,
        sha256=row.sha256,
        place=row.place,
        body=row.body,
        slug=row.source_slug,
    )
    document = _made(StoredDocument, origin, slug=row.slug, metadata=row.metadata, source=source)
    return _made(StoredAnnotated, origin, document=document)


def whole(annotated: Annotated) -> Annotated:
    """Return a document with all that it holds, for as long as the caller holds it."""
    return annotated.origin.whole() if isinstance(annotated, StoredAnnotated) else annotated


class _Stored:
    """What stored values have in common; they may stand wherever the plain ones do.

    They are equal to whatever holds the same, plain or stored; what is light is compared first.
    Their hash is that of their slug. `replace` gives a plain value with all that it holds.
    """

    __slots__ = ()
    origin: _Origin

    def __new__(cls, *values: Any, **named: Any) -> Any:
        return written_as(cls)(*values, **named)

    def __eq__(self, other: object) -> bool:
        plain: Any = written_as(type(self))
        if not isinstance(other, plain):
            return NotImplemented
        names = (*_LIGHT[plain], *_HEAVY[plain])
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        return hash(self.origin.slug)


class StoredSource(_Stored, Source):
    """A source whose text, and what it says of itself, is loaded when it is asked for.

    Another process gets it whole.
    """

    __slots__ = ("origin",)

    def __reduce__(self) -> tuple[Any, ...]:
        return Source, tuple(getattr(self, one.name) for one in fields(Source))


class StoredDocument(_Stored, Document):
    """A document whose blocks, and all else that is heavy, are loaded when they are asked for."""

    __slots__ = ("origin",)

    def __reduce__(self) -> tuple[Any, ...]:
        return _document_from, (_light(self, tuple(self.origin.empty)), self.origin.load)


class StoredAnnotated(_Stored, Annotated):
    """An annotated document whose mentions are loaded when they are asked for."""

    __slots__ = ("origin",)

    def __reduce__(self) -> tuple[Any, ...]:
        return stored_from, (_light(self.document, tuple(self.origin.empty)), self.origin.load)


_LIGHT: dict[type, tuple[str, ...]] = {
    Source: ("path", "sha256", "place", "body", "slug"),
    Document: ("slug", "metadata", "source"),
    Annotated: ("document",),
}
# All others are: a field that the model gets is loaded late without being told so.
_HEAVY: dict[type, tuple[str, ...]] = {
    cls: tuple(one.name for one in fields(cls) if one.name not in light)
    for cls, light in _LIGHT.items()
}


def _late(name: str, owner: Callable[[Annotated], Any]) -> property:
    """Return a field that is loaded when it is asked for, unless it is known to hold nothing."""

    def load(stored: _Stored) -> Any:
        origin = stored.origin
        return () if name in origin.empty else getattr(owner(origin.whole()), name)

    return property(load)


for _cls, _owner in (
    (StoredSource, lambda one: one.document.source),
    (StoredDocument, lambda one: one.document),
    (StoredAnnotated, lambda one: one),
):
    for _name in _HEAVY[written_as(_cls)]:
        setattr(_cls, _name, _late(_name, _owner))


def _light(document: Document, empty: tuple[str, ...]) -> list[Any]:
    source = document.source
    return to_row(
        _Light(
            slug=document.slug,
            metadata=document.metadata,
            path=source.path,
            sha256=source.sha256,
            place=source.place,
            body=source.body,
            source_slug=source.slug,
            empty=empty,
        )
    )


def _document_from(light: list[Any], load: Load) -> Document:
    return stored_from(light, load).document


def _made(cls: type[T], origin: _Origin, **held: Any) -> T:
    """Return a stored value past the door that makes plain ones."""
    made = object.__new__(cls)
    for name, value in {"origin": origin, **held}.items():
        object.__setattr__(made, name, value)
    return made
