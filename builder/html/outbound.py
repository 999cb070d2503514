"""Links to other people's pages: beside one to a government's stands its archived copy.

The link stays as it was published. The copy's own link has no text, only a tooltip, and its glyph
comes from the style sheet: so it is no part of what is read, searched, copied or compared.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from markupsafe import Markup

from builder.archives import NO_ADDRESS, NO_GOVERNMENT, Archived, Archives, archived
from builder.html.escape import escape_attribute, web_address
from builder.html.rendering import html

Archive = Callable[[str], Archived]
"""Returns the archived copy of an address."""

# Nobody expects an archived copy of these, so that nothing is said of them.
_UNSAID = (NO_ADDRESS, NO_GOVERNMENT)


def archive_on(date: str | None, archives: Archives) -> Archive:
    """Return what finds the archived copy of an address as it was on an EDTF `date`."""
    return partial(archived, date=date, checked=archives)


UNDATED: Archive = partial(archived, date=None)
"""Finds the archived copy by rule where no date is known."""


def opening(address: str, found: Archived) -> str:
    """Return the opening tag of a link; it says why a government's page has no archived copy."""
    reason = no_copy(found)
    title = f' title="{escape_attribute(reason)}"' if reason else ""
    return f'<a class="out" rel="external" href="{web_address(address)}"{title}>'


def no_copy(found: Archived) -> str:
    """Return why a government's page has no archived copy, in words, "" where nothing is said."""
    return "" if found.address or found.reason in _UNSAID else _capital(found.in_words)


def copy_beside(found: Archived) -> str:
    """Return the small link to an archived copy, "" where there is none."""
    if not found.address:
        return ""
    title = escape_attribute(_capital(found.in_words))
    href = web_address(found.address)
    return f'<a class="archived" rel="external" href="{href}" title="{title}"></a>'


def outbound(address: str, text: str, found: Archived) -> Markup:
    """Return a link with its HTML `text`, and the archived copy beside it."""
    return html(f"{opening(address, found)}{text}</a>{copy_beside(found)}")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
