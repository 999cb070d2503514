"""Mends what citeproc-py leaves wrong, or leaves out, in a formatted shape.

Each rule works on slots and the style's own punctuation, never on the words of a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.citing.shape import GENRE, SITE, TITLE, URL, Shape, author

# The title as a style shows it: “T”, <i>T</i>, T
_SHOWN = rf"(?:“{TITLE}”|<i>{TITLE}</i>|{TITLE})"
_TWICE = re.compile(rf"(?P<shown>{_SHOWN})(?:, |\. )(?P=shown)")
_AGAIN_AFTER_DATE = re.compile(
    rf"^(?P<shown>{_SHOWN})\. (?P<date>\([^)]*\))\. (?P=shown)(?P<genre> \[.?{GENRE}\])?"
)
_SITE_FIRST = re.compile(rf"^{SITE}\. (?=.*{SITE})")
_OUTSIDE_QUOTES = re.compile(r"”(?P<mark>[.,])")
_SMALL_CAPS = 'style="font-variant:small-caps;"'


def mend(text: str, shape: Shape) -> str:
    """Return the citation of a shape as the style's manual wants it."""
    for rule in RULES:
        text = rule(text, shape)
    return text


def _description_is_no_title(text: str, shape: Shape) -> str:
    """A description in the place of a title has neither quotation marks nor italics.

    APA 9.22 on untitled works, MLA (5.23-30) and CMOS (13.87-101) alike; CSL has no variable for
    what is not a title.
    """
    return re.sub(_SHOWN, TITLE, text) if shape.described else text


def _title_once(text: str, _shape: Shape) -> str:
    """A title that stands in for the author is not repeated.

    CSL: a variable rendered by `cs:substitute` is not rendered again; citeproc-py forgets that
    where a macro renders it. APA 9.12: the description moves to the front with the title.
    """
    text = _TWICE.sub(r"\g<shown>", text)
    return _AGAIN_AFTER_DATE.sub(
        lambda found: f"{found['shown']}{found['genre'] or ''}. {found['date']}", text
    )


def _site_is_no_author(text: str, _shape: Shape) -> str:
    """A site that stands in for the author is not repeated, and stands behind the title.

    The same defect. This site is never the author.
    """
    return _SITE_FIRST.sub("", text)


def _retrieved_only_with_a_date(text: str, shape: Shape) -> str:
    """ "Retrieved" needs the day on which it was.

    CSL: a group in which no variable renders is empty; citeproc-py counts the address, too.
    """
    return text if shape.accessed else text.replace(f"Retrieved {URL}", URL)


def _no_comma_between_two(text: str, shape: Shape) -> str:
    """Two institutions are joined by "and" alone: CMOS 13.74-86, MLA 5.3-22.

    The comma is for a first name that is turned round; citeproc-py does not know
    `delimiter-precedes-last="after-inverted-name"`, and styles write "always" in its place.
    """
    if shape.authors != 2:
        return text
    return text.replace(f"{author(0)}, and {author(1)}", f"{author(0)} and {author(1)}")


def _punctuation_in_quotes(text: str, _shape: Shape) -> str:
    """A full stop or comma stands before the closing quotation mark: CMOS 6.9, and MLA alike.

    The locale says so ("punctuation-in-quote"); citeproc-py reads it and does nothing.
    """
    return _OUTSIDE_QUOTES.sub(r"\g<mark>”", text)


def _class_for_small_caps(text: str, _shape: Shape) -> str:
    """Small capitals are a class: pages forbid styles written into an element."""
    return text.replace(_SMALL_CAPS, 'class="small-caps"')


RULES: tuple[Callable[[str, Shape], str], ...] = (
    _description_is_no_title,
    _title_once,
    _site_is_no_author,
    _retrieved_only_with_a_date,
    _no_comma_between_two,
    _punctuation_in_quotes,
    _class_for_small_caps,
)
"""In this order: quotation marks are closed last."""
