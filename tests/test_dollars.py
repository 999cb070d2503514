"""Whose dollar a bare "$" is."""

from __future__ import annotations

import pytest

from builder.annotate import annotate
from builder.catalogue import Catalogue
from conftest import document

CASES = [
    ("We spent $5 million on it.", ["USD"]),
    ("All amounts are in Canadian dollars. We spent $5 million and US$3 million.", ["CAD", "USD"]),
    (
        "Figures in this report are expressed in AUD. It cost $40 and 12 million dollars.",
        ["AUD"] * 2,
    ),
    ("All dollar amounts are in New Zealand dollars: $7 billion.", ["NZD"]),
    ("Amounts in the report are in U.S. dollars. It cost $40.", ["USD"]),
    ("We spent 5 million Canadian dollars, and $3 million more.", ["CAD", "CAD"]),
    ("Canada spent C$5 million, US$1 million and then $3 million.", ["CAD", "USD", "USD"]),
    ("Canada spent C$5 million. With the United States it spent $3 million.", ["CAD", "CAD"]),
    ("The U.S. spent $3 million, the United States said; Canada C$5 million.", ["USD", "CAD"]),
    ("Canada gave C$5 million and Australia A$4 million; $3 million more.", ["CAD", "AUD", "USD"]),
    ("Fiji gave FJ$5 million and $3 million more.", ["FJD", "FJD"]),
    ("It paid R$5 million and $3 million more.", ["BRL", "USD"]),
    ("British ministers put the cost at 31 billion pounds.", ["GBP"]),
    ("British ships carried 31 million pounds of tea.", ["pound"]),
    (
        "Australia and Kabul met. Australian aid is US$4 million; Australia added $6 million.",
        ["USD", "AUD"],
    ),
    ("Australia met the US. Australian aid rose; Australia added $6 million.", ["USD"]),
    ("The amounts are in doubt. Canadian officials seized $40,000.", ["USD"]),
]


@pytest.mark.parametrize(("text", "units"), CASES, ids=[text for text, _ in CASES])
def test_a_document_may_name_its_dollar(text: str, units: list[str]) -> None:
    mentions = annotate(document(text), Catalogue.empty()).mentions
    assert [mention.figure.unit for mention in mentions if mention.figure] == units


@pytest.mark.parametrize(
    ("host", "unit"),
    [("minister.homeaffairs.gov.au", "AUD"), ("www.canada.ca", "CAD"), ("x.com", "USD")],
)
def test_a_government_speaks_in_its_own(host: str, unit: str) -> None:
    doc = document(f"---\nurl: https://{host}/x\n---\nWe spent $5 million on it.\n")
    (figure,) = [m.figure for m in annotate(doc, Catalogue.empty()).mentions if m.figure]
    assert figure.unit == unit


@pytest.mark.parametrize(
    ("issuer", "unit"),
    [("Australian Border Force", "AUD"), ("U.S. Embassy in Canada", "USD"), ("Reuters", "USD")],
)
def test_an_authority_speaks_in_its_own(issuer: str, unit: str) -> None:
    doc = document(f"---\nissuer: {issuer}\n---\nWe spent $5 million on it.\n")
    (figure,) = [m.figure for m in annotate(doc, Catalogue.empty()).mentions if m.figure]
    assert figure.unit == unit
