"""Prints what it costs that the collection leaves as data: seconds and bytes of each kind of file.

    python benchmarks/export_cost.py [COLLECTION] [--runs N] [--before CHECKOUT]

COLLECTION is a folder with mkdocs.yml and seeds/, else this repository; it is copied, not touched.
CHECKOUT is a copy of this repository at an earlier commit: then the same collection is built with
both, in turns, and the ratios are of whole builds. Without it the cost is what the timers in one
build count. Seconds are CPU seconds of all processes: machines differ, ratios less so.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

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
    ("references of all", r"data/references\.(?:json|ris|bib)"),
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

# Parts of other work, by the functions that do them: seconds are theirs alone, and are taken off
# those of the file that was being made. Of a name that is not there any more the table says so.
WORK: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("references read off the documents", ("builder.citing.reference:reference_of",)),
    ("formats of citations, made or kept", ("builder.citing.kept_formats:formats_for",)),
    (
        "citations filled in",
        (
            "builder.citing.formatted:document_citations",
            "builder.citing.formatted:page_citations",
        ),
    ),
    (
        "citations as HTML",
        ("builder.html.cite_section:cite_section", "builder.html.cite_section:with_citations"),
    ),
    ("tags of the head", ("builder.citing.head_tags:head_tags",)),
    ("COinS", ("builder.citing.coins:coins_html",)),
    ("JSON-LD of pages", ("builder.exporting.page_data:with_page_data",)),
    ("Markdown twins", ("builder.publishing.twins:lay_twins",)),
    ("archived copies", ("builder.archives:archived",)),
)


@dataclass
class Kind:
    """What has been counted of one kind."""

    files: int = 0
    seconds: float = 0.0
    raw: int = 0
    packed: int = 0

    def add(self, data: bytes) -> None:
        self.files += 1
        self.raw += len(data)
        self.packed += len(gzip.compress(data, 6, mtime=0))


@dataclass
class Timers:
    """Seconds by name; a timer that starts stops the one that runs until it ends."""

    seconds: dict[str, float] = field(default_factory=dict)
    stack: list[str] = field(default_factory=lambda: [""])
    since: float = field(default_factory=time.process_time)

    def switch(self) -> None:
        now = time.process_time()
        running = self.stack[-1]
        self.seconds[running] = self.seconds.get(running, 0.0) + now - self.since
        self.since = now

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timing(*arguments: Any, **keywords: Any) -> Any:
            self.switch()
            self.stack.append(name)
            try:
                return function(*arguments, **keywords)
            finally:
                self.switch()
                self.stack.pop()

        return timing

    def take(self, name: str) -> float:
        """Stop the clock; return what was counted under a name since the last time."""
        self.switch()
        return self.seconds.pop(name, 0.0)


def kind_of(path: str) -> str:
    """Return the kind of a file of the site."""
    return next(name for name, shape in FILES if re.fullmatch(shape, path))


def patch(timers: Timers) -> list[str]:
    """Time the functions of WORK wherever they are called; return those that are not there."""
    lacking = []
    for name, places in WORK:
        for place in places:
            module, _, path = place.partition(":")
            *owners, function = path.split(".")
            try:
                owner: Any = import_module(module)
                for one in owners:
                    owner = getattr(owner, one)
                original = getattr(owner, function)
            except (ImportError, AttributeError):
                lacking.append(place)
                continue
            timing = timers.timed(name, original)
            setattr(owner, function, timing)
            for loaded in [one for key, one in sys.modules.items() if key.startswith("builder")]:
                for key, value in list(vars(loaded).items()):
                    if value is original:
                        setattr(loaded, key, timing)
    return lacking


def build_with_timers(collection: Path) -> tuple[dict[str, Kind], float, list[str]]:
    """Build a collection here; return its files by kind, all seconds, what is not timed."""
    sys.path.insert(0, str(ROOT))
    from builder import site
    from builder.settings import read_settings

    timers, kinds = Timers(), {name: Kind() for name, _ in FILES}
    lacking = patch(timers)
    pages, finish = site.collection_pages, site.finish

    def timed_pages(*arguments: Any, **keywords: Any) -> Iterator[tuple[str, bytes]]:
        made = iter(pages(*arguments, **keywords))
        step = timers.timed("a file", lambda: next(made, None))
        while (one := step()) is not None:
            shown = one[0].removesuffix("index.md") + "index.html" * one[0].endswith("index.md")
            kinds[kind_of(shown)].seconds += timers.take("a file")
            yield one

    site.collection_pages = timed_pages
    site.finish = timers.timed("after the renderer (search, twins)", finish)
    site.render = timers.timed("renderer", site.render)
    settings = read_settings(collection / "mkdocs.yml")
    began = time.process_time()
    site.build(settings, site.Run())
    timers.switch()
    whole = time.process_time() - began
    for name, seconds in timers.seconds.items():
        if name not in ("", "a file"):
            kinds[f"({name})"] = Kind(seconds=seconds)
    return kinds, whole, lacking


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


def print_kinds(kinds: dict[str, Kind], whole: float, weights: list[float]) -> None:
    """Print the table of kinds, in seconds, kB and times the source text."""
    source = kinds["source text"].raw or 1
    print(f"{'':44}{'files':>8}{'seconds':>9}{'kB':>10}{'gzip':>9}{'× source':>10}")
    for name, kind in kinds.items():
        seconds = f"{kind.seconds:9.2f}" if kind.seconds else f"{'':9}"
        if kind.files or kind.seconds:
            print(
                f"{name:44}{kind.files or '':>8}{seconds}{kind.raw / 1000:10.0f}"
                f"{kind.packed / 1000:9.0f}{kind.raw / source:10.2f}"
            )
    exported = sum(kinds[name].raw for name in BESIDE)
    heavy = sum(weight > LIMIT for weight in weights)
    print(f"\nthe whole build: {whole:.2f} CPU seconds in this process, without its helpers")
    print(
        f"exported files over source text: {exported / source:.2f} of all documents; of one"
        f" {statistics.median(weights):.2f} in the middle, {max(weights):.2f} at most, {heavy} of"
        f" {len(weights)} over {LIMIT}"
    )


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
        kinds, whole, lacking = build_with_timers(folder)
        weights = weigh(folder / "site", kinds)
    print_kinds(kinds, whole, weights)
    for name in lacking:
        print(f"not timed, for it is not there: {name}")
    if given.runs:
        print_ratios(given.collection.resolve(), given.before, given.runs)


if __name__ == "__main__":
    main()
