"""The timeline: years that lead to their page, how a date was read; documents counted by year."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from builder.html.document_years import document_years
from builder.html.paging import ROWS
from builder.html.timeline_page import resolution, year_addresses
from builder.indexing.events import Event
from builder.model import Document
from made import made, stated


def document(date: str, slug: str = "one") -> Document:
    return made(slug, "Harbors open in March.\n", date=stated(date)).document


@pytest.mark.parametrize(
    ("dates", "spans"),
    [
        ("", ""),
        ("2023-11-16", "2023 1"),
        ("2021 2023-11 2023-11-16", "2021 1, 2022 0, 2023 2"),
        ("2010-01 2012", "2010 1, 2011 0, 2012 1"),
        ("1776-07-04 1779 2019-06? 2011", "1770s 2, 2010s 2"),
    ],
)
def test_documents_are_counted_by_year(dates: str, spans: str):
    found = document_years(document(date) for date in dates.split())
    assert ", ".join(f"{span.name} {span.documents}" for span in found) == spans
    assert all(bool(span.documents) is bool(span.year) for span in found)


def test_a_month_is_as_high_as_it_has_documents():
    dates = ["2023-01-05", "2023-01-06", "2023-12-01", "2024"]
    first, second = document_years(document(date) for date in dates)
    assert first.months
    assert re.findall(r'x="(\d+)" y="(\d+)"', first.picture) == [("1", "0"), ("111", "20")]
    assert "<rect" not in second.picture  # of 2024 no month is known
    assert second.documents == 1


def test_a_year_leads_to_the_page_on_which_it_begins():
    one = document("2023-11-16")
    events = [Event("2023-11-16", "document", document=one)] * (ROWS + 1)
    events += [Event("2022-01", "document", document=one), Event("1776", "fact")]
    assert year_addresses(events) == {
        "2023": "timeline/#year-2023",
        "2022": "timeline/2/#year-2022",
        "1776": "timeline/2/#year-1776",
    }


@pytest.mark.parametrize(
    ("words", "date", "rule", "said"),
    [
        (
            "March",
            "2023-03",
            "month alone",
            "“March” is read as March 2023, going by the document’s date, 16 November 2023",
        ),
        (
            "FY24",
            "2023-10/2024-09",
            "fiscal year",
            "“FY24” is read as October 2023 to September 2024",
        ),
        ("May 2", "2023-05-02", "year at the end of a list", "“May 2” is read as 2 May 2023"),
        ("March 2023", "2023-03", "month and year", ""),
    ],
)
def test_how_a_date_was_read(words: str, date: str, rule: str, said: str):
    named = ("date", date, words)
    found = made("one", f"Harbors open in {words}.\n", named, date=stated("2023-11-16"))
    mention = replace(found.mentions[0], rules=(rule,))
    block = found.document.blocks[mention.block]
    event = Event(date, "mention", document=found.document, block=block, mention=mention)
    assert resolution(event) == said


def test_only_dates_in_texts_are_read():
    assert resolution(Event("2023-11-16", "document", document=document("2023-11-16"))) == ""
