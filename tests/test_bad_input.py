"""Bad input of every class at once: each has its message, the others are built, nothing is lost."""

from __future__ import annotations

import os
import re
import resource
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bad_files import BUILT, ODD, REFUSED, TEXT, TOLD, front
from builder import files, finding, line
from builder.files import read_bytes, shown_name
from builder.finding import find_sources
from builder.knowledge import read_sources
from builder.limits import Limit, Limits
from builder.model import Document, Problems, Source
from builder.read import read_source, source_from_bytes
from builder.settings import Settings, read_settings
from builder.site import Run, build
from builder.working import Workers
from harbors import Collection, text

ALL = {**BUILT, **{name: data for name, (data, _) in (REFUSED | TOLD).items()}}


def laid(settings: Settings, only: dict[str, bytes]) -> None:
    for name, data in only.items():
        file = settings.seeds / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


@pytest.mark.parametrize("name", REFUSED, ids=map(ascii, REFUSED))
def test_a_bad_file_is_refused_with_one_message(tmp_path: Path, name: str) -> None:
    data, message = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Problems) as caught:
        read_source(tmp_path / name, tmp_path)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{shown_name(name)}:{message}")
    assert problem.hint


def test_all_at_once(small: Callable[..., Settings]) -> None:
    """The whole table through `builder build`, after a site was built of the good documents."""
    settings = small(ports=text("The harbor of Lisbon."), farms=text("The farms of Porto."))
    here = Collection(settings)
    here.run("build")
    before = (settings.site / "documents/ports/index.html").read_bytes()
    (settings.seeds / "ports.txt").write_bytes(b"\xff\xfeT\0h\0e\0")
    laid(settings, ALL)
    for name, (make, _) in ODD.items():
        make(settings.seeds / name)
    started = time.process_time()
    lines = here.run("build", code=1).stderr.splitlines()
    assert time.process_time() - started < 120  # an alarm, no measurement: no class goes wild
    for name, (_, message) in (REFUSED | TOLD | ODD).items():
        start = f"seeds/{shown_name(name)}:"
        (line,) = (line for line in lines if line.startswith(start))
        assert line.startswith(start + message)
    (line,) = (line for line in lines if line.startswith("seeds/ports.txt:"))
    assert line.startswith("seeds/ports.txt:1: is UTF-16LE, not UTF-8")
    count = len(REFUSED) + len(TOLD) + len(ODD) + 1
    assert lines[-1] == f"{count} problems"
    again = here.run("build", code=1).stderr.splitlines()
    assert [line for line in again if line.startswith("seeds/")] == [
        line for line in lines if line.startswith("seeds/") and "seeds/anchors" not in line
    ]
    assert (settings.site / "documents/farms/index.html").is_file()
    assert (settings.site / "documents/ports/index.html").read_bytes() == before
    built = {page.parent.name for page in settings.site.glob("documents/*/index.html")}
    ledgers = {ledger.stem for ledger in settings.anchors.glob("*.txt")}
    assert built == ledgers
    assert len(built) == len(BUILT) + len(TOLD) + 2
    assert {"document-con", "document-aux", "document-candidates", "document-2"} <= built
    assert not {"con", "aux", "candidates", "2"} & built
    for file in settings.site.rglob("*"):
        assert re.fullmatch(r"[\x20-\x7e]+", file.name)


def test_annotate_keeps_to_the_limits(small: Callable[..., Settings]) -> None:
    settings = small(good=TEXT)
    config = settings.root / "mkdocs.yml"
    options = "{max_source_bytes: 100, max_source_lines: 2, max_line_length: 50}"
    config.write_text(f"site_name: S\nplugins:\n  - collection: {options}\n")
    laid(settings, {"bytes.txt": b"x " * 60, "length.txt": b"y" * 51, "lines.txt": b"a\n" * 3})
    names = [f"seeds/{name}.txt" for name in ("bytes", "length", "lines", "good")]
    result = Collection(settings).run("annotate", *names, code=1)
    assert result.stderr.splitlines()[:4] == [
        f"{place}; make it smaller, or set {option} in mkdocs.yml, under the plugin collection"
        for place, option in (
            ("seeds/bytes.txt:1: holds more bytes than 100", "max_source_bytes"),
            ("seeds/length.txt:1: this line holds more characters than 50", "max_line_length"),
            ("seeds/lines.txt:3: holds more lines than 2", "max_source_lines"),
            ("seeds/good.txt:3: holds more lines than 2", "max_source_lines"),
        )
    ]


def test_no_limits_are_none() -> None:
    limits = Limits(max_source_lines=0, max_line_length=0)
    assert source_from_bytes(b"x" * 2_000_000, "a.txt", limits)
    assert source_from_bytes(b"x\n" * 60_000, "a.txt", limits)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(1 << 34)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Problems, match="holds more bytes than 10,000,000"):
        read_source(tmp_path / "large.txt", tmp_path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


def test_what_has_no_size_is_not_read_for_ever() -> None:
    with pytest.raises(Problems, match="holds more bytes than 5,000"):
        read_bytes(Path("/dev/zero"), "zero", pipes=True, limit=Limit("x", 5_000))


@pytest.mark.parametrize("change", ["grows", "vanishes"])
def test_a_file_that_changes_while_it_is_read(
    small: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    settings = small(good=TEXT, other=TEXT)
    file = settings.seeds / "good.txt"
    real, message = files._read, r"seeds/good\.txt:1: changed while it was read; run this again"
    if change == "grows":

        def read(opened, limit):
            data = real(opened, limit)
            if os.fstat(opened.fileno()).st_ino == file.stat().st_ino:
                with file.open("a") as more:
                    more.write("More.\n")
            return data

        monkeypatch.setattr(files, "_read", read)
    else:
        message = r"seeds/good\.txt:1: cannot be read \(No such file"
        twins = finding._twins

        def vanish(paths):
            file.unlink()
            return twins(paths)

        monkeypatch.setattr(finding, "_twins", vanish)
    told = Collection(settings).pages(code=1)
    assert re.search(message, told)
    assert (settings.content / "documents/other").is_dir()


@pytest.mark.parametrize("what", ["the file", "its folder"])
def test_what_may_not_be_read_is_told_and_its_pages_stay(
    small: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Tests may run as a user who may read everything, so the system's answer is given here."""
    settings = small(good=TEXT)
    laid(settings, {"far/ports.txt": text("The harbor of Lisbon.").encode()})
    here = Collection(settings)
    here.pages()
    before = here.page("ports")
    name = "far/ports.txt" if what == "the file" else "far"
    shut = settings.seeds / name
    for function in ("open", "scandir"):
        monkeypatch.setattr(os, function, refusing(getattr(os, function), shut))
    told = here.pages(code=1)
    assert f"seeds/{name}:1: cannot be read (Permission denied)" in told
    assert "1 problem" in told.splitlines()
    assert here.page("ports") == before
    assert "gone" not in here.ledger("ports")


def refusing(real, shut: Path):
    def refused(path=".", *rest, **more):
        if not isinstance(path, int) and Path(path) == shut:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **more)

    return refused


def test_links_that_stay_inside_are_followed(small: Callable[..., Settings]) -> None:
    settings = small(good=TEXT)
    (settings.seeds / "same.txt").symlink_to("good.txt")
    found = find_sources(settings.seeds)
    assert [file.name for file in found.files] == ["good.txt", "same.txt"]
    assert found.problems == []


def test_of_a_wrong_entry_of_the_manifest_the_wrong_value_is_left_away(
    small: Callable[..., Settings],
) -> None:
    settings = small(good=TEXT, twin=TEXT, ports=text("The harbor of Lisbon."))
    here = Collection(settings)
    here.pages()
    (settings.seeds / "manifest.yaml").write_text(
        "documents:\n  good.txt: {slug: good}\n  twin.txt: {slug: good, title: Another}\n"
        "  ports.txt: {title: New, date: 2023-02-30}\n  new.txt: {slgu: fresh}\n"
        "  late.txt: {date: soon}\n"
    )
    (settings.seeds / "new.txt").write_text(text("The harbor of Porto."))
    (settings.seeds / "late.txt").write_text(text("The harbor of Faro."))
    told = here.pages(code=1).splitlines()
    lines = [line for line in told if "s (processor " not in line]
    assert (
        'seeds/manifest.yaml:3: the slug "good" is taken; line 2 has it too; give each' in lines[0]
    )
    assert 'seeds/manifest.yaml:4: "2023-02-30" is no date' in lines[1]
    assert 'seeds/manifest.yaml:5: unknown key "slgu"' in lines[2]
    assert 'seeds/manifest.yaml:6: "soon" is no date' in lines[3]
    assert "4 problems" in lines
    assert "[New]" in here.page("ports")
    assert "[Another]" in here.page("twin")  # published, so its address is known
    assert here.page("late")
    assert not (settings.content / "documents/new").exists()
    told = here.run("annotate", "seeds/ports.txt", code=1)
    assert '"title": "New"' in told.stdout
    assert '4: "2023-02-30" is no date' in told.stderr


UNREADABLE = {
    "utf-16": TEXT.encode("utf-16"),
    "cp1252": "documents: “x”".encode("cp1252"),
    "nul": b"documents:\n  x: \0\n",
    "png": b"\x89PNG\r\n\x1a\n",
    "deep": b"documents: " + b"[" * 99_999,
    "laughs": b"documents: &a {x: *a}\n",
    "bad": b"documents: {\n",
    "scalar": b"7",
    "list": b"- [1, 2]\n- 3\n",
    "keys": b"nobody: knows\n",
    "binary": b"documents: !!binary aGk=\n",
}
FEW = ("utf-16", "deep", "bad", "scalar", "list", "keys")
EDITED = ["manifest.yaml", "archives.yaml"] + [
    f"catalogue/{name}.yaml"
    for name in ("programs", "people", "misprints", "measures", "review")
]  # fmt: skip


def state_of(site: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}


def read_all(root: Path) -> str:
    """Return what is told where the collection's files are read, and nothing can be built."""
    with pytest.raises(Problems) as caught:
        read_sources(read_settings(root / "mkdocs.yml"))
    return str(caught.value)


def test_a_broken_manifest_hides_nothing_of_the_measures(small: Callable[..., Settings]) -> None:
    settings = small(good=TEXT)
    settings.catalogue.mkdir()
    (settings.seeds / "manifest.yaml").write_text("documents: [\n")
    (settings.catalogue / "measures.yaml").write_text(
        "measures:\n- key: lamps\n  name: Lamps\n  about: How many lamps.\n  units: [count]\n"
        "  rules:\n  - of: {any: [lamp*]}\n  examples: ['They hold [31] crates.']\n"
    )
    told = read_all(settings.root)
    assert "seeds/manifest.yaml:" in told
    assert '"lamps" gathers nothing from the example' in told


def test_what_editors_write_is_told_and_the_site_stays(small: Callable[..., Settings]) -> None:
    settings = small(good=TEXT)
    build(settings, Run())
    before, config = state_of(settings.site), (settings.root / "mkdocs.yml").read_bytes()
    here = Collection(settings)
    settings.catalogue.mkdir()
    for name in (*EDITED, "../mkdocs.yml"):
        file, shown = settings.seeds / name, os.path.normpath(f"seeds/{name}")
        # One reader serves them all: the first has every case, the others those that differ.
        for case in UNREADABLE if name in ("manifest.yaml", "../mkdocs.yml") else FEW:
            data = UNREADABLE[case]
            file.write_bytes(data)
            told = read_all(settings.root)
            assert re.match(rf"{re.escape(shown)}:\d+: \S", told), (data, told)
            assert "the builder failed" not in told
        with file.open("wb") as large:
            large.truncate(100_000_000)
        told = here.run("build", code=1).stderr
        assert told.startswith(f"{shown}:1: holds more bytes than 10,000,000")
        file.unlink()
        os.mkfifo(file)
        assert read_all(settings.root).startswith(f"{shown}:1: is not a regular file")
        file.unlink()
        file.symlink_to("nowhere")
        assert read_all(settings.root).startswith(f"{shown}:1: cannot be read")
        file.unlink()
        if name == "../mkdocs.yml":
            file.write_bytes(config)
    assert before == state_of(settings.site)


HAND_WRITTEN: dict[str, tuple[bytes | Callable[[Path], None], str]] = {
    "cp1252": ("A café.".encode("cp1252"), "1: not UTF-8 (byte 0xe9"),
    "utf-16": (TEXT.encode("utf-16"), "1: is UTF-16LE, not UTF-8"),
    "nul": (b"A \0 text.", "1: holds a NUL byte"),
    "doubled": (front("title: a\ntitle: b"), '3: YAML: the key "title" stands here twice'),
    "circle": (front("title: &a [*a]"), "2: YAML: this refers to itself"),
    "deep": (front("title: " + "[" * 40_000), "2: YAML: nested more than 50 levels deep"),
    "large": (ODD["large.txt"][0], "1: holds more bytes than 10,000,000"),
    "dangling": (ODD["dangling.txt"][0], "1: cannot be read (No such file"),
    "loop": (lambda path: path.symlink_to(path.name), "1: cannot be read (Too many levels"),
    "pipe": (ODD["pipe.txt"][0], "1: is not a regular file"),
    "parent": (lambda path: path.symlink_to(".."), "1: is a link to a folder that it stands in"),
}


def test_a_page_written_by_hand_is_told_and_the_site_stays(small: Callable[..., Settings]) -> None:
    settings = small(good=TEXT)
    build(settings, Run())
    before, here = state_of(settings.site), Collection(settings)
    page = settings.content / "about" / "ours.md"
    for content, message in HAND_WRITTEN.values():
        page.write_bytes(content) if isinstance(content, bytes) else content(page)
        told = read_all(settings.root)
        assert told.startswith(f"content/about/ours.md:{message}")
        assert "\n" not in told
        if content == HAND_WRITTEN["cp1252"][0]:
            assert here.run("build", code=1).stderr == f"{told}\n1 problem\n"
        page.unlink()
    assert before == state_of(settings.site)
    page.write_text("# Ours\n")
    here.run("build")


def test_limits_are_settings(tmp_path: Path) -> None:
    options = "{max_source_bytes: 20000000, max_yaml_depth: 10}"
    file = tmp_path / "mkdocs.yml"
    file.write_text(f"site_name: S\nplugins:\n  - collection: {options}\n")
    assert read_settings(file).limits == Limits(max_source_bytes=20_000_000, max_yaml_depth=10)


def test_a_document_that_ends_its_process_is_named_and_the_others_are_built(
    small: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays as it was published; what was never published waits; the next build tries again."""
    monkeypatch.setattr("builder.working.WORTH_A_POOL", 1)
    # Told by its files alone, the next build would have nothing to do, however soon it comes.
    monkeypatch.setattr("builder.unchanged._TICK", -(10**12))
    settings = small(good=TEXT, ports=text("The harbor of Faro."))
    assert not build(settings, Run(workers=Workers(1))).failed
    page = settings.site / "documents/ports/index.html"
    before, real = page.read_bytes(), line.structure

    def deadly(source: Source) -> Document:
        if "Faro" in source.text:
            os._exit(1)
        return real(source)

    monkeypatch.setattr(line, "structure", deadly)
    shutil.rmtree(settings.root / ".cache")
    (settings.seeds / "new.txt").write_text(text("Faro again."))
    (settings.seeds / "more.txt").write_text(text("The harbor of Porto."))
    outcome = build(settings, Run(workers=Workers(2)))
    told = [str(problem) for problem in outcome.problems if not problem.warning]
    assert [one.partition(": each process")[0] for one in told] == [
        "seeds/new.txt:1",
        "seeds/ports.txt:1",
    ]
    assert page.read_bytes() == before
    assert (settings.site / "documents/more/index.html").is_file()
    assert not (settings.site / "documents/new").exists()
    monkeypatch.setattr(line, "structure", real)
    assert not build(settings, Run(workers=Workers(2))).failed
    assert (settings.site / "documents/new/index.html").is_file()
