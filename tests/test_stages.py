"""What a run tells of itself: its stages as they come, and a summary at the end."""

from __future__ import annotations

import re
import sys

import pytest

from builder import messages
from builder.model import Place, Problem
from builder.outcome import Outcome
from builder.site import Run, build, build_pages
from builder.stages import Stage, Stages
from builder.summary import stage_line, summary

TEXT = "FACT SHEET: Harbors\n\nThe Harbor Control Bureau will lead the Container Watch Program.\n"


def test_stages_come_in_order_and_inner_ones_count_by_themselves(monkeypatch):
    clock = iter((0, 1, 4, 10))
    monkeypatch.setattr("builder.stages.perf_counter", lambda: next(clock))
    begun: list[str] = []
    ended: list[Stage] = []
    stages = Stages(begun.append, ended.append)
    with stages.stage("outer"), stages.stage("inner"):
        pass
    assert begun == ["outer", "inner"]
    assert [one.name for one in ended] == ["inner", "outer"]
    inner, outer = stages.done
    assert (inner.seconds, outer.seconds, stages.seconds) == (3, 7, 10)
    assert stages.processor == inner.processor + outer.processor
    assert sys.platform == "win32" or inner.memory > 1_000_000


def test_a_stage_that_fails_is_none():
    stages = Stages()
    with pytest.raises(OSError, match="full"), stages.stage("pages"):
        raise OSError("full")
    with stages.stage("index"):
        pass
    assert [one.name for one in stages.done] == ["index"]


def test_the_line_of_a_stage():
    line = stage_line(Stage("pages", 80.24, 158.01, 812_300_000, 210_000_000))
    told = "processor 158.0 s, memory at most 812.3 MB, 210.0 MB in another process"
    assert line == f"pages: 80.2 s ({told})"
    assert stage_line(Stage("pages", 80.24, 158.01)) == "pages: 80.2 s (processor 158.0 s)"


def lines(outcome: Outcome, *, changed: bool = True) -> list[str]:
    stages = Stages(done=[Stage("index", 1, 1.5), Stage("pages", 2, 3.5, 80_000_000)])
    return list(summary(outcome, stages, "site in site/", changed=changed))


def test_the_summary():
    wrong, warning = (Problem(Place("a", 1), "x", warning=one) for one in (False, True))
    outcome = Outcome((wrong, warning), 1, 1200, 3, 4, 5, 2, pages_written=1)
    assert lines(outcome) == [
        "index 1.0, pages 2.0: 3.0 s (processor 5.0 s, memory at most 80.0 MB)",
        "1 document, 1,200 passages, 3 mentions, 4 figures, 5 candidates (2 new), "
        "1 problem, 1 warning",
        "1 page written; site in site/",
    ]
    assert lines(Outcome(), changed=False)[1:] == [
        "0 documents, 0 passages, 0 mentions, 0 figures, 0 candidates, 0 problems",
        "0 pages written; site in site/, nothing changed",
    ]
    assert lines(Outcome(problems=(warning,)))[1].endswith("0 candidates, 1 warning")


def test_candidates_that_were_not_there_before_are_new(small):
    settings = small(a=TEXT)
    first = build_pages(settings, Run())
    assert (first.candidates > 0, first.new_candidates) == (True, None)
    assert build_pages(settings, Run()).new_candidates == 0
    (settings.seeds / "b.txt").write_text("Ports\n\nThe Ferry Safety Bureau inspects ferries.\n")
    second = build_pages(settings, Run())
    assert second.candidates == first.candidates + second.new_candidates
    assert second.new_candidates > 0


def test_a_build_has_all_stages(small):
    run = Run()
    build(small(a=TEXT), run)
    assert [one.name for one in run.stages.done] == [
        *("reading", "documents", "index", "pages", "rendering", "search", "publishing")
    ]


def test_a_terminal_shows_the_stage_a_bar_and_a_rate(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(messages, "_WORTH_A_BAR", 2)
    with messages.told_stages().stage("documents"):
        assert list(messages.progress(iter("abc"), "Reading documents", 3)) == list("abc")
    shown = capsys.readouterr().err
    assert "documents …" in shown
    assert shown.endswith("\r\x1b[K")
    assert "Reading documents" in shown
    assert re.search(r"3/3.*[0-9,]+ a second", shown)


def test_a_log_has_a_line_a_stage_and_no_bar(capsys):
    with messages.told_stages().stage("documents"):
        assert list(messages.progress(iter("abc" * 9), "Reading documents", 27))
    told = capsys.readouterr().err
    assert re.fullmatch(r"documents: [0-9.]+ s \(processor .*\)\n", told)
