"""How the documents of an index are cited: told of each when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from markupsafe import Markup

from builder.citing.coins import coins_html
from builder.citing.keywords import keywords_of
from builder.citing.publication import Publication
from builder.citing.reference import Reference, References, reference_of
from builder.editorial import Editorial
from builder.html.rendering import html
from builder.html.titles import title_of
from builder.index import Index, Who


class ReferencesOf(Mapping[str, Reference]):
    """How each document is cited, by its slug; told when it is first asked for."""

    def __init__(self, index: Index, editorial: Editorial, publication: Publication) -> None:
        self._index, self._editorial, self._publication = index, editorial, publication
        self._told: dict[str, Reference] = {}

    def __getitem__(self, slug: str) -> Reference:
        if slug not in self._told:
            indexed = self._index.indexed[slug]
            document = indexed.one.document
            self._told[slug] = reference_of(
                document,
                title_of(document),
                self._publication,
                keywords_of(indexed.mentions, self._reviewed),
                self._editorial.archives,
            )
        return self._told[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.indexed)

    def __len__(self) -> int:
        return len(self._index.indexed)

    @cached_property
    def _reviewed(self) -> Mapping[Who, str]:
        entries = (one for one in self._index.by_who.values() if one.entity.reviewed)
        return {entry.who: entry.entity.name for entry in entries}


class CoinsOf(dict[str, Markup]):
    """How documents are cited, for programs that read lists of them; made when asked for."""

    def __init__(self, references: References) -> None:
        super().__init__()
        self._references = references

    def __missing__(self, slug: str) -> Markup:
        self[slug] = made = html(coins_html(self._references[slug], brief=True))
        return made
