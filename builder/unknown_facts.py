"""Says what of documents stays unknown although somebody could state it: for `builder check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.model import Document, Problem

# Of what is wrong alike with many documents, so many are told.
_TOLD = 20


def unknown_facts(documents: Iterable[Document]) -> list[Problem]:
    """Return a warning for each document without a title, and for each value that is not read.

    Of many alike the last one told says how many more there are.
    """
    untitled: list[Problem] = []
    unread: list[Problem] = []
    for document in documents:
        untitled += _untitled(document)
        unread += _unread(document)
    return [*_some(unread), *_some(untitled)]


def _untitled(document: Document) -> Iterator[Problem]:
    if not document.metadata.title.value:
        what = "no title is found, so it is cited as untitled"
        hint = "give one in seeds/manifest.yaml"
        yield Problem(document.source.place, what, hint, warning=True)


def _unread(document: Document) -> Iterator[Problem]:
    metadata = document.metadata
    stated = {"date": metadata.date, "url": metadata.url, "archive": metadata.archive}
    for name, known in stated.items():
        # A date may be inferred all the same; what the header says is then told on the page alone.
        if known.provenance == "unknown" and known.how:
            hint = "write it as 2021-03-05" if name == "date" else "mend it, or take it away"
            yield Problem(document.source.place, known.how, hint, warning=True)


def _some(problems: list[Problem]) -> Iterator[Problem]:
    more = len(problems) - _TOLD
    yield from problems[: _TOLD if more > 0 else None]
    if more > 0:
        last = problems[_TOLD]
        yield Problem(last.place, f"{last.what}; and {more - 1} more", last.hint, warning=True)
