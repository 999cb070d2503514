"""The command line keeps its word: what goes where, and which exit code."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main

TEXT = (
    "FACT SHEET: A Title of This Text\n\nOn 3 May 2021 we spent $5 million in Peru.\n\nMore text.\n"
)
KEYS = ["source", "sha256", "document", "metadata", "blocks", "mentions", "figures"]


def run(*arguments: str, folder: Path | None = None):
    before = Path.cwd()
    try:
        if folder is not None:
            os.chdir(folder)
        return CliRunner().invoke(main, [str(one) for one in arguments])
    finally:
        os.chdir(before)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", ["build", "pages", "serve", "check", "finish", "annotate"])
def test_every_command_explains_itself(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "--config-file" in result.stdout
    assert command in run("--help").stdout


def test_build_and_check(small):
    root = small(a=TEXT).root
    assert run("check", "--site", folder=root).exit_code == 2
    built = run("build", "--offline", str(root / "copy"), folder=root)
    assert (built.exit_code, built.stdout) == (0, "")
    *lines, times, counts, last = built.stderr.strip().splitlines()
    stages = [line for line in lines if "s (processor " in line]
    names = ["reading", "documents", "index", "pages", "rendering", "search", "publishing"]
    assert [line.partition(":")[0] for line in stages] == names
    assert re.sub(r" [0-9.]+", "", times.partition(":")[0]) == ", ".join(names)
    documents, passages, mentions, figures, candidates, problems = counts.split(", ")
    assert (documents, passages, problems) == ("1 document", "3 passages", "0 problems")
    data = json.loads((root / "site/data/mentions.json").read_text("utf-8"))
    assert mentions.split()[0] == str(sum(one["kind"] != "figure" for one in data))
    assert figures.split()[1].startswith("figure")
    assert candidates == "0 candidates"
    written, _, where = last.partition("; ")
    pages = (root / "content/.generated").read_text("utf-8").splitlines()
    assert written == f"{len(pages)} pages written"
    assert where == f"site in site/, copy for disk in {root / 'copy'}"
    checked = run("check", "--site", folder=root)
    assert (checked.exit_code, checked.stdout, checked.stderr) == (0, "", "")
    assert "nothing changed" in run("build", folder=root).stderr


def test_the_config_file_may_be_anywhere(small, tmp_path):
    settings = small(a=TEXT)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert run("pages", "--config-file", settings.config_file, folder=elsewhere).exit_code == 0
    assert (settings.content / "documents/a/index.md").is_file()
    assert list(elsewhere.iterdir()) == []


def test_where_there_is_no_collection(tmp_path):
    for command in ("build", "pages", "check", "serve", "finish"):
        result = run(command, folder=tmp_path)
        assert result.exit_code == 2
        assert "no mkdocs.yml" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("build", "--nonsense"),
        ("annotate",),
        ("check", "--config-file", "none.yml"),
        ("serve", "--address", "0.0.0.0:8000"),
        ("serve", "--address", "8000"),
    ],
)
def test_wrong_use(small, arguments):
    assert run(*arguments, folder=small(a=TEXT).root).exit_code == 2


def test_problems_come_all_at_once_with_their_lines(small):
    settings = small(a=TEXT)
    (settings.seeds / "empty.txt").write_text("")
    (settings.seeds / "latin.txt").write_bytes(b"one\ntwo \xe9\n")
    result = run("build", folder=settings.root)
    assert result.exit_code == 1
    assert "seeds/empty.txt:1: " in result.stderr
    assert "seeds/latin.txt:2: not UTF-8" in result.stderr
    assert "2 problems" in result.stderr


def test_check_writes_nothing(small):
    settings = small(a=TEXT)
    before = files_of(settings.root)
    result = run("check", folder=settings.root)
    assert result.exit_code == 1
    assert "seeds/anchors/a.txt:1: this ledger is not up to date" in result.stderr
    assert files_of(settings.root) == before


def test_ci_freezes_the_ledgers(small, monkeypatch):
    monkeypatch.setenv("CI", "true")
    root = small(a=TEXT).root
    assert run("pages", folder=root).exit_code == 1
    assert not (root / "seeds/anchors").exists()
    assert run("pages", "--no-frozen", folder=root).exit_code == 0
    assert run("pages", folder=root).exit_code == 0


def test_annotate_prints_json_lines_and_writes_nothing(small):
    settings = small(a=TEXT, b="Second text.\r\n\r\nWith 20,200 pills — \u201cquoted\u201d.\r\n")
    before = files_of(settings.root)
    result = run("annotate", "seeds/a.txt", "seeds/b.txt", folder=settings.root)
    assert (result.exit_code, result.stderr) == (0, "")
    first, second = map(json.loads, result.stdout.splitlines())
    assert list(first) == KEYS
    assert (first["source"], first["document"]) == ("seeds/a.txt", "a")
    for one, name in ((first, "a"), (second, "b")):
        text = (settings.seeds / f"{name}.txt").read_bytes().decode("utf-8")
        for mention in (*one["mentions"], *one["figures"]):
            assert text[mention["start"] : mention["end"]] == mention["surface"]
        for block in one["blocks"]:
            assert list(block) == ["anchor", "kind", "level", "start", "end", "text"]
            assert (block["kind"] == "furniture") == (block["anchor"] is None)
    assert files_of(settings.root) == before


def test_annotate_needs_no_collection(tmp_path):
    (tmp_path / "notes.txt").write_text(TEXT)
    result = run("annotate", "notes.txt", folder=tmp_path)
    assert result.exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert json.loads(result.stdout)["blocks"][0]["anchor"] == "p1"


def test_annotate_takes_addresses_from_the_ledger(small):
    settings = small(a=TEXT)
    run("pages", folder=settings.root)
    ledger = settings.anchors / "a.txt"
    ledger.write_text(ledger.read_text().replace("\np2 ", "\np2b "))
    result = run("annotate", "seeds/a.txt", folder=settings.root)
    assert "p2b" in [block["anchor"] for block in json.loads(result.stdout)["blocks"]]


def test_annotate_goes_on_after_a_bad_file(tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    (tmp_path / "good.txt").write_text(TEXT)
    result = run("annotate", "bad.txt", "missing.txt", "good.txt", folder=tmp_path)
    assert result.exit_code == 1
    assert [json.loads(line)["source"] for line in result.stdout.splitlines()] == ["good.txt"]
    assert "bad.txt:1: not UTF-8" in result.stderr
    assert "missing.txt:1: " in result.stderr


def test_annotate_loads_no_renderer():
    script = (
        "import sys; import builder.cli, builder.annotate_files\n"
        "print({'mkdocs', 'jinja2', 'markdown', 'material'} & set(sys.modules) or 'none')"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "none"


@pytest.mark.slow
def test_a_closed_pipe_is_no_traceback(small):
    settings = small(a=TEXT)
    files = " ".join(["seeds/a.txt"] * 200)
    command = f"{sys.executable} -m builder.cli annotate {files} | head -c 1"
    result = subprocess.run(
        ["bash", "-c", command],
        cwd=settings.root,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        check=False,
    )
    assert "Traceback" not in result.stderr


def test_a_program_that_leaves_at_once_has_told_all_and_failed_or_not(small):
    settings = small(a=TEXT)
    (settings.seeds / "x.txt").write_bytes(b"")
    for code, last in ((1, "1 problem\n"), (0, "site in site/, nothing changed\n")):
        result = subprocess.run(
            [sys.executable, "-m", "builder.cli", "build", "--no-frozen"],
            cwd=settings.root,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
            check=False,
        )
        assert (result.returncode, result.stderr.endswith(last)) == (code, True)
        (settings.seeds / "x.txt").unlink(missing_ok=True)


def test_a_message_cannot_command_the_terminal(small):
    settings = small(a=TEXT)
    (settings.seeds / "x\x1b[31m.txt").write_bytes(b"")
    result = run("build", folder=settings.root)
    assert "\x1b" not in result.stderr
    assert "\\x1b" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("output", "reason"), [("> /dev/full", "No space left on device"), ("| true", "Broken pipe")]
)
def test_output_that_cannot_be_written_is_one_line(small, output, reason):
    if not Path("/dev/full").exists():
        pytest.skip("no such device here")
    files = " ".join(["seeds/a.txt"] * 50)
    result = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m builder.cli annotate {files} {output}; "
         'exit "${PIPESTATUS[0]}"'],
        cwd=small(a=TEXT).root,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr == f"standard output: cannot be written ({reason})\n"


def test_what_the_system_refuses_is_a_line(small):
    settings = small(a=TEXT)
    settings.content.write_text("a file")
    result = run("build", folder=settings.root)
    assert result.exit_code == 1
    assert re.search(r"content(/.generated)?: the system says: ", result.stderr)


def test_every_failure_ends_with_its_number(small):
    settings = small(a=TEXT)
    catalogue = settings.catalogue / "programs.yaml"
    catalogue.parent.mkdir()
    catalogue.write_text("- {key: x}\n- {key: y}\n")
    assert run("build", folder=settings.root).stderr.endswith("\n2 problems\n")
    settings.config_file.write_text("site_url: x\n")
    result = run("check", folder=settings.root)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "2 problems")


def test_without_a_folder_of_seeds(small):
    settings = small()
    settings.seeds.rmdir()
    result = run("build", folder=settings.root)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "seeds: there is no such folder; put .txt or .md files there",
        "1 problem",
    ]
