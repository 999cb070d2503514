"""Gives the links of hand-written pages their archived copies, in a rendered site.

Generated pages have them already; these are Markdown, and what they link is known once they are
pages. Doing it again changes nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator
from html import unescape
from pathlib import Path

from builder.archives import Archives, archived
from builder.html.escape import escape_attribute
from builder.html.outbound import copy_beside, no_copy

# A comment, a script or a style, which hold no links; or a link with what it holds.
_STEP = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style)\b.*?</(?P=raw)\s*>"
    r"|<a\b(?P<attributes>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>(?P<text>.*?)</a\s*>"
    r"(?P<beside><a class=\"archived\")?",
    re.DOTALL | re.IGNORECASE,
)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_OURS = re.compile(r"\bclass=\"[^\"]*\barchived|\bdata-unarchived=")


def link_archives(site: Path, generated: Container[str], archives: Archives) -> None:
    """Put archived copies beside the links of each page that is not among the `generated` files."""
    for path in _pages(site):
        if path in generated or f"{path.removesuffix('html')}md" in generated:
            continue
        page = site / path
        text = page.read_text(encoding="utf-8")
        linked = with_archives(text, archives)
        if linked != text:
            page.write_text(linked, encoding="utf-8", newline="\n")


def _pages(site: Path) -> Iterator[str]:
    """Yield the paths of a site's pages; of tens of thousands most are only looked at by name."""
    for folder, _, names in os.walk(site):
        inside = folder[len(str(site)) :].replace(os.sep, "/").strip("/")
        for name in names:
            if name.endswith(".html"):
                yield f"{inside}/{name}" if inside else name


def with_archives(text: str, archives: Archives) -> str:
    """Return the HTML of a page with the archived copies of the government's pages that it links.

    Where one has none, its link says why.
    """

    def linked(step: re.Match[str]) -> str:
        attributes = step["attributes"]
        href = _HREF.search(attributes) if attributes and not step["beside"] else None
        if href is None or _OURS.search(attributes):
            return step[0]
        found = archived(unescape(next(filter(None, href.groups()), "")), None, archives)
        reason = escape_attribute(no_copy(found))
        if not reason:
            return step[0] + copy_beside(found)
        title = "" if re.search(r"\btitle\s*=", attributes) else f' title="{reason}"'
        said = f'<a{attributes}{title} data-unarchived="{reason}">'
        return said + step[0][step.end("attributes") + 1 - step.start() :]

    return _STEP.sub(linked, text)
