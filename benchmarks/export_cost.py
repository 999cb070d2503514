"""Prints what it costs that the collection leaves as data: bytes of each kind of file, seconds.

    python benchmarks/export_cost.py [COLLECTION] [--runs N] [--before CHECKOUT]

COLLECTION is a folder with mkdocs.yml and seeds/, else this repository; it is copied, not touched.
CHECKOUT is a copy of this repository at an earlier commit: then the same collection is built with
both, in turns, and the ratios are of whole builds. One more build here is profiled, and tells what
takes the time. Seconds are CPU seconds, of whole builds those of all processes: machines differ,
ratios less so.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE_URL = "https://example.org/reader/"

# Kinds of files by their path in the finished site; the first that fits counts. Those of a document
# that people take away are held against its source text.
FILES: tuple[tuple[str, str], ...] = (
    ("source text", r"documents/[^/]+/source\.txt"),
    ("plain text", r"documents/[^/]+/text\.txt"),
    ("Markdown twin", r"documents/[^/]+/.*\.md"),
    ("document.json", r"documents/[^/]+/document\.json"),
    ("annotations", r"documents/[^/]+/annotations\.json"),
    ("JSON-LD", r"documents/[^/]+/document\.jsonld"),
    ("citation files", r"documents/[^/]+/citation\.(?:json|ris|bib)"),
    ("linkset", r"documents/[^/]+/linkset\.json"),
    ("references of all", r"data/references[^/]*\.(?:json|ris|bib)"),
    ("tables as CSV", r"data/[^/]+\.csv"),
    ("descriptions of tables", r"data/(?:datapackage|[^/]*csv-metadata)\.json"),
    ("tables as JSON", r"data/[^/]+\.json"),
    ("feed", r"feed\.xml|atom\.xml|feed/.*"),
    ("sitemap, robots, llms, …", r"(?:sitemap|opensearch)\.xml(?:\.gz)?|(?:robots|llms)\.txt"),
    ("pages of documents", r"documents/(?!\d+/)[^/]+/index\.html"),
    ("other pages", r".*\.html"),
    ("for the site's own scripts", r".*\.(?:json|svg|js|css)"),
    ("other files", r".*"),
)  # fmt: skip
BESIDE = frozenset(
    ("plain text", "document.json", "annotations", "JSON-LD", "citation files", "linkset")
)
"""The exported files of a document; its source text is what they are held against."""
LIMIT = 8

# Parts of the pages of documents, by their HTML.
_RELATIONS = "schema.dcterms|cite-as|describedby|item|collection|type|license|author|linkset"
PARTS: tuple[tuple[str, str], ...] = (
    (
        "… <meta> and <link> of the head",
        r'<meta (?:name="(?:citation_|dcterms)|property="og:)[^>]*>'
        rf'|<link rel="(?:{_RELATIONS})"[^>]*>',
    ),
    ("… JSON-LD", r'<script type="application/ld\+json">.*?</script>'),
    ("… COinS", r'<span class="Z3988"[^>]*></span>'),
    ("… formatted citations", r'<section class="citations".*?</section>'),
)

# What takes the time: a name, the file below builder/, and its functions, with all that they call.
WORK: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("plain text", "exporting/plain_text.py", ("plain_text",)),
    ("document.json", "exporting/document_json.py", ("document_json",)),
    ("annotations", "exporting/web_annotations.py", ("web_annotations",)),
    ("JSON-LD", "exporting/document_json_ld.py", ("document_json_ld",)),
    ("… all files of documents", "exporting/document_data.py", ("data_of_documents",)),
    ("citation files, references of all", "exporting/citation_files.py", ("files_on",)),
    ("linkset", "exporting/linkset_files.py", ("linkset_files",)),
    ("rows as CSV and JSON", "table_files.py", ("both",)),
    ("… all tables, with their rows", "exporting/tables.py", ("table_files",)),
    ("feed", "exporting/feed.py", ("feed_file",)),
    ("JSON-LD of pages", "exporting/page_data.py", ("with_page_data",)),
    ("Markdown twins", "publishing/twins.py", ("lay_twins",)),
    ("references read off documents", "citing/reference.py", ("reference_of",)),
    ("formats of citations made", "citing/engine.py", ("formats",)),
    ("citations filled in", "citing/formatted.py", ("document_citations", "page_citations")),
    ("citations as HTML", "html/cite_section.py", ("cite_section",)),
    ("tags of the head", "citing/head_tags.py", ("head_tags",)),
    ("COinS", "citing/coins.py", ("coins_html",)),
    ("archived copies", "archives.py", ("archived",)),
    ("the renderer", "publishing/render.py", ("render",)),
    ("after the renderer", "site.py", ("finish",)),
    ("the whole build", "site.py", ("build",)),
)


@dataclass
class Kind:
    """What has been counted of one kind."""

    files: int = 0
    raw: int = 0
    packed: int = 0

    def add(self, data: bytes) -> None:
        self.files += 1
        self.raw += len(data)
        self.packed += len(gzip.compress(data, 6, mtime=0))


def kind_of(path: str) -> str:
    """Return the kind of a file of the site."""
    return next(name for name, shape in FILES if re.fullmatch(shape, path))


def profiled(collection: Path) -> dict[str, float | None]:
    """Build a collection here; return the seconds of each kind of work, None for what is not."""
    sys.path.insert(0, str(ROOT))
    from builder.settings import read_settings
    from builder.site import Run, build

    settings = read_settings(collection / "mkdocs.yml")
    profile = cProfile.Profile(time.process_time)
    profile.runcall(build, settings, Run())
    profile.create_stats()
    # (file, line, function) → (calls, calls, own seconds, seconds with all that it calls, callers)
    entries = profile.stats
    seconds: dict[str, float | None] = {}
    for name, file, functions in WORK:
        path = str(ROOT / "builder" / file)
        found = [one[3] for key, one in entries.items() if key[0] == path and key[2] in functions]
        seconds[name] = sum(found) if found else None
    return seconds


def weigh(site: Path, kinds: dict[str, Kind]) -> list[float]:
    """Add the bytes of a finished site; return how heavy the exported files of each document are.

    That is their sum over its source text.
    """
    beside: dict[str, dict[str, int]] = {}
    for file in sorted(one for one in site.rglob("*") if one.is_file()):
        path = file.relative_to(site).as_posix()
        data, kind = file.read_bytes(), kind_of(path)
        kinds[kind].add(data)
        if kind == "pages of documents":
            for name, shape in PARTS:
                found = re.findall(shape, data.decode("utf-8"), re.DOTALL)
                if found:
                    kinds.setdefault(name, Kind()).add("".join(found).encode())
        if kind in BESIDE or kind == "source text":
            document = beside.setdefault(path.split("/")[1], {})
            document[kind] = document.get(kind, 0) + len(data)
    sources = {slug: files.pop("source text", 0) for slug, files in beside.items()}
    return [sum(files.values()) / sources[slug] for slug, files in beside.items() if sources[slug]]


def copy_of(collection: Path, target: Path) -> Path:
    """Copy what a build needs of a collection, without what builds have made."""
    for name in ("seeds", "site_overrides", "content/about"):
        if (collection / name).is_dir():
            shutil.copytree(collection / name, target / name, dirs_exist_ok=True)
    shutil.copy(collection / "mkdocs.yml", target / "mkdocs.yml")
    return target


def built(checkout: Path, collection: Path) -> float:
    """Build a collection with a checkout in a process of its own; return its CPU seconds."""
    command = [sys.executable, "-m", "builder.cli", "build", "--no-frozen"]
    environment = {**os.environ, "PYTHONPATH": str(checkout), "SITE_URL": SITE_URL}
    process = subprocess.Popen(
        command, cwd=collection, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    told = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if not (collection / "site/index.html").is_file():
        raise SystemExit(told.decode())
    return usage.ru_utime + usage.ru_stime


def print_kinds(kinds: dict[str, Kind], weights: list[float]) -> None:
    """Print the table of kinds, in kB and times the source text."""
    source = kinds["source text"].raw or 1
    print(f"{'':36}{'files':>8}{'kB':>10}{'gzip':>9}{'× source':>10}")
    for name, kind in kinds.items():
        if kind.files:
            print(
                f"{name:36}{kind.files:8}{kind.raw / 1000:10.0f}{kind.packed / 1000:9.0f}"
                f"{kind.raw / source:10.2f}"
            )
    exported = sum(kinds[name].raw for name in BESIDE)
    heavy = sum(weight > LIMIT for weight in weights)
    print(
        f"\nexported files over source text: {exported / source:.2f} of all documents; of one"
        f" {statistics.median(weights):.2f} in the middle, {max(weights):.2f} at most, {heavy} of"
        f" {len(weights)} over {LIMIT}"
    )


def print_work(seconds: dict[str, float | None]) -> None:
    """Print the table of work; a profiler makes all of it slower, so shares tell more."""
    whole = seconds["the whole build"] or 1
    print(f"\n{'':36}{'seconds':>8}{'of all':>8}  (profiled)")
    for name, some in seconds.items():
        told = f"{'not called':>16}" if some is None else f"{some:8.2f}{some / whole:8.1%}"
        print(f"{name:36}{told}")


def print_ratios(collection: Path, before: Path | None, runs: int) -> None:
    """Print CPU seconds of whole builds: cold, cold with citations kept, warm; in turns."""
    checkouts = {"now": ROOT, **({"before": before} if before else {})}
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as temporary:
            for name, checkout in checkouts.items():
                folder = copy_of(collection, Path(temporary) / name)
                states = ("cold", "warm") if name == "before" else ("cold", "kept", "warm")
                for state in states:
                    if state == "kept":
                        forget(folder, collection)
                    times.setdefault((name, state), []).append(built(checkout, folder))
    print(f"\n{'CPU seconds of a build':32}{'cold':>9}{'kept':>9}{'warm':>9}  (median of {runs})")
    middle = {key: statistics.median(some) for key, some in times.items()}
    for name in checkouts:
        row = [middle.get((name, state)) for state in ("cold", "kept", "warm")]
        print(f"{name:32}" + "".join(f"{one:9.2f}" if one else f"{'':9}" for one in row))
    if before:
        base = {"cold": "cold", "kept": "cold", "warm": "warm"}
        more = [middle["now", one] / middle["before", base[one]] - 1 for one in base]
        print(f"{'more than before':32}" + "".join(f"{one:9.0%}" for one in more))
    print("kept: cold, but with the formatted citations of before")


def forget(folder: Path, collection: Path) -> None:
    """Remove from a copy of a collection what builds have made, but for formatted citations."""
    made = [folder / "site", *made_content(folder)]
    if not (collection / "seeds/anchors").exists():
        made.append(folder / "seeds/anchors")
    for path in made:
        shutil.rmtree(path, ignore_errors=True)
    for path in (folder / ".cache").glob("*"):
        if path.is_dir() and "citation" not in path.name:
            shutil.rmtree(path)


def made_content(folder: Path) -> Iterator[Path]:
    """Yield what builds have written to the content folder."""
    for path in (folder / "content").glob("*"):
        if path.name == ".generated" or path.is_file():
            path.unlink()
        elif path.name != "about":
            yield path


def main() -> None:
    """Count one build of a copy by kinds, and compare whole builds."""
    words = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    words.add_argument("collection", nargs="?", type=Path, default=ROOT)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--before", type=Path)
    given = words.parse_args()
    os.environ["SITE_URL"] = SITE_URL
    with tempfile.TemporaryDirectory() as temporary:
        folder = copy_of(given.collection, Path(temporary) / "collection")
        seconds = profiled(folder)
        kinds = {name: Kind() for name, _ in FILES}
        weights = weigh(folder / "site", kinds)
    print_kinds(kinds, weights)
    print_work(seconds)
    if given.runs:
        print_ratios(given.collection.resolve(), given.before, given.runs)


if __name__ == "__main__":
    main()
