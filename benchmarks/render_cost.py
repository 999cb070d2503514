"""Prints what rendering costs: ours, Hugo's, and plain mkdocs-material's, of the same pages.

    python benchmarks/render_cost.py [COLLECTION] [--runs N] [--mkdocs]

COLLECTION is a built collection (a folder with mkdocs.yml and content/), else this repository; it
is copied, not touched. Only its generated pages are rendered, not the files beside them. Hugo gets
their bodies as ready HTML and one template, which is our own page's chrome: our shell of a
document's page, written as Hugo writes templates. mkdocs-material gets the Markdown pages with
nothing of ours.

Every program starts in a folder where it has kept nothing. Seconds are CPU seconds of all its
processes, memory is the largest sum of their proportional set sizes (PSS); of some runs in turns
the median counts. Hugo must be installed (Debian: apt-get install hugo).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

from builder.publishing.content_files import Files
from builder.rendering.conversion import convert
from builder.rendering.own_page import read_own_page
from builder.rendering.shells import Shells

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "https://example.org/reader/"
OURS_OF_HUGO, OURS_OF_MATERIAL = 1.1, 0.25
"""What rendering may cost, of what the others cost."""

RENDER = """
import datetime, sys
from pathlib import Path
from builder.publishing.render import Rendering, render_site
from builder.publishing.site_folder import next_site
from builder.settings import read_settings
settings = read_settings(Path(sys.argv[1]) / "mkdocs.yml")
cache = settings.root / ".cache"
how = Rendering(date=datetime.date(2026, 1, 1), site_url=sys.argv[2])
with next_site(settings.site, cache / "sites") as folder:
    render_site(settings, folder, how, cache)
    folder.publish()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collection", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--runs", type=int, default=3, help="runs of each program (default: 3)")
    parser.add_argument("--mkdocs", action="store_true", help="also run plain mkdocs-material")
    given = parser.parse_args()
    if shutil.which("hugo") is None:
        sys.exit("hugo is not installed")
    with tempfile.TemporaryDirectory(prefix="render-cost-") as place:
        measure(given.collection.resolve(), Path(place), given.runs, with_mkdocs=given.mkdocs)


def measure(collection: Path, place: Path, runs: int, *, with_mkdocs: bool) -> None:
    """Prepare a folder for each program, run them in turns, and print the table."""
    ours = lay_ours(collection, place / "ours")
    command = [sys.executable, "-c", RENDER, str(ours), ADDRESS]
    subprocess.run(command, check=True)  # its shells are Hugo's template
    pages = lay_hugo(ours, place / "hugo")
    programs: dict[str, tuple[list[str], Callable[[], None]]] = {
        "ours": (command, lambda: forget(ours, ".cache", "site")),
        "Hugo": (
            ["hugo", "--quiet", "--source", str(place / "hugo")],
            lambda: forget(place / "hugo", "public", "resources"),
        ),
    }
    if with_mkdocs:
        lay_material(ours, place / "material")
        build = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", "mkdocs.yml"]
        programs["mkdocs-material"] = (build, lambda: forget(place / "material", "site"))
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, (command, prepare) in programs.items():
            prepare()
            folder = place / "material" if name == "mkdocs-material" else place
            taken[name].append(run(command, folder))
    show(pages, taken)


def lay_ours(collection: Path, target: Path) -> Path:
    """Copy a collection's pages, without the generated files beside them."""
    files = Files.of(collection / "content")
    for name in ("mkdocs.yml", "site_overrides"):
        if (collection / name).is_dir():
            shutil.copytree(collection / name, target / name)
        elif (collection / name).is_file():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(collection / name, target)
    (target / "seeds").mkdir(parents=True)
    lines = []
    for path in (*files.generated, *files.by_hand):
        if path in files.generated and not path.endswith(".md"):
            continue
        (target / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(collection / "content" / path, target / "content" / path)
        if path in files.generated:
            lines.append(f"{files.generated[path]} {path}\n")
    (target / "content/.generated").write_text("".join(lines), "utf-8")
    return target


def lay_hugo(ours: Path, target: Path) -> int:
    """Lay the same pages for Hugo, and our chrome as its only template; return how many."""
    kept = json.loads((ours / ".cache/frame/frame.json").read_text("utf-8"))
    shells = Shells.from_json(kept["shells"])
    shape = next(
        shape
        for shape, shell in shells.shells.items()
        if shell
        and "documents/*/index.md" in shape
        and any(part[0] == "toc" for part in shell.page)
    )
    shell = shells.shells[shape]
    assert shell is not None
    (target / "layouts/_default").mkdir(parents=True)
    (target / "layouts/_default/single.html").write_text(as_template(shell.page), "utf-8")
    kinds = ["taxonomy", "term", "RSS", "section", "home", "404"]
    config = {"baseURL": ADDRESS, "disableKinds": kinds, "title": "Documents"}
    (target / "config.json").write_text(json.dumps(config), "utf-8")
    files, count = Files.of(ours / "content"), 0
    for path in files.generated:
        own = read_own_page((ours / "content" / path).read_bytes())
        converted = convert(own.markdown) if own else None
        if own is None or converted is None:
            continue
        count += 1
        folder = path.removesuffix("index.md")
        entries = [{"id": one.id, "title": unescape(one.title)} for one in flat(converted.toc)[1:]]
        head = {
            "title": unescape(own.meta.get("title", "")),
            "description": unescape(own.meta.get("description", "")),
            "url": f"/{folder}",
            "tags_for_programs": texts(own.meta.get("tags_for_programs")),
            "links": texts(own.meta.get("links")),
            "contents": entries,
            "headline": {"id": converted.toc[0].id},
        }
        page = target / "content" / f"{folder.rstrip('/') or 'home'}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"{json.dumps(head)}\n{converted.content}", "utf-8")
    return count


def as_template(parts: list[list[Any]]) -> str:
    """Return our shell as Hugo writes templates."""
    values = {
        "title": "{{ .Title }}",
        "description": "{{ .Description }}",
        "content": "{{ .Content }}",
        "headline.id": "{{ .Params.headline.id }}",
    }
    out = []
    for part in parts:
        if part[0] == "is":
            out.append(part[1].replace("{{", "{{ `{{` }}"))
        elif part[0] == "value":
            out.append(values.get(part[1], "{{ .File.BaseFileName }}"))
        elif part[0] == "rows":
            name = "tags_for_programs" if part[1] == "tags" else "links"
            row = {
                "tags": '<meta name="{{ index . 0 }}" content="{{ index . 1 }}">',
                "links": '<link rel="{{ index . 0 }}" href="{{ index . 1 }}">',
            }[part[1]]
            out.append(f"{{{{ range .Params.{name} }}}}{row}\n{{{{ end }}}}")
        else:
            item = '<li><a href="#{{ .id }}">{{ .title }}</a></li>'
            out.append(f"{{{{ range .Params.contents }}}}{item}\n{{{{ end }}}}")
    return "".join(out)


def flat(items: Any) -> list[Any]:
    """Return the entries of contents one after the other."""
    return [entry for item in items for entry in (item, *flat(item.children))]


def texts(rows: Any) -> list[list[str]]:
    """Return the rows of a front matter as text."""
    return [[unescape(value) for value in row] for row in rows or ()]


def lay_material(ours: Path, target: Path) -> None:
    """Lay the same Markdown pages for mkdocs-material as it comes."""
    shutil.copytree(ours / "content", target / "docs")
    (target / "mkdocs.yml").write_text(
        f"site_name: Documents\nsite_url: {ADDRESS}\ntheme: {{name: material}}\n"
        "plugins: [search]\nmarkdown_extensions: [attr_list, toc]\nnav: [index.md]\n"
        "validation: {nav: {omitted_files: ignore}}\n",
        "utf-8",
    )


def forget(folder: Path, *names: str) -> None:
    """Remove what a program has made."""
    for name in names:
        shutil.rmtree(folder / name, ignore_errors=True)


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a program; return its CPU seconds and its largest memory in MB."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    largest, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.is_set():
            largest[0] = max(largest[0], sum(map(pss, tree(process.pid))))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, used = os.wait4(process.pid, 0)
    over.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, largest[0]


def tree(pid: int) -> list[int]:
    """Return a process and those that it started, as far as they are still there."""
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += tree(int(child))
    except OSError:
        pass
    return found


def pss(pid: int) -> float:
    """Return the proportional set size of a process in MB."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def show(pages: int, taken: dict[str, list[tuple[float, float]]]) -> None:
    """Print the table, and whether the targets are met."""
    print(f"{pages} pages\n")
    print(f"{'program':<18}{'CPU s':>8}{'ms a page':>11}{'MB (PSS)':>10}   all runs, CPU s")
    median = {}
    for name, runs in taken.items():
        seconds = median[name] = statistics.median(cpu for cpu, _ in runs)
        memory = statistics.median(most for _, most in runs)
        every = " ".join(f"{cpu:.2f}" for cpu, _ in runs)
        print(f"{name:<18}{seconds:8.2f}{1000 * seconds / pages:11.2f}{memory:10.0f}   {every}")
    for other, most in (("Hugo", OURS_OF_HUGO), ("mkdocs-material", OURS_OF_MATERIAL)):
        if other in median:
            ratio = median["ours"] / median[other]
            print(f"\nours / {other}: {ratio:.2f} (at most {most})", end="")
    print()


if __name__ == "__main__":
    main()
