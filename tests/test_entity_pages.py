"""Pages of entities and of kinds: every mention in its sentence, data row for row, never heavy."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import urljoin

import pytest
from markdown import Markdown

from browser_text import BrowserText, read_html
from builder.catalogue import Catalogue
from builder.cells import cell_of
from builder.editorial import check_editorial
from builder.html.addresses import CANDIDATE_ROWS
from builder.html.candidates_pages import how_found
from builder.html.kind_pages import letters
from builder.html.mention_rows import COLUMNS, CONTEXT, concordance_part
from builder.html.paging import ROWS
from builder.html.quotation import quote_all
from builder.index import Passage, build_index
from builder.kinds import KINDS
from builder.model import Annotated, Entity, Known
from builder.pages import pages
from builder.settings import Settings
from made import made, stated

HEAVY = 300_000  # bytes that no index page may reach
LONG = (
    "Nobody in the harbor counted the crates that night, and nobody was asked to count them. " * 6
)
PLAN = Entity("program", "harbor-plan", "Harbor Plan", sort="plan", aliases=("Quay Plan", "HP"))
LIGHT = Entity("program", "light-act", "Éclair Light Act", sort="statute")
ENTITIES = {"program": (PLAN, LIGHT)}


def corpus() -> list[Annotated]:
    one = made(
        "one",
        "The Harbor Plan helps Peru. It began late. Peru pays, and Peru waits.\n\n"
        f'{LONG}\n\nUnder the Light Act, Peru and Fiji agreed =1+1, "quoted" and <b>bold</b>.',
        ("program", "harbor-plan", "Harbor Plan"),
        ("program", "light-act", "Light Act"),
        ("country", "pe", "Peru"),
        ("country", "fj", "Fiji"),
        date=stated("2024-05-01"),
        issuer=Known("Port Office", "inferred", "the address"),
    )
    short = "\n\n".join(f"Peru is named for the {number}th time." for number in range(300))
    two = made("two", short, ("country", "pe", "Peru"), date=stated("2023-02-01"))
    long = "\n\n".join(f"Fiji {number} came. {LONG}Fiji went. {LONG}Fiji!" for number in range(220))
    three = made("three", long, ("country", "fj", "Fiji"))
    four = made(
        "four",
        "Nobody saw Ada Quill in May 2022.",
        ("person", "ada-quill", "Ada Quill"),
        ("date", "2022-05", "May 2022"),
    )
    return [one, two, three, four]


CORPUS = corpus()


def content() -> dict[str, bytes]:
    index = build_index(CORPUS, ENTITIES)
    editorial = check_editorial(Catalogue({}), index.documents)
    root = Path("/collection")
    settings = Settings(root, None, root / "content", root / "seeds", root / "site", "A Reader")
    return dict(pages(index, editorial, settings))


FILES = content()
LISTS = [path.removesuffix("mentions.json") for path in FILES if path.endswith("/mentions.json")]
LISTS.remove("data/")
KIND_PAGES = [
    path.removesuffix("entities.json") for path in FILES if path.endswith("/entities.json")
]
KIND_PAGES.remove("data/")


def page(folder: str) -> BrowserText:
    _, _, body = FILES[f"{folder}index.md"].decode().split("---\n", 2)
    return read_html(Markdown(extensions=["attr_list", "toc", "tables"]).convert(body))


def hits(folder: str) -> list[str]:
    """The words in bold under "Passages", in the order of the page."""
    body = FILES[f"{folder}index.md"].decode()
    passages = body[body.index('id="passages"') : body.index("</section>")]
    return [
        read_html(part.partition("</b>")[0]).text.strip()
        for part in passages.split('<b class="hit">')[1:]
    ]


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(FILES[path].decode(), newline="")))


def in_context(folder: str) -> list[dict[str, str]]:
    """The mentions of a part of the concordance, read as its script does."""
    part = json.loads(FILES[f"{folder}mentions.json"])
    assert part["columns"] == COLUMNS
    found = []
    for at, paragraph, text, mentions in part["texts"]:
        for start, length, before, after in mentions:
            end = start + length
            cells = {"paragraph": paragraph, "text": text, "words": text[start:end]}
            cells["sentence"] = text[start - before : end + after]
            cells |= {"left": text[:start], "right": text[end:]}
            found.append(
                cells | dict(zip(COLUMNS["documents"], part["documents"][at], strict=True))
            )
    return found


@pytest.mark.parametrize("folder", LISTS)
def test_data_files_hold_a_row_for_each_mention_shown(folder: str) -> None:
    table, values = rows(f"{folder}mentions.csv"), in_context(folder)
    assert [row["words"] for row in table] == hits(folder)
    assert table == [
        {
            "address": f"documents/{row['document']}/#p{row['paragraph']}",
            **{name: row[name] for name in ("date", "words", "sentence")},
        }
        for row in values
    ]


def test_the_pages_of_an_entity_hold_all_of_its_mentions() -> None:
    for key, words in (("countries/pe", "Peru"), ("countries/fj", "Fiji")):
        shown = [word for folder in LISTS if folder.startswith(f"{key}/") for word in hits(folder)]
        named = [one for each in CORPUS for one in each.mentions if one.surface == words]
        assert shown == [words] * len(named)


@pytest.mark.parametrize("folder", LISTS)
def test_every_row_leads_to_its_words(folder: str) -> None:
    documents = {one.document.slug: one.document for one in CORPUS}
    for row in in_context(folder):
        assert f"documents/{row['document']}/index.md" in FILES
        document = documents[row["document"]]
        (block,) = [one for one in document.blocks if one.anchor == f"p{row['paragraph']}"]
        assert row["text"] in block.text
        assert row["words"] in row["sentence"] in row["text"]
        wide = CONTEXT - max(map(len, block.text.split()))
        assert len(row["left"]) >= wide or block.text.startswith(row["text"])
        assert len(row["right"]) >= wide or block.text.endswith(row["text"])


def test_what_stands_around_two_mentions_stands_once() -> None:
    part = json.loads(FILES["countries/pe/mentions.json"])
    assert part["texts"][0] == [
        0,
        "1",
        "The Harbor Plan helps Peru. It began late. Peru pays, and Peru waits.",
        [[22, 4, 22, 1], [43, 4, 0, 22], [58, 4, 15, 7]],
    ]


def test_places_are_counted_as_scripts_do() -> None:
    one = made("x", "A 🚢 of Peru.", ("country", "pe", "Peru"))
    passage = Passage(one.document.blocks[0], one.mentions)
    part = json.loads(concordance_part([(one.document, passage)], {"x": "X"}))
    assert part["texts"] == [[0, "1", "A 🚢 of Peru.", [[8, 4, 8, 1]]]]


def test_what_is_not_stated_stands_in_brackets() -> None:
    (row,) = in_context("programs/harbor-plan/")
    assert (row["issuer"], row["date"], row["dated"]) == (
        "[Port Office]",
        "2024-05-01",
        "1 May 2024",
    )


def test_no_list_is_heavy_or_long() -> None:
    assert len([folder for folder in LISTS if folder.startswith("countries/fj/")]) > 1
    for folder in (*LISTS, *KIND_PAGES):
        body = FILES[f"{folder}index.md"]
        assert len(body) < HEAVY
        assert body.count(b'<a class="passage-link" ') <= ROWS + 50  # and those of its figures


def test_years_lead_to_the_page_where_they_begin() -> None:
    read = page("countries/pe/")
    here = "http://site/countries/pe/"
    years = [
        urljoin(here, one["href"]).removeprefix("http://site/")
        for _, one, _ in read.elements
        if "#in-" in one.get("href", "")
    ]
    assert years == ["countries/pe/#in-2024", "countries/pe/#in-2023"]
    for address in years:
        folder, _, name = address.partition("#")
        assert name in [one.get("id") for _, one, _ in page(folder).elements]


@pytest.mark.parametrize("folder", KIND_PAGES)
def test_rows_of_a_kind_are_data_too(folder: str) -> None:
    body = FILES[f"{folder}index.md"].decode()
    for row in rows(f"{folder}entities.csv"):
        assert f"{row['address']}index.md" in FILES
        assert f'href="../{row["address"]}"' in body


@pytest.mark.parametrize("folder", ["people/candidates/", "timeline/"])
def test_rows_of_other_lists_are_data_too(folder: str) -> None:
    name = "events" if folder == "timeline/" else "candidates"
    table, values = rows(f"{folder}{name}.csv"), json.loads(FILES[f"{folder}{name}.json"])
    assert table == [
        {key: cell_of(tuple(one) if isinstance(one, list) else one) for key, one in row.items()}
        for row in values
    ]
    body = FILES[f"{folder}index.md"].decode()
    marked = '<li class="event ' if folder == "timeline/" else '<section class="candidate" id="'
    assert len(table) == body.count(marked) > 0
    for row in table:
        path, _, name = row["address"].partition("#")
        assert f"{path}index.md" in FILES
        shown = f'href="../{row["address"]}"' if folder == "timeline/" else f'id="{name}"'
        assert shown in body


def test_a_to_z_refers_from_other_names() -> None:
    index = build_index(CORPUS, ENTITIES)
    entries = index.entries["program"]
    lines = [
        (letter, [(heading.name, heading.is_other) for heading in listed])
        for letter, listed in letters(entries)
    ]
    assert lines == [
        ("E", [("Éclair Light Act", False)]),
        ("H", [("Harbor Plan", False), ("HP", True)]),
        ("Q", [("Quay Plan", True)]),
    ]


def test_candidates_say_how_they_were_found() -> None:
    index = build_index(CORPUS, ENTITIES)
    (quill,) = index.candidates["person"]
    assert how_found(quill) == {}
    assert CANDIDATE_ROWS <= ROWS
    assert "people/candidates/index.md" in FILES


QUOTED = [
    ("Peru pays.", "*Peru* pays.", 0),
    ("Peru pays. Nobody asks. Peru waits.", "*Peru* pays. …*Peru* waits.", 0),
    ("Peru pays. Peru waits.", "*Peru* pays. *Peru* waits.", 0),
    ("A. Peru a. B b. Peru c. D d. Peru e. F f. Peru g.", "Peru", 2),
]


@pytest.mark.parametrize(("text", "wanted", "more"), QUOTED)
def test_each_sentence_that_names_it_is_quoted(text: str, wanted: str, more: int) -> None:
    one = made("x", text, ("country", "pe", "Peru"))
    quoted = quote_all(one.document.blocks[0], one.mentions)
    plain = str(quoted.sentence).replace('<b class="hit">', "*").replace("</b>", "*")
    plain = plain.replace('<span class="cut"></span>', "…")
    plain = read_html(plain).text
    assert quoted.more == more
    assert wanted in plain
    assert str(quoted.sentence + quoted.folded).count('class="hit"') == len(one.mentions)


def test_long_sentences_are_cut_around_the_words() -> None:
    text = "and ".join(["many things were said there "] * 40) + "of Peru, " + "and more " * 90
    one = made("x", text, ("country", "pe", "Peru"))
    quoted = quote_all(one.document.blocks[0], one.mentions)
    assert str(quoted.sentence).count('class="cut"') == 2
    assert len(read_html(str(quoted.sentence)).text) < 480


def test_every_kind_has_its_data() -> None:
    assert {f"{kind.plural}/" for kind in KINDS if kind.pages} <= set(KIND_PAGES)
