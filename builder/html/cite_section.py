"""Shows how a page is cited: its citations in each style, for readers and for the page's script.

Where the citation of a passage differs from that of the whole, the page holds both: the words that
are shown, and in `data-at` those that the script puts there, with a sign for the passage's number
and one for its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape as escape_tags
from html import unescape

from markupsafe import Markup

from builder.citing.formatted import Form, Formatted
from builder.citing.page_records import PageRecord
from builder.citing.shape import ACCESSED_HERE, HERE, PARAGRAPH
from builder.html.escape import escape, escape_attribute
from builder.html.rendering import html, render, root_of

_WAY = '<p class="cite-way"><a class="pill to-citations" href="#_cite">Cite</a></p>'
# What a citation tells that only its reader knows; the script puts it there.
_HERE = '<span class="here">[address of this page]</span>'
_ACCESSED = '<span class="accessed" data-written="{}">[day of your visit]</span>'
_TAG = re.compile(r"(<[^>]*>)")


def cite_section(
    citations: Iterable[Formatted],
    *,
    what: str,
    root: str,
    files: str | None = None,
    records: Iterable[PageRecord] = (),
) -> str:
    """Return the section that tells how a page is cited; `what` names it ("document", "page").

    `files` leads to the folder with the files for reference managers; None where there are none.
    `records` are what they read of a page that has none.
    """
    shown = [
        (one, [(form.label, _words(form, one.accessed)) for form in one.forms]) for one in citations
    ]
    kept = [(one.format, html(_escaped(escape_tags(one.text), one.accessed))) for one in records]
    return render("citations", citations=shown, what=what, root=root, files=files, records=kept)


def with_citations(
    body: str, citations: Iterable[Formatted], records: Iterable[PageRecord], folder: str
) -> str:
    """Return the body of an index page with the way to its citations above and these below."""
    section = cite_section(citations, what="page", root=root_of(folder), records=records)
    return "\n".join((_WAY, body, section))


def _words(form: Form, accessed: str) -> Markup:
    """Return a citation of the whole page, with what the script needs for a passage of it."""
    return html("".join(_marked(told, at, accessed) for told, at in form.parts))


def _marked(told: str, at: str, accessed: str) -> str:
    escaped = _escaped(told, accessed)
    if told == at:
        return escaped
    # Documents on the web are to hold no private characters.
    text = unescape(_TAG.sub("", at)).replace(PARAGRAPH, "{number}").replace(HERE, "{address}")
    return f'<span data-at="{escape_attribute(text)}">{escaped}</span>'


def _escaped(citation: str, accessed: str) -> str:
    """Return a citation's HTML with its text as pages write text; tags stay."""
    texts = _TAG.split(citation)
    escaped = "".join(one if one.startswith("<") else escape(unescape(one)) for one in texts)
    if ACCESSED_HERE in escaped:
        day = _ACCESSED.format(escape_attribute(accessed))
        escaped = escaped.replace(ACCESSED_HERE, day)
    return escaped.replace(HERE, _HERE)
