"""Tells quotations and who is quoted."""

from __future__ import annotations

import re

from builder.blocks.drafts import Draft, split_at
from builder.model import Source

NAME_TAIL = r"[A-Z](?:[^.!?;:]|(?<=\b[A-Z])\.|(?<=\b[DMJS]r)\.){2,90}\Z"
ATTRIBUTION_TAIL = re.compile(
    rf"""(?<=[.!?…"”’'])\s?(?=(?:--|[—–]|-\s)\s?{NAME_TAIL})"""
)  # "happen. --President"
ATTRIBUTION_LINE = re.compile(rf"(?:--|[—–]|-\s)\s?{NAME_TAIL}")  # "— Secretary Antony Blinken"
QUOTED = re.compile(r"""\A["“].*["”]\Z""", re.DOTALL)
QUOTE_INDENT = 4  # columns


def quotations(drafts: list[Draft], source: Source) -> list[Draft]:
    """Tell indented quotations and who said them."""
    result: list[Draft] = []
    for draft in drafts:
        kind = draft.block.kind
        indented = (
            kind == "paragraph" and draft.chunk.indent >= QUOTE_INDENT and not draft.chunk.in_item
        )
        tail = ATTRIBUTION_TAIL.search(draft.text) if indented or kind == "quote" else None
        if tail:
            said, by = split_at(draft, tail.start(), tail.end(), source)
            result += [said.but(kind="quote"), by.but(kind="attribution")]
        elif indented and QUOTED.match(draft.text):
            result.append(draft.but(kind="quote"))
        elif (
            kind in ("paragraph", "quote")
            and result
            and ATTRIBUTION_LINE.fullmatch(draft.text)
            and (result[-1].block.kind == "quote" or _is_quoted(result[-1]))
        ):
            if result[-1].block.kind == "paragraph":
                result[-1] = result[-1].but(kind="quote")
            result.append(draft.but(kind="attribution"))
        else:
            result.append(draft)
    return result


def _is_quoted(draft: Draft) -> bool:
    """Tell whether a paragraph is a quotation once a name stands below it."""
    indented = draft.chunk.indent >= QUOTE_INDENT and not draft.chunk.in_item
    return draft.block.kind == "paragraph" and bool(indented or QUOTED.match(draft.text))
