"""Asks git for what a file held before, where a collection stands in a repository.

Git may be missing, the clone shallow, the folder no repository: then there is nothing to find, and
that is no error.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Timer

_SECONDS = 20  # for one command; a history of a hundred thousand commits takes about two
_COMMITS = 200  # that touched the file

# A line of `git log --raw`, blobs before and after: ":100644 100644 57df446… ad6001f… M\t…"
_RAW = re.compile(r"^:\d+ \d+ (?P<old>[0-9a-f]{40,64}) (?P<new>[0-9a-f]{40,64}) ")

# Set while a hook of git runs: they would lead git away from the folder that it is asked about.
_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_COMMAND = ("git", "--literal-pathspecs")
# No question on the terminal, no lock, nothing fetched from a server.
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}


def bytes_in_git(folder: Path, names: Sequence[str]) -> Iterator[bytes]:
    """Yield what files held, the newest first: last commit, index, history of the current branch.

    `names` are paths below `folder`. Nothing is yielded twice, and at most some hundred contents.
    """
    seen: set[str] = set()
    for blob in _blobs(folder, names):
        if blob not in seen:
            seen.add(blob)
            data = _git(folder, "cat-file", "blob", blob)
            if data is not None:
                yield data


def changed_files(folder: Path, below: str) -> tuple[str, ...]:
    """Return the files of the last commit that now differ, or are gone.

    `below` is a path below `folder`, and so are those returned.
    """
    arguments = ("--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", "HEAD")
    listed = _git(folder, "diff", *arguments, "--diff-filter=MDT", "--", below) or b""
    return tuple(name for name in listed.decode("utf-8", "replace").split("\0") if name)


def _blobs(folder: Path, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        for revision in ("HEAD", ""):
            blob = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}:./{name}")
            if blob:
                yield blob.decode("ascii", "replace").strip()
    # Without --full-history the branch that lost in a merge would not be looked at.
    for line in _lines(
        folder,
        *("log", "--full-history", "--raw", "--no-abbrev", "--no-renames", "--no-show-signature"),
        *("--no-ext-diff", "--format=", f"--max-count={_COMMITS}", "--", *names),
    ):
        found = _RAW.match(line)
        if found:
            yield from (found["new"], found["old"])


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what a command of git prints, None where it cannot be asked."""
    try:
        done = subprocess.run(
            [*_COMMAND, *arguments],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _lines(folder: Path, *arguments: str) -> Iterator[str]:
    """Yield the lines of a command as they come: of a long history mostly the first few do."""
    try:
        process = subprocess.Popen(
            [*_COMMAND, *arguments],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except (OSError, ValueError):
        return
    watch = Timer(_SECONDS, process.kill)
    watch.start()
    with process:
        try:
            yield from process.stdout or ()
        finally:
            watch.cancel()
            process.kill()


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in _MISLEADING} | _QUIET
