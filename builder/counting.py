"""Says how many there are of something, and how much a file weighs."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """Return "1 document", "1,200 documents", "3 addresses"."""
    plural = f"{thing}es" if thing.endswith("s") else f"{thing}s"
    return f"{number:,} {thing if number == 1 else plural}"


_UNITS = (("GB", 10**9), ("MB", 10**6))


def size_in_words(size: int) -> str:
    """Return the size of a file as people read it: "812 bytes", "26 kB", "4.2 MB"."""
    for unit, bytes_of_one in _UNITS:
        if size >= bytes_of_one:
            return f"{size / bytes_of_one:,.1f} {unit}"
    return f"{size / 1000:.0f} kB" if size >= 1000 else f"{size} bytes"
