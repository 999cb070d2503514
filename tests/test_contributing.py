"""CONTRIBUTING is carried out word for word on a copy: a document, a program, a measure, a kind."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

# ```yaml append=seeds/manifest.yaml … ```
STEP = re.compile(r"^```(?P<language>\w+)(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)
FILE = re.compile(r'(?P<how>write|append|insert)=(?P<path>\S+)(?: after="(?P<after>[^"]+)")?')
EXIT = re.compile(r"exit=(?P<code>\d)")
PARTS = ("builder", "content/about", "seeds", "site_overrides", "mkdocs.yml")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy what a build needs, with a `builder` command that runs the copy's own code."""
    for part in PARTS:
        source, target = ROOT / part, tmp_path / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    command = tmp_path / "bin" / "builder"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m builder.cli "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return tmp_path


def take(step: re.Match[str], folder: Path) -> None:
    """Do one step of CONTRIBUTING: write to a file, or run commands."""
    if step["language"] == "sh":
        path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        run = subprocess.run(
            ["sh", "-e", "-c", step["body"]],
            cwd=folder,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        wanted = EXIT.search(step["info"])
        assert run.returncode == (int(wanted["code"]) if wanted else 0), run.stderr
        return
    file = FILE.search(step["info"])
    assert file, f"this block says neither what to write nor what to run: {step['info']}"
    path = folder / file["path"]
    if file["how"] == "write":
        path.write_text(step["body"], "utf-8")
    elif file["how"] == "append":
        path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + step["body"], "utf-8")
    else:
        text = path.read_text("utf-8")
        line = file["after"] + "\n"
        assert text.count(line) == 1
        path.write_text(text.replace(line, line + step["body"]), "utf-8")


@pytest.mark.slow
def test_every_step_does_what_it_says(copy: Path) -> None:
    steps = list(STEP.finditer((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    assert [step["language"] for step in steps].count("sh") == 17
    for step in steps:
        take(step, copy)
    site = copy / "site"
    page = (site / "documents/port-security-plan/index.html").read_text("utf-8")
    assert '"../../programs/container-watch-initiative/"' in page
    assert '"../../ports/antwerp/"' in page
    program = (site / "programs/container-watch-initiative/index.html").read_text("utf-8")
    assert "documents/port-security-plan/#p" in program
    assert "Container Watch Program" in program
    measure = (site / "figures/containers-inspected/index.html").read_text("utf-8")
    assert "documents/port-security-plan/#p2-f2" in measure
    assert (site / "organizations/harbor-control-bureau/index.html").is_file()
    assert "Harbor Renewal Act" not in (site / "data/entities.csv").read_text("utf-8")
    assert "Antwerp" in (site / "ports/index.html").read_text("utf-8")
    assert "port,antwerp" in (site / "data/mentions.csv").read_text("utf-8")
    ledger = (copy / "seeds/anchors/port-security-plan.txt").read_text("utf-8")
    assert "source seeds/port-plan.txt " in ledger
    assert "p3 paragraph\nThe Container Watch Initiative" in ledger
    assert re.search(r"^p3a paragraph new=\S+\nIt will begin in the port", ledger, re.M)
    assert re.search(r"^p5 paragraph gone=\S+\nIt does not wait for", ledger, re.M)
    assert re.search(r"^p\w+ paragraph new=\S+ not=p5\nThe renewal of harbors", ledger, re.M)
    assert "gathered by hand" in (site / "history/index.html").read_text("utf-8")
    assert len(list((copy / "seeds/versions/port-security-plan").glob("*.txt"))) == 1
    notice = (site / "documents/notice/index.html").read_text("utf-8")
    assert "will hear the harbor masters" in notice
    assert "documents/notice/" not in (site / "data/documents.csv").read_text("utf-8")
