"""The pages and files of a site as tasks: each with a key that tells whether it must be made again.

A key is a digest of all that decides what the files say. It is told from what is in memory of each
document, so that ten thousand documents of which none has changed need not be opened. It may change
where the files do not (they are made again, and are the same); never the other way round.

Tasks of one list are a family: as long as its key is the same nobody has to cut the list again to
tell what its tasks are, and what they depend on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from builder.citing.reference import authors_of
from builder.html.data_links import in_parts
from builder.html.paging import Pager
from builder.html.rendering import Page
from builder.html.shown import Shown
from builder.index import Entry, Who
from builder.model import Document, Entity, Fact
from builder.storing.codec import encode
from builder.storing.lazy import whole

Key = TypeVar("Key")

File = tuple[str, bytes] | tuple[str, bytes, int]
"""A path relative to `content/`, and the bytes; of a table's file, how many rows it has."""


@dataclass(frozen=True, slots=True)
class Task:
    """Files that are made together.

    `depends` holds what decides what they say: digests, words, numbers, and tuples of these.
    """

    name: str
    depends: tuple[object, ...]
    make: Callable[[], Iterable[Page | File]]

    @property
    def key(self) -> str:
        """A digest of what the files depend on."""
        return _key_of(self.depends)


@dataclass(frozen=True, slots=True)
class Family:
    """Tasks that are made up together.

    `depends` holds all that decides which tasks there are, and what each of them depends on.
    """

    name: str
    depends: tuple[object, ...]
    tasks: Callable[[], Iterable[Task]]

    @property
    def key(self) -> str:
        """A digest of what the tasks and their keys depend on."""
        return _key_of(self.depends)


def together(*families: Family) -> Family:
    """Return families as one: what is found out for one of them is known for the others."""
    name = " and ".join(one.name for one in families)
    depends = tuple(one.depends for one in families)
    return Family(name, depends, lambda: chain.from_iterable(one.tasks() for one in families))


def members(one: Task | Family) -> Iterable[Task]:
    """Return the tasks of a family; a task stands for itself."""
    return one.tasks() if isinstance(one, Family) else (one,)


def _key_of(depends: tuple[object, ...]) -> str:
    return _digest(repr(depends).encode(*_UTF8)).hex()


class _Told(dict[Key, bytes]):
    """Digests by what they are of; each is made when it is first asked for."""

    def __init__(self, make: Callable[[Key], bytes]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> bytes:
        made = self[key] = self._make(key)
        return made

    def __reduce__(self) -> tuple[object, ...]:
        return _Told, (self._make,)


class Digests:
    """What tasks depend on, as digests: of documents, of entities, of the site as a whole.

    `contents` is a digest of what each document holds, by slug; `general` stands for the program
    and the settings.
    """

    def __init__(self, site: Shown, contents: Mapping[str, str], general: str) -> None:
        # Every page says whether the tables lie in parts, as those of a large collection do.
        self.general = f"{general} {in_parts(site.index)}" if general else ""
        self._site, self._contents = site, contents
        self._of_document = _Told(self._make_document)
        self._of_told = _Told(self._make_told)
        self._of_entry = _Told(self._make_entry)
        self._of_entity = _Told(self._make_entity)
        self._of_name = _Told(self._make_name)
        self._found: dict[str, str] = {}
        self._issuers: dict[str, tuple[object, ...]] = {}

    def document(self, document: Document) -> bytes:
        """Return a digest of a document as any page shows it, with the names that it links."""
        return self._of_document[document.slug]

    def documents(self, documents: Iterable[Document]) -> bytes:
        """Return a digest of several documents in their order, each once where it comes again."""
        return self._documents(map(_slug, documents))

    def told(self, document: Document | None) -> bytes:
        """Return a digest of what the page of another document tells of one, b"" without one."""
        return self._of_told[document.slug] if document else b""

    def entry(self, entry: Entry) -> bytes:
        """Return a digest of an entity and of all documents that name it."""
        return self._of_entry[entry.who]

    def entries(self, entries: Iterable[Entry]) -> bytes:
        """Return a digest of several entities with all documents that name them.

        Reviewed ones are asked for one by one as well, candidates only together.
        """
        entries = tuple(entries)
        if all(entry.entity.reviewed for entry in entries):
            return _digest(b"".join([self._of_entry[entry.who] for entry in entries]))
        known = [self._of_entity[entry.who] for entry in entries]
        naming = chain.from_iterable([entry.indexed for entry in entries])
        return _digest(b"".join(known) + self._documents(map(_slug_of, naming)))

    def known(self, entry: Entry) -> bytes:
        """Return a digest of what is said of the entity of an entry."""
        return self._of_entity[entry.who]

    def entity(self, entity: Entity) -> bytes:
        """Return a digest of what is said of an entity, wherever in a file it stands."""
        told: tuple[object, ...] = (*_about(entity), entity.about, entity.aliases)
        if entity.facts:  # which candidates have none of, and they are nearly all
            facts = [
                (one.label, one.value, one.source, one.document, one.quote) for one in entity.facts
            ]
            told = (*told, facts, [self._said(fact) for fact in entity.facts])
        return _digest(repr(told).encode(*_UTF8))

    @cached_property
    def everything(self) -> bytes:
        """A digest of all documents and of all that is known of entities."""
        index = self._site.index
        known = b"".join(map(self._of_entity.__getitem__, index.by_who))
        measures = repr([gathered.measure for gathered in index.measures]).encode(*_UTF8)
        return _digest(self.documents(index.documents) + _digest(known) + _digest(measures))

    def _documents(self, slugs: Iterable[str]) -> bytes:
        return _digest(b"".join(map(self._of_document.__getitem__, dict.fromkeys(slugs))))

    def _make_document(self, slug: str) -> bytes:
        told = repr(self._shown_of(slug)).encode(*_UTF8)
        names = map(self._of_name.__getitem__, self._site.index.indexed[slug].added.whos)
        return _digest(told + b"".join(names))

    def _make_told(self, slug: str) -> bytes:
        metadata = self._site.index.indexed[slug].one.document.metadata
        known = (metadata.date, metadata.issuer, metadata.type)
        said = [(one.value, one.provenance, one.how) for one in known]
        return _digest(repr((slug, self._site.titles[slug], said)).encode(*_UTF8))

    def _make_entry(self, who: Who) -> bytes:
        naming = map(_slug_of, self._site.index.by_who[who].indexed)
        documents = b"".join(map(self._of_document.__getitem__, naming))
        return _digest(self._of_entity[who] + documents)

    def _make_entity(self, who: Who) -> bytes:
        return self.entity(self._site.index.by_who[who].entity)

    def _make_name(self, who: Who) -> bytes:
        site = self._site
        told = (site.addresses.get(who), site.names[who], _about(site.index.by_who[who].entity))
        return _digest(repr(told).encode(*_UTF8))

    def _said(self, fact: Fact) -> tuple[str, ...]:
        """Return what tells in which document a fact is said, and where there."""
        # The document may have another slug by now than the fact says.
        found = self._site.editorial.passages.get((fact.document, fact.quote))
        return (found[0].slug, self._content(found[0].slug)) if found else ()

    def _content(self, slug: str) -> str:
        """Return a digest of what a document holds; of one that is shown as it was, found here."""
        if not self.general:
            return ""  # nobody asks for keys
        if slug not in self._contents and slug not in self._found:
            shown = encode(whole(self._site.index.indexed[slug].one), small=True)
            self._found[slug] = _digest(shown).hex()
        return self._contents.get(slug) or self._found[slug]

    def _shown_of(self, slug: str) -> tuple[object, ...]:
        site = self._site
        sic = [
            (one.block, one.at.start, one.at.end, one.misprint.printed, one.misprint.reading)
            for one in site.editorial.misprints.get(slug, ())
        ]
        own = (slug, self._content(slug), site.titles[slug], site.changed[slug])
        document = site.index.indexed[slug].one.document
        issuers = [self._issuer(name) for name in authors_of(document)]
        return (*own, sorted(self._measured.get(slug, ())), sic, issuers)

    @cached_property
    def _measured(self) -> Mapping[str, Sequence[tuple[object, ...]]]:
        """The claims of each document that belong to measures, by its slug."""
        found: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
        for (slug, claim), measures in self._site.index.measures_of.items():
            found[slug].append((claim, [(measure.key, measure.name) for measure in measures]))
        return found

    def _issuer(self, name: str) -> tuple[object, ...]:
        if name not in self._issuers:
            index = self._site.index
            found = index.issuer(name)
            told = (*_about(found), (found.kind, found.key) in index.by_who) if found else ()
            self._issuers[name] = told
        return self._issuers[name]


_slug = attrgetter("slug")
_slug_of = attrgetter("one.document.slug")
_UTF8 = ("utf-8", "surrogatepass")


def _about(entity: Entity) -> tuple[object, ...]:
    """Return what a document's files say of an entity: what it is called, what stands for it."""
    return (entity.kind, entity.key, entity.name, entity.sort, entity.links, entity.reviewed)


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that a task has made, as it lies in the content folder; `rows` are those of a table.

    `changed` is when it was written, in nanoseconds, as the system tells it.
    """

    path: str
    sha256: str
    size: int
    rows: int = 0
    changed: int = 0


def page_of_list(pager: Pager) -> tuple[object, ...]:
    """Return what a page tells of its place in a list: where it is, and where it leads."""
    return (pager.own, *((pager.address(number), pager.words(number)) for number in pager.shown))


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
