"""What a page holds of a citation gives back the citation of the whole and that of a passage."""

import re
from html import unescape

import pytest

from builder.citing.formatted import document_citations
from builder.citing.reference import Reference
from builder.html.cite_section import cite_section

MARK = re.compile(r'<span data-at="([^"]*)">(.*?)</span>')
SHOWN = '<span class="here">[address of this page]</span>'


def reference(title: str, url: str, page: str, issuer: str) -> Reference:
    return Reference(
        id="x",
        title=title,
        authors=(issuer,) if issuer else (),
        date="2023-05",
        date_provenance="inferred",
        kind="speech",
        url=url,
        page=page,
        via="Harbor Reader",
    )


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(
    "title", ["Lights", "[A & B]", '<i>"x"</i> via {n} \\ % #', "a, via https://b/"]
)
@pytest.mark.parametrize("url", ["", "https://a.example/?q=a&b=c"])
@pytest.mark.parametrize("page", ["documents/x/", "https://b.example/documents/x/"])
@pytest.mark.parametrize("issuer", ["", "Bureau of Lights, Buoys, and Bells"])
def test_both_forms_come_back(title: str, url: str, page: str, issuer: str) -> None:
    cited = document_citations(reference(title, url, page, issuer))
    section = cite_section(cited, what="document", root="../../", files="")
    assert not re.search("[\ue000-\uf8ff]", section)
    held = re.findall(r'<dd data-form="[^"]*">(.*?)</dd>', section)
    forms = [form for one in cited for form in one.forms]
    for html, form in zip(held, forms, strict=True):
        whole = MARK.sub(r"\2", html.replace(SHOWN, "\ue001"))
        assert text_of(whole) == text_of(form.whole)
        passage = MARK.sub(r"\1", html.replace(SHOWN, "\ue001"))
        signed = text_of(form.passage).replace("\ue000", "{number}").replace("\ue001", "{address}")
        assert text_of(passage).replace("\ue001", "{address}") == signed
