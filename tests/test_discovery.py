"""What programs find a site by: sitemap, feed, llms.txt, search description, links in the head."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import fromstring

import feedparser
import pytest
from babel.core import get_global
from lxml import etree, html

from builder.citing.publication import Publication
from builder.citing.rights import license_address
from builder.editorial import Editorial
from builder.exporting.llms_txt import DOCUMENTS, llms_file
from builder.exporting.served_files import served_files
from builder.html.document_downloads import downloads
from builder.html.open_graph import locale_of
from builder.html.shown import shown
from builder.html.signposting import Signposts
from builder.index import build_index
from builder.model import Entity, Known
from builder.publishing.site_check import check_site
from builder.settings import read_settings
from builder.site import Run, build
from builder.strict_yaml import load_data
from everything import build_everything
from made import made, stated
from site_fixtures import Built

VENDOR = Path(__file__).parent / "vendor"
SITEMAP = etree.XMLSchema(etree.parse(VENDOR / "sitemaps/sitemap.xsd"))
ATOM = etree.RelaxNG(etree.parse(VENDOR / "atom/atom.rng"))
URL = "https://example.org/a/reader/"
LATER = "1798761600"  # 1 January 2027
SERVED = ("feed.xml", "opensearch.xml", "robots.txt", "sitemap.xml", "sitemap.xml.gz")
# What a release, a table or an address elsewhere may name, without the site's own being known.
OWN = re.compile(r"https?://(?:example\.org/a/|localhost|127\.)")


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The collection with a page of every kind, under an address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", URL)
        return build_everything(tmp_path_factory.mktemp("at_home") / "collection")


@pytest.fixture(scope="module", params=["at_home", "everything"])
def both(request: pytest.FixtureRequest) -> Built:
    """The collection with and without an address."""
    found: Built = request.getfixturevalue(request.param)
    return found


def pages_of(site: Path) -> dict[str, html.HtmlElement]:
    """Return the pages that are documents, by their folder's address from the root."""
    found = {}
    for file in sorted(site.glob("documents/*/index.html")):
        page = html.fromstring(file.read_bytes().decode())
        removed = page.xpath("//meta[@name='robots']")
        if page.xpath("//div[contains(@class,'document-foot')]") and not removed:
            found[f"documents/{file.parent.name}/"] = page
    assert len(found) > 3
    return found


def links_of(page: html.HtmlElement) -> list[tuple[str, str, str]]:
    """Return the links in a page's head: relation, address, media type."""
    found = page.xpath("//head/link")
    return [(one.get("rel"), one.get("href"), one.get("type") or "") for one in found]


def in_site(site: Path, address: str) -> bool:
    """Tell whether an address of the site leads somewhere."""
    path = urlsplit(address).path.removeprefix("/a/reader/").lstrip("/")
    return (site / path / "index.html" if path.endswith("/") or not path else site / path).is_file()


def test_every_link_resolves(both):
    found = check_site(both.site, site_url=both.settings.site_url)
    assert [str(one) for one in found] == []
    assert [str(one) for one in check_site(both.offline)] == []


def test_the_sitemap(at_home):
    tree = etree.parse(at_home.site / "sitemap.xml")
    assert SITEMAP.validate(tree), SITEMAP.error_log
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    dates = {one.findtext(f"{name}loc"): one.findtext(f"{name}lastmod") for one in tree.getroot()}
    assert all(in_site(at_home.site, address) for address in dates)
    assert len(dates) == len(tree.getroot())
    assert dates[f"{URL}documents/harbor-plan/"] == "2026-12-02"  # edited
    assert dates[URL] == dates[f"{URL}documents/"] == "2026-12-02"
    assert dates[f"{URL}about/"] is None
    assert not [address for address in dates if "/versions/" in address]
    assert not [address for address in dates if "a-note-on-ropes" in address]  # removed
    for address in dates:
        path = address.removeprefix(URL)
        page = html.fromstring((at_home.site / path / "index.html").read_bytes().decode())
        assert page.xpath("//link[@rel='canonical']/@href") == [address]


def test_robots_lead_to_the_sitemap(at_home):
    text = (at_home.site / "robots.txt").read_text("utf-8")
    assert text == f"User-agent: *\nAllow: /\n\nSitemap: {URL}sitemap.xml\n"


def test_robots_of_its_own_win(small, monkeypatch):
    monkeypatch.setenv("SITE_URL", URL)
    settings = small(one="A text.\n")
    settings = read_settings(settings.root / "mkdocs.yml")
    settings.content.mkdir()
    (settings.content / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    assert not build(settings, Run()).problems
    assert "Disallow" in (settings.site / "robots.txt").read_text("utf-8")


def test_without_an_address_there_is_nothing_for_crawlers(everything):
    there = {path.name for path in everything.site.iterdir()}
    assert there.isdisjoint({"robots.txt", "opensearch.xml", "sitemap.xml", "sitemap.xml.gz"})
    for page in pages_of(everything.site).values():
        said = [rel for rel, _, _ in links_of(page)]
        assert not {"cite-as", "canonical", "search"} & set(said)


def test_without_an_address_nothing_is_absolute(everything, at_home):
    made = ("feed.xml", "llms.txt", "linkset.json", "index.html.md")
    for file in everything.site.rglob("*"):
        if file.name in made:
            assert not OWN.search(file.read_text("utf-8")), file
    for name in made:  # the law above sees something
        assert any(OWN.search(one.read_text("utf-8")) for one in at_home.site.rglob(name)), name


def test_the_feed(both):
    data = (both.site / "feed.xml").read_bytes()
    assert ATOM.validate(etree.fromstring(data)), ATOM.error_log
    parsed = feedparser.parse(data)
    assert not parsed.bozo
    assert {one.link.removeprefix(URL) for one in parsed.entries} == set(pages_of(both.site))
    assert "Changed on 2 December 2026" in parsed.entries[0].summary
    assert b'when="2026-12-02T00:00:00Z"' in data
    root = fromstring(data)
    for one in root.iter("{http://www.w3.org/2005/Atom}link"):
        if one.get("rel") != "via":
            address = urljoin(f"{URL}feed.xml", one.get("href"))
            assert in_site(both.site, address), address


def test_ids_in_the_feed_do_not_know_the_address(everything, at_home):
    def ids(built):
        parsed = feedparser.parse((built.site / "feed.xml").read_bytes())
        return [one.id for one in parsed.entries]

    assert ids(everything) == ids(at_home)
    assert all(one.startswith("urn:uuid:") for one in ids(at_home))


def test_every_page_names_the_feed_and_the_search(at_home):
    for file in at_home.site.rglob("*.html"):
        text = file.read_text("utf-8")
        if 'http-equiv="refresh"' in text or 'class="new-address"' in text:
            continue
        page = html.fromstring(text)
        here = urljoin(URL, file.relative_to(at_home.site).as_posix())
        (feed,) = page.xpath("//link[@type='application/atom+xml']/@href")
        (search,) = page.xpath("//link[@rel='search']/@href")
        assert urljoin(here, feed) == f"{URL}feed.xml", file
        assert urljoin(here, search) == f"{URL}opensearch.xml", file
        assert page.xpath("//footer//a[contains(@href,'feed.xml')]"), file


def test_the_description_of_the_search(at_home):
    root = fromstring((at_home.site / "opensearch.xml").read_bytes())
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.tag == f"{name}OpenSearchDescription"
    template = root.find(f"{name}Url").get("template")
    assert template == f"{URL}search/?q={{searchTerms}}"
    assert root.findtext(f"{name}ShortName") == "Harbor Reader"
    page = html.fromstring((at_home.site / "404.html").read_bytes().decode())
    (form,) = page.xpath("//form[@role='search' and .//input[@name='q']]")
    assert urljoin(URL, form.get("action")) == f"{URL}search/"


@pytest.mark.parametrize("name", ["Counternarcotics Policy Reader", "x" * 99, "<&>\x00 “é”", "a b"])
def test_names_fit_the_description_of_the_search(name):
    files = dict(served_files(Publication(name, URL, "word " * 400)))
    root = fromstring(files["opensearch.xml"])
    for element, most in (("ShortName", 16), ("LongName", 48), ("Description", 1024)):
        text = root.findtext(f"{{http://a9.com/-/spec/opensearch/1.1/}}{element}")
        assert 0 < len(text) <= most


# A link of llms.txt: "- [name](address): note"
_LLMS_LINK = re.compile(r"- \[(?P<name>(?:\\.|[^\\\]])+)\]\((?P<address>[^()\s]+)\)(?:: .+)?")


def llms_links(text: str) -> list[str]:
    """Return the addresses in an llms.txt, which has the form of llmstxt.org."""
    title, quote, how, *sections = text.split("\n\n## ")[0].split("\n\n")
    assert title.startswith("# ")
    assert quote.startswith("> ")
    assert "\n" not in title + quote + how
    assert not sections
    found = []
    for section in text.split("\n\n## ")[1:]:
        for line in section.strip().split("\n")[2:]:
            match = _LLMS_LINK.fullmatch(line)
            assert match, line
            found.append(match["address"])
    assert text.count("\n## ") == 4
    assert "\n## Optional\n" in text
    return found


def test_llms_txt(both):
    addresses = llms_links((both.site / "llms.txt").read_text("utf-8"))
    for address in addresses:
        assert in_site(both.site, urljoin(URL, address)), address
    twins = {one.removeprefix(URL) for one in addresses if one.endswith(".md")}
    assert twins == {f"{page}index.html.md" for page in pages_of(both.site)}


def test_llms_txt_of_a_large_collection_names_the_newest():
    every = [
        made(f"d-{n}", "A text.\n", title=stated(f"[x](y) # {n}"), date=stated(f"{1900 + n}"))
        for n in range(DOCUMENTS + 20)
    ]
    where = Publication("A *name*\n# not a heading", URL, "> about\n\n## no section")
    path, data = llms_file(shown(build_index(every, {}), Editorial(), where))
    assert path == "llms.txt"
    twins = [one for one in llms_links(data.decode()) if one.endswith(".md")]
    assert twins[0] == f"{URL}documents/d-{DOCUMENTS + 19}/index.html.md"
    assert len(twins) == DOCUMENTS


def test_each_document_has_a_twin(both):
    for folder, page in pages_of(both.site).items():
        twin = (both.site / folder / "index.html.md").read_text("utf-8")
        ids = set(page.xpath("//@id"))
        numbers = re.findall(r"\]\(\./#([^)]+)\)", twin)
        assert numbers
        assert set(numbers) <= ids, folder
        assert ("alternate", "index.html.md", "text/markdown") in links_of(page)
    assert len(list(both.site.rglob("*.md"))) == len(pages_of(both.site))


def test_signposting(at_home):
    for folder, page in pages_of(at_home.site).items():
        links = links_of(page)
        assert [href for rel, href, _ in links if rel == "cite-as"] == [URL + folder]
        assert [href for rel, href, _ in links if rel == "canonical"] == [URL + folder]
        assert {href for rel, href, _ in links if rel == "type"} == {
            "https://schema.org/Report",
            "https://schema.org/AboutPage",
        }
        for file in downloads():
            assert (file.rel, file.file, file.media_type) in links
        for rel, href, _ in links:
            elsewhere = rel in ("type", "license", "author", "related", "schema.dcterms")
            assert elsewhere or in_site(at_home.site, urljoin(URL + folder, href)), (folder, href)


def test_the_set_of_links_says_what_the_head_says(both):
    for folder, page in pages_of(both.site).items():
        base = urljoin(URL, folder)
        sets = json.loads((both.site / folder / "linkset.json").read_text("utf-8"))
        assert list(sets) == ["linkset"]
        own, *files = sets["linkset"]
        assert urljoin(base, own["anchor"]) == base
        told = {
            (rel, urljoin(base, one["href"]), one.get("type", ""))
            for rel, targets in own.items()
            if rel != "anchor"
            for one in targets
        }
        rels = {rel for rel, _, _ in told}
        head = {
            (rel, urljoin(base, href), kind)
            for rel, href, kind in links_of(page)
            if rel in rels and kind != "application/atom+xml"
        }
        assert told == head
        assert {"item", "describedby", "collection", "type"} <= rels
        for one in files:
            assert set(one) == {"anchor", "collection"}
            assert in_site(both.site, urljoin(base, one["anchor"]))
            assert [urljoin(base, back["href"]) for back in one["collection"]] == [base]
        items = {href for rel, href, _ in told if rel == "item"}
        assert {urljoin(base, one["anchor"]) for one in files} == items


def test_versions_lead_to_each_other(at_home):
    page = pages_of(at_home.site)["documents/harbor-plan/"]
    (before,) = [href for rel, href, _ in links_of(page) if rel == "predecessor-version"]
    address = urljoin(f"{URL}documents/harbor-plan/", before)
    assert re.fullmatch(rf"{URL}documents/harbor-plan/versions/[0-9a-f]{{12}}/", address)
    earlier = (at_home.site / address.removeprefix(URL) / "index.html").read_bytes().decode()
    links = {rel: href for rel, href, _ in links_of(html.fromstring(earlier))}
    assert urljoin(address, links["latest-version"]) == f"{URL}documents/harbor-plan/"
    assert urljoin(address, links["version-history"]) == f"{URL}documents/harbor-plan/versions/"
    assert links["cite-as"] == address
    assert "predecessor-version" not in links


def test_open_graph(at_home):
    page = pages_of(at_home.site)["documents/harbor-plan/"]
    told = {one.get("property"): one.get("content") for one in page.xpath("//meta[@property]")}
    assert told["og:url"] == f"{URL}documents/harbor-plan/"
    assert told["og:type"] == "article"
    assert told["og:site_name"] == "Harbor Reader"
    assert told["og:locale"] == "en_US"
    assert told["article:published_time"] == "2024-03-04"
    assert told["article:modified_time"] == "2026-12-02"
    assert told["og:title"] == page.xpath("//meta[@name='citation_title']/@content")[0]
    assert told["og:description"]
    properties = page.xpath("//meta[@property]/@property")
    assert len(properties) == len(set(properties))


def test_files_for_servers_are_not_on_disk(at_home):
    assert not [name for name in SERVED if (at_home.offline / name).exists()]
    assert (at_home.offline / "llms.txt").is_file()
    assert list(at_home.offline.glob("documents/*/index.html.md"))
    for file in at_home.offline.rglob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r'href="[^"]*(?:feed|opensearch)\.xml', text), file


def test_files_do_not_know_the_day_of_the_build(at_home, tmp_path):
    root = tmp_path / "again"
    shutil.copytree(at_home.settings.root, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", URL)
        patch.setenv("SOURCE_DATE_EPOCH", LATER)
        settings = read_settings(root / "mkdocs.yml")
        assert not build(settings, Run()).failed
    names = ("feed.xml", "sitemap.xml", "llms.txt", "opensearch.xml", "robots.txt")
    more = [*at_home.site.rglob("linkset.json"), *at_home.site.rglob("index.html.md")]
    for path in (*names, *(file.relative_to(at_home.site).as_posix() for file in more)):
        assert (settings.site / path).read_bytes() == (at_home.site / path).read_bytes(), path


def test_authors_and_licenses_are_named_where_they_are_known():
    ministry = Entity(
        "organization", "ministry", "Ministry of Harbors", links=(("wikidata", "Q96"),)
    )
    one = made(
        "one",
        "The Ministry of Harbors says so.\n",
        ("organization", "ministry", "Ministry of Harbors"),
        issuer=stated("Ministry of Harbors; Unknown Body"),
        rights=stated("Public domain (as its issuer says)"),
        url=stated("https://www.state.gov/x"),
    )
    site = shown(build_index([one], {"organization": [ministry]}), Editorial())
    told = [(link.rel, link.href) for link in Signposts(site).links(one.document)]
    assert [href for rel, href in told if rel == "author"] == [
        "https://www.wikidata.org/entity/Q96"
    ]
    assert ("license", "https://creativecommons.org/publicdomain/mark/1.0/") in told
    assert ("related", "https://www.state.gov/x") in told
    assert "cite-as" not in [rel for rel, _ in told]


RIGHTS = load_data("rights")["licenses"]


@pytest.mark.parametrize(
    ("statement", "address"),
    [
        *((text, row["address"]) for row in RIGHTS for text in row["examples"]),
        *((text, "") for row in RIGHTS for text in row["not"]),
        ("https://example.org/terms", "https://example.org/terms"),
        ("See https://example.org/terms.", "https://example.org/terms"),
        ("See https://example.org/terms, but ask", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_licenses(statement, address):
    assert license_address(stated(statement)) == address
    assert license_address(replace(stated(statement), provenance="supplied")) == address
    assert license_address(Known(statement, "inferred")) == ""


def test_locales_are_those_of_the_cldr():
    likely = get_global("likely_subtags")
    other_codes = {"tl": "fil", "no": "nb"}
    for language in load_data("languages")["names"]:
        full = likely.get(language) or likely[other_codes[language]]
        assert locale_of(language) == f"{language}_{full.rsplit('_', 1)[-1]}"
    assert locale_of("und") == ""


def test_links_to_all_claims_lead_there_where_nothing_is_measured(small):
    claims = "".join(f"Mexico paid {number} million dollars in May.\n\n" for number in range(2, 60))
    settings = small(one=claims)
    assert not build(settings, Run()).failed
    assert "?country=mx#claims" in (settings.site / "countries/mx/index.html").read_text()
    assert [str(one) for one in check_site(settings.site)] == []


def test_a_document_that_cannot_be_built_keeps_its_twin(small, monkeypatch):
    settings = small(one="A text.\n", two="Another text.\n")
    assert not build(settings, Run()).failed
    twin = settings.site / "documents/one/index.html.md"
    before = twin.read_bytes()
    (settings.seeds / "one.txt").write_bytes(b"\xff\xfe no UTF-8")
    assert build(settings, Run()).failed
    assert twin.read_bytes() == before
    assert [str(one) for one in check_site(settings.site)] == []
