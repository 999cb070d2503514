"""A preview follows every change and never writes a ledger."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from html import unescape
from threading import Event, Thread

import pytest
from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEventHandler

from builder.model import Place, Problem, Problems
from builder.publishing.following import Following, follower, watched
from builder.publishing.preview import _built, _remove_behind, preview, read_address
from builder.publishing.preview_build import Built, build_preview
from builder.publishing.preview_server import SCRIPT, keep_to_this_machine, with_script
from builder.publishing.preview_site import PreviewSite
from builder.site import Run, build_pages
from builder.storing.store import KEPT as STORE
from reading import Noted
from site_fixtures import ROOT, free_port, wait_for

TEXT = (
    "FACT SHEET: A Title of This Text\n\nOn 3 May 2021 we spent $5 million in Peru.\n\nMore text.\n"
)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("localhost:80", ("localhost", 80)),
        ("[::1]:9", ("::1", 9)),
    ],
)
def test_addresses_of_this_machine(address, expected):
    assert read_address(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0:8000",
        "example.org:80",
        "8000",
        "127.0.0.1:²",
        "127.0.0.1",
        "127.0.0.1:70000",
        ":8000",
    ],
)
def test_no_other_address(address):
    with pytest.raises(ValueError, match=r"preview|HOST:PORT"):
        read_address(address)


def answered(folder, path, host="localhost:8000", bound="127.0.0.1", wrong=()):
    """Return the status and the bytes with which a preview of a folder answers a request."""
    server = LiveReloadServer(lambda: None, bound, 0, str(folder))
    keep_to_this_machine(server, lambda: wrong)
    server._watched_paths = {"seeds": 1}  # only then is there a script
    said = []
    try:
        request = {"PATH_INFO": path, "HTTP_HOST": host}
        body = b"".join(server.get_app()(request, lambda status, headers: said.append(status)))
    finally:
        server.server_close()
    return said[0].split()[0], body


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", "200"),
        ("LOCALHOST", "200"),
        ("localhost.:9", "200"),
        ("127.0.0.1:8000", "200"),
        ("[::1]:8000", "200"),
        ("example.org:8000", "403"),
        ("127.0.0.1.example.org", "403"),
        ("localhost.example.org:8000", "403"),
        ("192.168.1.5:8000", "403"),
        ("[2001:db8::1]:8000", "403"),
        ("", "403"),
    ],
)
def test_no_other_name_leads_to_a_preview(tmp_path, host, status):
    (tmp_path / "index.html").write_text("<p>words</p>")
    for path in ("/", SCRIPT):
        assert answered(tmp_path, path, host)[0] == status
    assert answered(tmp_path, "/livereload/0/1", host)[0] == status


def test_who_lets_others_in_lets_other_names_in(tmp_path):
    (tmp_path / "index.html").write_text("<p>words</p>")
    assert answered(tmp_path, "/", "workshop.example:8000", bound="0.0.0.0")[0] == "200"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/../../secret.html",
        "//../secret.html",
        "/./.././secret.html",
        "/a/../../secret.html",
        "/..\\secret.html",
        "/%2e%2e/secret.html",
    ],
)
def test_nothing_outside_the_site_is_served(tmp_path, path):
    (tmp_path / "secret.html").write_text("a secret")
    (tmp_path / "site/a").mkdir(parents=True)
    for name in (path, f"//{tmp_path}/secret.html", f"{tmp_path}/secret.html"):
        status, body = answered(tmp_path / "site", name)
        assert status == "404"
        assert b"a secret" not in body


def test_the_script_that_loads_a_page_again_stands_in_a_file(tmp_path):
    (tmp_path / "index.html").write_text("<body><p>words</p></body>")
    _, page = answered(tmp_path, "/")
    assert page.startswith(b'<body><p>words</p><script src="/livereload/script.js" data-epoch="')
    assert page.endswith(b'"></script></body>')
    assert with_script(b"<p>no end", 7).startswith(b'<p>no end<script src="/livereload/')
    _, script = answered(tmp_path, SCRIPT)
    assert b"livereload(document.currentScript.dataset.epoch," in script


WRONG = Problem(Place("seeds/catalogue/people.yaml", 3), 'unknown key "<b>"', "allowed: name")


def test_what_is_wrong_stands_above_each_page(tmp_path):
    (tmp_path / "index.html").write_text('<body class="x"><p>words</p></body>')
    _, page = answered(tmp_path, "/", wrong=[WRONG] * 30)
    text = unescape(page.decode())
    assert text.startswith(
        '<body class="x"><link rel="stylesheet" href="/livereload/style.css"><div'
    )
    assert 'role="alert"' in text
    assert "30 problems: what you see" in text
    assert text.count('people.yaml:3: unknown key "<b>"; allowed: name') == 20
    assert b"<b>" not in page
    assert "and 10 more, see the terminal" in text
    assert text.index("<p>words</p>") > text.index("more, see")
    assert b"alert" not in answered(tmp_path, "/")[1]


def test_what_is_wrong_is_told_where_there_is_no_site_yet(tmp_path):
    status, page = answered(tmp_path, "/", wrong=[WRONG])
    assert (status, b"Content-Security-Policy" in page, SCRIPT.encode() in page) == (
        "404",
        True,
        True,
    )
    assert "people.yaml:3: unknown key" in unescape(page.decode())
    assert answered(tmp_path, "/")[1] == b"404 Not Found"
    (tmp_path / "404.html").write_text("<p>Our own</p>")
    assert answered(tmp_path, "/none/", wrong=[WRONG])[1] == b"<p>Our own</p>"


def test_no_ledger_is_written(small, tmp_path):
    settings = small(a=TEXT)
    built = build_preview(settings, tmp_path / "preview", site_url="http://127.0.0.1:8000/")
    assert built.problems == []
    assert "http://127.0.0.1:8000/documents/a/" in (
        tmp_path / "preview/documents/a/index.html"
    ).read_text("utf-8")
    assert not settings.anchors.exists()


def test_generated_pages_are_not_watched_but_for_those_that_are_lent(small):
    settings = small(a=TEXT)
    (settings.content / "notes").mkdir(parents=True)
    (settings.content / "notes/index.md").write_text("# Notes\n")
    build_pages(settings, Run())
    paths = watched(settings)
    assert settings.seeds in paths
    assert settings.config_file in paths
    assert settings.content / "notes" in paths
    assert settings.content / "about" in paths
    assert (settings.content / "documents").is_dir()
    assert settings.content / "documents" not in paths


def test_what_is_wrong_with_a_page_is_told_of_the_file_that_is_edited(small, tmp_path):
    settings = small(a=TEXT)
    write(settings.content / "history/index.md", "# History\n\n[None](../nowhere/index.md)\n")
    told = map(str, build_preview(settings, tmp_path / "preview/site", site_url="").problems)
    assert [line.partition(" ")[0] for line in told] == ["content/history/index.md:1:"]


def test_a_page_that_is_lent_is_shown_as_edited(small, tmp_path):
    settings, site = small(a=TEXT), tmp_path / "preview/site"
    build_pages(settings, Run())
    lent, mine = settings.content / "about/index.md", settings.content / "about/mine.md"

    def shown(site, name=""):
        file = site / "about" / name / "index.html"
        return "Our own words" in file.read_text("utf-8") if file.is_file() else None

    assert build_preview(settings, site, site_url="").problems == []
    assert (shown(site), shown(site, "mine")) == (False, None)
    lent.unlink()  # as editors do, which put another file in its place
    lent.write_text("# About\n\nOur own words.\n")
    mine.write_text("# Mine\n\nOur own words.\n")
    for folder in (site, tmp_path / "another/site"):
        assert build_preview(settings, folder, site_url="").problems == []
        assert (shown(folder), shown(folder, "mine")) == (True, True)
    lent.unlink()
    mine.unlink()
    assert build_preview(settings, site, site_url="").problems == []
    assert (shown(site), shown(site, "mine")) == (False, None)
    assert not lent.exists()


def test_a_preview_follows_no_link_that_leads_round(tmp_path):
    notes = tmp_path / "content/notes"
    (tmp_path / "outside").mkdir()
    notes.mkdir(parents=True)
    for number, target in enumerate(("..", ".", "../..", "..", ".")):
        (notes / f"loop{number}").symlink_to(target)
    (notes / "outside").symlink_to(tmp_path / "outside")
    changed, seen = FileSystemEventHandler(), Event()
    changed.on_any_event = lambda event: seen.set() if "new.md" in str(event.src_path) else None
    observer = follower(0.2)
    observer.schedule(changed, str(notes), recursive=True)
    observer.start()
    try:
        time.sleep(1)
        (tmp_path / "outside/new.md").write_text("New.")
        assert seen.wait(10)
    finally:
        observer.stop()
        observer.join(10)
    assert not observer.is_alive()


def serving(settings, port):
    """Start a preview as its user does."""
    return subprocess.Popen(
        [sys.executable, "-m", "builder.cli", "serve", "-a", f"127.0.0.1:{port}"],
        cwd=settings.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="the system has no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_what_ends_a_preview_leaves_no_folder(small, tmp_path, monkeypatch, name):
    folders, port = tmp_path / "folders", free_port()
    folders.mkdir()
    monkeypatch.setenv("TMPDIR", str(folders))
    server = serving(small(a=TEXT), port)
    try:
        wait_for(f"http://127.0.0.1:{port}/documents/a/", "More text")
        assert [path.name.partition("-")[0] for path in folders.iterdir()] == ["builder"]
        server.send_signal(getattr(signal, name))
        while "stopping" not in server.stderr.readline():
            assert server.poll() is None
        server.send_signal(signal.SIGINT)  # somebody in a hurry
        assert server.wait(15) == 0
    finally:
        server.kill()
        server.communicate()
    deadline = time.monotonic() + 10
    while list(folders.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(folders.iterdir()) == []


@pytest.mark.slow
@pytest.mark.browser
def test_an_open_page_loads_itself_again_under_its_policy(small, open_page):
    settings, port = small(a=TEXT), free_port()
    server = serving(settings, port)
    try:
        address, noted = f"http://127.0.0.1:{port}/documents/a/", Noted()
        wait_for(address, "More text")
        page = open_page(address, noted=noted)
        page.wait_for_load_state("load")
        (settings.seeds / "a.txt").write_text(TEXT.replace("More text", "Edited words"))
        page.get_by_text("Edited words").wait_for()
        # A page that loads itself again shows what it showed before, be it in the middle.
        page.set_viewport_size({"width": 800, "height": 300})
        page.evaluate("scrollTo(0, 200)")
        (settings.seeds / "a.txt").write_text("---\ntitle: Its header has no end\n")
        page.get_by_role("alert").wait_for()
        box = page.get_by_role("alert").bounding_box()
        assert 0 <= box["y"] < 300
        assert noted.complaints == []
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=15)


@pytest.mark.slow
def test_an_edited_source_shows_in_the_browser(small):
    settings = small(a=TEXT)
    port = free_port()
    server = serving(settings, port)
    try:
        address = f"http://127.0.0.1:{port}/documents/a/"
        wait_for(address, "More text")
        (settings.seeds / "a.txt").write_text(TEXT.replace("More text", "Edited words"))
        wait_for(address, "Edited words")
        (settings.seeds / "b.txt").write_text(TEXT.replace("Title", "Second Title"))
        wait_for(f"http://127.0.0.1:{port}/documents/b/", "Second Title")
        settings.catalogue.mkdir()
        (settings.catalogue / "people.yaml").write_text("people: [\n")
        assert "Edited words" in wait_for(address, "people&#46;yaml|people.yaml")
        (settings.catalogue / "people.yaml").unlink()
        wait_for(address, r"(?s)\A(?!.*people.yaml).*Edited words")
        assert not settings.anchors.exists()
    finally:
        server.send_signal(signal.SIGINT)
        _, told = server.communicate(timeout=15)
    assert server.returncode == 0
    assert told.count(f"http://127.0.0.1:{port}/") == 1


def test_an_edit_that_the_ledger_refuses_is_shown_and_changes_nothing(small, tmp_path):
    settings = small(a=TEXT)
    build_pages(settings, Run())
    before = {path: path.read_bytes() for path in settings.content.rglob("*") if path.is_file()}
    source = settings.seeds / "a.txt"
    source.write_text("Another Title\n\nA paragraph that was added.\n")
    built = build_preview(settings, tmp_path / "preview/site", site_url="")
    assert any("are gone at once" in str(problem) for problem in built.problems)
    page = (tmp_path / "preview/site/documents/a/index.html").read_text("utf-8")
    assert "A paragraph that was added" in page
    after = {path: path.read_bytes() for path in settings.content.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize("table", ["bodies", "results"])
def test_what_is_damaged_in_the_store_of_a_preview_is_made_again(small, tmp_path, table):
    settings, folder = small(a=TEXT, b=TEXT.replace("Title", "Second Title")), tmp_path / "preview"
    build_pages(settings, Run())
    build_preview(settings, folder / "site", site_url="")
    column, named = ("body", "b") if table == "bodies" else ("value", "text b")
    with closing(sqlite3.connect(folder / STORE.name)) as database, database:
        database.execute(f"UPDATE {table} SET {column} = x'5b5d' WHERE name = '{named}'")
    # Another name of the site stands on every page; a date is listed beside those of others.
    (settings.seeds / "a.txt").write_text(TEXT.replace("3 May", "4 May"))
    changed = replace(settings, site_name="Another Name")
    told = [_built(changed, folder / "site", "", lambda: None) for _ in range(2)]
    assert list(map(str, told[0].problems)) == [
        "b: what was kept of it is damaged; with the next change it is made again"
    ]
    assert (told[1].problems, told[1].is_whole) == ([], True)


@pytest.mark.parametrize("damage", ["text", "cut short"])
def test_a_preview_begins_without_a_store_that_is_damaged(small, tmp_path, damage):
    settings = small(a=TEXT)
    build_pages(settings, Run())
    data = (settings.root / STORE).read_bytes()
    damaged = b"nothing that SQLite knows\n" * 400 if damage == "text" else data[: len(data) // 2]
    (settings.root / STORE).write_bytes(damaged)
    built = build_preview(settings, tmp_path / "preview/site", site_url="")
    assert built.problems == []
    assert (tmp_path / "preview/site/documents/a/index.html").is_file()
    assert (settings.root / STORE).read_bytes() == damaged


def test_the_folder_of_a_preview_is_removed_behind_it(tmp_path, monkeypatch):
    started = []
    real = subprocess.Popen
    monkeypatch.setattr("subprocess.Popen", lambda *of, **how: started.append(real(*of, **how)))
    (tmp_path / "preview/site").mkdir(parents=True)
    _remove_behind(tmp_path / "preview")
    assert started[0].wait(60) == 0
    assert not (tmp_path / "preview").exists()


def test_where_no_process_can_be_started_the_folder_of_a_preview_is_removed_at_once(
    tmp_path, monkeypatch
):
    def refuses(*_of, **_how):
        raise OSError("no more processes")

    monkeypatch.setattr("subprocess.Popen", refuses)
    (tmp_path / "preview/site").mkdir(parents=True)
    _remove_behind(tmp_path / "preview")
    assert not (tmp_path / "preview").exists()


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Where the folders of previews are made; they are removed at once, and building is nothing."""

    def refuses(*_of, **_how):
        raise OSError("no more processes")

    folders = tmp_path / "folders"
    folders.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folders))
    monkeypatch.setattr("subprocess.Popen", refuses)
    monkeypatch.setattr("builder.publishing.preview.build_preview", lambda *_of: Built([]))
    return folders


def test_an_address_that_is_taken_is_told_before_anything_is_built(small, folders):
    told = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problems, match=rf"^127\.0\.0\.1:{port}: cannot be served"):
            preview(
                small(a=TEXT), ("127.0.0.1", port), open_browser=False, tell=told.append, show=list
            )
    assert told == []
    assert list(folders.iterdir()) == []


def test_a_preview_has_its_address_while_it_builds(small, folders, monkeypatch):
    port, refused = free_port(), []

    def build(*_of):
        with socket.socket() as other:
            refused.append(other.connect_ex(("127.0.0.1", port)))
        raise KeyboardInterrupt

    monkeypatch.setattr("builder.publishing.preview.build_preview", build)
    told = []
    preview(small(a=TEXT), ("127.0.0.1", port), open_browser=False, tell=told.append, show=list)
    assert refused == [0]
    assert told == ["building the site", "stopping"]
    assert list(folders.iterdir()) == []


@pytest.mark.parametrize("trips", ["following.watched", "preview.follower", "preview.PreviewSite"])
def test_what_the_system_refuses_elsewhere_is_no_fault_of_the_address(
    small, folders, monkeypatch, trips
):
    def refuses(*_of):
        raise PermissionError(13, "Permission denied", "content/notes")

    monkeypatch.setattr(f"builder.publishing.{trips}", refuses)
    address = ("127.0.0.1", free_port())
    with pytest.raises(PermissionError, match="content/notes"):
        preview(small(a=TEXT), address, open_browser=False, tell=lambda line: None, show=list)
    assert list(folders.iterdir()) == []
    with socket.socket() as free:
        free.bind(address)


@pytest.fixture
def builds(small, monkeypatch):
    """A preview that serves in a thread: its settings, and how often it has built."""
    settings, counted = small(a=TEXT), []
    monkeypatch.setattr(
        "builder.publishing.preview.build_preview", lambda *_of: counted.append(1) or Built([])
    )
    server = LiveReloadServer(lambda: site.refresh(), "127.0.0.1", 0, str(settings.root / "site"))
    server.observer = follower(0.05)
    following = Following(settings, server)

    def build(go_on):
        following.renew()
        return _built(settings, settings.root / "site", "", go_on)

    site = PreviewSite(settings, build, list)
    site.refresh()
    serves = Thread(target=server.serve, daemon=True)
    serves.start()
    while not server.serve_thread.is_alive():
        time.sleep(0.01)
    yield settings, counted
    server.shutdown()
    site.end()
    serves.join(10)
    server.observer.join(10)
    assert not serves.is_alive()


def calls_for_a_build(counted, change):
    """Tell whether a change calls for a build, or more than one, and not for builds without end."""
    before = len(counted)
    change()
    deadline = time.monotonic() + 3
    while len(counted) == before and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.4)
    settled = len(counted)
    time.sleep(0.4)
    assert len(counted) == settled
    return settled > before


@pytest.mark.slow
def test_pages_are_followed_where_there_was_no_content_folder(builds):
    settings, counted = builds
    content = settings.content

    def made_again():
        shutil.rmtree(content / "history")
        write(content / "history/index.md")

    assert not content.exists()
    for change in (
        lambda: write(content / "history/index.md"),
        lambda: write(content / "history/index.md", "# Edited\n"),
        lambda: write(content / "top.md"),
        lambda: write(content / "top.md", "# Edited\n"),
        made_again,
        lambda: write(content / "history/index.md", "# Edited\n"),
        (content / "top.md").unlink,
        lambda: shutil.rmtree(content),
        lambda: write(content / "history/index.md"),
        lambda: write(content / "history/index.md", "# Edited\n"),
        lambda: write(settings.root / "site_overrides/main.html"),
        lambda: write(settings.root / "site_overrides/main.html", "Edited\n"),
    ):
        assert calls_for_a_build(counted, change)


@pytest.mark.slow
def test_what_builds_write_calls_for_none(builds):
    settings, counted = builds

    def run():
        write(settings.root / ".cache/documents/kept")
        write(settings.root / "site/index.html")
        write(settings.content / ".generated.tmp")

    settings.content.mkdir()
    time.sleep(1)
    assert not calls_for_a_build(counted, run)
    calls_for_a_build(counted, lambda: build_pages(settings, Run()))
    generated = settings.content / "documents/a/index.md"
    assert not calls_for_a_build(counted, lambda: write(generated))


def write(file, text="# Title\n"):
    """Write a file, and what folders it needs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
