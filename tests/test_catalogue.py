"""The catalogue: what is read, what is refused, and that this collection's own proves itself."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from builder.catalogue import Catalogue, load_catalogue
from builder.model import Problems
from conftest import ROOT

OWN = ROOT / "seeds" / "catalogue"
ENTRY = "programs:\n- key: ports-act\n  name: Ports Act\n"


def problems(folder: Path, content: str, name: str = "programs.yaml") -> list[str]:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(Problems) as raised:
        load_catalogue(folder, folder)
    return [str(problem) for problem in raised.value.problems]


def test_an_entry(tmp_path: Path) -> None:
    content = ENTRY + (
        "  sort: statute\n  aliases: [Act on Ports]\n  short: [the Law]\n  about: About ports.\n"
        "  facts:\n  - {label: Passed, value: '1999', source: {document: a-slug, quote: in 1999}}\n"
        "  - {label: Page, value: one, source: {url: 'https://example.org/'}}\n"
        "  links: {wikidata: Q1}\n  examples: [the Ports Act]\n  not: [the ports]\n"
    )
    (tmp_path / "programs.yaml").write_text(content, encoding="utf-8")
    catalogue = load_catalogue(tmp_path, tmp_path)
    entity = catalogue.entities("program")["ports-act"]
    passed, page = entity.facts
    assert (passed.document, passed.quote, passed.source) == ("a-slug", "in 1999", "")
    assert (page.source, page.document) == ("https://example.org/", "")
    assert str(passed.place) == "programs.yaml:9"
    assert str(entity.place) == "programs.yaml:2"
    assert [match.form.key for match in catalogue.names_of("program").find("the Act on Ports")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            ENTRY + "  colour: red\n",
            'programs.yaml:4: unknown key "colour"; allowed here: key, name',
        ),
        (ENTRY + "  examples: [the Piers Act]\n", "does not name"),
        (ENTRY + "  examples: [the Ports Act and Medicare]\n", "also names medicare"),
        (ENTRY + "  not: [the Ports Act]\n", "where it must not be"),
        (ENTRY + "- key: ports-act\n  name: Piers Act\n", 'the key "ports-act" is taken'),
        (ENTRY + "- name: Piers Act\n  aliases: [ports act]\n", 'the name "ports act" is taken'),
        (ENTRY + "  facts: [{label: Passed, value: one}]\n", "a fact needs a source"),
        (ENTRY + "  facts: [{label: A, value: b, source: {document: c}}]\n", "not complete"),
        (ENTRY + "  facts: [{label: A, value: b, source: {quote: c}}]\n", "not complete"),
        (ENTRY + "  facts: [{label: A, value: b, source: {quote: c, url: d}}]\n", "not complete"),
        (
            ENTRY + "  facts:\n  - {label: A, value: b, source: {url: 'javascript:alert(1)'}}\n",
            'programs.yaml:5: "javascript:alert(1)" is no web address; begin with https://',
        ),
        (
            ENTRY + "  links:\n    page: http://[bad\n",
            'programs.yaml:5: "http://[bad" is no web address',
        ),
        (ENTRY + "  links: {page: /x}\n", '"/x" is no web address'),
        (ENTRY + '  about: "a\\ud800b"\n', 'programs.yaml:4: YAML: "\\ud800" is half'),
        (ENTRY + "  facts: [{label: A, value: b, source: {page: c}}]\n", 'unknown key "page"'),
        ("programs:\n- {key: candidates, name: Ports Act}\n", "is the address of another page"),
        ("programs:\n- {key: '2', name: Ports Act}\n", "is the address of another page"),
        ("programs:\n- name: '1033'\n", "is the address of another page"),
        (ENTRY + "  aliases: Act\n", '"aliases" is not a list'),
        ("programs:\n- key: Ports Act\n  name: Ports Act\n", "is no slug"),
        ("programs:\n- key: ports-act\n", "an entry has no name"),
        ("programs: none\n", '"programs" is not a list'),
        ("program: []\n", 'unknown key "program"'),
        ("programs:\n- text\n", "is not an entry"),
    ],
)
def test_refused(tmp_path: Path, content: str, message: str) -> None:
    assert any(message in problem for problem in problems(tmp_path, content))


def test_all_problems_come_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text("people:\n- key: x\n", encoding="utf-8")
    (tmp_path / "colours.yaml").write_text("colours: []\n", encoding="utf-8")
    found = problems(tmp_path, ENTRY + "  colour: red\n")
    assert [problem.split(":")[0] for problem in found] == [
        "colours.yaml",
        "people.yaml",
        "programs.yaml",
    ]


@pytest.mark.parametrize("name", ["measure.yaml", "colours.yaml"])
def test_an_unknown_file_is_a_problem(tmp_path: Path, name: str) -> None:
    assert f'"{name}" is not a catalogue file' in problems(tmp_path, "[]\n", name)[0]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "people.yaml").mkdir()
    (tmp_path / "substances.yaml").symlink_to("substances.yaml")
    found = problems(tmp_path, ENTRY + "  colour: red\n")
    assert [problem.partition(";")[0] for problem in found[:2]] == [
        "people.yaml:1: is not a regular file",
        'programs.yaml:4: unknown key "colour"',
    ]
    assert found[2].startswith("substances.yaml:1: cannot be read (Too many levels")


def test_misprints(tmp_path: Path) -> None:
    found = problems(tmp_path, "misprints:\n- {printed: Teh}\n", "misprints.yaml")
    assert "a misprint needs reading, document" in found[0]


def test_a_list_alone_reads_like_a_named_list(tmp_path: Path) -> None:
    (tmp_path / "programs.yaml").write_text("- {name: Ports Act}\n", encoding="utf-8")
    assert "ports-act" in load_catalogue(tmp_path).entities("program")


def test_the_collections_names_stand_over_the_packages(tmp_path: Path) -> None:
    content = "programs:\n- {key: old-age, name: Medicare}\n"
    (tmp_path / "programs.yaml").write_text(content, encoding="utf-8")
    entities = load_catalogue(tmp_path).entities("program")
    assert "old-age" in entities
    assert "medicare" not in entities


def test_an_entry_of_the_package_is_enriched(tmp_path: Path) -> None:
    content = "organizations:\n- {key: incb, name: The Board of Control, about: Ours.}\n"
    (tmp_path / "organizations.yaml").write_text(content, encoding="utf-8")
    entity = load_catalogue(tmp_path).entities("organization")["incb"]
    assert (entity.name, entity.about, entity.sort) == (
        "The Board of Control",
        "Ours.",
        "international",
    )
    assert entity.aliases == ("International Narcotics Control Board", "INCB")


def test_no_folder_is_no_problem(tmp_path: Path) -> None:
    assert load_catalogue(None).entities("substance")["fentanyl"].name == "fentanyl"
    assert load_catalogue(tmp_path / "none").entities("organization")
    assert Catalogue.empty().entities("program") == {}


def test_a_catalogue_travels_to_other_processes() -> None:
    copy = pickle.loads(pickle.dumps(load_catalogue(OWN, ROOT)))
    assert [m.form.key for m in copy.names_of("substance").find("fentanyl")] == ["fentanyl"]
