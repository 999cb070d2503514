"""Makes the pages at which somebody is, ahead of the site that follows.

A build of ten thousand documents takes long enough to lose one's thread. What the last one came to
is held here, and where a source or the catalogue has changed, the page of the document or of the
entity is made from that. What other pages tell of it follows with the next build.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from builder.anchoring.registrar import Record
from builder.anchoring.texts import LedgerFile, late_filed
from builder.catalogue import load_catalogue
from builder.citing.kept_formats import KEPT as KEPT_FORMATS
from builder.citing.kept_formats import KeptFormats
from builder.collection import CollectionState
from builder.index import Index, Indexed
from builder.indexing.contribution import contribution_of
from builder.indexing.replaced import with_document, with_entities
from builder.kept_documents import DamagedError
from builder.line import annotated
from builder.manifest import describe
from builder.model import Annotated, Problem, Problems
from builder.pages import Pages
from builder.read import read_source
from builder.rendering.pages import path_in_site
from builder.rendering.shells import Filled, Shells
from builder.settings import Settings

# Where more has changed at once, nobody is at one page: the next build shows it all.
_MOST = 5


@dataclass(slots=True)
class Made:
    """Pages made ahead, as HTML by their path in the site.

    `problems` tells of each file that has been looked at what is wrong with it.
    """

    pages: dict[str, bytes] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)

    def tell(self, problems: Iterable[Problem]) -> None:
        """Note problems, each with its file."""
        for one in problems:
            self.problems.setdefault(one.place.path, []).append(one)


class Ahead:
    """Makes single pages from what the last build came to, and fills them into its `shells`."""

    def __init__(
        self, settings: Settings, state: CollectionState, index: Index, shells: Shells
    ) -> None:
        self._settings, self._state, self._shells = settings, state, shells
        self._index, self._catalogue = index, state.catalogue
        self._formats = KeptFormats(settings.root / KEPT_FORMATS)

    def made(self, paths: Collection[str]) -> Made:
        """Make the pages of what has changed in the files of these paths below the sources' folder.

        What is neither the source of a document of the last build nor of the catalogue waits for
        the next one.
        """
        made = Made()
        if len(paths) > _MOST:
            return made
        catalogue = [path for path in paths if self._is_of_catalogue(path)]
        if catalogue:
            self._try(catalogue, self._pages_of_entities, made)
        for path in paths:
            if path in self._slugs and (self._settings.seeds / path).exists():
                self._try([path], partial(self._page_of_document, path, made), made)
        return made

    def _try(
        self, paths: Iterable[str], make: Callable[[], Iterable[tuple[str, bytes]]], made: Made
    ) -> None:
        """Fill what is made of some paths into its shells; tell what is wrong with them."""
        made.problems |= {self._told(path): [] for path in paths}
        try:
            for path, data in make():
                filled = self._shells.fill(path, data, strict=False)
                if isinstance(filled, Filled):
                    made.pages[path_in_site(path)] = filled.html
        except Problems as error:
            made.tell(error.problems)
        except DamagedError:
            pass  # the build that is under way has another state of some document by now

    @cached_property
    def _slugs(self) -> Mapping[str, str]:
        """The slugs of documents by the paths of their sources below the sources' folder."""
        seeds = self._settings.relative(self._settings.seeds)
        documents = (one.document for one in self._state.documents)
        return {one.source.path.removeprefix(f"{seeds}/"): one.slug for one in documents}

    def _told(self, path: str) -> str:
        return self._settings.relative(self._settings.seeds / path)

    def _is_of_catalogue(self, path: str) -> bool:
        return (self._settings.seeds / path).parent == self._settings.catalogue

    def _pages_of_entities(self) -> Iterator[tuple[str, bytes]]:
        """Take the catalogue as it is now; yield the pages of the entities that it changes."""
        before, settings = self._catalogue, self._settings
        now = load_catalogue(settings.catalogue, settings.root, limits=settings.limits)
        changed = [
            entity
            for kind in now.entries
            for key, entity in now.entities(kind).items()
            if before.entities(kind).get(key) != entity
        ]
        self._index = with_entities(self._index, changed)
        named = [who for one in changed if (who := (one.kind, one.key)) in self._index.by_who]
        yield from map(self._pages().entity, named[:_MOST])
        self._catalogue = now

    def _page_of_document(self, path: str, made: Made) -> Iterator[tuple[str, bytes]]:
        """Take a source down the whole line, and yield its page; none where nothing came of it."""
        one = self._shown(path, made)
        if one is None:
            return
        indexed = Indexed(one, contribution_of(one, self._state.measures))
        known = {kind: self._catalogue.entities(kind).values() for kind in self._catalogue.entries}
        self._index = with_document(self._index, indexed, known)
        yield self._pages().document(one.document.slug)

    def _shown(self, path: str, made: Made) -> Annotated | None:
        """Return a document as a preview shows it: also where its ledger refuses the change."""
        settings, registrar, slug = self._settings, self._state.registrar, self._slugs[path]
        source = read_source(settings.seeds / path, settings.root, limits=settings.limits)
        seeds, record = settings.relative(settings.seeds), self._record(slug)
        source = describe(source, registrar.manifest, seeds).named(slug)
        outcome = registrar.addressed(annotated(source, self._catalogue), record)
        made.tell((*outcome.problems, *outcome.damaged))
        if outcome.refused is None:
            return outcome.taken
        return registrar.with_versions(outcome.refused, record).annotated

    def _record(self, slug: str) -> Record:
        """Return what is on record of a document, as it stands on disk."""
        file = self._settings.anchors / f"{slug}.txt"
        if not file.is_file():
            return Record()
        filed = late_filed(slug, slug, LedgerFile(str(file), self._settings.relative(file)))
        return Record(filed, filed)

    def _pages(self) -> Pages:
        state, settings = self._state, self._settings
        return Pages(self._index, state.editorial, settings, state.past, self._formats)
