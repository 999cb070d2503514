"""Reads HTML as a browser does, for tests: text, elements in order, and whether they nest well."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"br", "meta", "link", "input", "img", "hr"})


class BrowserText(HTMLParser):
    """Collects the text; a sign (`<span class="sign">U+202E</span>`) is read as its character."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.wrong: list[str] = []
        self._in_sign = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes, tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)
        self._in_sign = attributes.get("class") == "sign"

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)
        self._in_sign = False

    def handle_data(self, data: str) -> None:
        self.text += chr(int(data[2:], 16)) if self._in_sign else data

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}")


def read_html(html: str) -> BrowserText:
    """Return what a browser makes of `html`."""
    reader = BrowserText()
    reader.feed(html)
    reader.close()
    reader.wrong += reader.open
    return reader
