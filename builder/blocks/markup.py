"""Reads the inline markup of one block: Markdown emphasis, links, escapes, and harmless HTML tags.

Text and markup come apart here and stay apart: the result is plain text with the source offset of
each character, marks beside it, and a list of what was syntax. Each construct is recognized by
itself; what is not a whole construct is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from builder.blocks.emphasis import delimiter_run, left_at_edges, pair
from builder.blocks.inline import Inline, Read, as_shown, in_source
from builder.model import Span
from builder.web_address import is_web_address, join_address

MARK_TAGS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "s": "s"} | {
    tag: tag for tag in ("del", "ins", "sub", "sup", "td", "th", "tr")
}
PLAIN_TAGS = (
    "br span p div figure figcaption blockquote table thead tbody tfoot colgroup col caption a img"
).split()
PARTING_TAGS = frozenset("br p div figure figcaption blockquote table caption tr td th".split())
BAR = re.compile(r"(?<!\\)\|")
TAG_NAMES = "|".join(sorted((*MARK_TAGS, *PLAIN_TAGS), key=len, reverse=True))
ATTRIBUTE = r"""\s+[A-Za-z_:][-\w:.]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
# Possessive-like: each attribute begins with white space, so there is one way to match.
TAG = rf"</?(?P<tag>{TAG_NAMES})(?P<attributes>(?:{ATTRIBUTE})*)\s*/?>"

REFERENCE = re.compile(r"&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")  # &amp;
CONSTRUCT = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`)[^`]+(?P=ticks)(?!`))"  # `a *b*`: text, as it stands
    rf"|(?P<escape>\\[!-/:-@\[-`{{-~])"  # \#
    r"|(?P<backbreak>\\(?=\r?\n))"  # a hard break
    r"|(?P<spacebreak>(?<=[^ \n]) {2,}+(?=\r?\n))"  # two spaces at a line's end
    rf"|(?P<reference>{REFERENCE.pattern})"
    r"|(?P<autolink><https?://[^\s<>]+>)"  # <https://www.state.gov/>
    rf"|(?P<html>{TAG})"
    r"|(?P<empty>\*\*(?:[ \t\u00a0]|\r?\n)+\*\*(?!\*))"  # emphasis around nothing
    r"|(?P<delimiter>\*+|_+)"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\](?:\((?P<target>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*|<[^<>\n]*>)"
    r"(?P<title>\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\))?)",  # ](https://…)
    re.IGNORECASE,
)
# What a construct begins with. To leap from one to the next is far cheaper than to try each place.
OPENING = re.compile(r"[`\\&<*_!\[\]]|  (?<!   )")
# One of these stands in each; looked for one by one, which is faster than any of them together.
SIGNS = ("  ", "[", "]", "*", "_", "&", "<", "\\", "`")
ATTRIBUTE_PARTS = re.compile(
    r"""([A-Za-z_:][-\w:.]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?"""
)
WEB_ADDRESS = re.compile(r"https?://[^\s]+", re.IGNORECASE)
ANY_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def read_inline(
    source: str, ranges: Sequence[Span], base: str | None = None, *, cells: bool = False
) -> Inline:
    """Read the markup of the source within `ranges`, which are in order and stand for one text.

    `base` is the document's own address, against which relative links are resolved. In `cells` the
    bar that ends one is a space.
    """
    reader = _Reader("".join(source[span.start : span.end] for span in ranges), base)
    if cells:
        reader.instead.update((bar.start(), " ") for bar in BAR.finditer(reader.text))
    reader.read()
    return as_shown(reader, in_source(ranges))


class _Reader(Read):
    """One pass over the text of a block; offsets here count in the joined ranges."""

    def __init__(self, text: str, base: str | None) -> None:
        super().__init__(text)
        self.base = base

    def read(self) -> None:
        runs = []
        brackets: list[tuple[int, int]] = []
        tags: list[tuple[str, int, str | None]] = []
        for match in _constructs(self.text):
            start, end = match.span()
            name = match.lastgroup
            if match["html"] is not None:
                self.tag(match, tags)
            elif match["delimiter"] is not None:
                runs.append(delimiter_run(self.text, start, end))
            elif match["open"] is not None:
                brackets.append((start, end))
            elif match["close"] is not None:
                if brackets:
                    self.bracket(match, brackets)
            elif name == "escape":
                self.syntax.append((start, start + 1, "escape"))
            elif name in ("backbreak", "spacebreak"):
                self.syntax.append((start, end, "hard break"))
                self.marks.append((end, end + 1, "br", None))
            elif name == "empty":
                self.syntax.append((start, start + 2, "emphasis"))
                self.syntax.append((end - 2, end, "emphasis"))
            elif name == "reference":
                self.reference(start, end)
            elif name == "autolink":
                self.syntax += [(start, start + 1, "link"), (end - 1, end, "link")]
                self.marks.append((start + 1, end - 1, "link", self.text[start + 1 : end - 1]))
        for emphasis in [*pair(runs), *left_at_edges(runs, self.text)]:
            self.syntax.append((emphasis.opening.start, emphasis.opening.end, "emphasis"))
            self.syntax.append((emphasis.closing.start, emphasis.closing.end, "emphasis"))
            self.marks.append((emphasis.opening.end, emphasis.closing.start, emphasis.tag, None))

    def reference(self, start: int, end: int) -> None:
        character = html.unescape(self.text[start:end])
        if len(character) != 1 or not (character.isprintable() or character == "\u00a0"):
            return
        self.instead[start] = character
        self.syntax.append((start + 1, end, "reference"))

    def bracket(self, match: re.Match[str], brackets: list[tuple[int, int]]) -> None:
        start, end = brackets.pop()
        target = match["target"]
        if target is None:
            return
        target = target.strip("<>")
        web = WEB_ADDRESS.fullmatch(target) or target.lower().startswith("mailto:")
        if ANY_SCHEME.match(target) and not web:
            return
        image = self.text[start] == "!"
        self.syntax.append((start, end, "image" if image else "link"))
        href = self.address(target)
        if image or href is None or match["title"] or not self.text[end : match.start()].strip():
            # What it says beside the text is listed; a link with a text still leads there.
            self.syntax.append((*match.span(), "unlinked target"))
        else:
            self.syntax.append((*match.span(), "link"))
        if not image and href is not None:
            self.marks.append((end, match.start(), "link", href))
            brackets.clear()  # no link holds another link

    def address(self, target: str) -> str | None:
        """Return the absolute web address of a link target, or None where there is none."""
        if target.startswith(("/", "../", "./")) and self.base:
            target = join_address(self.base, target) or ""
        return target if is_web_address(target) else None

    def tag(self, match: re.Match[str], tags: list[tuple[str, int, str | None]]) -> None:
        start, end = match.span()
        tag = match["tag"].lower()
        closing = self.text[start + 1] == "/"
        attributes = match["attributes"] or ""
        what = "tag with attributes" if attributes.strip() else "tag"
        if tag == "img":
            self.image(match, start, end)
            return
        self.syntax.append((start, end, what))
        if tag in PARTING_TAGS:
            # These part words; a space stands in for the tag's first character.
            self.instead.setdefault(start, " ")
            self.syntax[-1] = (start + 1, end, what)
            if tag == "br":
                self.marks.append((start, start + 1, "br", None))
        if tag not in MARK_TAGS and tag != "a":
            return
        if not closing:
            tags.append((tag, end, _attribute(attributes, "href")))
            return
        for index in range(len(tags) - 1, max(-1, len(tags) - 40), -1):
            if tags[index][0] == tag:
                _, opened, href = tags[index]
                del tags[index:]
                self.close(tag, opened, start, href)
                return

    def close(self, tag: str, start: int, end: int, href: str | None) -> None:
        if tag != "a":
            self.marks.append((start, end, MARK_TAGS[tag], None))
            return
        address = self.address(html.unescape(href)) if href else None
        if address:
            self.marks.append((start, end, "link", address))

    def image(self, match: re.Match[str], start: int, end: int) -> None:
        attributes = match["attributes"] or ""
        offset = match.start("attributes")
        for part in ATTRIBUTE_PARTS.finditer(attributes):
            group = next((g for g in (2, 3, 4) if part.group(g) is not None), None)
            if part.group(1).lower() == "alt" and group and part.group(group).strip():
                alt_start, alt_end = offset + part.start(group), offset + part.end(group)
                self.syntax.append((start, alt_start, "tag with attributes"))
                self.syntax.append((alt_end, end, "tag with attributes"))
                for found in REFERENCE.finditer(self.text, alt_start, alt_end):
                    self.reference(*found.span())
                return
        self.syntax.append((start, end, "tag with attributes"))


def _constructs(text: str) -> Iterable[re.Match[str]]:
    """Yield the constructs of a text, leftmost first, each behind the one before it."""
    if not any(map(text.__contains__, SIGNS)):
        return  # as most paragraphs are
    opening = OPENING.search(text)
    while opening:
        match = CONSTRUCT.match(text, opening.start())
        if match:
            yield match
        opening = OPENING.search(text, match.end() if match else opening.start() + 1)


def _attribute(attributes: str, name: str) -> str | None:
    for part in ATTRIBUTE_PARTS.finditer(attributes):
        if part.group(1).lower() == name:
            return next((g for g in part.group(2, 3, 4) if g is not None), "")
    return None
