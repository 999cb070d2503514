"""Gives the links of hand-written pages their archived copies, in a rendered site.

Generated pages have them already; these are Markdown, and what they link is known once they are
pages. Doing it again changes nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from builder.archives import Archives, archived
from builder.html.escape import escape_attribute
from builder.html.outbound import copy_beside, no_copy
from builder.publishing.html_steps import STEP, attributes_of

_END = re.compile(r"</a\s*>", re.IGNORECASE)
_COPY = '<a class="archived"'


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
    parts, done = [], 0
    for step in STEP.finditer(text):
        if (step["tag"] or "").lower() != "a":
            continue
        attributes, end = attributes_of(step["attributes"]), _END.search(text, step.end())
        if end is None or _is_ours(attributes) or text.startswith(_COPY, end.end()):
            continue
        found = archived(attributes.get("href", ""), None, archives)
        reason = escape_attribute(no_copy(found))
        title = "" if "title" in attributes else f' title="{reason}"'
        at = step.end("attributes") if reason else end.end()
        said = f'{title} data-unarchived="{reason}"' if reason else copy_beside(found)
        parts += [text[done:at], said]
        done = at
    return "".join((*parts, text[done:]))


def _is_ours(attributes: Mapping[str, str]) -> bool:
    return "data-unarchived" in attributes or "archived" in attributes.get("class", "").split()
