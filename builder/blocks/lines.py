"""Cuts a source into lines and tells whether its line breaks are meant or only wrap the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from builder.model import Span

TERMINAL = re.compile(r"""[.!?:;…]["'”’)\]*_]*\Z""")  # `over.”`, "over.**"
_WHITE = " \t\r\u00a0\u2002\u2003\u2009\u202f\u3000"
TAB = 4
WIDEST_WRAP = 130  # columns; text that is wrapped by hand or by a program stays within
FULL = 0.8  # of the width; a line that leaves more room was broken on purpose


class Line(NamedTuple):
    """One line: its source span without the line's end, its visible text, and its indent.

    `indent` counts columns of spaces and tabs. A no-break space is not indent but white space.
    """

    span: Span
    text: str
    indent: int

    @property
    def blank(self) -> bool:
        """Whether the line shows nothing."""
        return not self.text

    @property
    def ends_sentence(self) -> bool:
        """Whether the line's visible text closes a sentence or a clause."""
        return bool(TERMINAL.search(self.text))


def split_lines(text: str, start: int) -> list[Line]:
    """Return the lines of `text` from offset `start` on; LF or CR LF ends a line, CR does not."""
    lines = []
    position, length = start, len(text)
    for raw in text[start:].split("\n"):
        end = stop = position + len(raw)
        if end < length and raw.endswith("\r"):
            raw, stop = raw[:-1], end - 1
        visible = raw.strip(_WHITE)
        indent = _indent(raw) if raw.startswith((" ", "\t")) else 0
        lines.append(Line(Span(position, stop), visible, indent))
        position = end + 1
    return lines


def _indent(raw: str) -> int:
    columns = 0
    for character in raw:
        if character == " ":
            columns += 1
        elif character == "\t":
            columns += TAB - columns % TAB
        else:
            break
    return columns


def wrap_width(lines: Sequence[Line]) -> int:
    """Return the column at which plain text is wrapped, 0 where each line is a paragraph.

    Text is wrapped where lines are short and sentences run over their ends; where each line closes
    its sentence, the line breaks are meant.
    """
    pairs = [
        (line, following) for line, following in pairwise(lines) if line.text and following.text
    ]
    running = sum(
        1 for line, following in pairs if not line.ends_sentence or following.text[0].islower()
    )
    if len(pairs) < 3 or running * 5 < len(pairs) * 2:
        return 0
    widths = sorted(len(line.text) for line, _ in pairs)
    # A tenth of the lines may be wider: an address is never wrapped.
    width = widths[len(widths) * 9 // 10]
    return width if width <= WIDEST_WRAP else 0


def is_full(line: Line, following: Line, width: int) -> bool:
    """Tell whether a line is as long as the wrap made it: the next word had no room left."""
    word = following.text.split(" ", 1)[0]  # a no-break space keeps words on one line
    return line.indent + len(line.text) + 1 + len(word) >= width * FULL
