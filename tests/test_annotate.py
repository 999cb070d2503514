"""Annotating: what finders read, and how overlaps are settled."""

from __future__ import annotations

from builder.annotate import annotate, settle
from builder.catalogue import Catalogue, load_catalogue
from builder.model import Found, Span
from conftest import document


def found(kind: str, start: int, end: int, block: int = 0) -> tuple[str, Found]:
    return kind, Found(block, Span(start, end), f"{kind}-{start}-{end}")


def spans(*items: tuple[str, Found]) -> list[tuple[str, int, int]]:
    return [(kind, item.at.start, item.at.end) for kind, item in settle(items)]


def test_spans_nest_or_stand_apart() -> None:
    assert spans(found("country", 4, 8), found("program", 0, 10)) == [
        ("program", 0, 10),
        ("country", 4, 8),
    ]
    assert spans(found("program", 0, 6), found("organization", 4, 10)) == [("program", 0, 6)]


def test_of_equal_spans_the_first_kind_stands() -> None:
    assert spans(found("program", 0, 6), found("organization", 0, 6)) == [("program", 0, 6)]


def test_numbers_and_dates_in_names_are_no_claims() -> None:
    assert spans(found("program", 0, 20), found("figure", 2, 4), found("date", 6, 9)) == [
        ("program", 0, 20)
    ]


def test_blocks_are_settled_apart() -> None:
    assert len(spans(found("program", 0, 9), found("program", 3, 9, block=1))) == 2


def test_nothing_is_read_across_the_cells_of_a_table() -> None:
    table = "| 157 | 279 |\n|---|---|\n| Viet | Nam |\n| 4 tons | Peru |"
    mentions = annotate(document(table, "seeds/a.md"), load_catalogue(None)).mentions
    assert [mention.surface for mention in mentions] == ["4 tons", "Peru"]


def test_mentions_lead_back_to_the_source() -> None:
    text = "The [United\nStates](https://a.example) &amp; **Mexico** seized $3\u00a0million."
    doc = document(text, "seeds/a.md")
    annotated = annotate(doc, Catalogue.empty())
    for mention in annotated.mentions:
        assert mention.surface == doc.source.text[mention.span.start : mention.span.end]
    assert [mention.surface for mention in annotated.mentions] == [
        "United\nStates",
        "Mexico",
        "$3\u00a0million",
    ]


def test_a_name_ends_with_the_link_that_gives_it() -> None:
    text = "The [Free Ports](https://a.example) campaign and the [Safe Harbor](b) Clean Piers Act."
    mentions = annotate(document(text, "seeds/a.md"), load_catalogue(None)).mentions
    assert [mention.surface for mention in mentions] == [
        "Free Ports",
        "Safe Harbor](b) Clean Piers Act",
    ]
