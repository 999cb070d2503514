"""Earlier versions and removed documents are cited as their own bytes say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs

from builder.citing.publication import Publication
from builder.editorial import Editorial
from builder.exporting.page_data import with_page_data
from builder.html.cite_former import cited_removed, version_reference
from builder.html.removed_page import removed_pages
from builder.html.rendering import Page
from builder.html.shown import Shown, shown
from builder.html.version_pages import version_pages
from builder.index import build_index
from builder.model import Annotated, Past, RemovedDocument, Source, Version
from builder.read import source_from_bytes
from made import made, stated

SITE = Publication("Harbor Reader", "https://reader.example/")
FIRST = """---
title: Lights for Some Harbors, via Mail
issuer: Ministry of Ports, Rivers, and Rails
date: 2022-03-04
type: fact sheet
url: https://ports.example/lights/
language: Spanish
---
Text.
"""
NOW = """---
title: Lights for Every Harbor
issuer: Ministry of Transport
date: 2024-03-04
---
Text, changed.
"""


def source_of(text: str) -> Source:
    return source_from_bytes(text.encode(), "seeds/lights.txt")


def version(text: str, *, kept: bool = True) -> Version:
    source = source_of(text)
    since, until = ("", "2026-12-02") if text == FIRST else ("2026-12-02", "")
    return Version(source.sha256, since, until, (("p1", "Text."),), source if kept else None)


def lights(*, kept: bool = True) -> Annotated:
    known = {
        "title": stated("Lights for Every Harbor"),
        "issuer": stated("Ministry of Transport"),
        "date": stated("2024-03-04"),
    }
    one = made("lights", NOW, **known)
    versions = (version(NOW), version(FIRST, kept=kept))
    return replace(one, document=replace(one.document, versions=versions))


def site_of(one: Annotated, publication: Publication = SITE) -> Shown:
    return shown(build_index([one], {}), Editorial(), publication)


def test_a_version_is_cited_as_its_own_bytes_say() -> None:
    one = lights()
    site, digits = site_of(one), version(FIRST).digits
    standing = site.references["lights"]
    then = version_reference(one.document, version(FIRST), standing, site)
    assert (then.id, then.title) == ("lights", "Lights for Some Harbors, via Mail")
    assert then.authors == ("Ministry of Ports, Rivers, and Rails",)
    assert (then.date, then.kind, then.language) == ("2022-03-04", "fact sheet", "es")
    assert then.url == "https://ports.example/lights/"
    assert then.page == f"https://reader.example/documents/lights/versions/{digits}/"
    assert then.version == digits


def test_without_its_bytes_a_version_is_cited_as_what_stands() -> None:
    one = lights(kept=False)
    site = site_of(one)
    then = version_reference(
        one.document, one.document.versions[1], site.references["lights"], site
    )
    assert (then.title, then.date) == ("Lights for Every Harbor", "2024-03-04")
    assert then.version == one.document.versions[1].digits


def test_its_page_tells_the_same_to_readers_and_programs() -> None:
    pages = {page.folder: page for page in version_pages(lights(), site_of(lights()))}
    page = pages[f"documents/lights/versions/{version(FIRST).digits}/"]
    tags = [content for name, content in page.tags if name == "citation_title"]
    assert tags == ["Lights for Some Harbors, via Mail"]
    assert ("dcterms.isVersionOf", "https://reader.example/documents/lights/") in page.tags
    said = json.loads(with_page_data(page, site_of(lights())).json_ld)
    assert said["name"] == "Lights for Some Harbors, via Mail"
    assert said["version"] == version(FIRST).digits
    assert said["@id"] == f"https://reader.example/{page.folder}"
    told = coins_of(page)
    assert told["rft.aucorp"] == ["Ministry of Ports, Rivers, and Rails"]
    assert told["rft.date"] == ["2022-03-04"]
    text = unescape(re.sub("<[^>]*>", "", page.body))
    where = f"https://ports.example/lights/, version {version(FIRST).digits}, via {SITE.url}"
    assert where in text
    # What reference managers read names the version, too, once the script has put it there.
    records = re.findall(r'<pre data-record="(\w+)" hidden>(.*?)</pre>', page.body, re.DOTALL)
    assert [name for name, _ in records] == ["bibtex", "ris", "csl"]
    for _, record in records:
        assert "Lights for Some Harbors, via Mail" in record
        assert f"Via {SITE.url}documents/lights/" in unescape(record)


def coins_of(page: Page) -> dict[str, list[str]]:
    (coins,) = re.findall(r'<span class="Z3988" title="([^"]*)" hidden></span>', page.body)
    return parse_qs(unescape(coins))


def gone(*, kept: bool = True, **known: str) -> RemovedDocument:
    said = {
        "title": "Lights for Some Harbors",
        "issuer": "Ministry of Ports, Rivers, and Rails",
        "date": "2022-03-04",
        **known,
    }
    last = replace(version(FIRST, kept=kept), until="2026-12-02")
    return RemovedDocument(
        "lights", said["title"], said["issuer"], said["date"], "2026-12-02", (), (last,)
    )


def removed_page(document: RemovedDocument) -> Page:
    site = site_of(made("other", "Other."))
    (page, *_) = removed_pages(Past(removed=(document,)), Editorial().archives)
    return cited_removed(page, document, site)


def test_what_is_removed_keeps_its_original_address_and_its_kind() -> None:
    text = unescape(re.sub("<[^>]*>", "", removed_page(gone()).body))
    assert "Lights for Some Harbors.” Fact sheet. March 4, 2022." in text
    assert "https://ports.example/lights/, via https://reader.example/documents/lights/." in text


def test_what_an_editor_said_of_it_last_holds_and_is_no_statement_of_the_text() -> None:
    told = coins_of(removed_page(gone(title="Lights", issuer="Ministry of Light")))
    assert told["rft.btitle"] == ["Lights"]
    assert told["rft.aucorp"] == ["Ministry of Light"]
    text = unescape(re.sub("<[^>]*>", "", removed_page(gone(date="2021")).body))
    assert "[2021]" in text


def test_without_its_text_it_is_cited_as_last_known() -> None:
    text = unescape(re.sub("<[^>]*>", "", removed_page(gone(kept=False)).body))
    assert "Lights for Some Harbors" in text
    assert "2022" in text
    assert "ports.example" not in text
