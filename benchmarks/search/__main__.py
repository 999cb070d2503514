"""Prints how a site's search answers `tests/cases/search.yaml`, beside the theme's stock search.

    python benchmarks/search

Three searches of the same pages, each typed into its own box in Chromium: ours; Material's stock
search over the index that MkDocs makes; and the stock search over our index, which has an entry for
every passage. A link counts by the passage that it leads to; links to a whole page are passed over
where a passage is asked for, which is kind to the stock search.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from serving import chromium, served

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = ROOT / "tests" / "cases" / "search.yaml"
INDEX = Path("search") / "search_index.json"
STOCK = {
    "site_name": "Stock",
    "docs_dir": "content",
    "site_dir": "stock",
    "theme": {"name": "material", "font": False},
    "plugins": ["search"],
    "markdown_extensions": ["attr_list", "toc"],
}

# Types a query into a box and returns the addresses that it offers, best first.
Ask = Callable[[Any, str], list[str]]


def ask_ours(page: Any, words: str) -> list[str]:
    """Ask our box."""
    if not page.locator(".search-box[open]").count():
        page.keyboard.press("/")
    page.locator(".search-box input").fill(words)
    page.wait_for_function(
        "words => document.querySelector('.search-box .search-list')?.dataset.query === words",
        arg=words,
    )
    return links(page.locator(".search-box a.found-passage"))


def ask_stock(page: Any, words: str) -> list[str]:
    """Ask the box of the theme."""
    page.evaluate("document.getElementById('__search').checked = true")
    field = page.locator("[data-md-component=search-query]")
    field.evaluate("(field, words) => { field.focus(); field.value = words; }", "")
    field.dispatch_event("keyup")
    told = page.locator(".md-search-result__meta")
    page.wait_for_function(
        "() => /start searching/.test(document.querySelector('.md-search-result__meta').innerText)"
    )
    field.evaluate("(field, words) => { field.value = words; }", words)
    field.dispatch_event("keyup")
    page.wait_for_function(
        "() => /matching/.test(document.querySelector('.md-search-result__meta').innerText)"
    )
    if told.inner_text().startswith("No"):
        return []
    return links(page.locator(".md-search-result__link"))


def links(found: Any) -> list[str]:
    """Return where links lead, without the words that they carry; a figure's is its passage's."""
    parts = map(urlsplit, found.evaluate_all("all => all.map(one => one.href)"))
    return [f"{part.path.lstrip('/')}#{part.fragment.partition('-f')[0]}" for part in parts]


def build(folder: Path) -> Path:
    """Build our site in a folder, and the stock site from the same pages."""
    for name in ("seeds", "site_overrides", "content/about"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    run([sys.executable, "-m", "builder.cli", "build"], folder)
    (folder / "stock.yml").write_text(json.dumps(STOCK), encoding="utf-8")
    run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", "stock.yml"], folder)
    shutil.copytree(folder / "stock", folder / "stock-with-passages")
    shutil.copy(folder / "site" / INDEX, folder / "stock-with-passages" / INDEX)
    return folder


def run(command: list[str], folder: Path) -> None:
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def answered(site: Path, ask: Ask, cases: list[dict[str, Any]], browser: Any) -> str:
    """Return a row of the table: documents and passages found, of all cases."""
    documents = first = five = 0
    with served(site) as address:
        page = browser.new_page()
        page.goto(address)
        for case in cases:
            wanted = case["passages"]
            offered = list(dict.fromkeys(ask(page, case["query"])))
            passages = [one for one in offered if not one.endswith("#")][:5]
            pages = {one.partition("#")[0] for one in wanted}
            documents += bool(offered) and offered[0].partition("#")[0] in pages
            first += bool(passages) and passages[0] in wanted
            five += any(one in wanted for one in passages)
        page.close()
    size = len(gzip.compress((site / INDEX).read_bytes()))
    return f"{documents} | {first} | {five} | {size / 1000:.0f}"


def main() -> None:
    cases = [case for case in yaml.safe_load(CASES.read_text("utf-8")) if "passages" in case]
    print(f"{len(cases)} cases\n")
    print("| search | right document first | right passage first | within five | index, kB sent |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        root = build(Path(folder))
        for name, site, ask in (
            ("stock Material, index by MkDocs", "stock", ask_stock),
            ("stock Material, our passage entries", "stock-with-passages", ask_stock),
            ("ours", "site", ask_ours),
        ):
            print(f"| {name} | {answered(root / site, ask, cases, browser)} |", flush=True)


if __name__ == "__main__":
    main()
