"""Shows how a page is cited: its citations in each style, for readers and for the page's script.

Where the citation of a passage differs from that of the whole, the page holds both: the words that
are shown, and in `data-at` those that the script puts there, with a sign for the passage's number
and one for its address. What stands before and after is the same, and is written once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from markupsafe import Markup

from builder.citing.formatted import Form, Formatted
from builder.citing.shape import ACCESSED_HERE, HERE, PARAGRAPH
from builder.html.escape import escape, escape_attribute
from builder.html.rendering import html, render, root_of

_WAY = '<p class="cite-way"><a class="to-citations" href="#_cite">Cite</a></p>'
# What a citation tells that only its reader knows; the script puts it there.
_HERE = '<span class="here">[address of this page]</span>'
_ACCESSED = '<span class="accessed" data-written="{}">[day of your visit]</span>'
_TAG = re.compile(r"(<[^>]*>)")


def cite_section(
    citations: Iterable[Formatted], *, what: str, root: str, files: str | None = None
) -> str:
    """Return the section that tells how a page is cited; `what` names it ("document", "page").

    `files` leads to the folder with the files for reference managers; None where there are none.
    """
    shown = [
        (one.style, one.name, [(form.label, _words(form, one.accessed)) for form in one.forms])
        for one in citations
    ]
    return render("citations", citations=shown, what=what, root=root, files=files)


def with_citations(body: str, citations: Iterable[Formatted], folder: str) -> str:
    """Return the body of an index page with the way to its citations above and these below."""
    section = cite_section(citations, what="page", root=root_of(folder))
    return "\n".join((_WAY, body, section))


def _words(form: Form, accessed: str) -> Markup:
    """Return a citation of the whole page, with what the script needs for a passage of it."""
    whole, passage = form.whole, form.passage
    if not passage or whole == passage:
        return html(_escaped(whole, accessed))
    start, end = _difference(whole, passage)
    told, at = whole[start:end], passage[start : end + len(passage) - len(whole)]
    if "<" in told + at:  # no form has a tag there; if one had, its words would still be right
        return html(_marked(whole, _TAG.sub("", passage)))
    between = "".join(_marked(*one) for one in _apart(told, at))
    return html(_escaped(whole[:start], accessed) + between + _escaped(whole[end:], accessed))


def _apart(told: str, at: str) -> Iterator[tuple[str, str]]:
    """Yield the differing parts of two texts, and what they share between a number and an address.

    "https://a.gov/, via X" and "para. 7, https://a.gov/, via Y": the address is written once.
    """
    first = told.split(" ", 1)[0]
    before, shared, _ = at.partition(f" {first} ")
    if not (first and shared):
        yield told, at
        return
    yield "", f"{before} "
    told_again = at[len(before) + 1 :]
    start, end = _difference(told, told_again)
    yield told[:start], told[:start]
    yield told[start:end], told_again[start : end + len(told_again) - len(told)]
    yield told[end:], told[end:]


def _marked(told: str, at: str) -> str:
    escaped = _escaped(told, "")
    if told == at:
        return escaped
    # Documents on the web are to hold no private characters.
    signed = unescape(at).replace(PARAGRAPH, "{number}").replace(HERE, "{address}")
    return f'<span data-at="{escape_attribute(signed)}">{escaped}</span>'


def _difference(one: str, other: str) -> tuple[int, int]:
    """Return where `one` begins to differ from `other` and where it ends to, beside tags."""
    start = _alike(one, other)
    for opening, closing in ("<>", "&;"):
        opened = one.rfind(opening, 0, start)
        if opened > one.rfind(closing, 0, start):
            start = opened
    end = len(one) - _alike(one[start:][::-1], other[start:][::-1])
    for opening, closing in ("<>", "&;"):
        if one.rfind(opening, start, end) > one.rfind(closing, start, end):
            end = one.index(closing, end) + 1
    return start, end


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[:middle] == other[:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _escaped(citation: str, accessed: str) -> str:
    """Return a citation's HTML with its text as pages write text; tags stay."""
    texts = _TAG.split(citation)
    escaped = "".join(one if one.startswith("<") else escape(unescape(one)) for one in texts)
    day = _ACCESSED.format(escape_attribute(accessed))
    return escaped.replace(HERE, _HERE).replace(ACCESSED_HERE, day)
