"""The same mkdocs.yml under mkdocs, properdocs and Zensical gives the same passages, ids, links."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest

from builder.collection import read_collection
from builder.finishing import finish
from builder.publishing.site_check import check_site
from builder.site import Run, build, build_pages
from site_fixtures import ROOT, copy_collection, free_port, wait_for

sys.path.insert(0, str(ROOT / "scripts"))
from renderers import NotInstallableError, environment, render

pytestmark = pytest.mark.slow
OTHERS = ("properdocs", "zensical")


def installed(name: str) -> Path:
    """Return where a renderer's programs are; skip the test where it cannot be installed."""
    try:
        return environment(name)
    except NotInstallableError as error:
        pytest.skip(str(error))


def rendered(name: str, folder: Path):
    """Build a copy of this collection as a user of that renderer would."""
    settings = copy_collection(folder / name)
    if name == "zensical":
        # It runs no plugin of ours: pages first, finish after.
        build_pages(settings, Run())
    installed(name)
    try:
        output = render(name, settings.root)
    except subprocess.CalledProcessError as error:
        pytest.fail(error.output)
    if name == "zensical":
        assert finish(settings, settings.site, read_collection(settings)) == []
    return settings, output


@pytest.fixture(scope="module")
def by_mkdocs(tmp_path_factory):
    return rendered("mkdocs", tmp_path_factory.mktemp("renderers"))


@pytest.fixture(scope="module", params=OTHERS)
def by_another(request, tmp_path_factory):
    return request.param, *rendered(request.param, tmp_path_factory.mktemp("renderers"))


def body_of(file: Path):
    """Return what a page says: ids, links and text of its article, without the theme around it.

    What leads on to another page has no article, and is the same all through.
    """
    tree = html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False)
    article = next(iter(tree.iter("article")), tree)
    ids = [element.get("id") for element in article.iter() if element.get("id")]
    ids = [one for one in ids if not one.startswith("__")]  # those are the theme's
    links = [
        element.get("href")
        for element in article.iter("a")
        if element.get("href") and "headerlink" not in (element.get("class") or "")
    ]
    passages = {
        element.get("id"): " ".join("".join(element.itertext()).split())
        for element in article.iter()
        if "block" in (element.get("class") or "").split()
    }
    return ids, links, passages


def pages_of(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("index.html"))


def test_plain_mkdocs_gives_the_pages_of_builder_build(by_mkdocs, built):
    settings, _ = by_mkdocs
    assert pages_of(settings.site) == pages_of(built.site)
    for path in sorted(built.site.rglob("*")):
        if path.is_file():
            other = settings.site / path.relative_to(built.site)
            assert other.read_bytes() == path.read_bytes(), path.name
    assert (settings.anchors / sorted(settings.anchors.iterdir())[0].name).is_file()


def test_other_renderers_give_the_same_passages_ids_and_links(by_mkdocs, by_another):
    settings, _ = by_mkdocs
    _, other, _ = by_another
    assert pages_of(other.site) == pages_of(settings.site)
    for page in pages_of(settings.site):
        assert body_of(other.site / page) == body_of(settings.site / page), page


def test_their_search_lands_on_passages(by_mkdocs, by_another):
    def passages(site: Path) -> dict[str, str]:
        file = next(
            file
            for file in (site / "search/search_index.json", site / "search.json")
            if file.exists()
        )
        index = json.loads(file.read_text("utf-8"))
        entries = index.get("docs") or index["items"]
        return {e["location"]: e["text"] for e in entries if e["location"].startswith("documents/")}

    assert passages(by_another[1].site) == passages(by_mkdocs[0].site)


def test_their_links_resolve(by_mkdocs, by_another):
    for settings in (by_mkdocs[0], by_another[1]):
        problems = [str(problem) for problem in check_site(settings.site)]
        assert [problem for problem in problems if "leads" in problem or "twice" in problem] == []


def test_strict_builds_warn_of_nothing(by_mkdocs, by_another):
    for _, output in (by_mkdocs, by_another[1:]):
        assert "WARNING" not in output
        assert "warning" not in output.lower().replace("warnings", "")


def test_a_strict_build_fails_where_a_source_is_bad(tmp_path):
    installed("mkdocs")
    settings = copy_collection(tmp_path / "bad")
    (settings.seeds / "bad.txt").write_bytes(b"\xff")
    with pytest.raises(subprocess.CalledProcessError) as raised:
        render("mkdocs", settings.root)
    assert "seeds/bad.txt:1: not UTF-8" in raised.value.output


def test_builder_build_after_mkdocs_build_changes_nothing(tmp_path):
    installed("mkdocs")
    settings = copy_collection(tmp_path / "both")
    render("mkdocs", settings.root)
    before = {path: path.read_bytes() for path in settings.site.rglob("*") if path.is_file()}
    shutil.copytree(settings.site, tmp_path / "kept")
    assert not build(settings, Run()).site_changed
    assert {p: p.read_bytes() for p in settings.site.rglob("*") if p.is_file()} == before


def test_mkdocs_serve_follows_the_sources_and_writes_no_ledger(tmp_path):
    settings = copy_collection(tmp_path / "served")
    shutil.rmtree(settings.anchors, ignore_errors=True)
    program = installed("mkdocs") / "mkdocs"
    port = free_port()
    server = subprocess.Popen(
        [str(program), "serve", "-a", f"127.0.0.1:{port}"],
        cwd=settings.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", "<h1")
        (settings.seeds / "new-text.txt").write_text("FACT SHEET: A New Text\n\nSome words.\n")
        wait_for(f"http://127.0.0.1:{port}/documents/new-text/", "Some words")
        assert not settings.anchors.exists()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=15)
