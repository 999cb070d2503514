"""The search of a big collection in the browser: this collection, as if it were one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from builder.collection import read_collection
from builder.finishing import finish
from builder.publishing.offline import copy_for_disk
from reading import Noted
from site_fixtures import copy_collection, served

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = pytest.mark.browser

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "search.yaml").read_text(encoding="utf-8")
)
ANSWERED = [case for case in CASES if "passages" in case]

SEARCH = """async ([query, options]) => {
  globalThis.engine ??= await reader.engine();
  return await engine.search(query, options);
}"""


@pytest.fixture(scope="session")
def large(built, tmp_path_factory) -> Path:
    """The built site with the search of a big collection."""
    import shutil

    folder = tmp_path_factory.mktemp("large")
    settings = replace(copy_collection(folder / "collection"), pagefind_from=1, jobs=1)
    shutil.copytree(built.settings.content, settings.content, dirs_exist_ok=True)
    shutil.copytree(built.site, settings.site)
    assert not finish(settings, settings.site, read_collection(settings))
    return settings.site


@pytest.fixture(scope="session")
def large_address(large) -> Iterator[str]:
    with served(large, "/archive/") as root:
        yield root


def search(page: Any, query: str, **options: Any) -> Any:
    return page.evaluate(SEARCH, [query, options])


def test_it_finds_the_passages_that_answer(large_address, open_page):
    noted = Noted()
    page = open_page(large_address, noted=noted)
    first = five = 0
    wrong = []
    for case in ANSWERED:
        answer = search(page, case["query"], typing=True)  # as the box asks
        found = [
            f"{document['address']}#{passage['id']}"
            for document in answer["documents"]
            for passage in document["passages"][:3]
        ]
        first += bool(found) and found[0] in case["passages"]
        five += any(passage in case["passages"] for passage in found[:5])
        if not found or found[0] not in case["passages"]:
            wrong.append((case["query"], found[:3]))
    assert first >= 0.9 * len(ANSWERED), wrong
    assert five >= 0.98 * len(ANSWERED), wrong
    assert len(noted.hosts) == 1
    assert not noted.complaints


def test_it_is_exact_and_narrows(large_address, open_page):
    page = open_page(large_address)
    assert search(page, "organ")["total"] == 0
    everything = search(page, "drug", facets=True)
    assert everything["total"] >= sum(everything["facets"]["year"].values()) > 1
    year = next(iter(everything["facets"]["year"]))
    narrowed = search(page, "drug", filters={"year": [year]})
    assert 0 < narrowed["total"] == everything["facets"]["year"][year]
    address = everything["documents"][-1]["address"]
    (one,) = search(page, "drug", filters={"document": [address]})["documents"]
    assert one["address"] == address


def test_what_stands_nowhere_has_a_near_spelling(large_address, open_page):
    page = open_page(large_address)
    answer = search(page, "fentanil")
    assert answer["total"] == 0
    assert answer["missing"] == ["fentanil"]
    assert answer["near"] == ["fentanyl"]
    assert search(page, "phentanil")["near"] == ["fentanyl"]
    assert search(page, "fentan", typing=True)["prefixed"]


def test_pages_by_hand_come_after_the_documents(large_address, open_page):
    noted = Noted()
    page = open_page(large_address, noted=noted)
    page.keyboard.press("/")
    field = page.locator("#search-field")
    field.fill("how search works")
    box = page.locator(".search-box")
    expect(box.locator(".found .found-document").first).to_be_visible()
    expect(box.locator(".found-pages")).to_contain_text("How search works")
    field.fill("misprint")
    expect(box.locator(".found .found-document")).to_have_count(0)
    expect(box.locator(".found-page").first).to_contain_text("misprint")
    assert not noted.complaints


def test_from_disk_it_searches_the_parts(large, tmp_path, open_page):
    copy_for_disk(large, tmp_path / "disk")
    assert not (tmp_path / "disk/search/index").exists()
    page = open_page((tmp_path / "disk/index.html").as_uri())
    answer = search(page, "fentanyl", facets=True)
    assert answer["documents"][0]["passages"][0]["hits"]
    assert 1 < sum(answer["facets"]["year"].values()) <= answer["total"]


PHRASES = ['"the united states"', '"of the"', '"on drug"', '"no such phrase of the"']


def told(page, query):
    answer = search(page, query)
    documents = {one["address"]: one["count"] for one in answer["documents"]}
    return answer["total"], answer["passages"], bool(answer.get("roughly")), documents


def test_both_engines_count_alike(large_address, address, open_page):
    large, small = open_page(large_address), open_page(address)
    for query in [*PHRASES, "drug", "mexico drug", *(case["query"] for case in CASES[::7])]:
        assert told(large, query) == told(small, query), query


def test_a_phrase_of_common_words_loses_no_document(large, large_address, address, open_page):
    about = json.loads((large / "search/engine.json").read_text("utf-8"))
    about["common"] = dict.fromkeys(["the", "of", "on", "drug", "united", "states"], 100)
    for shard in about["shards"]:
        shard["documents"] = 10**6  # of so many, hardly any common word is looked up
    page = open_page("about:blank")
    page.context.route("**/search/engine.json*", lambda route: route.fulfill(json=about))
    page.goto(large_address)
    small = open_page(address)
    for query in PHRASES:
        assert told(page, query)[0] == told(small, query)[0], query


def test_all_passages_of_a_document_can_be_unfolded(large_address, open_page):
    page = open_page(f"{large_address}search/?q=drug")
    found = page.locator(".found-document").filter(has=page.locator("details")).first
    more = found.locator("summary")
    count = int(more.inner_text().split()[0])
    shown = found.locator("ol > li").count()
    more.click()
    found.locator("details ol > li").first.wait_for()
    assert found.locator("ol > li").count() == shown + count > 10


@pytest.mark.parametrize("path", ["*.words*", "*.text*", "search_large_worker.js"])
def test_what_could_not_be_loaded_is_said_and_tried_again(large_address, open_page, path):
    page = open_page(large_address)
    page.context.route(f"**/{path}", lambda route: route.abort())
    page.keyboard.press("/")
    field, count = page.locator("#search-field"), page.locator(".search-box .search-count")
    field.fill("fentanyl")
    expect(count).to_contain_text("could not be loaded")
    page.context.unroute(f"**/{path}")
    field.fill("heroin")
    expect(count).to_contain_text("document")
    field.fill("fentanyl")
    expect(count).to_contain_text("document")


def test_values_of_facets_may_have_any_name(large_address, open_page):
    page = open_page(large_address)
    names = ["constructor", "toString", "__proto__"]
    counted = """async names => {
      await reader.script("assets/javascripts/search_facets.js");
      const document = { address: "a", facets: { kind: names } };
      return Object.entries(reader.facets.counted([document, document], {}, ["kind"]).kind);
    }"""
    assert page.evaluate(counted, names) == [[name, 2] for name in names]
