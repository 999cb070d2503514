"""What the source files do not say of themselves, from `seeds/manifest.yaml`, with provenance."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.dating.stated import is_edtf
from builder.files import read_text
from builder.limits import USUAL, Limits
from builder.model import Known, Metadata, Place, Problem, Problems, Provenance, Source
from builder.read import infer
from builder.slugs import is_device, is_reserved, slugify
from builder.strict_yaml import Record, load
from builder.web_address import is_web_address

FIELDS = ("title", "issuer", "date", "type", "url", "rights", "retrieved", "language")
PROVENANCES: tuple[Provenance, ...] = ("stated", "supplied", "inferred", "unknown")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one file."""

    place: Place
    slug: str | None = None
    known: tuple[tuple[str, Known], ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Entries by source path relative to `seeds/`, without the values that are none.

    `wrong` tells of which entries something was left away, and why. `nameless` are those of them
    that may have meant to say the slug: an address is given once and for ever, so their documents
    are not published under another one.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    wrong: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    nameless: frozenset[str] = frozenset()

    def missing(
        self, names: Iterable[str], moved: Mapping[str, str] | None = None
    ) -> list[Problem]:
        """Return a problem for each entry whose file is not among `names`.

        `moved` gives the name of today for files that were renamed.
        """
        present, moved = {*names, *self.wrong}, moved or {}
        return [
            _renamed(entry.place, name, moved[name], moved[name] in self.entries)
            if name in moved
            else Problem(
                entry.place, f'there is no source "{name}"', "mend the name or remove the entry"
            )
            for name, entry in self.entries.items()
            if name not in present
        ]

    def following(self, moved: Mapping[str, str]) -> Manifest:
        """Return the manifest with the entries of renamed files under their names of today."""
        entries = {new: self.entries[old] for old, new in moved.items() if old in self.entries}
        wrong = {new: self.wrong[old] for old, new in moved.items() if old in self.wrong}
        nameless = self.nameless | {new for old, new in moved.items() if old in self.nameless}
        return Manifest({**entries, **self.entries}, {**wrong, **self.wrong}, nameless)


def _renamed(place: Place, old: str, new: str, doubled: bool) -> Problem:
    what = f'the source "{old}" is now "{new}"'
    hint = f'"{new}" has an entry too: remove this one' if doubled else f'write "{new}:" here'
    return Problem(place, what, hint)


def load_manifest(path: Path, name: str, limits: Limits = USUAL) -> Manifest:
    """Read a manifest file; without one the manifest is empty. `name` is the path told to people.

    Raises Problems where the file cannot be read at all; what is wrong with one entry is a matter
    of that entry.
    """
    if not (path.exists() or path.is_symlink()):
        return Manifest()
    text = read_text(path, name, limit=limits.of("max_yaml_bytes"))
    value = load(text, name, limits=limits)
    if value is None:
        return Manifest()
    if not isinstance(value, Record) or not isinstance(value.get("documents"), Record):
        raise Problems([Problem(Place(name, 1), 'has no "documents"', 'begin with "documents:"')])
    if unknown := tuple(value.unknown_keys(("documents",))):
        raise Problems(unknown)
    return _read(value["documents"])


def _read(documents: Record) -> Manifest:
    """Return the manifest of the entries for documents."""
    entries: dict[str, Entry] = {}
    wrong: dict[str, tuple[Problem, ...]] = {}
    nameless: set[str] = set()
    taken: dict[str, Place] = {}
    for source, record in documents.items():
        place = documents.place(source)
        if not isinstance(record, Record):
            entries[source], wrong[source] = Entry(place), (_no_keys(place),)
            nameless.add(source)
            continue
        problems = list(record.unknown_keys(("slug", *FIELDS)))
        slug = _slug(record, taken, problems)
        if slug is None and problems:
            nameless.add(source)
        known = ((key, _known(record, key, problems)) for key in FIELDS)
        told = tuple((key, value) for key, value in known if value is not None)
        entries[source] = Entry(place, slug, told)
        if problems:
            wrong[source] = tuple(problems)
    return Manifest(entries, wrong, frozenset(nameless))


def _no_keys(place: Place) -> Problem:
    return Problem(place, "is not a list of keys", "write slug, title, date and so on below it")


def _slug(record: Record, taken: dict[str, Place], problems: list[Problem]) -> str | None:
    """Return the slug that an entry gives, and note it as taken."""
    slug, place = record.get("slug"), record.place("slug")
    if slug is None:
        return None
    if not isinstance(slug, str) or slugify(slug) != slug:
        hint = f'for example "{slugify(str(slug)) or "fact-sheet"}"'
        problems.append(Problem(place, f'"{slug}" is no slug', hint))
        return None
    if is_reserved(slug) or is_device(slug):
        what = "is the address of another page" if is_reserved(slug) else "is no name on Windows"
        hint = f'for example "document-{slug}"'
        problems.append(Problem(place, f'the slug "{slug}" {what}', hint))
        return None
    first = taken.setdefault(slug, place)
    if first is not place:
        hint = f"line {first.line} has it too; give each document one of its own"
        problems.append(Problem(place, f'the slug "{slug}" is taken', hint))
        return None
    return slug


def _known(record: Record, key: str, problems: list[Problem]) -> Known | None:
    """Return what an entry says of a field, None where it says nothing that can be taken."""
    wrong = list[Problem]()
    known = None if record.get(key) is None else _stated(record, key, wrong)
    problems += wrong
    return None if wrong else known


def _stated(record: Record, key: str, problems: list[Problem]) -> Known:
    item: Any = record[key]
    if isinstance(item, str | int):
        item_record = None
        known = Known(str(item), "supplied")
    elif isinstance(item, Record):
        item_record = item
        problems += item.unknown_keys(("value", "provenance", "how"))
        value = item.get("value")
        provenance = item.get("provenance", "supplied" if value is not None else "unknown")
        known = Known(None if value is None else str(value), provenance, str(item.get("how") or ""))
    else:
        problems.append(Problem(record.place(key), "takes a text, or value, provenance and how"))
        return Known()
    place = item_record.place("value") if item_record else record.place(key)
    if known.provenance not in PROVENANCES:
        allowed = ", ".join(PROVENANCES)
        problems.append(
            Problem(place, f'unknown provenance "{known.provenance}"', f"one of {allowed}")
        )
    if (known.value is None) != (known.provenance == "unknown"):
        problems.append(Problem(place, "an unknown value has no value, every other has one"))
    if key == "date" and known.value and not is_edtf(known.value):
        hint = "write 2023-11-16, 2023-11 or 2023, with ? where it is inferred"
        problems.append(Problem(place, f'"{known.value}" is no date', hint))
    if key == "url" and known.value and not is_web_address(known.value):
        problems.append(Problem(place, f'"{known.value}" is no web address', "begin with https://"))
    return known


def describe(source: Source, manifest: Manifest, seeds: str) -> Source:
    """Return the source with what the manifest says of it; `seeds` is the folder's path as told."""
    inside = source.path.removeprefix(seeds).lstrip("/")
    entry = manifest.entries.get(inside)
    if entry is None:
        return source
    metadata: Metadata = source.metadata.but(**dict(entry.known))
    return infer(source.described(metadata).named(entry.slug or source.slug))


def _free(slug: str, otherwise: str = "document") -> str:
    """Return a slug that is no other page's address, and a name of a folder on every disk."""
    return f"document-{slug}" if is_reserved(slug) or is_device(slug) else slug or otherwise


def give_slugs(
    sources: Sequence[Source], issued: Mapping[str, str], reserved: Collection[str] = ()
) -> list[Source]:
    """Return the sources, each with a slug of its own.

    The manifest's slug comes first, then the one already `issued` (source path → slug), then the
    file name (`document-2` for `2.txt`); files that would share one get their folder's name in
    front, then a short hash of their path. None is made from a file's name that is `reserved`: it
    is, or was, the address of another document.
    """
    wanted: dict[str, list[int]] = {}
    slugs: list[str | None] = [None] * len(sources)
    taken: set[str] = set()
    for i, source in enumerate(sources):
        fixed = source.slug or issued.get(source.path)
        if fixed and fixed not in taken:
            slugs[i] = fixed
            taken.add(fixed)
        else:
            wanted.setdefault(_free(slugify(Path(source.path).stem)), []).append(i)
    taken.update(reserved)
    for slug, numbers in wanted.items():
        for i in numbers:
            path = Path(sources[i].path)
            with_folder = _free(slugify(f"{path.parent.name} {path.stem}"), slug)
            mark = hashlib.sha256(sources[i].path.encode()).hexdigest()[:6]
            choices = [with_folder, f"{slug[:70].rstrip('-')}-{mark}"]
            if len(numbers) == 1:
                choices.insert(0, slug)
            slugs[i] = next(
                c for c in (*choices, f"{slug[:60].rstrip('-')}-{mark}-{i}") if c not in taken
            )
            taken.add(slugs[i] or "")
    return [source.named(slug) for source, slug in zip(sources, slugs, strict=True)]
