"""A preview follows every change and never writes a ledger."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from builder.model import Problems
from builder.publishing.preview import build_preview, preview, read_address, watched
from builder.site import Run, build_pages
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
    "address", ["0.0.0.0:8000", "example.org:80", "8000", "127.0.0.1", "127.0.0.1:x", ":8000"]
)
def test_no_other_address(address):
    with pytest.raises(ValueError, match=r"preview|HOST:PORT"):
        read_address(address)


def test_no_ledger_is_written(small, tmp_path):
    settings = small(a=TEXT)
    problems = build_preview(settings, tmp_path / "preview", site_url="http://127.0.0.1:8000/")
    assert problems == []
    assert "http://127.0.0.1:8000/documents/a/" in (
        tmp_path / "preview/documents/a/index.html"
    ).read_text("utf-8")
    assert not settings.anchors.exists()


def test_generated_pages_are_not_watched(small, tmp_path):
    settings = small(a=TEXT)
    (settings.content / "notes").mkdir(parents=True)
    (settings.content / "notes/index.md").write_text("# Notes\n")
    build_preview(settings, tmp_path / "preview", site_url="http://127.0.0.1:8000/")
    paths = watched(settings)
    assert settings.seeds in paths
    assert settings.config_file in paths
    assert settings.content / "notes" in paths
    assert settings.content / "documents" not in paths


@pytest.mark.slow
def test_an_edited_source_shows_in_the_browser(small):
    settings = small(a=TEXT)
    port = free_port()
    command = [sys.executable, "-m", "builder.cli", "serve", "-a", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        command,
        cwd=settings.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = f"http://127.0.0.1:{port}/documents/a/"
        wait_for(address, "More text")
        (settings.seeds / "a.txt").write_text(TEXT.replace("More text", "Edited words"))
        wait_for(address, "Edited words")
        (settings.seeds / "b.txt").write_text(TEXT.replace("Title", "Second Title"))
        wait_for(f"http://127.0.0.1:{port}/documents/b/", "Second Title")
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
    problems = build_preview(settings, tmp_path / "preview/site", site_url="")
    assert any("are gone at once" in str(problem) for problem in problems)
    page = (tmp_path / "preview/site/documents/a/index.html").read_text("utf-8")
    assert "A paragraph that was added" in page
    after = {path: path.read_bytes() for path in settings.content.rglob("*") if path.is_file()}
    assert after == before


def test_an_address_that_is_taken_is_told(small):
    told = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problems, match=rf"^127\.0\.0\.1:{port}: cannot be served"):
            preview(
                small(a=TEXT), ("127.0.0.1", port), open_browser=False, tell=told.append, show=list
            )
