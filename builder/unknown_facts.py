"""Says what of the documents' headers is not read, values and keys: for `builder check`.

Sources stay as they came, so nobody need mend any of it, and a build does not speak of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from builder.counting import counted
from builder.front_matter import FRONT_MATTER_KEYS
from builder.model import Document, Place, Problem, Source

# So many are told; the last one says how many more there are.
_TOLD = 20
_HINTS = {"date": "write it as 2021-03-05"}
_LONGEST = 300  # characters that tell of the keys left
_CLOSE = 0.75  # "isuer" is that close to "issuer"
_KEYS = frozenset(key for keys in FRONT_MATTER_KEYS.values() for key in keys)


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


def unknown_keys(documents: Iterable[Document]) -> list[Problem]:
    """Return a warning for each key of headers that is not known, of which many may have the same.

    The commonest come first.
    """
    first: dict[str, Source] = {}
    many: dict[str, int] = {}
    for document in documents:
        for key, _ in document.metadata.extra:
            if key not in _KEYS:
                first.setdefault(key, document.source)
                many[key] = many.get(key, 0) + 1
    keys = sorted(many, key=lambda key: (-many[key], key))
    told = [_unknown(key, many[key], first[key]) for key in keys[:_TOLD]]
    if left := keys[_TOLD:]:
        what = f"and {counted(len(left), 'more key')} that are not known: {', '.join(left)}"
        told.append(Problem(first[left[0]].place, what[:_LONGEST], warning=True))
    return told


def _unknown(key: str, many: int, source: Source) -> Problem:
    where = f" (in {counted(many, 'document')})" if many > 1 else ""
    what = f'the key "{key}" of the header is not known{where}: it is shown, and not understood'
    close = get_close_matches(key.lower(), _KEYS, 1, _CLOSE)
    hint = f'is "{close[0]}" meant? The manifest can say it' if close else ""
    at = re.search(rf"^[\"']?{re.escape(key)}[\"']?[ \t]*:", source.header, re.MULTILINE)
    line = source.header.count("\n", 0, at.start()) + 1 if at else source.place.line
    return Problem(Place(source.path, line), what, hint, warning=True)
