"""The one rule by which a text becomes an address: slugs of documents, headings and entities."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # "U.S.", "D.C."
WORD = re.compile(r"[a-z0-9]+")

# "candidates" and numbers are the addresses of further pages: /documents/2/, /programs/candidates/
_RESERVED = re.compile(r"candidates|\d+")

# What no file or folder is called on Windows, whatever follows a dot.
_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")


def is_reserved(slug: str) -> bool:
    """Tell whether a slug is the address of a page of ours."""
    return _RESERVED.fullmatch(slug) is not None


def is_device(slug: str) -> bool:
    """Tell whether Windows has no folder of this name: a copy for disk could not be unpacked."""
    return _DEVICES.fullmatch(slug) is not None


def slugify(text: str, *, longest: int = LONGEST) -> str:
    """Return lower-case ASCII letters, digits and hyphens, cut at a word within `longest`.

    "U.S.-Mexico" is "us-mexico", "Mérida" is "merida", "the People's" is "the-peoples". Empty where
    the text has no letter or digit that ASCII holds.
    """
    text = INITIALS.sub(lambda match: f" {match.group().replace('.', '')} ", text)
    text = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", ""))
    words = WORD.findall(text.encode("ascii", "ignore").decode().lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:longest]
        if len(longer) > longest:
            break
        slug = longer
    return slug
