"""An address that stands in a text leads there, and what is said in it names nothing."""

from __future__ import annotations

import pytest

from builder.annotate import annotate
from builder.catalogue import Catalogue
from made import made


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("See https://www.example.gov/reports.", ["https://www.example.gov/reports"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("https://a.example/b_(c), and", ["https://a.example/b_(c)"]),
        ("“https://a.example/b”", ["https://a.example/b"]),
        ("https://a.example/?q=1&r=2#p3!", ["https://a.example/?q=1&r=2#p3"]),
        ("[more](https://a.example/) and HTTPS://B.EXAMPLE/X", ["https://a.example/", "HTTPS://B.EXAMPLE/X"]),
        ("[https://a.example/b](https://c.example/)", ["https://c.example/"]),
        ("<https://a.example/b>", ["https://a.example/b"]),
        ("https://, https://), https://[bad and ftp://a.example/", []),
        ("javascript://a.example/%0aalert(1)", []),
    ],
)  # fmt: skip
def test_links(text: str, addresses: list[str]) -> None:
    document = made("a", f"{text} stands here.\n").document
    (block,) = document.passages
    assert [mark.href for mark in block.marks if mark.tag == "link"] == addresses


@pytest.mark.parametrize(
    "address",
    ["https://www.example.gov/fentanyl/mexico", "www.example.gov/mexico/", "example.gov/peru-2023"],
)
def test_no_name_in_an_address(address: str) -> None:
    one = made("a", f"Canada wrote on {address} about it, and Peru answered.\n")
    found = annotate(one.document, Catalogue())
    assert [mention.surface for mention in found.mentions] == ["Canada", "Peru"]
