"""Makes of a version what its page shows as text: its passages and the tombstones of its time."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from builder.html.escape import own_address
from builder.html.tombstones import Lost, graves_by_place
from builder.html.version_ids import Further, further_then
from builder.html.version_words import Versioned
from builder.model import Block, Document, Span, Version
from builder.versions import last_places


def blocks_then(version: Version, then: Document | None, today: Further) -> list[Block]:
    """Return the passages of a version as blocks with the ids that they had.

    `then` is its source as it can be cut now, `today` the further ids on the document's own page.
    Their markup is the source's wherever it can still be cut as it was then; else they are plain
    paragraphs.
    """
    passages = then.passages if then else ()
    found = dict(_aligned([" ".join(block.text.split()) for block in passages], version.passages))
    further = further_then(version, today)
    blocks = []
    for number, (name, text) in enumerate(version.passages):
        block = passages[found[number]] if number in found else _plain(text)
        blocks.append(replace(block, anchor=name, aliases=tuple(further[name])))
    return blocks


def _aligned(
    texts: Sequence[str], passages: Iterable[tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    """Yield (number of a passage, number of the text that it is), in order."""
    wanted = [" ".join(text.split()) for _, text in passages]
    numbers = {text: number for number, text in enumerate(dict.fromkeys((*texts, *wanted)))}
    steps = LCSseq.opcodes([numbers[text] for text in wanted], [numbers[text] for text in texts])
    for step in steps:
        if step.tag == "equal":
            yield from zip(
                range(step.src_start, step.src_end),
                range(step.dest_start, step.dest_end),
                strict=True,
            )


def _plain(text: str) -> Block:
    return Block("paragraph", None, Span(0, len(text)), text, array("I", range(len(text))))


class _Then(Lost):
    """The lost addresses of a version; further ids led to their passage, and need no note."""

    def further_ids(self, aliases: Iterable[str], _bearer: str = "") -> str:
        """Return the empty elements that bear a passage's further ids."""
        return "".join(f'<span id="{own_address(alias)}"></span>' for alias in aliases)


def lost_then(document: Versioned, version: Version, today: Further) -> Lost:
    """Return the tombstones of the time when a version stood; `today` are as in `blocks_then`."""
    if not version.tombstones:
        return _Then()
    further = further_then(version, today)
    graves = [replace(one, aliases=tuple(further[one.anchor])) for one in version.tombstones]
    standing = dict(version.passages)
    earlier = document.versions[document.versions.index(version) + 1 :]
    linked = frozenset(further).union(*further.values())
    return _Then(graves_by_place(graves, standing), {}, linked, last_places(earlier), "../")
