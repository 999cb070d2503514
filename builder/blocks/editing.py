"""The editorial rules: what each block of a document is, once its lines have been read.

Each rule takes the drafts in order and returns them, changed or parted. The order matters and is
the order of `RULES`.
"""

from __future__ import annotations

from builder.blocks.attributions import quotations
from builder.blocks.drafts import Draft, letters_of
from builder.blocks.furniture import knowledge, plain
from builder.blocks.headings import bold_headings, headlines, run_in_headings
from builder.model import Source

LEAD = 10  # blocks at the head of a document among which repeats are looked for
_BEGINNING = 30  # characters of a text
_FEWEST = 12  # letters of what repeats a headline


def repeats(drafts: list[Draft], source: Source) -> list[Draft]:
    """Set aside what a web page repeats at its head: the headline, and the standfirst."""
    result = list(drafts)
    headline = next(
        (d.text for d in drafts[:LEAD] if d.block.kind == "heading" and d.block.level == 1), None
    )
    seen = letters_of(headline or "")
    started = False
    for i, draft in enumerate(drafts[:LEAD]):
        if draft.block.kind not in ("heading", "paragraph") or draft.block.label:
            continue
        if headline and draft.text == headline and not started:
            started = True
        elif seen and _repeats(draft.text, seen):
            result[i] = _furniture(draft, "repeats the headline", source)
        elif len(draft.text.split()) >= 8 and any(
            later.block.kind == "paragraph"
            and later.text.startswith(draft.text)
            and len(later.text) > len(draft.text)
            for later in drafts[i + 1 : i + 3]
        ):
            result[i] = _furniture(draft, "repeats the first sentence of the text", source)
    return result


def _repeats(text: str, headline: str) -> bool:
    """Tell whether a text says what a headline of these letters says, or nearly all of it."""
    if not headline.startswith(letters_of(text[:_BEGINNING])):
        return False  # as most texts, of which the rest need not be looked at
    letters = letters_of(text)
    # Media players cut a title short by a letter or a few.
    long = len(letters) >= _FEWEST and len(letters) * 100 >= len(headline) * 85
    return long and headline.startswith(letters)


def captions(drafts: list[Draft], source: Source) -> list[Draft]:
    """Tell the caption of a picture that the file does not hold."""
    pattern = knowledge().caption
    result = list(drafts)
    for i, draft in enumerate(drafts[:LEAD]):
        before = next((d for d in reversed(result[:i]) if d.block.kind != "furniture"), None)
        if (
            draft.block.kind == "paragraph"
            and before is not None
            and before.block.kind == "heading"
            and i + 1 < len(drafts)
            and pattern.fullmatch(plain(draft.text))
        ):
            result[i] = draft.but(kind="caption")
    return result


def dangling_leads(drafts: list[Draft], source: Source) -> list[Draft]:
    """Set aside a last line that leads to links which are not in the file."""
    last = next(
        (i for i in range(len(drafts) - 1, -1, -1) if drafts[i].block.kind != "furniture"), None
    )
    if last is None or last == 0:
        return drafts
    draft = drafts[last]
    if draft.block.kind not in ("paragraph", "heading"):
        return drafts
    if not knowledge().dangling.fullmatch(plain(draft.text)):
        return drafts
    result = list(drafts)
    result[last] = _furniture(draft, "leads to links that are not in the file", source)
    return result


def _furniture(draft: Draft, why: str, source: Source) -> Draft:
    return draft.but(kind="furniture", level=None, label=why, marks=())


RULES = (
    quotations,
    bold_headings,
    headlines,
    run_in_headings,
    repeats,
    captions,
    dangling_leads,
)
