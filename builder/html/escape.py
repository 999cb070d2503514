"""The one door between a source's characters and HTML.

Everything that was written by others (text, titles, issuers, file names, front matter) reaches a
page through `escape` or `escape_attribute`, and a page's front matter through `front_matter`. The
result reads the same to an HTML parser, a Markdown parser and a YAML parser: it holds letters,
digits, spaces, non-ASCII text, numeric references, and of punctuation only what none of them gives
a meaning to where it stands: commas, a hyphen within a word, a full stop at a word's end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from builder.unseen import (
    ANNOTATIONS,
    BIDI,
    CONTROLS,
    DEPRECATED,
    JOINERS,
    NO_WIDTH,
    NONCHARACTERS,
    SEPARATORS,
    SURROGATES,
)

# Characters that HTML cannot carry, or that act on the layout of what stands around them.
# "\u202e" (right-to-left override), "\x00", "\r"
_UNSHOWABLE = f"{CONTROLS}{BIDI}{SEPARATORS}{DEPRECATED}{ANNOTATIONS}{SURROGATES}{NONCHARACTERS}"
# White space beyond the plain space, and characters without width: they stay what they are, but as
# references, because parsers strip, split or fold them when they stand there themselves.
# "\u00a0" (no-break space), "\u2060" (word joiner, "Biden-\u2060Harris"), "\t", "\n"
_FRAGILE = "\t\n\xa0\xad\u1680\u180e\u2000-\u200d\u202f\u205f-\u2064\u3000\ufeff"

# ASCII punctuation, which is what HTML, Markdown and YAML give a meaning to: "<", "*", ":", "#"
_PUNCTUATION = r"!-+/:-@\[-`{-~"
# Three signs are most of a text's punctuation, and as references a tenth of its size: each stays
# where no parser looks at it. Not the "-" of "--" or of a list, not the "." of "1.", "a." or "...".
_HYPHEN = r"(?<=-)(?:(?<![0-9A-Za-z]-)|(?![0-9A-Za-z]))"  # "counter-narcotics", "2023-11-16" stay
_STOP = r"(?<=\.)(?:(?<![0-9A-Za-z][A-Za-z]\.)|(?! |\Z))"  # "trafficking. The", "trafficking." stay

# Every text of a page is searched for these, letter by letter. So one set comes first, in which the
# many code points beyond U+FFFF are one range, and what it finds is looked at more closely: that is
# ten times as fast as asking of each letter whether it is this, or that, or that.
_ASTRAL = "\U00010000-\U0010ffff"
_SPECIAL_BELOW = "".join(sign for sign in _PUNCTUATION + _FRAGILE + _UNSHOWABLE if sign <= "\uffff")
_SPECIAL = re.compile(
    rf"([{_SPECIAL_BELOW}.\-{_ASTRAL}]"
    rf"(?:(?<![.\-{_ASTRAL}])|{_HYPHEN}|{_STOP}|(?<=[{_UNSHOWABLE}])))"
)
_IS_UNSHOWABLE = re.compile(f"[{_UNSHOWABLE}]")
# None of these is among what `str.isprintable` calls so, which nearly every text is, and which is
# told many times sooner.
# "\u2060", "\ufeff": what a one-line title does without
_NO_WIDTH = re.compile(f"[{NO_WIDTH}]")
# the same, joiners, and what must not act: what a search does without
_UNSEEN = re.compile(f"[{_UNSHOWABLE}{NO_WIDTH}{JOINERS}]")


def code_point(character: str) -> str:
    """Return the name that a sign shows for a character, such as `U+202E`."""
    return f"U+{ord(character):04X}"


def _text_form(found: str) -> str:
    if _IS_UNSHOWABLE.match(found):
        return f'<span class="sign">{code_point(found)}</span>'
    return f"&#{ord(found)};"


def _plain_form(found: str) -> str:
    return (
        code_point(found).replace("+", "&#43;")
        if _IS_UNSHOWABLE.match(found)
        else f"&#{ord(found)};"
    )


class _Remembered(dict[str, str]):
    """What each special character becomes, computed when it is first met."""

    def __init__(self, form: Callable[[str], str]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, found: str) -> str:
        self[found] = result = self._form(found)
        return result

    def put_into(self, text: str) -> str:
        """Return a text with what its special characters become."""
        pieces = _SPECIAL.split(_line_feeds(text))
        if len(pieces) == 1:
            return pieces[0]
        pieces[1::2] = map(self.__getitem__, pieces[1::2])
        return "".join(pieces)


_TEXT = _Remembered(_text_form)
_PLAIN = _Remembered(_plain_form)


def _line_feeds(text: str) -> str:
    # A carriage return before a line feed is half of one line end; alone it is shown as a sign.
    return text.replace("\r\n", "\n") if "\r" in text else text


def escape(text: str) -> str:
    """Return `text` as HTML text.

    Every character but letters, digits, spaces, non-ASCII text and harmless punctuation becomes a
    numeric reference; one that must not act is shown as a sign, `<span class="sign">U+202E</span>`.
    A line end of two characters (CR LF) becomes one line feed, as in every HTML parser.
    """
    return _TEXT.put_into(text)


def escape_attribute(text: str) -> str:
    """Return `text` for an attribute or a front matter: like `escape`, with signs as plain text."""
    return _PLAIN.put_into(text)


def escape_for_search(text: str) -> str:
    """Return `text` for a search index, which the front ends print as HTML.

    Only `&`, `<` and `>` are escaped, as the renderers themselves do there: the front ends part the
    index into words before anything reads references, and would look for "1&#46;2" and "46". What
    cannot be seen goes, for nobody types it.
    """
    return as_seen(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def signs_shown(text: str) -> str:
    """Return `text` with a code point, "U+202E", for each character that must not act."""
    if text.isprintable():
        return text
    return _IS_UNSHOWABLE.sub(lambda found: code_point(found[0]), _line_feeds(text))


def as_seen(text: str) -> str:
    """Return `text` without what cannot be seen, as plain text for a script to show."""
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: " " if found[0].isspace() else "", text)


def one_line(text: str, limit: int = 0) -> str:
    """Return `text` on one line, without characters that have no width, cut at a word if longer.

    It is for titles and descriptions, where a hidden character would part a word in the browser's
    tab or in the search; the text itself keeps it. `limit` counts characters; 0 means no limit.
    """
    line = text
    if not text.isprintable() or "  " in text or text != text.strip(" "):  # most stand on one line
        line = " ".join(_NO_WIDTH.sub("", text).split())
    if limit and len(line) > limit:
        line = line[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"
    return line


# What an address of the web may hold as it is within an attribute: "https://x.org/a-b/2023"
_SPECIAL_IN_ADDRESS = re.compile(r"[^0-9A-Za-z/:.\-]")


def web_address(address: str) -> str:
    """Return somebody else's address for an `href`; what is more than words and ways is escaped."""
    return _SPECIAL_IN_ADDRESS.sub(lambda found: escape_attribute(found[0]), address)


# "../../programs/merida-initiative/#p12"
_OWN = re.compile(r"[A-Za-z0-9/._#?=-]*")


def own_address(address: str) -> str:
    """Return one of our own relative addresses for an `href`.

    Made of slugs, it needs no escaping, and a page has hundreds of them; any other character is
    escaped like everything else.
    """
    return address if _OWN.fullmatch(address) else escape_attribute(address)


Setting = str | bool | Sequence[str] | Sequence[Sequence[str]] | Mapping[str, bool | str]


def front_matter(values: Mapping[str, Setting]) -> str:
    """Return the lines of a page's front matter, the `---` marks included.

    Every string goes through `escape_attribute`, so that a theme which prints it as it is prints
    text. Keys are ours and stand as they are.
    """
    lines = ["---"]
    for key, value in values.items():
        if isinstance(value, Mapping):
            lines.append(f"{key}:")
            lines.extend(f"  {name}: {_scalar(item)}" for name, item in value.items())
        elif isinstance(value, str | bool):
            lines.append(f"{key}: {_scalar(value)}")
        else:
            lines.append(f"{key}:")
            lines.extend(f"  - {_item(item)}" for item in value)
    return "\n".join([*lines, "---", ""])


def _item(item: str | Sequence[str]) -> str:
    return _scalar(item) if isinstance(item, str) else f"[{', '.join(map(_scalar, item))}]"


def _scalar(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{escape_attribute(value)}"'
