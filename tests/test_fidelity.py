"""The law of fidelity, from raw bytes to rendered HTML: each character is shown or is markup.

`test_conservation` parts a source into text, furniture and syntax. Here the page that a browser
gets is read back: it must show each block's text under its address, and furniture verbatim.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.model import Problems
from builder.read import source_from_bytes
from conftest import SEEDS
from laws import HOSTILE, PIECES, assert_faithful


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_seeds(path: Path) -> None:
    assert_faithful(path.read_bytes(), f"seeds/{path.name}")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text(text: str) -> None:
    assert_faithful(f"A first line of text.\n\n{text}\n\nThe last line.\n".encode(), "seeds/a.md")
    assert_faithful(f"A first line of text.\n\n{text}\n\nThe last line.\n".encode(), "seeds/a.txt")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_front_matter(text: str) -> None:
    quoted = "".join(
        character if character.isalnum() else f"\\u{ord(character):04x}" for character in text[:300]
    )
    keys = ("title", "issuer", "type", "rights", "url", "date", "other")
    front = "\n".join(f'{key}: "{quoted}"' for key in keys)
    assert_faithful(f"---\n{front}\n---\nThe text.\n".encode(), "seeds/a.md")


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_invented_text(text: str) -> None:
    try:
        source_from_bytes(text.encode(), "seeds/a.md")
    except (Problems, UnicodeEncodeError):
        return
    assert_faithful(text.encode(), "seeds/a.md")
