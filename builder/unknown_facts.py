"""Says which facts a document's header states in a form that is not read: for `builder check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.model import Document, Problem

# So many are told; the last one says how many more there are.
_TOLD = 20
_HINTS = {"date": "write it as 2021-03-05"}


def unknown_facts(documents: Iterable[Document]) -> list[Problem]:
    """Return a warning for each value of a document's header that cannot be read."""
    problems = [problem for document in documents for problem in _unread(document)]
    told, left = problems[:_TOLD], problems[_TOLD:]
    if left:
        what = f"{left[0].what}; and {len(left) - 1} more such values"
        told.append(Problem(left[0].place, what, left[0].hint, warning=True))
    return told


def _unread(document: Document) -> Iterator[Problem]:
    metadata = document.metadata
    stated = {"date": metadata.date, "url": metadata.url, "archive": metadata.archive}
    for name, known in stated.items():
        if known.provenance == "unknown" and known.how:
            hint = _HINTS.get(name, "mend it, or take it away")
            yield Problem(document.source.place, known.how, hint, warning=True)
