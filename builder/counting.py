"""Says how many there are of something."""

from __future__ import annotations


def counted(number: int, thing: str) -> str:
    """Return "1 document", "1,200 documents", "3 addresses"."""
    plural = f"{thing}es" if thing.endswith("s") else f"{thing}s"
    return f"{number:,} {thing if number == 1 else plural}"
