"""One bad file gives one problem that names it; the others are built."""

import os
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from builder import annotate_files as annotate_files_module
from builder import collection, line
from builder.anchoring import registrar, survey
from builder.annotate_files import annotate_files
from builder.collection import read_collection
from builder.model import Problems
from builder.site import Run, build_pages

TEXT = "A first paragraph.\n\nA second paragraph.\n"


def slugs_of(state: collection.CollectionState) -> list[str]:
    return [one.document.slug for one in state.documents]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (b"bad.txt", b'---\ntitle: "a\\ud800b"\n---\ntext', 'seeds/bad.txt:2: YAML: "\\ud800"'),
        (b"caf\xe9.txt", b"text", r"seeds/caf\xe9.txt:1: the file's name holds bytes"),
        (b"a\nsource b.txt", b"text", r"seeds/a\nsource b.txt:1: the file's name holds a control"),
    ],
)
def test_a_bad_file_is_one_problem(small, name: bytes, data: bytes, message: str) -> None:
    settings = small(good=TEXT)
    (settings.seeds / os.fsdecode(name)).write_bytes(data)
    state = read_collection(settings)
    assert slugs_of(state) == ["good"]
    (problem,) = state.problems
    assert str(problem).startswith(message)


@pytest.mark.parametrize("address", ["http://[bad", "https://a\u2100b.example/"])
def test_an_address_that_cannot_be_read_is_shown_and_stops_nothing(small, address: str) -> None:
    text = f'---\nurl: "{address}"\n---\nPay $5 [here](//[bad) or <a href="//[v1.x]/">there</a>.\n'
    state = read_collection(small(odd=text, good=TEXT))
    assert slugs_of(state) == ["good", "odd"]
    (problem,) = state.problems
    assert problem.warning
    assert str(problem).startswith(f'seeds/odd.txt:2: the url "{address}" is no web address')


def test_what_is_no_regular_file_is_one_problem(small) -> None:
    settings = small(good=TEXT)
    os.mkfifo(settings.seeds / "pipe.txt")
    (settings.seeds / "loop.txt").symlink_to("loop.txt")
    state = read_collection(settings)
    assert slugs_of(state) == ["good"]
    assert [problem.place.path for problem in state.problems] == [
        "seeds/loop.txt",
        "seeds/pipe.txt",
    ]


@pytest.mark.parametrize("kind", ["folder", "dangling link", "circle", "pipe"])
def test_a_ledger_that_is_no_file_is_a_problem(small, kind: str) -> None:
    settings = small(zz=TEXT, good=TEXT)
    ledger = settings.anchors / "zz.txt"
    settings.anchors.mkdir()
    if kind == "folder":
        ledger.mkdir()
    elif kind == "pipe":
        os.mkfifo(ledger)
    else:
        ledger.symlink_to("nowhere.txt" if kind == "dangling link" else "zz.txt")
    with pytest.raises(Problems, match=r"^seeds/anchors/zz\.txt:1: "):
        build_pages(settings, Run())
    assert not settings.content.exists()


def test_a_ledger_half_written_is_no_ledger(small) -> None:
    settings = small(good=TEXT)
    build_pages(settings, Run())
    (settings.anchors / ".tmp-builder-1-good.txt").write_text("half")
    assert read_collection(settings).problems == ()


@pytest.mark.parametrize(
    ("module", "stage"),
    [
        (survey, "read_source"),
        (survey, "describe"),
        (line, "structure"),
        (line, "annotate"),
        (registrar, "anchor"),
    ],
)
def test_a_document_that_trips_the_builder_is_one_problem(
    small, monkeypatch, module: ModuleType, stage: str
) -> None:
    settings = small(bad=TEXT, good=TEXT)
    (settings.seeds / "manifest.yaml").write_text("documents:\n  bad.txt:\n    title: Tripping\n")
    for published in (False, True):
        real = getattr(module, stage)
        # What was made of a document that has not changed is not made again.
        shutil.rmtree(settings.root / ".cache", ignore_errors=True)
        with monkeypatch.context() as patch:
            patch.setattr(module, stage, tripping(real))
            state = read_collection(settings)
        assert "good" in slugs_of(state)
        (problem,) = state.problems
        assert problem.place.path == "seeds/bad.txt"
        assert "the builder failed on this document: KeyError: 'tripped'" in problem.what
        if not published:
            build_pages(settings, Run())


@pytest.mark.parametrize("stage", ["read_source", "structure", "annotate", "anchor"])
def test_annotate_goes_on_too(small, monkeypatch, stage: str) -> None:
    settings = small(bad=TEXT, good=TEXT)
    patched = tripping(getattr(annotate_files_module, stage))
    monkeypatch.setattr(annotate_files_module, stage, patched)
    problems: list = []
    paths = [settings.seeds / f"{name}.txt" for name in ("bad", "good")]
    (line,) = annotate_files(settings, paths, problems)
    assert '"document": "good"' in line
    assert "KeyError: 'tripped'" in str(problems[0])


def tripping(real):
    """Return a stage that fails on the document `bad`."""

    def stage(what, *arguments, **keywords):
        if "bad" in (str(what) if isinstance(what, Path) else repr(what)):
            raise KeyError("tripped")
        return real(what, *arguments, **keywords)

    return stage


def test_a_folder_that_is_not_there(small) -> None:
    settings = small()
    settings.seeds.rmdir()
    with pytest.raises(Problems) as raised:
        read_collection(settings)
    assert str(raised.value) == "seeds: there is no such folder; put .txt or .md files there"
