"""Filled pages are, to the byte, those of a full render; what is read directly reads the same."""

import datetime
import json
import shutil

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.structure.toc import get_toc
from mkdocs.utils import meta

from builder.html.escape import escape
from builder.html.rendering import Link, Page
from builder.publishing.render import render
from builder.rendering.conversion import convert
from builder.rendering.own_page import read_own_page
from builder.rendering.sitemaps import in_order, sitemap_files
from builder.settings import read_settings
from builder.site import Run, build
from site_fixtures import copy_collection

DAY = datetime.date(2026, 1, 1)
ADDRESS = "https://example.org/deep/below/"
# Entries of generated pages go when a site is finished.
LEFT_OUT = "search/search_index.json"
EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list"]


def files_of(folder):
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    found.pop(LEFT_OUT)
    return found


def both_ways(collection, folder, say=lambda message: None, address=ADDRESS):
    """Render a content folder in full and by shells; return the files and the warnings of each."""
    made = []
    for fast in (False, True):
        target = folder / f"fast-{fast}-{bool(address)}"
        target.mkdir(parents=True)
        problems = render(collection, target, date=DAY, say=say, site_url=address, fast=fast)
        made.append((files_of(target), [problem.what for problem in problems]))
    return made


def same(full, fast):
    assert full.keys() == fast.keys()
    assert [path for path in full if full[path] != fast[path]] == []


def outline(items):
    return [(item.title, item.id, item.level, outline(item.children)) for item in items]


def as_python_markdown(text):
    """Check that a page is read and converted as the renderer's own libraries do."""
    own = read_own_page(text.encode())
    assert own is not None
    source, said = meta.get_data(text)
    assert (own.markdown, own.meta) == (source, said)
    converted = convert(own.markdown)
    if converted is None:
        return False
    parser = markdown.Markdown(extensions=EXTENSIONS)
    assert converted.content == parser.convert(source)
    assert outline(converted.toc) == outline(get_toc(parser.toc_tokens))
    return True


@pytest.mark.parametrize("address", [ADDRESS, ""])
def test_every_kind_of_page_is_that_of_a_full_render(everything, tmp_path, address):
    (full, told), (fast, also_told) = both_ways(everything.settings, tmp_path, address=address)
    same(full, fast)
    assert told == also_told


def test_every_kind_of_page_is_read_directly(everything):
    content = everything.settings.content
    pages = [path for path in sorted(content.rglob("index.md")) if "about" not in path.parts]
    assert len(pages) > 30
    assert all(as_python_markdown(path.read_text("utf-8")) for path in pages)


def own_theme(everything, folder, template):
    """Return a copy of a collection whose own template prints what a page says in its own way."""
    root = folder / "collection"
    shutil.copytree(everything.settings.content, root / "content")
    (root / "site_overrides").mkdir()
    (root / "seeds").mkdir()
    text = everything.settings.config_file.read_text("utf-8")
    (root / "mkdocs.yml").write_text(text, "utf-8")
    (root / "site_overrides/main.html").write_text(template, "utf-8")
    return read_settings(root / "mkdocs.yml")


@pytest.mark.parametrize(
    ("template", "is_learned"),
    [
        # Material's own page, with its menu, its contents and what is before and after a page.
        ('{% extends "base.html" %}', True),
        ("{% if page %}{{ page.meta.description }}|{{ page.meta.title | e }}{% endif %}", True),
        ("{% if 'tombstone' in page.content %}lost {% endif %}{{ page.content }}", True),
        ("{% if page %}{{ page.meta.title | truncate(12) }}{{ page.content }}{% endif %}", False),
        ("{{ page.content | length }}", False),
        ("{{ page.toc | length }}{% for one in page.toc recursive %}<{{ one.level }} {{ one.id }}"
         ">{{ one.title }}{{ loop(one.children) }}{% endfor %}{{ page.content }}", False),
    ],
)  # fmt: skip
def test_a_template_is_learned_or_its_pages_are_rendered_in_full(
    everything, tmp_path, template, is_learned
):
    collection = own_theme(everything, tmp_path, template)
    (full, told), (fast, also_told) = both_ways(collection, tmp_path)
    same(full, fast)
    slow = [what for what in also_told if "one by one" in what]
    assert bool(slow) is not is_learned
    assert [what for what in also_told if what not in slow] == told


@pytest.mark.parametrize("name", ["A & <b>B</b> &amp; 'C'", "Documents", "Countries"])
def test_a_name_of_the_site_is_told_from_a_title(everything, tmp_path, name):
    root = tmp_path / "collection"
    shutil.copytree(everything.settings.content, root / "content")
    (root / "seeds").mkdir()
    (root / "mkdocs.yml").write_text(f"site_name: {json.dumps(name)}\n", "utf-8")
    (full, _), (fast, _) = both_ways(read_settings(root / "mkdocs.yml"), tmp_path)
    same(full, fast)


@pytest.mark.parametrize(
    ("setting", "said"),
    [("hooks: [hook.py]", "hook.py"), ("markdown_extensions: [smarty]", "extension smarty")],
)
def test_what_may_change_any_page_is_rendered_in_full(everything, tmp_path, setting, said):
    collection = own_theme(everything, tmp_path, '{% extends "base.html" %}')
    with collection.config_file.open("a", encoding="utf-8") as file:
        file.write(f"\n{setting}\n")
    (collection.root / "hook.py").write_text("", "utf-8")
    heard = []
    (full, _), (fast, _) = both_ways(collection, tmp_path, heard.append)
    same(full, fast)
    assert [line for line in heard if said in line]


def test_this_collection_is_rendered_the_same_both_ways(built, tmp_path):
    (full, told), (fast, also_told) = both_ways(built.settings, tmp_path)
    same(full, fast)
    assert told == also_told == []


def test_a_copy_of_this_collection_keeps_its_own_pages(tmp_path):
    collection = copy_collection(tmp_path / "collection")  # hand-written pages alone
    (full, _), (fast, _) = both_ways(collection, tmp_path)
    same(full, fast)


WORDS = st.text(max_size=60)
TAGS = st.lists(st.tuples(st.sampled_from(["a.b", "og:x", "citation_title"]), WORDS), max_size=4)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    title=WORDS, texts=st.lists(WORDS, max_size=5), tags=TAGS, levels=st.lists(st.integers(2, 6))
)
def test_any_text_is_read_as_the_libraries_read_it(title, texts, tags, levels):
    headings = [f"{'#' * level} {escape(title)} {{#h{n}}}" for n, level in enumerate(levels)]
    body = "\n\n".join([*headings, *(f'<p class="block">{escape(text)}</p>' for text in texts)])
    page = Page(
        "documents/x/",
        title or "x",
        title,
        body or "<p>x</p>",
        tags=tuple(tags),
        links=(Link("alternate", "document.json", "application/json"), Link("up", "../")),
        has_contents=True,
    )
    as_python_markdown(bytes(page).decode())


def test_pages_are_listed_in_the_order_of_mkdocs():
    paths = ["b/index.md", "a/z.md", "a/b/index.md", "index.md", "a/index.md", "a/b.md"]
    assert in_order(paths) == [
        "index.md", "a/index.md", "a/b.md", "a/z.md", "a/b/index.md", "b/index.md",
    ]  # fmt: skip


def test_a_long_list_for_crawlers_is_parted():
    lines = {f"a/{number:05}/index.md": f"<url>{number}</url>\n" for number in range(50_001)}
    made = dict(sitemap_files(("<urlset>", "</urlset>"), lines, "https://example.org/", 0))
    assert made["sitemap-1.xml"].count(b"<url>") == 50_000
    assert made["sitemap-2.xml"] == b"<urlset><url>50000</url>\n</urlset>"
    assert b"<loc>https://example.org/sitemap-2.xml</loc>" in made["sitemap.xml"]
    assert {name for name in made if name.endswith(".gz")} == {
        "sitemap.xml.gz", "sitemap-1.xml.gz", "sitemap-2.xml.gz",
    }  # fmt: skip


def built_by_mkdocs(collection, target, *, fast):
    assert collection.config_file is not None
    text = collection.config_file.read_text("utf-8")
    option = f"  - collection:\n      fast: {str(fast).lower()}\n"
    changed = text.replace("  - collection\n", option)
    assert changed != text
    config_file = collection.root / f"mkdocs-{fast}.yml"
    config_file.write_text(changed, "utf-8")
    mkdocs_build(load_config(str(config_file), site_dir=str(target)))
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_mkdocs_itself_gives_the_same_with_and_without_shells(collection, tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", ADDRESS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796169661")  # not at midnight
    in_full = built_by_mkdocs(collection, tmp_path / "full", fast=False)
    filled = built_by_mkdocs(collection, tmp_path / "fast", fast=True)
    same(in_full, filled)
    build(read_settings(collection.root / "mkdocs.yml"), Run())
    ours = {
        path.relative_to(collection.site).as_posix(): path.read_bytes()
        for path in collection.site.rglob("*")
        if path.is_file()
    }
    same(in_full, ours)
