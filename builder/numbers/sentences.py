"""Cuts a block's text into sentences, within which a figure's words are sought."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# A full stop that ends a sentence: "… last year. The …", but not "U.S. Customs", "Mr. Biden".
_ENDS = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt|No|vs|Jr|Sr|Co))(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt"
    r"|Rev|Hon|Inc|Ltd|Nos|Sec|Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec|est))"
    r"(?<!\b(?:Sept|Pres|Capt|Corp|Prof|Dept))(?<!\b[a-z]\.[a-z])[.!?][\"')\]]{0,3} "
    r"(?=[\"'(\[]{0,2}[A-Z0-9])"
    r"|[.!?][\"')\]]{0,3} (?=(?:The|This|These|In|It|We|Our|A|As|To|For|He|She|They|And|But"
    r"|Further|Since|That|President)\b)"
    r"|; (?:and )?| ?\| ?"
)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one text, by the offsets at which they start and end."""

    starts: tuple[int, ...]
    length: int

    def around(self, at: int) -> tuple[int, int]:
        """Return start and end of the sentence that holds offset `at`."""
        index = bisect_right(self.starts, at) - 1
        following = index + 1
        end = self.starts[following] if following < len(self.starts) else self.length
        return self.starts[index], end


def sentences_of(text: str) -> Sentences:
    """Cut a block's text into sentences, at ends of sentence and at semicolons."""
    return Sentences((0, *(match.end() for match in _ENDS.finditer(text))), len(text))
