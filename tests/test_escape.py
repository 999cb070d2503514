"""The one door to HTML: what goes in comes out of a browser the same, and nothing acts."""

from __future__ import annotations

import re
from html import unescape

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from browser_text import read_html
from builder import unseen
from builder.citing.printable import printable
from builder.html.escape import (
    as_seen,
    code_point,
    escape,
    escape_attribute,
    escape_for_search,
    front_matter,
    one_line,
    own_address,
    web_address,
)
from builder.html.rendering import _environment, html

ANY_TEXT = st.text(st.characters())  # every code point, lone surrogates too
SIGN = r'<span class="sign">U\+[0-9A-F]{4,6}</span>'
WITHIN_A_WORD = r"(?<=[0-9A-Za-z])-(?=[0-9A-Za-z])"
AT_A_WORDS_END = r"(?<=[0-9A-Za-z][A-Za-z])\.(?= |\Z)"
HARMLESS = re.compile(
    rf"(?:[0-9A-Za-z, \x80-\U0010ffff]|{WITHIN_A_WORD}|{AT_A_WORDS_END}|&#\d+;|{SIGN})*"
)

CASES = {
    "<script>alert(1)</script>": "&#60;script&#62;alert&#40;1&#41;&#60;&#47;script&#62;",
    "## *not* a heading": "&#35;&#35; &#42;not&#42; a heading",
    'R&D: "x"': "R&#38;D&#58; &#34;x&#34;",
    "Biden-\u2060Harris": "Biden&#45;&#8288;Harris",
    "counter-narcotics, 2023-11-16": "counter-narcotics, 2023-11-16",
    "--- a -- b - c-": "&#45;&#45;&#45; a &#45;&#45; b &#45; c&#45;",
    "to Mexico. The end.": "to Mexico. The end.",
    "1. a. U.S. www.x.org...": "1&#46; a&#46; U&#46;S&#46; www&#46;x&#46;org&#46;&#46;&#46;",
    "two\tcells\nand lines\r\nof both": "two&#9;cells&#10;and lines&#10;of both",
    "lone\rreturn": 'lone<span class="sign">U+000D</span>return',
    "evil\u202egpj.exe": 'evil<span class="sign">U+202E</span>gpj&#46;exe',
    "\x00": '<span class="sign">U+0000</span>',
    "\ufdd0\U0001ffff": '<span class="sign">U+FDD0</span><span class="sign">U+1FFFF</span>',
    "Nueva Generación – “El Nini”": "Nueva Generación – “El Nini”",
}


@pytest.mark.parametrize(("text", "html"), CASES.items())
def test_cases(text: str, html: str) -> None:
    assert escape(text) == html


@pytest.mark.parametrize(
    "names", [name for name in vars(unseen) if name.isupper() and name[0] != "_"]
)
def test_nothing_unseen_counts_as_printable(names: str) -> None:
    found = re.compile(f"[{getattr(unseen, names)}]")
    assert not any(map(str.isprintable, found.findall("".join(map(chr, range(0x110000))))))


def as_browser(text: str) -> str:
    return text.replace("\r\n", "\n")


@given(ANY_TEXT)
def test_a_browser_reads_back_what_was_escaped(text: str) -> None:
    read = read_html(f"<p>{escape(text)}</p>")
    assert read.text == as_browser(text)
    assert not read.wrong


@given(ANY_TEXT)
def test_nothing_but_references_and_signs(text: str) -> None:
    assert HARMLESS.fullmatch(escape(text))
    assert "<" not in escape_attribute(text)
    assert '"' not in escape_attribute(text)


@given(ANY_TEXT)
def test_what_was_escaped_can_be_written_as_utf_8(text: str) -> None:
    escape(text).encode()
    escape_attribute(text).encode()


@given(ANY_TEXT)
def test_attributes_read_back(text: str) -> None:
    shown = "".join(
        code_point(one) if escape(one).startswith("<span") else one for one in as_browser(text)
    )
    assert unescape(escape_attribute(text)) == shown


@given(ANY_TEXT)
def test_markdown_leaves_it_alone(text: str) -> None:
    html = Markdown(extensions=["attr_list", "toc"]).convert(f"# x{escape(text)}x {{#_title}}")
    assert read_html(html).text == f"x{as_browser(text)}x"


@given(ANY_TEXT, ANY_TEXT)
def test_front_matter_reads_back(title: str, description: str) -> None:
    lines = front_matter({"title": title, "description": description, "hide": ["toc"]})
    assert lines.startswith("---\n")
    read = yaml.safe_load(lines.removesuffix("---\n").removeprefix("---\n"))
    assert read == {
        "title": escape_attribute(title),
        "description": escape_attribute(description),
        "hide": ["toc"],
    }


def test_front_matter_settings() -> None:
    lines = front_matter({"title": 'a "b"', "search": {"exclude": True}})
    assert lines == '---\ntitle: "a &#34;b&#34;"\nsearch:\n  exclude: true\n---\n'


@given(st.text(st.characters(exclude_characters="\r")))
def test_addresses_of_the_web_read_back(text: str) -> None:
    assert unescape(web_address(text)) == unescape(escape_attribute(text))


def test_addresses_of_the_web_stay_readable() -> None:
    assert web_address("https://x.org/a-b/?q=1") == "https://x.org/a-b/&#63;q&#61;1"
    assert web_address('"><b>') == "&#34;&#62;&#60;b&#62;"


def test_own_addresses_stay_readable() -> None:
    address = "../../programs/merida-initiative/#p12"
    assert own_address(address) == address
    assert own_address("../figures/?country=mx#claims") == "../figures/?country=mx#claims"
    assert own_address('"><script>') == "&#34;&#62;&#60;script&#62;"


def test_one_line() -> None:
    assert one_line("Biden-\u2060Harris\u00a0 on\nDrugs") == "Biden-Harris on Drugs"
    assert one_line("one two three four", 12) == "one two…"
    assert one_line("short", 12) == "short"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "R&D costs < $1.2 million, *not* &amp;",
            "R&amp;D costs &lt; $1.2 million, *not* &amp;amp;",
        ),
        ("Biden-\u2060Harris \u202eabc\u202c", "Biden-Harris abc"),
        ("one\u2028two\x0cthree\x00", "one two three"),
        ("a\tb\nc\u00a0d", "a\tb\nc\u00a0d"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_a_search_index_keeps_words_whole(text: str, found: str) -> None:
    assert escape_for_search(text) == found


def test_what_is_not_seen_goes_from_lines_of_every_format():
    """Titles of pages, references and searches agree on it; joiners stay but for the search."""
    for sign in "\u202e\u2066\u206a\u2060\u2063\xad\ufeff\ufff9\x07\x85":
        assert printable(f"a{sign}b") in ("ab", "a b")
        assert as_seen(f"a{sign}b") == printable(f"a{sign}b")
    assert printable("a\u200db") == one_line("a\u200db") == "a\u200db"
    assert one_line("a\u2063b") == "ab"
    assert printable("a\ue000b") == "a\ufffdb"


def test_what_templates_print_is_escaped_once() -> None:
    filled = _environment().from_string(
        "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}"
        '{{ bold(text) }}{{ made }}{{ nothing }}{{ number }}<i title="{{ text|attribute }}">'
    )
    said = filled.render(text="a & b", made=html("<p>&amp;</p>"), nothing=None, number=4)
    assert said == '<b>a &#38; b</b><p>&amp;</p>4<i title="a &#38; b">'
