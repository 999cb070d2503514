"""The manifest: what editors add, with provenance; mistakes told all at once; slugs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.manifest import Manifest, describe, give_slugs, load_manifest
from builder.model import Problem, Problems
from builder.slugs import slugify
from conftest import ROOT, source


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "manifest.yaml"
    path.write_text(text, "utf-8")
    return path


def told(manifest: Manifest) -> list[Problem]:
    return [problem for problems in manifest.wrong.values() for problem in problems]


def test_every_mistake_is_told_in_one_run(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "documents:\n  a.txt:\n    slug: Not A Slug\n    title: {value: T, provenance: guessed}\n"
        "    date: 2023-13-01\n    url: ftp://x\n    isuer: x\n  b.txt: text\n",
    )
    wrong = told(load_manifest(path, "seeds/manifest.yaml"))
    assert sorted(problem.place.line for problem in wrong) == [3, 4, 5, 6, 7, 8]
    text = "\n".join(map(str, wrong))
    for part in ('unknown key "isuer"', "allowed here: slug, title", '"guessed"', '"2023-13-01"'):
        assert part in text


def test_the_manifest_adds_and_says_how(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "documents:\n  a.txt:\n    slug: ports\n    title: On Ports\n"
        "    date: {value: '2019-06?', provenance: inferred, how: It says so.}\n",
    )
    described = describe(source("text", "seeds/a.txt"), load_manifest(path, "m"), "seeds")
    assert described.slug == "ports"
    assert (described.metadata.title.value, described.metadata.title.provenance) == (
        "On Ports",
        "supplied",
    )
    assert described.metadata.date.how == "It says so."
    assert described.metadata.issuer.provenance == "unknown"


def test_a_value_that_is_none_is_left_away_alone(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "documents:\n  a.txt:\n    slug: ports\n    title: On Ports\n    date: 2023-13-01\n"
        "    issuer: {value: A Ministry, provenance: guessed}\n    colour: red\n",
    )
    manifest = load_manifest(path, "m")
    described = describe(source("text", "seeds/a.txt"), manifest, "seeds")
    assert (described.slug, described.metadata.title.value) == ("ports", "On Ports")
    assert {described.metadata.date.provenance, described.metadata.issuer.provenance} == {"unknown"}
    assert not manifest.nameless


@pytest.mark.parametrize("entry", ["a text", "[1]", "{slgu: ports}", "{slug: Not One}", "{}"])
def test_whether_an_entry_may_have_meant_the_slug(tmp_path: Path, entry: str) -> None:
    manifest = load_manifest(written(tmp_path, f"documents:\n  a.txt: {entry}\n"), "m")
    assert manifest.nameless == ({"a.txt"} if entry != "{}" else set())


def test_an_entry_without_its_file_is_a_problem(tmp_path: Path) -> None:
    manifest = load_manifest(written(tmp_path, "documents:\n  gone.txt: {title: x}\n"), "m.yaml")
    (problem,) = manifest.missing(["a.txt"])
    assert str(problem).startswith('m.yaml:2: there is no source "gone.txt"')


def test_two_entries_do_not_share_a_slug(tmp_path: Path) -> None:
    path = written(tmp_path, "documents:\n  a.txt:\n    slug: ports\n  b.txt:\n    slug: ports\n")
    manifest = load_manifest(path, "m")
    (problem,) = manifest.wrong["b.txt"]
    assert (manifest.entries["b.txt"].slug, manifest.nameless) == (None, {"b.txt"})
    assert str(problem).startswith('m:5: the slug "ports" is taken; line 3 has it too')


@pytest.mark.parametrize("slug", ['"2"', '"0012"', "candidates", "con", "lpt1"])
def test_the_address_of_another_page_is_no_slug(tmp_path: Path, slug: str) -> None:
    text = f"documents:\n  a.txt:\n    slug: {slug}\n"
    (problem,) = told(load_manifest(written(tmp_path, text), "m"))
    assert re.search("is the address of another page; for|is no name on Windows; for", str(problem))


@pytest.mark.parametrize("address", ["http://[bad", "https://a\u2100b.example/", "ftp://x"])
def test_an_address_must_be_of_the_web(tmp_path: Path, address: str) -> None:
    path = written(tmp_path, f'documents:\n  a.txt:\n    url: "{address}"\n')
    (problem,) = told(load_manifest(path, "m"))
    assert re.match(r"m:3: .* is no web address", str(problem))


def test_half_a_character_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problems, match=r"m:3: YAML: .* is half a character"):
        load_manifest(written(tmp_path, 'documents:\n  a.txt:\n    title: "a\\ud800b"\n'), "m")


def test_a_manifest_that_is_no_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "manifest.yaml").mkdir()
    with pytest.raises(Problems, match="m:1: is not a regular file"):
        load_manifest(tmp_path / "manifest.yaml", "m")


def test_without_a_manifest_nothing_is_said(tmp_path: Path) -> None:
    assert load_manifest(tmp_path / "none.yaml", "m").entries == {}


def test_the_own_manifest_reads() -> None:
    manifest = load_manifest(ROOT / "seeds/manifest.yaml", "seeds/manifest.yaml")
    assert len(manifest.entries) == 5


def test_slugs_are_unique_and_issued_ones_stay() -> None:
    sources = [
        source("t", "seeds/a/fact sheet.txt"),
        source("t", "seeds/b/fact sheet.txt"),
        source("t", "seeds/b/Fact_Sheet.md"),
        source("t", "seeds/x.txt"),
        source("t", "seeds/日本.txt"),
    ]
    slugs = [item.slug for item in give_slugs(sources, {"seeds/x.txt": "published"})]
    assert slugs[0] == "a-fact-sheet"
    assert slugs[1] == "b-fact-sheet"
    assert slugs[3:] == ["published", "document"]
    assert len(set(slugs)) == 5


def test_a_slug_that_is_cut_for_its_mark_is_one() -> None:
    """A ledger could not be read again that names two hyphens side by side."""
    names = [f"seeds/{folder}/{'long ' * 14}name.txt" for folder in ("a/b", "c/b", "d/b")]
    slugs = [item.slug or "" for item in give_slugs([source("t", name) for name in names], {})]
    assert len(set(slugs)) == 3
    assert [slugify(slug) for slug in slugs] == slugs


def test_no_document_gets_the_address_of_another_page() -> None:
    sources = [source("t", f"seeds/{name}.txt") for name in ("2", "3/3", "candidates", "x/2", "2a")]
    slugs = [item.slug for item in give_slugs(sources, {})]
    assert slugs[1:3] == ["document-3", "document-candidates"]
    assert slugs[3:] == ["x-2", "2a"]
    assert slugs[0] == "seeds-2"
