"""Shows the queue of candidates: as a worksheet to decide on, or as JSON for other programs.

The worksheet is YAML. Each candidate is one line that begins with "decide"; an editor writes
accept, alias or never in its place. What helps to decide stands above it in comments.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from builder.counting import counted
from builder.reviewing.decision_file import UNDECIDED
from builder.reviewing.lines import candidate_fields, line_of
from builder.reviewing.queue import Candidate

_FORMS = 5


def worksheet(shown: Sequence[Candidate], total: int, name: str) -> Iterator[str]:
    """Yield the lines of a worksheet for these candidates of `total`.

    `name` is its file's, "" where it stands in its usual place.
    """
    yield f"# The queue: {len(shown):,} of {counted(total, 'candidate')}."
    yield f'# Write accept, alias or never in the place of "{UNDECIDED}", and behind an alias'
    yield '# "of: KEY", the last part of the address of its page (/programs/KEY/; all keys:'
    yield '# builder review --keys); never is for one document only with "in: DOCUMENT".'
    yield f"# Then run: builder review apply {name}".rstrip()
    for candidate in shown:
        yield ""
        yield from map(_comment, _reasons(candidate))
        entity = candidate.entity
        fields = {UNDECIDED: entity.name, **candidate_fields(entity), "sort": entity.sort}
        yield line_of(fields)


def _reasons(candidate: Candidate) -> Iterator[str]:
    yield how_often(candidate)
    if candidate.rules:
        yield "found by: " + _listed(candidate.rules)
    if len(candidate.forms) > 1:
        yield "printed: " + _listed(candidate.forms)
    for quoted in candidate.quoted:
        yield f"  {quoted.address} {quoted.sentence}"


def how_often(candidate: Candidate) -> str:
    """Return "12 mentions in 3 documents"."""
    documents = counted(len(candidate.documents), "document")
    return f"{counted(candidate.mentions, 'mention')} in {documents}"


def _listed(counts: Counter[str]) -> str:
    """Return the most frequent of the things counted: "DFC 12, the program 3, 2 more"."""
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    words = [f"{what} ({number:,})" for what, number in most[:_FORMS]]
    more = [f"{len(most) - _FORMS:,} more"] if len(most) > _FORMS else []
    return "; ".join((*words, *more))


def _comment(text: str) -> str:
    """Return a comment line; what does not print is left out, for YAML allows it nowhere."""
    return "# " + "".join(one for one in text if one.isprintable())


def as_json(candidate: Candidate) -> str:
    """Return a candidate as one line of JSON."""
    entity = candidate.entity
    told: dict[str, Any] = {
        "kind": entity.kind,
        "key": entity.key,
        "name": entity.name,
        "sort": entity.sort or None,
        "mentions": candidate.mentions,
        "documents": len(candidate.documents),
        "rules": dict(candidate.rules.most_common()),
        "forms": dict(candidate.forms.most_common()),
        "passages": [
            {
                "document": quoted.document.slug,
                "anchor": quoted.block.anchor,
                "address": quoted.address,
                "sentence": quoted.sentence,
            }
            for quoted in candidate.quoted
        ],
    }
    return json.dumps(told, ensure_ascii=False)
