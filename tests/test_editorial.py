"""What editors state is held against the documents: quotations, misprints, and what is nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from test_cli import run

from builder.catalogue import Catalogue
from builder.collection import read_collection
from builder.editorial import Editorial, check_editorial
from builder.misprints import Misprint
from builder.model import Document, Entity, Fact, Place
from builder.naming.entries import Entry
from builder.settings import Settings, read_settings
from conftest import ROOT
from made import made

PLACE = Place("seeds/catalogue/programs.yaml", 7)
TEXT = """A Plan for Ports

The ministers’ plan covers\u00a0more
than 4,000 “containers” a\u00admong\u00adst others – and Biden-\u2060Harris.

It ends in June 2024. The Scourge goes on; the Scourg does not.

Scourg player please wait
"""


def plan() -> Document:
    return made("plan", TEXT).document


def quoting(*quotes: tuple[str, str]) -> Catalogue:
    facts = tuple(Fact("Says", "so", document=d, quote=q, place=PLACE) for d, q in quotes)
    return Catalogue({"program": (Entry(Entity("program", "plan", "Plan", facts=facts)),)})


def checked(catalogue: Catalogue, *, unread: Sequence[str] = ()) -> Editorial:
    return check_editorial(catalogue, [plan()], unread=unread)


@pytest.mark.parametrize(
    ("quote", "begins"),
    [
        ("ministers' plan covers more than 4,000", "The ministers"),
        ('4,000  "containers"', "The ministers"),
        ("amongst others – and Biden-Harris", "The ministers"),
        ("It ends in June 2024.", "It ends"),
        ("Harris. It ends", "The ministers"),  # goes on into the next passage
    ],
)
def test_a_quotation_is_found_in_any_typography(quote: str, begins: str) -> None:
    found = checked(quoting(("plan", quote)))
    assert found.problems == ()
    assert found.passages["plan", quote][1].text.startswith(begins)


@pytest.mark.parametrize(
    ("slug", "quote", "message"),
    [
        ("plan", "in June 2023", '"in June 2023" does not stand in "plan"'),
        ("plan", "It ends in Jun", '"It ends in Jun" does not stand in "plan"'),  # half a word
        ("plan", "\u200b", "does not stand"),
        ("plans", "in June 2024", 'the collection holds no document "plans"'),
    ],
)
def test_what_no_document_says_is_a_problem(slug: str, quote: str, message: str) -> None:
    found = checked(quoting((slug, quote)))
    assert found.passages == {}
    assert [message in str(problem) for problem in found.problems] == [True]
    assert found.problems[0].place == PLACE


def test_a_document_that_cannot_be_read_now_is_no_problem() -> None:
    catalogue = Catalogue(
        quoting(("later", "in June")).entries, misprints=(Misprint("teh", "the", "later", PLACE),)
    )
    assert checked(catalogue, unread=["later"]) == Editorial()


def test_a_misprint_is_a_whole_word_wherever_it_stands() -> None:
    catalogue = Catalogue(misprints=(Misprint("Scourg", "Scourge", "plan", PLACE),))
    found = checked(catalogue).misprints["plan"]
    blocks = plan().blocks
    around = [blocks[sic.block].text[sic.at.start : sic.at.end + 5] for sic in found]
    assert around == ["Scourg does", "Scourg play"]


@pytest.mark.parametrize(
    ("printed", "slug", "message"),
    [("Hemi", "plan", "does not stand"), ("Scourg", "plans", 'no document "plans"')],
)
def test_a_misprint_that_is_nowhere_is_a_problem(printed: str, slug: str, message: str) -> None:
    found = checked(Catalogue(misprints=(Misprint(printed, "x", slug, PLACE),)))
    assert (found.misprints, len(found.problems)) == ({}, 1)
    assert message in found.problems[0].what


def test_our_own_catalogue_states_what_the_documents_say() -> None:
    state = read_collection(read_settings(ROOT / "mkdocs.yml"))
    assert state.editorial.problems == ()
    assert len(state.editorial.passages) >= 40
    kinds = {
        sic.misprint.printed: documents[slug].blocks[sic.block].kind
        for documents in [{one.document.slug: one.document for one in state.documents}]
        for slug, found in state.editorial.misprints.items()
        for sic in found
    }
    # The headline of the player is no part of the document; the document's own is printed right.
    assert kinds == {"Hemishpere": "paragraph", "Scourg": "furniture"}


def test_check_fails_where_a_build_warns(collection: Settings) -> None:
    with (collection.catalogue / "misprints.yaml").open("a", encoding="utf-8") as file:
        file.write("- {printed: nowhereatall, reading: x, document: global-coalition-summit}\n")
    message = '"nowhereatall" does not stand in "global-coalition-summit"'
    check = run("check", folder=collection.root)
    assert check.exit_code == 1
    assert f"seeds/catalogue/misprints.yaml:6: {message}" in check.stderr
    pages = run("pages", folder=collection.root)
    assert pages.exit_code == 0, pages.stderr
    assert f"misprints.yaml:6: warning: {message}" in pages.stderr


def test_a_document_is_known_by_the_slugs_that_it_had() -> None:
    misprint = Misprint("Scourg", "Scourge", "old-plan", PLACE)
    catalogue = quoting(("old-plan", "It ends in June 2024."), ("older", "It ends in June 2024."))
    catalogue = replace(catalogue, misprints=(misprint,))
    renamed = (("old-plan", "plan"), ("older", "away"))
    found = check_editorial(catalogue, [plan()], unread=["away"], renamed=renamed)
    assert found.problems == ()
    assert list(found.passages) == [("old-plan", "It ends in June 2024.")]
    assert [sic.at for sic in found.misprints["plan"]]
    assert len(check_editorial(catalogue, [plan()], unread=["away"]).problems) == 3
