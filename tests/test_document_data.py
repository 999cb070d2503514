"""The files beside a document: what they say is where they say it is, for programs of others."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from builder.annotate import annotate
from builder.annotate_output import annotation
from builder.catalogue import Catalogue
from builder.citing.publication import Publication
from builder.collection import CollectionState, read_collection
from builder.collection_pages import collection_pages
from builder.editorial import Editorial
from builder.exporting.document_data import data_of
from builder.exporting.llms_txt import llms_file
from builder.exporting.markdown_twin import markdown_twin
from builder.exporting.page_data import with_page_data
from builder.exporting.plain_text import plain_text
from builder.exporting.rows import ROWS, Part
from builder.exporting.schema import tables
from builder.exporting.schema_things import type_of
from builder.html.documents_page import documents_tasks
from builder.html.rendering import Page
from builder.html.shown import shown
from builder.html.signposting import Signposts
from builder.html.tasks import Digests
from builder.index import build_index
from builder.ledger import anchor
from builder.model import Annotated, Entity, Figure
from builder.settings import Settings
from builder.strict_yaml import load_data
from builder.structure import SPLITTER
from conftest import document
from linked_data import AS, OA, RDF, SCHEMA, expanded, nodes, one, wrong_terms
from made import TODAY, made, stated
from site_fixtures import Built

SITE = "https://example.org/reader/"
_BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"|\{#([^ }]+)')


class Files:
    """Everything that is generated for a collection, with and without the site's address."""

    def __init__(self, settings: Settings, address: str) -> None:
        self.state: CollectionState = read_collection(settings)
        made = replace(settings, site_url=address)
        self.files = dict(collection_pages(made, self.state))
        self.base = address or SITE

    def json(self, path: str) -> dict:
        return json.loads(self.files[path])

    def text(self, path: str) -> str:
        return self.files[path].decode("utf-8")

    def of_documents(self) -> Iterator[tuple[object, str]]:
        for annotated in self.state.documents:
            yield annotated, f"documents/{annotated.document.slug}/"

    def linked(self) -> Iterator[tuple[str, dict]]:
        """Yield everything that is JSON-LD of schema.org, with where it was found."""
        for path, content in self.files.items():
            if path.endswith(".jsonld"):
                yield path, json.loads(content)
            elif path.endswith("index.md"):
                for block in _BLOCK.findall(content.decode("utf-8")):
                    yield path.removesuffix("index.md"), json.loads(block)

    @cache  # noqa: B019  # a handful of them, each for the whole run
    def ids(self, folder: str) -> frozenset[str]:
        page = self.files[f"{folder}index.md"].decode("utf-8")
        return frozenset(name for found in _ID.findall(page) for name in found if name)

    def leads_nowhere(self, address: str) -> bool:
        """Tell whether an address of this site is none."""
        whole, fragment = urldefrag(address)
        path = unquote(whole.removeprefix(self.base))
        if path == "search/" or path.endswith(".md"):
            return False
        if path.endswith("/") or not path:
            is_page = f"{path}index.md" in self.files
            return not is_page or (bool(fragment) and fragment not in self.ids(path))
        return path not in self.files


@pytest.fixture(scope="module")
def collections(built: Built, everything: Built) -> list[Files]:
    return [Files(one.settings, address) for one in (built, everything) for address in (SITE, "")]


def test_plain_text_begins_with_the_first_passage_and_counts_as_a_reader_does(collections):
    for files in collections:
        for annotated, folder in files.of_documents():
            text = files.text(f"{folder}text.txt")
            found = plain_text(annotated.document)
            assert text == found.text
            passages = annotated.document.passages
            assert text.removesuffix("\n").split("\n\n") == [block.text for block in passages]
            for block, start in zip(annotated.document.blocks, found.starts, strict=True):
                assert (start is None) == (block.kind == "furniture")
                if start is not None:
                    assert text.startswith(block.text, start)


def test_plain_text_carries_what_utf_8_can_carry():
    found = plain_text(document("Half a pair: &#xD83D; and a whole one: 😀.\n\nThe end."))
    assert found.text.encode().decode() == found.text
    assert found.text[found.starts[1] :] == "The end.\n"


def test_an_empty_document_has_an_empty_text():
    assert plain_text(document("***\n")).text == ""


def test_the_json_of_a_document_is_what_annotate_says_and_where_it_stands(collections):
    for files in collections:
        for annotated, folder in files.of_documents():
            said = files.json(f"{folder}document.json")
            source = files.text(f"{folder}{said['offsets']}")
            text = files.text(f"{folder}{said['text']['file']}")
            expected = json.loads(json.dumps(annotation(annotated, said["source"])))
            assert {name: said[name] for name in expected} == expected
            assert said["page"] in (SITE + folder, folder)
            for found in (*said["mentions"], *said["figures"]):
                assert source[found["start"] : found["end"]] == found["surface"]
            for block, start in zip(said["blocks"], said["text"]["starts"], strict=True):
                assert (start is None) == (block["anchor"] is None)
                if start is not None:
                    assert text.startswith(block["text"], start)
                    assert not files.leads_nowhere(f"{files.base}{folder}#{block['anchor']}")


def annotations(files: Files, folder: str) -> list[dict]:
    path = f"{folder}annotations.json"
    (collection,) = expanded(files.json(path), files.base + path)
    assert collection["@id"] == files.base + path
    assert collection["@type"] == [f"{AS}OrderedCollection"]
    (page,) = collection[f"{AS}first"]
    items = page[f"{AS}items"][0]["@list"]
    assert one(collection, f"{AS}totalItems") == len(items)
    return items


def test_every_mention_and_figure_is_a_target_of_an_annotation(collections):
    for files in collections:
        for annotated, folder in files.of_documents():
            items = annotations(files, folder)
            targets = [target for item in items for target in item[f"{OA}hasTarget"]]
            furniture = [block.kind == "furniture" for block in annotated.document.blocks]
            named = [
                mention
                for mention in annotated.mentions
                if mention.kind != "date" and not furniture[mention.block]
            ]
            assert len(targets) == len(named)
            ids = [item["@id"] for item in items]
            assert len(set(ids)) == len(ids)
            assert all(name.startswith(f"{files.base}{folder}annotations.json#") for name in ids)


def test_every_annotation_says_what_the_model_asks_for(collections):
    for files in collections:
        for _, folder in files.of_documents():
            data = files.json(f"{folder}document.jsonld")
            path = f"{files.base}{folder}document.jsonld"
            observed = {node.get("@id") for node in nodes(expanded(data, path))}
            for item in annotations(files, folder):
                assert item["@type"] == [f"{OA}Annotation"]
                assert one(item, f"{OA}motivatedBy").startswith(OA)
                (body,) = item[f"{OA}hasBody"]
                if "@id" not in body:
                    assert body["@type"] == [f"{OA}TextualBody"]
                    assert one(body, f"{RDF}value")
                elif body["@id"].startswith(path):
                    assert body["@id"] in observed
                else:
                    assert not files.leads_nowhere(body["@id"])


def test_every_target_is_found_where_its_three_selectors_say(collections):
    for files in collections:
        for annotated, folder in files.of_documents():
            text = files.text(f"{folder}text.txt")
            spans = {
                block.anchor: (start, start + len(block.text))
                for block, start in zip(
                    annotated.document.blocks, plain_text(annotated.document).starts, strict=True
                )
                if start is not None
            }
            for item in annotations(files, folder):
                for number, target in enumerate(item[f"{OA}hasTarget"]):
                    if number and "@id" in target:
                        _check_address(target["@id"], files, folder, text, spans)
                    else:
                        _check_target(target, files, folder, text, spans)


def _check_address(address, files, folder, text, spans):
    """Check a target that is told by its place in the plain text alone."""
    name, _, place = address.partition("#char=")
    assert name == f"{files.base}{folder}text.txt"
    start, end = map(int, place.split(","))
    assert text[start:end].strip()
    assert any(first <= start < end <= last for first, last in spans.values())


def _check_target(target, files, folder, text, spans):
    assert one(target, f"{OA}hasSource") == files.base + folder
    found = {node["@type"][0].removeprefix(OA): node for node in target[f"{OA}hasSelector"]}
    assert list(found) == ["FragmentSelector", "TextQuoteSelector", "TextPositionSelector"]
    fragment = one(found["FragmentSelector"], f"{RDF}value")
    assert not files.leads_nowhere(f"{files.base}{folder}#{fragment}")
    quote, at = found["TextQuoteSelector"], found["TextPositionSelector"]
    start, end = one(at, f"{OA}start"), one(at, f"{OA}end")
    exact = one(quote, f"{OA}exact")
    assert text[start:end] == exact
    prefix = one(quote, f"{OA}prefix") if f"{OA}prefix" in quote else ""
    assert text[:start].endswith(prefix)
    first, last = spans[re.sub(r"-f\d+$", "", fragment)]
    assert first <= start < end <= last
    if len(prefix) < 24 and start - len(prefix) > first:
        assert text.count(prefix + exact, first, last) == 1


def met(times: int, rest: str) -> Annotated:
    """Return a document that names two countries often, and what else it says."""
    many = " ".join(f"Mexico met Peru on day {day}." for day in range(times))
    state = annotate(document(f"{many}\n\n{rest}\n\nMexico met Peru."), Catalogue())
    return anchor(state, None, path="seeds/x.txt", today=TODAY, splitter=SPLITTER).annotated


def targets(state: Annotated) -> tuple[list, int]:
    """Return the targets of its names, and the weight of the files beside its source."""
    site = shown(build_index([state], {}), Editorial(), Publication("Reader", SITE))
    files = {path.rsplit("/", 1)[1]: content for path, content in data_of(state, site)}
    items = json.loads(files["annotations.json"])["first"]["items"]
    named = [target for item in items if item["target"] for target in item["target"]]
    return named, sum(len(content) for name, content in files.items() if name in ISSUED)


# What a document leaves as beside its source: the plain text, its JSON, references, annotations.
ISSUED = frozenset(
    "text.txt document.json citation.json citation.ris citation.bib annotations.json".split()
)


def test_further_mentions_are_addresses_only_where_the_files_grow_too_heavy():
    light = met(3, "Nobody was there to see it, and nobody has told us of it ever since. " * 60)
    named, weight = targets(light)
    assert all(isinstance(target, dict) for target in named)
    assert weight < 8 * len(light.document.source.text)
    heavy = met(40, "The end.")
    named, _ = targets(heavy)
    assert [isinstance(target, dict) for target in named] == ([True] + [False] * 40) * 2
    text = plain_text(heavy.document).text
    assert named[-1] == f"text.txt#char={len(text) - 6},{len(text) - 2}"


def test_the_files_of_each_document_weigh_less_than_eight_times_its_source(collections):
    """Those of the references, of the annotations and of the text; the rest is printed."""
    (files, *_) = collections
    for annotated, folder in files.of_documents():
        beside = {
            path.removeprefix(folder): len(content)
            for path, content in files.files.items()
            if path.startswith(folder) and "/" not in path.removeprefix(folder)
        }
        source = beside["source.txt"]
        issued = sum(beside[name] for name in ISSUED)
        twin = len(markdown_twin(annotated.document, Publication("Reader", SITE)))
        linked = beside["document.jsonld"] + beside["linkset.json"]
        ratios = [f"{size / source:.1f}" for size in (issued, issued + source + twin + linked)]
        print(folder, *ratios)
        assert issued < 8 * source, folder


NASTY = '\u202e</script><script>alert(1)</script> "q" \\ {{ x }} %00 # & ]]> \x07 \ud83d 😀\nend'
FIGURE = Figure(None, 3.0, 9.0, "exact", "=", "count", of=f"crates {NASTY}", period="in 2022")


def hostile() -> Iterator[Annotated]:
    """Yield documents of which everything that can be nasty is."""
    candidate = Entity("organization", "nasty", NASTY, aliases=(NASTY,), reviewed=False)
    known = {"title": stated(NASTY * 20), "issuer": stated(f"{NASTY}; Other, and Others")}
    named = (("organization", "nasty", "Signs"), ("figure", "", "three to nine", FIGURE))
    text = f"Signs & three to nine &#x202e;</script> &#xd83d; Signs 😀 Signs\n\n{'aa' * 900}"
    for date in ("2019-06?", "199X", "2023-21", "2023/2024", "x"):
        slug = f"n{date[:4].lower()}{len(date)}"
        extra = {
            "date": stated(date),
            "type": stated(NASTY),
            "url": stated(f"https://a.example/{NASTY}"),
        }
        yield made(slug, text, *named, candidates=(candidate,), **known, **extra)
    yield made("bare", "x")
    yield made("empty", "***")


@pytest.mark.parametrize("address", [SITE, ""])
def test_hostile_documents_stay_data(address):
    site = shown(build_index(list(hostile()), {}), Editorial(), Publication(NASTY, address))
    for one_of_them in site.index.annotated:
        files = dict(data_of(one_of_them, site))
        folder = f"documents/{one_of_them.document.slug}/"
        text = files[f"{folder}text.txt"].decode("utf-8")
        for name in ("document.json", "annotations.json", "document.jsonld"):
            content = json.loads(files[folder + name])
            if name != "document.json":
                list(nodes(expanded(content, SITE + folder + name)))
        found = json.loads(files[f"{folder}annotations.json"])["first"]["items"]
        for item in found:
            for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
                if isinstance(target, dict):
                    _, quote, at = target["selector"]
                    assert text[at["start"] : at["end"]] == quote["exact"]
        page = with_page_data(Page(folder, "Title", "About", "Body", about=one_of_them), site)
        (block,) = _BLOCK.findall(bytes(page).decode("utf-8"))
        assert json.loads(block)["name"] == site.references[one_of_them.document.slug].title
        for node in nodes(expanded(json.loads(block), SITE + folder)):
            assert not wrong_terms(node)
            assert "datePublished" not in "".join(node)


def test_linked_data_has_no_terms_but_those_of_schema_org(collections):
    seen = set()
    for files in collections:
        for path, content in files.linked():
            for node in nodes(expanded(content, files.base + path)):
                assert not wrong_terms(node), (path, node)
                seen.update(node.get("@type", ()))
    assert {name.removeprefix(SCHEMA) for name in seen} >= {
        *("WebSite", "SearchAction", "Report", "CollectionPage", "Dataset", "DataDownload"),
        *("GovernmentOrganization", "Country", "Person", "Substance", "GovernmentService"),
        *("Observation", "StatisticalVariable"),
    }


def test_the_check_of_terms_finds_what_is_wrong():
    (node,) = expanded(
        {
            "@context": "https://schema.org",
            "@id": "https://example.org/",
            "@type": "Observation",
            "value": 3,
            "isBasedOn": {"@id": "https://example.org/"},
            "bigness": 3,
        },
        SITE,
    )
    assert sorted(wrong_terms(node)) == ["Observation.bigness", "Observation.isBasedOn"]


def test_every_address_of_linked_data_is_absolute_and_leads_somewhere(collections):
    for files in collections:
        for path, content in files.linked():
            for node in nodes(expanded(content, files.base + path)):
                address = node.get("@id", SITE)
                assert re.match(r"https?://", address), (path, address)
                own = urljoin(files.base, path)
                named = (f"{own}#", f"{files.base}documents/#issuer-")
                if address.startswith(files.base) and not address.startswith(named):
                    assert not files.leads_nowhere(address), (path, address)


def test_the_linked_data_of_a_document_holds_its_passages_and_figures(collections):
    for files in collections:
        for annotated, folder in files.of_documents():
            path = f"{folder}document.jsonld"
            (report,) = expanded(files.json(path), files.base + path)
            assert report["@id"] == files.base + folder
            assert report["@type"] == [f"{SCHEMA}Report"]
            passages = report.get(f"{SCHEMA}hasPart", [])
            anchors = [block.anchor for block in annotated.document.passages]
            assert [node["@id"] for node in passages] == [
                f"{files.base}{folder}#{anchor}" for anchor in anchors
            ]
            positions = [one(node, f"{SCHEMA}position") for node in passages]
            assert positions == list(range(1, len(anchors) + 1))
            figures = [mention.id for mention in annotated.mentions if mention.figure]
            stated = [
                node["@id"].partition("#")[2]
                for node in nodes(passages)
                if node.get("@type") == [f"{SCHEMA}Observation"]
            ]
            assert sorted(stated) == sorted(figures)


def test_the_block_of_a_page_is_small_and_stays_data(collections):
    for files in collections:
        for path, content in files.files.items():
            if not path.endswith("index.md"):
                continue
            text = content.decode("utf-8")
            for block in _BLOCK.findall(text):
                assert not re.search(r"[<>&]", block)
                listed = path == "data/index.md" or path.startswith("documents/index")
                assert listed or len(block) < 4500, path


def test_what_an_observation_says(collections):
    (files, *_) = collections
    folder = "documents/enhanced-counternarcotics-operations/"
    report = files.json(f"{folder}document.jsonld")
    stated = {node["@id"]: node for part in report["hasPart"] for node in part.get("mentions", ())}
    assert len(stated) == 7
    for figure in files.json(f"{folder}document.json")["figures"]:
        node = stated[f"#{figure['id']}"]
        if figure["bound"] == "more_than":
            assert node["minValue"] == figure["value"]
            assert "value" not in node
        elif figure["bound"] == "exact" and figure["value"] is not None:
            assert node["value"] == figure["value"]
            qualified = figure["status"] != "reported" or figure["change"]
            assert ("measurementQualifier" in node) == bool(qualified)


def test_types_are_those_of_the_examples():
    for words, name in load_data("schema_types")["examples"].items():
        assert type_of(*words.split(" ", 1)) == name


def test_a_page_of_the_list_names_the_documents_that_it_shows():
    """Also where long titles end a page early."""
    many = [made(f"d{n}", "x", title=stated(f"Number {n} {'of many ' * 60}")) for n in range(240)]
    site = shown(build_index(many, {}), Editorial(), Publication("Reader", SITE))
    pages, told = (
        [
            page
            for task in documents_tasks(site, Digests(site, {}, "")).tasks()
            for page in task.make()
        ],
        [],
    )
    assert len(pages) > 1
    for page in pages:
        (block,) = _BLOCK.findall(bytes(with_page_data(page, site)).decode("utf-8"))
        named = [
            part["@id"].removeprefix(f"{SITE}documents/") for part in json.loads(block)["hasPart"]
        ]
        assert named == [f"{slug}/" for slug in re.findall(r'href="[^"]*?\b(d\d+)/"', page.body)]
        told += named
    assert len(set(told)) == len(told) == len(many)


def test_the_files_of_a_document_do_not_change_with_other_documents():
    """Also where another names the same candidate otherwise."""
    text, issued = "Words of the Cartel of Signs.", {"issuer": stated("Office of Many Things")}

    def cartel(called: str) -> Entity:
        return Entity("organization", "cartel-of-signs", called, reviewed=False)

    named = ("organization", "cartel-of-signs", "Cartel of Signs")
    one = made("one", text, named, candidates=(cartel("Cartel of Signs"),), **issued)
    other = made(
        "another",
        "We met the Cartel of Signs.",
        ("organization", "cartel-of-signs", "Cartel of Signs"),
        candidates=(cartel("CARTEL of Signs"),),
        date=stated("2024-01-01"),
    )
    sites = [
        shown(build_index(some, {}), Editorial(), Publication("R", SITE))
        for some in ([one], [other, one])
    ]
    alone, beside = (dict(data_of(one, site)) for site in sites)
    assert alone == beside
    assert b'"CARTEL' not in beside["documents/one/document.jsonld"]
    signs = [list(Signposts(site).links(one.document)) for site in sites]
    assert signs[0] == signs[1]
    rows = [list(ROWS["mentions"](Part("", [one], ()), site)) for site in sites]
    assert rows[0] == rows[1]
    assert [row["name"] for row in rows[0]] == ["Cartel of Signs"]


def test_an_issuer_is_one_node_in_all_documents_that_it_issued():
    name, unknown = "Office of Many Things", "Büro der “Dinge”, Teil 1"
    office = Entity("organization", "many-things", name, aliases=("OMT",))
    issued = {"issuer": stated(f"{name}; {unknown}")}
    some = [
        made("one", "It names nobody.", **issued),
        made("two", f"The {name} says.", ("organization", "many-things", name), **issued),
        made("three", "An alias.", issuer=stated(f"OMT; {unknown}")),
    ]
    site = shown(
        build_index(some, {"organization": [office]}), Editorial(), Publication("Reader", SITE)
    )
    told = set()
    for document_of_it in some:
        slug = document_of_it.document.slug
        data = json.loads(dict(data_of(document_of_it, site))[f"documents/{slug}/document.jsonld"])
        (report,) = expanded(data, f"{SITE}documents/{slug}/document.jsonld")
        told.add(tuple(author["@id"] for author in report[f"{SCHEMA}author"]))
        page = Page(f"documents/{slug}/", "T", "A", "B", about=document_of_it)
        (block,) = _BLOCK.findall(bytes(with_page_data(page, site)).decode("utf-8"))
        told.add(tuple(author["@id"] for author in json.loads(block)["author"]))
    ((first, second),) = told
    assert first == f"{SITE}organizations/many-things/"
    assert second.startswith(f"{SITE}documents/#issuer-b%C3%BCro")


def test_the_table_of_documents_has_the_titles_that_are_cited():
    (one_of_them,) = some = [
        made("one", "x", title=stated("Biden-\u2060Harris \ue000 Facts\u200b"))
    ]
    site = shown(build_index(some, {}), Editorial(), Publication("Reader", SITE))
    (row,) = ROWS["documents"](Part("", some, ()), site)
    assert row["title"] == site.references[one_of_them.document.slug].title
    assert "\u2060" not in row["title"]


def test_llms_txt_names_every_table():
    site = shown(build_index([made("one", "x")], {}), Editorial(), Publication("Reader", SITE))
    assert ", ".join(tables()) in llms_file(site)[1].decode("utf-8")
