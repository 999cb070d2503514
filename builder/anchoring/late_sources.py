"""Sources whose text is read when it is asked for: ten thousand texts do not stand in memory.

All else of a source is kept from one run to the next, for as long as its file does not change. The
text is that of the bytes with the source's SHA-256, or there is none.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.compact_json import compact
from builder.encodings import decode
from builder.files import read_bytes
from builder.front_matter import FRONT_MATTER_KEYS, is_unread
from builder.model import Metadata, Place, Problem, Problems, Source
from builder.storing.codec import from_row, to_row


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where the text of a source lies, and what the file itself says of it.

    `told` is its metadata as JSON, and `header` its front matter where something in it cannot be
    read and has to be told.
    """

    file: str
    told: str
    header: str


class LateSource(Source):
    """A source that may stand wherever a plain one does; `whole_source` reads its text once.

    It is equal to every source of the same bytes of which the same is known.
    """

    __slots__ = ("_known", "origin")
    origin: _Origin
    _known: Metadata | None

    def __new__(cls, *values: Any, **named: Any) -> Any:
        """Return a plain source: whoever replaces a field of this one has its text in memory."""
        return Source(*values, **named)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Source):
            return NotImplemented
        names = ("path", "sha256", "slug", "body", "place", "metadata")
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        return hash((self.path, self.sha256))

    def __reduce__(self) -> tuple[Any, ...]:
        return _late, (self.origin, self.path, self.sha256, self.body, self.slug)

    @property
    def header(self) -> str:
        """The front matter as it stands in the file, "" without one."""
        return self.origin.header or super().header

    def described(self, metadata: Metadata) -> Source:
        """Return the source with other metadata."""
        origin = _Origin(self.origin.file, _told(metadata), self.origin.header)
        return _late(origin, self.path, self.sha256, self.body, self.slug)

    def named(self, slug: str | None) -> Source:
        """Return the source with another slug."""
        return _late(self.origin, self.path, self.sha256, self.body, slug)


def _text(source: LateSource) -> str:
    """Return the text of a source. Raises Problems where its file has changed since."""
    data = read_bytes(Path(source.origin.file), source.path)
    if hashlib.sha256(data).hexdigest() != source.sha256:
        what, hint = "changed while it was read", "run this again"
        raise Problems([Problem(Place(source.path, 1), what, hint)])
    return decode(data, source.path)


def _metadata(source: LateSource) -> Metadata:
    if source._known is None:
        known = from_row(Metadata, json.loads(source.origin.told))
        object.__setattr__(source, "_known", known)
    assert source._known is not None  # as set above
    return source._known


# They stand in the places of fields.
for _name, _late_field in (("text", _text), ("metadata", _metadata)):
    setattr(LateSource, _name, property(_late_field))


def whole_source(source: Source) -> Source:
    """Return a source with its text. Raises Problems where its file has changed since."""
    if not isinstance(source, LateSource):
        return source
    body, slug = source.body, source.slug
    return Source(
        source.path, source.sha256, source.text, source.metadata, source.place, body, slug
    )


def is_unreadable(source: Source) -> bool:
    """Tell whether a file's front matter says something that cannot be read."""
    if isinstance(source, LateSource):
        return bool(source.origin.header)
    return any(is_unread(getattr(source.metadata, field)) for field in FRONT_MATTER_KEYS)


def metadata_told(source: Source) -> str:
    """Return all that is known of a source as words that tell any two apart."""
    return source.origin.told if isinstance(source, LateSource) else _told(source.metadata)


def row_of(source: Source) -> list[Any]:
    """Return what is kept of a source that was read, for JSON."""
    header = source.header if is_unreadable(source) else ""
    return [source.sha256, source.body, _told(source.metadata), header]


def late_source(path: str, file: str, row: list[Any]) -> Source:
    """Return the source at `path` of which `row_of` gave that; its text lies in a file."""
    sha256, body, told, header = row
    return _late(_Origin(file, told, header), path, sha256, body)


def _told(metadata: Metadata) -> str:
    return compact(to_row(metadata))


def _late(
    origin: _Origin, path: str, sha256: str, body: int, slug: str | None = None
) -> LateSource:
    """Return a source past the door that makes plain ones."""
    made = object.__new__(LateSource)
    held = {"path": path, "sha256": sha256, "place": Place(path, 1), "body": body, "slug": slug}
    for name, value in {**held, "origin": origin, "_known": None}.items():
        object.__setattr__(made, name, value)
    return made
