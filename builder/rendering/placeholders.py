"""Makes a specimen: a page of a shape whose values are placeholders, which are found again in it.

A placeholder for text carries signs that every filter of a template treats in its own way; from
what became of them the form is read in which a value is printed there. Ids, folders and the text
itself are printed as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.rendering.own_page import Meta
from builder.rendering.shapes import LINKS, TAGS, TEXTS, VARIABLE

# As a front matter holds them; as long as the names of a version's folder.
_PROBE = "&#38;&#34;&#39;"
_FORM_OF = {
    _PROBE: "raw",
    "&\"'": "text",
    "&amp;&#34;&#39;": "escaped text",
    "&amp;#38;&amp;#34;&amp;#39;": "escaped",
}
_PLACEHOLDER = re.compile(r"zqx(?P<number>\d{6})(?P<kind>xqz|tqz(?P<probe>.*?)zqe)", re.DOTALL)


class UnreadableError(Exception):
    """What a template made of a placeholder is not understood."""


@dataclass(slots=True)
class Placeholders:
    """The placeholders given out so far, by number, with what each stands for."""

    meant: list[str] = field(default_factory=list)

    def name(self, meaning: str) -> str:
        """Return a placeholder of letters and digits alone, for a folder, an id or a text."""
        self.meant.append(meaning)
        return f"zqx{len(self.meant) - 1:06d}xqz"

    def text(self, meaning: str) -> str:
        """Return a placeholder for a string of a front matter or a heading."""
        self.meant.append(meaning)
        return f"zqx{len(self.meant) - 1:06d}tqz{_PROBE}zqe"

    def found_in(self, output: str) -> tuple[list[str], list[tuple[str, str]]]:
        """Return the literal texts of an output, and between them what stands there in which form.

        There is one literal text more than there are values. Raises UnreadableError.
        """
        literals, values, end = [], [], 0
        for found in _PLACEHOLDER.finditer(output):
            form = _FORM_OF.get(found["probe"]) if found["probe"] is not None else "raw"
            if form is None:
                raise UnreadableError(found[0])
            literals.append(output[end : found.start()])
            values.append((self.meant[int(found["number"])], form))
            end = found.end()
        literals.append(output[end:])
        if any("zqx" in text or "xqz" in text for text in literals):
            raise UnreadableError("part of a placeholder")
        return literals, values


# Depths of entries below the headline that lead from every depth to every other one.
_DEPTHS = {
    2: (0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 0, 1, 2, 3, 0, 1, 2, 0, 1, 0),
    1: (0, 1, 1, 2, 2, 3, 3, 4, 4, 1, 2, 3, 1, 2, 1),
    0: (),
}


@dataclass(frozen=True, slots=True)
class Specimen:
    """A page of a shape with placeholders; `toc` holds depth, id and title of each entry."""

    path: str
    meta: Meta
    content: str
    headline: tuple[str, str]
    toc: tuple[tuple[int, str, str], ...]
    placeholders: Placeholders


def specimen_of(
    names: Sequence[str],
    meta: Meta,
    children: int,
    rows: Mapping[str, Sequence[Sequence[str]]],
) -> Specimen:
    """Return the specimen of a shape.

    `names` are the folders of its path, `meta` its front matter with None for what is a value,
    `children` how many entries its contents have at least, and `rows` what tags and links to show,
    each of another kind.
    """
    marks = Placeholders()
    path = "/".join(
        marks.name(f"folder{place}") if name == VARIABLE else name
        for place, name in enumerate(names)
    )
    said = dict(meta)
    for key in TEXTS:
        if key in said and said[key] is None:
            said[key] = marks.text(key)
    for key, which in ((TAGS, "tags"), (LINKS, "links")):
        if key in said and said[key] is None:
            said[key] = [
                [row[0], marks.text(f"{which} {number}"), *row[2:]]
                for number, row in enumerate(_every_pair(rows[which]))
            ]
    toc = tuple(
        (depth, marks.name(f"toc.id {number}"), marks.text(f"toc.title {number}"))
        for number, depth in enumerate(_DEPTHS[children])
    )
    headline = marks.name("headline.id"), marks.text("headline.title")
    return Specimen(path, said, marks.name("content"), headline, toc, marks)


def _every_pair(rows: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield rows so that each follows each, itself included, once; the first is also the last."""
    for place, row in enumerate(rows):
        yield row
        for later in rows[place + 1 :]:
            yield from (row, later)
    yield rows[0]
