"""Makes a copy of the finished site that opens and searches from disk, without a server.

From disk an address that ends in a slash shows a list of files, so each gets its `index.html`.
A page from disk may not read a data file, so beside each that a script reads, the search index
among them, lies a script that gives its value.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Container, Iterator
from pathlib import Path, PurePosixPath

from builder.model import Place, Problem, Problems
from builder.publishing.exchange import files_of, replace_folder, workplace
from builder.publishing.search import ENGINE
from builder.searching.laid import FOLDER as SHARDS
from builder.searching.laid import VOCABULARY as WORDS
from builder.searching.parts import parts_of_site

# Marks a folder as ours to replace.
MARKER = ".builder-offline"

_PAGES = frozenset({".html", ".svg"})

# What makes no sense on disk: a page for addresses that do not exist, lists for search engines, and
# what is asked for again and again.
_ONLY_SERVED = frozenset(
    {"404.html", "feed.xml", "opensearch.xml", "robots.txt", "sitemap.xml", "sitemap.xml.gz"}
)
# What leads there: elements that the theme marks `data-served` go; of a link in a sentence
# (`<a href="../feed.xml">feed</a>`) the words stay.
_TO_SERVED = re.compile(
    r"\n? *<link\b[^>]*\sdata-served\b[^>]*>"
    r"|\n? *<li\b[^>]*\sdata-served\b[^>]*>.*?</li>"
    rf'|<a [^>]*href="(?:\.\.?/)*(?:{"|".join(map(re.escape, sorted(_ONLY_SERVED)))})"[^>]*>'
    r"(?P<words>[^<]*)</a>"
)

# What the dialog "Cite" shows of a file for reference managers, which is text to it:
# "documents/002-fact-sheet/citation.ris"
_RECORD = re.compile(r"documents/[^/]+/citation\.[a-z]+")

# What only a page from a server can fetch: the search of a big collection.
_FETCHED = (f"{SHARDS}/", f"{WORDS}/")

# The attributes that hold an address: ` href="../x/#p1"`, ` action="../search/"`.
_ADDRESS = re.compile(r'(?P<name>\s(?:xlink:)?(?:href|src|action)=)"(?P<address>[^"]*)"')

# The address of an element that sends the reader on: ` content="0; url=../x/"`.
_REFRESH = re.compile(r'(?P<name>\scontent="\d+;\s*url=)(?P<address>[^"]*)"', re.IGNORECASE)

# A file that the page will need: browsers fetch none so from disk, and complain.
_PRELOAD = re.compile(r'\n? *<link rel="preload"[^>]*>')

# An address that leads elsewhere or nowhere: "https://…", "mailto:…", "//host/", "#p12", "?q=".
_NOT_A_PAGE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|\Z")


def copy_for_disk(site: Path, target: Path) -> bool:
    """Copy a finished site to `target`, for reading from disk; return whether anything changed.

    Raises Problems when `target` holds something that is not such a copy.
    """
    target = target.resolve()
    _refuse_others(site, target)
    with workplace(target) as copy:
        for path, file in files_for_disk(site):
            place = copy / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(file, Path):
                shutil.copy2(file, place)
            else:
                place.write_bytes(file)
        (copy / MARKER).write_text("a copy for reading from disk\n", encoding="utf-8")
        return replace_folder(target, copy)


def files_for_disk(
    site: Path, *, left_out: Container[str] = frozenset()
) -> Iterator[tuple[str, Path | bytes]]:
    """Yield each file of a copy for disk, in a fixed order: its path, and its bytes or their file.

    Files of the site whose path is in `left_out` are not in the copy.
    """
    is_large = (site / SHARDS).is_dir()
    for path in files_of(site):
        if path in left_out or path in _ONLY_SERVED or path.startswith((".", *_FETCHED)):
            continue
        if is_large and path == ENGINE.as_posix():
            continue  # it names a search that needs a server; `_passages` has its own
        yield path, _for_disk(site / path)
        if is_read_by_scripts(path):
            yield _script(path, (site / path).read_text(encoding="utf-8").strip())
        elif _RECORD.fullmatch(path):
            with (site / path).open(encoding="utf-8", newline="") as file:
                yield _script(path, json.dumps(file.read(), ensure_ascii=False))
    if is_large:
        yield from _passages(site)


def _for_disk(file: Path) -> Path | bytes:
    if file.suffix not in _PAGES:
        return file
    return page_for_disk(file.read_bytes().decode("utf-8")).encode()


def page_for_disk(html: str) -> str:
    """Return a page whose internal addresses name files."""
    html = _TO_SERVED.sub(lambda found: found["words"] or "", _PRELOAD.sub("", html))
    html = _ADDRESS.sub(lambda found: f'{found["name"]}"{on_disk(found["address"])}"', html)
    return _REFRESH.sub(lambda found: f'{found["name"]}{on_disk(found["address"])}"', html)


def on_disk(address: str) -> str:
    """Return the address of a file for the address of a page: `../x/#p1` → `../x/index.html#p1`."""
    if _NOT_A_PAGE.match(address):
        return address
    path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]  # matches anything
    if path.endswith("/"):
        path += "index.html"
    elif PurePosixPath(path).name in ("..", "."):
        path += "/index.html"
    elif path == ".":
        path = "index.html"
    return f"{path}{mark}{rest}"


def is_read_by_scripts(path: str) -> bool:
    """Tell whether the site's own scripts read a data file: what lies beside a page or in parts.

    `data/figures.json` is for other programs, `data/figures/2024.json` for the page of figures.
    """
    folder = PurePosixPath(path).parent.as_posix()
    return path.endswith(".json") and not (folder in ("data", ".") or path.startswith("documents/"))


def _script(path: str, value: str) -> tuple[str, bytes]:
    """Return the script beside a file that gives its value to `reader.data` or `reader.text`."""
    return f"{path}.js", f"reader.given({json.dumps(path)}, {value});\n".encode()


def _passages(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the passages of a big collection in parts, for an index in shards needs a server."""
    about = json.loads((site / ENGINE).read_text(encoding="utf-8"))
    names = [shard["name"] for shard in about["shards"]]
    parts = []
    for path, part in parts_of_site(site / SHARDS, names):
        parts.append(path)
        yield _script(path, json.dumps(part, ensure_ascii=False))
    text = json.dumps({"engine": "passages", "parts": parts})
    yield ENGINE.as_posix(), text.encode()
    yield _script(ENGINE.as_posix(), text)


def _refuse_others(site: Path, target: Path) -> None:
    """Raise Problems rather than replace a folder that is not a copy of ours."""
    place, site = Place(target.as_posix(), 1), site.resolve()
    if target == site or target in site.parents or site in target.parents:
        raise Problems([Problem(place, "the copy for disk needs a folder outside the site")])
    if target.exists() and not (target.is_dir() and (target / MARKER).exists()):
        if target.is_dir() and not any(target.iterdir()):
            return
        what = "the folder for the copy holds other things"
        raise Problems([Problem(place, what, "name a folder that is empty or not there yet")])
