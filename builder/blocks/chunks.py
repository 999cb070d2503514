"""Groups the lines of a source into chunks: the block constructs that the lines themselves show.

Headings, list items, block quotations, tables, rules, paragraphs. What a chunk *is* beyond that
(a headline, a run-in heading, page furniture) is for `structure` to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from builder.blocks.lines import Line, is_full
from builder.model import BlockKind, Span, Syntax

ATX_HEADING = re.compile(
    r" {0,3}(?P<mark>#{1,6})[ \t\u00a0]+(?P<text>\S.*?)(?P<close>[ \t]+#+)?[ \t\r]*\Z"
)
SETEXT_LINE = re.compile(r"(=+|-{2,})\Z")  # "=====" below a line of text
RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}\Z")  # "-----", "* * *"
QUOTE_MARK = re.compile(r"[ \t]*>[ \t]?")  # "> "
ITEM_MARK = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>[-*+•◦▪‣·●○■]|(?P<number>\d{1,3})[.)])(?P<gap>[ \t\u00a0]+)(?=\S)"
)
TABLE_START = re.compile(r"<table\b", re.IGNORECASE)
TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
PIPE_ROW = re.compile(r"\|.*\|\Z")  # "| Country | Tons |"
PIPE_RULE = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+\Z")  # "|---|--:|"
CLAUSE_LABEL = re.compile(r"\(?(?:[a-z]{1,4}|[A-Z]|\d{1,2})[.)]\s")  # "(a) ", "iv. "
CLAUSE_END = re.compile(r"(?:[.:;,]|\b(?:and|or))\Z")  # "…; and"
ITEM_TOLERANCE = 1  # columns by which marks of one list may stand apart


@dataclass(slots=True)
class Chunk:
    """A run of lines of one construct; `ranges` are the source stretches that hold its text.

    `lines` counts source lines, `alone` says that blank lines (or the edges) stand around it.
    """

    kind: BlockKind
    ranges: list[Span]
    level: int | None = None
    label: str = ""
    lines: int = 1
    indent: int = 0
    alone: bool = True
    in_item: bool = False
    why: str = ""
    cells: list[tuple[Span, str]] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    mark: int  # column of the mark
    content: int  # column of the text


@dataclass(slots=True)
class Chunker:
    """Walks the lines once; `chunks` and `syntax` are the result."""

    source: str
    lines: Sequence[Line]
    width: int | None  # where lines are wrapped: 0 nowhere, None anywhere, as in Markdown
    furniture: dict[int, str]  # line number → why it is furniture
    chunks: list[Chunk] = field(default_factory=list)
    syntax: list[Syntax] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    open: Chunk | None = None  # the chunk that the next line may continue
    after_blank: bool = True

    def run(self) -> None:
        """Chunk all lines."""
        number = 0
        while number < len(self.lines):
            number += self.step(number)

    def step(self, number: int) -> int:
        """Take the construct that begins at a line and return how many lines it has."""
        line = self.lines[number]
        if line.blank:
            self.close()
            return 1
        marked = not line.text[0].isalpha()  # with a letter few constructs begin
        taken = (
            self.furniture_line(number, line)
            or (marked and (self.html_table(number, line) or self.pipe_table(number, line)))
            or self.heading(number, line)
            or (marked and (self.rule(number, line) or self.quotation(number, line)))
            or (marked and self.item(number, line))
        )
        if not taken:
            self.text(number, line)
        self.after_blank = False
        return taken or 1

    def close(self) -> None:
        """End the open chunk at a blank line."""
        self.open = None
        self.after_blank = True

    def add(self, chunk: Chunk, *, goes_on: bool = False) -> None:
        """Put a chunk on the list; the next line may continue it where it `goes_on`."""
        chunk.alone = self.after_blank
        if not self.after_blank and self.chunks:
            self.chunks[-1].alone = False
        self.chunks.append(chunk)
        self.open = chunk if goes_on else None

    def furniture_line(self, number: int, line: Line) -> int:
        why = self.furniture.get(number)
        if why is None:
            return 0
        self.add(Chunk("furniture", [_visible(self.source, line.span)], why=why))
        return 1

    def html_table(self, number: int, line: Line) -> int:
        if not TABLE_START.match(line.text):
            return 0
        for end in range(number, len(self.lines)):
            if TABLE_END.search(self.lines[end].text):
                span = Span(line.span.start, self.lines[end].span.end)
                self.lists.clear()
                self.add(Chunk("table", [span], lines=end - number + 1))
                return end - number + 1
        return 0

    def pipe_table(self, number: int, line: Line) -> int:
        rows = self.lines[number : number + 2]
        if len(rows) < 2 or not PIPE_ROW.match(line.text) or not PIPE_RULE.match(rows[1].text):
            return 0
        chunk = Chunk("table", [])
        end = number
        while end < len(self.lines) and PIPE_ROW.match(self.lines[end].text):
            row = self.lines[end]
            if end == number + 1:
                self.syntax.append(Syntax(_visible(self.source, row.span), "table mark"))
            else:
                self._pipe_row(row, chunk, "th" if end == number else "td")
            end += 1
        chunk.lines = end - number
        self.add(chunk)
        return end - number

    def _pipe_row(self, row: Line, chunk: Chunk, tag: str) -> None:
        bars = [
            i
            for i in range(row.span.start, row.span.end)
            if self.source[i] == "|" and self.source[i - 1] != "\\"
        ]
        # Where no space parts a cell from what follows, its bar is read as one.
        tight = {right for left, right in pairwise(bars) if self.source[left + 1 : right].strip()}
        tight = {bar for bar in tight if not self.source[bar - 1].isspace()}
        self.syntax += [
            Syntax(Span(bar, bar + 1), "table mark") for bar in bars if bar not in tight
        ]
        chunk.cells.append((Span(bars[0] + 1, bars[-1]), "tr"))
        for left, right in pairwise(bars):
            chunk.cells.append((Span(left + 1, right), tag))
            chunk.ranges.append(Span(left + 1, right + (right in tight)))

    def heading(self, number: int, line: Line) -> int:
        raw = self.source[line.span.start : line.span.end]
        match = ATX_HEADING.match(raw) if line.text[0] == "#" else None
        if match:
            at = line.span.start
            self.syntax.append(
                Syntax(Span(at + match.start("mark"), at + match.end("mark")), "heading mark")
            )
            if match["close"]:
                self.syntax.append(
                    Syntax(
                        _visible(
                            self.source, Span(at + match.start("close"), at + match.end("close"))
                        ),
                        "heading mark",
                    )
                )
            self.lists.clear()
            text = Span(at + match.start("text"), at + match.end("text"))
            self.add(Chunk("heading", [text], level=len(match["mark"])))
            return 1
        below = self.lines[number + 1] if number + 1 < len(self.lines) else None
        if self.open or not below or line.indent > 3 or number + 1 in self.furniture:
            return 0
        if ITEM_MARK.match(raw) or not SETEXT_LINE.match(below.text) or RULE.match(line.text):
            return 0
        self.syntax.append(Syntax(_visible(self.source, below.span), "heading mark"))
        self.lists.clear()
        self.add(Chunk("heading", [line.span], level=1 if below.text[0] == "=" else 2))
        return 2

    def rule(self, number: int, line: Line) -> int:
        if not RULE.match(line.text):
            return 0
        self.syntax.append(Syntax(_visible(self.source, line.span), "rule"))
        self.lists.clear()
        self.close()
        return 1

    def quotation(self, number: int, line: Line) -> int:
        raw = self.source[line.span.start : line.span.end]
        mark = QUOTE_MARK.match(raw)
        if not mark:
            return 0
        content = Span(line.span.start + mark.end(), line.span.end)
        self.syntax.append(
            Syntax(_visible(self.source, Span(line.span.start, content.start)), "quote mark")
        )
        if not self.source[content.start : content.end].strip():
            self.close()
            return 1
        if self.open and self.open.kind == "quote":
            self._extend(self.open, content)
            return 1
        self.add(Chunk("quote", [content]), goes_on=True)
        return 1

    def item(self, number: int, line: Line) -> int:
        raw = self.source[line.span.start : line.span.end]
        match = ITEM_MARK.match(raw)
        if not match:
            return 0
        in_paragraph = self.open is not None and self.open.kind == "paragraph"
        # A wrapped line that happens to begin with "12." does not open a list.
        if match["number"] and in_paragraph and self.width != 0 and int(match["number"]) != 1:
            return 0
        start = line.span.start
        mark = Span(start + match.start("mark"), start + match.end("mark"))
        self.syntax.append(Syntax(mark, "list mark"))
        while self.lists and self.lists[-1].mark > line.indent + ITEM_TOLERANCE:
            self.lists.pop()
        column = line.indent + len(match["mark"]) + len(match["gap"])
        if self.lists and self.lists[-1].mark >= line.indent - ITEM_TOLERANCE:
            self.lists[-1] = _List(line.indent, column)
        else:
            self.lists.append(_List(line.indent, column))
        self.add(
            Chunk(
                "item",
                [Span(start + match.end(), line.span.end)],
                level=len(self.lists),
                label=match["mark"],
                indent=line.indent,
            ),
            goes_on=True,
        )
        return 1

    def text(self, number: int, line: Line) -> None:
        """Continue the open chunk with a line of plain text, or open a paragraph with it."""
        if self.open and self._continues(self.lines[number - 1], line):
            self._extend(self.open, line.span)
            return
        if self.lists and line.indent <= self.lists[0].mark:
            self.lists.clear()
        chunk = Chunk("paragraph", [line.span], indent=line.indent, in_item=bool(self.lists))
        self.add(chunk, goes_on=True)

    def _extend(self, chunk: Chunk, content: Span) -> None:
        last = chunk.ranges[-1]
        # The end of a line is part of the text: it is the space between words.
        line_end = self.source.index("\n", last.end) + 1
        if line_end >= content.start:
            chunk.ranges[-1] = Span(last.start, content.end)
        else:
            chunk.ranges[-1] = Span(last.start, line_end)
            chunk.ranges.append(content)
        chunk.lines += 1

    def _continues(self, before: Line, line: Line) -> bool:
        raw = self.source[before.span.start : before.span.end]
        if self.width == 0:
            # Each line is a paragraph, but for one cut in the middle of a sentence.
            return line.text[0].islower() and not before.ends_sentence
        if raw.endswith(("  ", "\\")):
            return not (before.ends_sentence or CLAUSE_LABEL.match(line.text))
        if self.width is None:
            return True
        if CLAUSE_LABEL.match(line.text) and CLAUSE_END.search(before.text):
            return False
        return is_full(before, line, self.width)


def _visible(source: str, span: Span) -> Span:
    """Return the span without the white space at its ends."""
    text = source[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, max(start, span.start + len(text.rstrip())))
