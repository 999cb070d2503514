"""Marks the passages that once read otherwise: a quiet sign beside the number, which opens.

The sign is an element of its own before the passage, so that the passage holds its text and nothing
else; what it shows closed comes from the style sheet, so that nobody copies it. It needs no script.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from builder.dating.display import date_in_words
from builder.html.block_html import number_of
from builder.html.escape import escape
from builder.html.rendering import html, render
from builder.html.version_words import version_folder
from builder.html.wording import word_diff
from builder.model import Block, Document
from builder.versions import Wording, earlier_wordings

# How many earlier wordings a sign shows; the pages of the versions hold all.
MOST = 5


def signs_of(document: Document, root: str) -> Callable[[Block], str]:
    """Return what writes the sign of a block, "" for one that always read the same.

    `root` is the way from the page to the site's root.
    """
    wordings = earlier_wordings(document.versions)

    def sign(block: Block) -> str:
        earlier = wordings.get(block.anchor or "")
        return _sign(document, block, earlier, root) if earlier else ""

    return sign


def _sign(document: Document, block: Block, earlier: Sequence[Wording], root: str) -> str:
    last = earlier[0].until
    return render(
        "version_sign",
        number=number_of(block),
        is_heading=block.kind == "heading",
        since=f"since {date_in_words(last)}" if last else "",
        wordings=[_wording(document, block, wording, root) for wording in earlier[:MOST]],
        others=len(earlier[MOST:]),
        versions=f"{root}documents/{document.slug}/versions/",
    )


def _wording(
    document: Document, block: Block, wording: Wording, root: str
) -> Mapping[str, str | Markup]:
    """Return an earlier wording: its words, those marked that no longer stand, and its address."""
    pieces = word_diff(wording.text, " ".join(block.text.split()))
    marked = (
        f"<del>{escape(piece.text)}</del>" if piece.kind == "gone" else escape(piece.text)
        for piece in pieces
        if piece.kind != "new"
    )
    return {
        "until": date_in_words(wording.until) if wording.until else "",
        "text": html("".join(marked)),
        "address": f"{root}{version_folder(document, wording.digits)}#{block.anchor}",
    }
