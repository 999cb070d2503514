"""The ledger: first numbering, the file's form, and the refusal to renumber."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.ledger import Anchored, anchor
from builder.ledger_file import parse_ledger, print_ledger
from builder.model import Annotated, Document, Figure, Mention, Problems, Span
from conftest import document

TEXT = (
    "# Ports\n\nThe police seized 120 tons of cocaine and 75% more heroin in the harbor.\n\n"
    "###\n\n- One item\n- Another item\n\n## Ports\n\nThe end of the text.\n"
)


def annotated(text: str, *literals: str, doc: Document | None = None) -> Annotated:
    """Structure a text and mark the given literals as figures."""
    doc = doc or document(text, "seeds/ports.md")
    doc = replace(doc, slug="ports")
    mentions = []
    for number, block in enumerate(doc.blocks):
        for literal in literals:
            at = block.text.find(literal)
            if at >= 0:
                span = Span(at, at + len(literal))
                figure = Figure(1, None, None, "exact", "=", "count")
                mentions.append(Mention("figure", "", span, span, literal, number, figure))
    return Annotated(doc, tuple(mentions))


def first(text: str = TEXT, *literals: str) -> Anchored:
    return anchor(annotated(text, *literals), None, splitter=1, path="seeds/anchors/ports.txt")


def again(ledger: str, text: str, *literals: str) -> Anchored:
    return anchor(annotated(text, *literals), ledger, splitter=1, path="seeds/anchors/ports.txt")


def test_a_first_build_numbers_all_but_the_furniture() -> None:
    done = first(TEXT, "120", "75%")
    blocks = done.annotated.document.blocks
    assert [block.anchor for block in blocks] == ["p1", "p2", None, "p3", "p4", "p5", "p6"]
    assert [mention.id for mention in done.annotated.mentions] == ["p2-f1", "p2-f2"]
    assert [block.aliases for block in blocks if block.kind == "heading"] == [
        ("ports",),
        ("ports-2",),
    ]


def test_the_file_is_the_one_of_the_design() -> None:
    lines = first(TEXT, "120", "75%").ledger.split("\n")
    assert lines[0:3] == ["anchors 1", "document ports", "splitter 1"]
    assert lines[3].startswith("source seeds/ports.md ")
    start = lines.index("p2 paragraph")
    assert lines[start - 1] == ""
    assert lines[start + 1].startswith("The police seized 120 tons")
    assert lines[start + 2 : start + 5] == [
        'f1 "120" | police seized _ tons',
        'f2 "75%" | cocaine and _ more',
        "",
    ]
    assert "p1 heading id=ports" in lines


def test_a_second_build_changes_nothing() -> None:
    done = first(TEXT, "120", "75%")
    assert again(done.ledger, TEXT, "120", "75%") == done


def test_moved_text_keeps_its_ids_and_markup_moves_nothing() -> None:
    ledger = first().ledger
    moved = TEXT.replace("- One item\n- Another item", "- **Another**   item\n- One item")
    blocks = again(ledger, moved).annotated.document.passages
    assert [block.anchor for block in blocks] == ["p1", "p2", "p4", "p3", "p5", "p6"]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("The end of the text.", "The end of the story.", "seeds/ports.md:12"),
        ("- One item\n", "", "seeds/anchors/ports.txt:"),
        ("- One item\n", "- One item\n- One item\n", "seeds/ports.md:8"),
    ],
)
def test_any_other_change_is_refused_with_its_line(old: str, new: str, where: str) -> None:
    ledger = first().ledger
    done = again(ledger, TEXT.replace(old, new))
    assert done.ledger == ledger
    assert any(str(problem).startswith(where) for problem in done.problems)


def test_a_changed_word_is_shown() -> None:
    ledger = first().ledger
    done = again(ledger, TEXT.replace("seized 120 tons", "seized 130 tons"))
    (problem,) = done.problems
    assert str(problem).startswith(
        'seeds/ports.md:3: p2 reads "The police seized 130 tons of cocaine and …"'
        ' and was published as "The police seized 120 tons of cocaine and …"; '
    )


def test_figures_keep_their_ids_and_lost_ones_stay_addresses() -> None:
    ledger = first(TEXT, "120", "75%").ledger
    done = again(ledger, TEXT, "75%")
    assert [mention.id for mention in done.annotated.mentions] == ["p2-f2"]
    assert "p2-f1" in done.annotated.document.passages[1].aliases
    back = again(done.ledger, TEXT, "120", "75%", "One")
    assert [mention.id for mention in back.annotated.mentions] == ["p2-f1", "p2-f2", "p3-f1"]


def test_a_published_heading_slug_stays() -> None:
    ledger = first().ledger.replace("id=ports-2", "id=old-name")
    done = again(ledger, TEXT)
    assert "old-name" in done.annotated.document.passages[4].aliases


def test_own_ids_are_reserved_against_heading_slugs() -> None:
    done = first("# P12\n\n# P12 f1\n\n# P1a b\n\n# Plan\n")
    slugs = [block.aliases[0] for block in done.annotated.document.passages]
    assert slugs == ["section-p12", "section-p12-f1", "section-p1a-b", "plan"]


def test_an_unreadable_file_says_where() -> None:
    broken = "anchors 1\ndocument x\n\np1 paragraph\n\nnonsense\ntext\n\np2 item\ntext\nf1 bad\n"
    with pytest.raises(Problems) as caught:
        parse_ledger(broken, "a.txt")
    assert [str(problem.place) for problem in caught.value.problems] == [
        "a.txt:4", "a.txt:6", "a.txt:11",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("anchors 2\n", 'a.txt:1: does not begin with "anchors 1"'),
        ("", 'a.txt:1: does not begin with "anchors 1"'),
        ("anchors 1\n<<<<<<< HEAD\ntitle x\n", 'a.txt:2: unknown key "<<<<<<<"'),
        ("anchors 1\ndocument ../../evil\n", 'a.txt:2: "../../evil" is no slug'),
        ("anchors 1\nsource a.txt 123\n", "a.txt:2: names no source"),
        ("anchors 1\n\np1 item\na\n\np1 item\nb\n", "a.txt:6: the id p1 stands here twice"),
        ("anchors 1\n\np03 item\na\n", 'a.txt:3: cannot read "p03 item"'),
        ("anchors 1\n\np1 heading id=p2\na\n", 'a.txt:3: "p2" cannot be the id of a heading'),
        ("anchors 1\n\np1 heading id=x}{y\na\n", 'a.txt:3: "x}{y" cannot be the id'),
        ("anchors 1\n\np1 heading id=__search\na\n", 'a.txt:3: "__search" cannot be the id'),
        ("anchors 1\n\np1 item odd=1\na\n", 'a.txt:3: unknown field "odd"'),
        (
            "anchors 1\n\np1 heading id=a\na\n\np2 heading id=a\na\n",
            "a.txt:6: the id a stands here twice",
        ),
        (
            'anchors 1\n\np1 item\na\nf1 "1" | _ a\nf1 "1" | _ b\n',
            "a.txt:6: the id f1 stands here twice",
        ),
    ],
)
def test_whatever_is_not_of_the_form_is_refused(text: str, message: str) -> None:
    with pytest.raises(Problems) as caught:
        parse_ledger(text, "a.txt")
    assert str(caught.value).startswith(message)


def test_another_splitter_is_refused() -> None:
    ledger = first().ledger.replace("splitter 1", "splitter 99")
    done = again(ledger, TEXT)
    assert done.ledger == ledger
    assert str(done.problems[0]).startswith(
        "seeds/anchors/ports.txt:3: the document was cut by splitter 99, this version has 1"
    )


@given(st.text(min_size=1, max_size=80))
def test_any_text_survives_the_file(text: str) -> None:
    try:
        doc = document(f"Start.\n\n{text}\n\nEnd of the text.", "seeds/a.md")
    except (Problems, UnicodeEncodeError):
        return
    done = anchor(annotated("", doc=doc), None, splitter=1, path="a.txt")
    parsed = parse_ledger(done.ledger, "a.txt")
    assert print_ledger(parsed) == done.ledger
    assert anchor(annotated("", doc=doc), done.ledger, splitter=1, path="a.txt") == done
