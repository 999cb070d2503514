"""Reading sources: which files, which bytes, what front matter states, what may be inferred."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder.dating.stated import is_edtf, read_date
from builder.finding import find_sources
from builder.model import Problems
from builder.read import (
    issuer_of,
    read_source,
    source_from_bytes,
    type_of,
)
from builder.slugs import slugify
from builder.strict_yaml import load_data
from conftest import source


def test_sources_are_found_at_any_depth_and_nothing_else(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    for name in (
        "a.txt", "B.MD", "deep/er/c.markdown", "d.pdf", ".hidden.txt", ".git/e.txt",
        "anchors/a.txt", "catalogue/x.md", "versions/a/1.txt", "deep/anchors/f.txt",
    ):  # fmt: skip
        (seeds / name).parent.mkdir(parents=True, exist_ok=True)
        (seeds / name).write_text("text")
    (tmp_path / "outside.txt").write_text("text")
    (seeds / "out.txt").symlink_to(tmp_path / "outside.txt")
    (seeds / "in.txt").symlink_to(seeds / "a.txt")
    (seeds / "loop").symlink_to(seeds)
    found = [path.relative_to(seeds).as_posix() for path in find_sources(seeds).files]
    assert found == ["B.MD", "a.txt", "deep/anchors/f.txt", "deep/er/c.markdown", "in.txt"]


def test_documents_in_a_form_that_is_not_read_are_told_together(tmp_path: Path) -> None:
    for name in ("a.txt", "scan.pdf", "deep/letter.DOCX", "page.html", "old.rtf", "picture.png"):
        (tmp_path / "seeds" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "seeds" / name).write_bytes(b"text")
    found = find_sources(tmp_path / "seeds")
    assert found.inside == ["a.txt"]
    (problem,) = found.problems
    assert problem.warning
    assert str(problem) == (
        "seeds: 4 files not read: deep/letter.DOCX, old.rtf, page.html and 1 more; put the"
        " text of each there as .txt or .md"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"one\ntwo\n\xff\xfe", "seeds/a.txt:3: not UTF-8 (byte 0xff, which is 'ÿ' in"),
        (b"", "seeds/a.txt:1: holds no text"),
        (b" \n\xc2\xa0\n", "seeds/a.txt:1: holds no text"),
        (b"---\ntitle: x\n---\n\n", "seeds/a.txt:1: holds no text"),
        (b"---\ntitle: x\nno end\n", "seeds/a.txt:1: the front matter is not closed"),
        (b"---\ntitle: x\ntitle: y\n---\ntext", 'seeds/a.txt:3: YAML: the key "title" stands'),
        (b"---\ntitle: [x\n---\ntext", "seeds/a.txt:3: YAML:"),
        (b'---\na: x\ntitle: "a\\ud800b"\n---\ntext', r'seeds/a.txt:3: YAML: "\ud800" is half'),
        (b"---\na: x\nb: \x07\n---\ntext", "seeds/a.txt:3: YAML: U+0007 may not stand here"),
        (b"---\na: &x [1]\nb: *x\n---\ntext", "seeds/a.txt:3: YAML: aliases are not allowed"),
    ],
)
def test_bad_sources_say_file_and_line(data: bytes, message: str) -> None:
    with pytest.raises(Problems) as caught:
        source_from_bytes(data, "seeds/a.txt")
    assert str(caught.value).startswith(message)


def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problems, match=r"^gone\.txt:1: cannot be read"):
        read_source(tmp_path / "gone.txt", tmp_path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (b"caf\xe9.txt", r"seeds/caf\xe9.txt:1: the file's name holds bytes that are not UTF-8"),
        (b"a\nb.txt", r"seeds/a\nb.txt:1: the file's name holds a control character; rename"),
        (b"a\xe2\x80\xa8b.txt", r"seeds/a\u2028b.txt:1: the file's name holds a control"),
    ],
)
def test_a_name_that_no_line_can_hold(tmp_path: Path, name: bytes, message: str) -> None:
    (tmp_path / "seeds").mkdir()
    try:
        (tmp_path / "seeds" / os.fsdecode(name)).write_text("text")
    except OSError:
        pytest.skip("no such names here")
    (path,) = find_sources(tmp_path / "seeds").files
    with pytest.raises(Problems) as caught:
        read_source(path, tmp_path)
    assert str(caught.value).startswith(message)


def test_only_regular_files_are_sources(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    os.mkfifo(seeds / "pipe.txt")
    (seeds / "loop.txt").symlink_to("loop.txt")
    (seeds / "gone.txt").symlink_to("nowhere.txt")
    told = []
    for path in find_sources(seeds).files:
        with pytest.raises(Problems) as caught:
            read_source(path, tmp_path)
        told.append(str(caught.value).partition(";")[0])
    assert told == [
        "seeds/gone.txt:1: cannot be read (No such file or directory)",
        "seeds/loop.txt:1: cannot be read (Too many levels of symbolic links)",
        "seeds/pipe.txt:1: is not a regular file",
    ]


def test_bytes_come_back_and_line_ends_stay() -> None:
    data = "\ufeff---\r\ntitle: T\r\n---\r\nLine one.\r\nLine two.\r\n".encode()
    read = source_from_bytes(data, "seeds/a.txt")
    assert read.text.encode() == data
    assert read.text[read.body :] == "Line one.\r\nLine two.\r\n"
    assert read.metadata.title.value == "T"


def test_front_matter_is_stated_and_the_rest_is_kept() -> None:
    metadata = source(
        "---\ntitle: On Ports\ndate: '2023-11-16'\nissuer: NO\nsource_url: https://www.state.gov/x\n"
        "tags: [a, b]\nodd: {k: v}\n---\ntext"
    ).metadata
    assert (metadata.title.value, metadata.title.provenance) == ("On Ports", "stated")
    assert (metadata.date.value, metadata.date.provenance) == ("2023-11-16", "stated")
    assert metadata.issuer.value == "NO"
    assert metadata.extra == (("tags", "a, b"), ("odd", "k: v"))


def test_a_date_that_is_none_is_unknown_and_quoted() -> None:
    known = source("---\ntitle: x\ndate: 2023-02-30\n---\ntext").metadata.date
    assert known.value is None
    assert known.provenance == "unknown"
    assert "2023-02-30" in known.how


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://[bad", "https://a\u2100b.example/", "a b"]
)
def test_an_address_must_be_of_the_web(address: str) -> None:
    known = source(f'---\nurl: "{address}"\n---\ntext').metadata.url
    assert known.value is None
    assert address in known.how


def test_inferences_are_marked() -> None:
    text = (
        "---\ntitle: 'FACT SHEET: Ports'\nurl: https://www.whitehouse.gov/2023/11/16/x/\n---\ntext"
    )
    metadata = source(text).metadata
    assert (metadata.issuer.value, metadata.issuer.provenance) == ("The White House", "inferred")
    assert (metadata.date.value, metadata.date.provenance) == ("2023-11-16", "inferred")
    assert (metadata.type.value, metadata.type.provenance) == ("fact sheet", "inferred")
    named = source("text", "seeds/2024-09-24-statement.md").metadata
    assert (named.date.value, named.date.provenance) == ("2024-09-24", "inferred")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert source("---\n\nA text between rules.\n\n---\n").body == 0


def test_knowledge_proves_itself() -> None:
    for url, issuer in load_data("issuers")["examples"].items():
        assert issuer_of(url) == issuer
    for title, kind in load_data("document_types")["examples"].items():
        assert type_of(title) == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023-11-16", "2023-11-16"),
        ("2023-11-16 11:04:25-05:00", "2023-11-16"),
        ("2023-11-16T11:04:25Z", "2023-11-16"),
        ("November 16, 2023", "2023-11-16"),
        ("Thursday, Nov. 16, 2023", "2023-11-16"),
        ("16 November 2023", "2023-11-16"),
        ("Sept. 2023", "2023-09"),
        ("2019-06?", "2019-06?"),
        ("2019/2021", "2019/2021"),
        ("2023-05/2021-01", None),
        ("2024/2023", None),
        ("2023-05/2023", "2023-05/2023"),
        ("2023-02-30", None),
        ("11/16/2023", None),
        ("Foo 12, 2023", None),
        ("", None),
    ],
)
def test_dates(text: str, found: str | None) -> None:
    assert read_date(text) == found
    assert found is None or is_edtf(found)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Mérida Initiative", "merida-initiative"),
        ("  U.S.–México: “Drogas” ", "us-mexico-drogas"),
        ("The President's Plan", "the-presidents-plan"),
        ("x" * 90, "x" * 80),
        ("word " * 40, ("word-" * 16)[:-1]),
        ("日本", ""),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug
