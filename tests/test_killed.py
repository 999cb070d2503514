"""A build killed at any moment leaves the old site or the new one, and the next build succeeds."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from builder.publishing.site_check import check_site
from builder.site import Run, build
from site_fixtures import ROOT

TEXT = (
    "FACT SHEET: Title {} of This Text\n\nOn 3 May 2021 we spent $5 million in Peru.\n\nText {}.\n"
)


def pages_of(site):
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.html")}


@pytest.mark.slow
def test_killed_at_random_moments(small):
    settings = small(**{f"d{number}": TEXT.format(number, number) for number in range(3)})
    build(settings, Run())
    (settings.seeds / "d9.txt").write_text(TEXT.format(9, 9))
    command = [sys.executable, "-m", "builder.cli", "build"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    old = pages_of(settings.site)
    randomly = random.Random(7)
    for _ in range(8):
        process = subprocess.Popen(
            command, cwd=settings.root, env=environment, stderr=subprocess.DEVNULL
        )
        time.sleep(randomly.uniform(0.1, 2.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = pages_of(settings.site)
        assert now == old or "documents/d9/index.html" in now
        assert [str(problem) for problem in check_site(settings.site)] == []
        for ledger in settings.anchors.glob("*.txt"):
            assert ledger.name.startswith(".") or ledger.read_text("utf-8").startswith("anchors 1")
    assert not build(settings, Run()).failed
    assert "documents/d9/index.html" in pages_of(settings.site)
    assert sorted(path.name for path in settings.root.iterdir() if path.name != ".cache") == [
        "content",
        "mkdocs.yml",
        "seeds",
        "site",
    ]
    assert not list(settings.root.rglob(".tmp-builder*"))
