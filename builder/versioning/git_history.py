"""Asks git for what a file held before, where a collection stands in a repository.

Git may be missing, the clone shallow, the folder no repository: then there is nothing to find, and
that is no error. A repository's own settings can name programs; none of them is run: we read what
git has stored, never the work tree, so that no filter and no monitor of files is asked.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Timer

_SECONDS = 20  # for one command; a history of a hundred thousand commits takes about two
_COMMITS = 200  # that touched the file

# A line of `git log --raw`, blobs before and after: ":100644 100644 57df446… ad6001f… M\t…"
_RAW = re.compile(r"^:\d+ \d+ (?P<old>[0-9a-f]{40,64}) (?P<new>[0-9a-f]{40,64}) ")

# An entry of `git ls-tree -r -z`: "100644 blob 57df446…\tseeds/anchors/a.txt"
_ENTRY = re.compile(r"100\d{3} blob (?P<blob>[0-9a-f]{40,64})\t(?P<name>.+)", re.DOTALL)

# Set while a hook of git runs: they would lead git away from the folder that it is asked about.
_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    "protocol.allow=never",
)
_COMMAND = ("git", "--literal-pathspecs", *(word for one in _SETTINGS for word in ("-c", one)))
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


def committed_files(folder: Path, below: str) -> dict[str, str]:
    """Return the files of the last commit, each with the name of its blob.

    `below` is a path below `folder`, and so are those returned.
    """
    listed = _git(folder, "ls-tree", "-r", "-z", "HEAD", "--", below) or b""
    found = map(_ENTRY.fullmatch, listed.decode("utf-8", "replace").split("\0"))
    return {match["name"]: match["blob"] for match in found if match}


def is_blob(data: bytes, blob: str) -> bool:
    """Tell whether git stores these bytes, or these with LF at the end of lines, under a name."""
    unix = data.replace(b"\r\n", b"\n")
    return blob in (blob_name(data, len(blob)), blob_name(unix, len(blob)))


def blob_name(data: bytes, length: int) -> str:
    """Return the name under which git stores bytes, of so many digits: 40, or 64 in new ones."""
    digest = hashlib.sha1 if length == 40 else hashlib.sha256
    return digest(b"blob %d\0%s" % (len(data), data)).hexdigest()


def blobs(folder: Path, names: Sequence[str]) -> Mapping[str, bytes]:
    """Return what blobs hold, by their names; one that is not there is left out."""
    asked = "".join(f"{name}\n" for name in names).encode()
    told = _git(folder, "cat-file", "--batch", given=asked) if names else None
    found: dict[str, bytes] = {}
    left = told or b""
    while left:
        head, _, left = left.partition(b"\n")
        name, _, rest = head.decode("ascii", "replace").partition(" ")
        kind, _, size = rest.partition(" ")
        if size.isdigit():
            found[name] = left[: int(size)] if kind == "blob" else b""
            left = left[int(size) + 1 :]
    return found


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
        *("--no-ext-diff", "--no-textconv", "--format=", f"--max-count={_COMMITS}", "--", *names),
    ):
        found = _RAW.match(line)
        if found:
            yield from (found["new"], found["old"])


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Return what a command of git prints of what is `given`, None where it cannot be asked."""
    try:
        done = subprocess.run(
            [*_COMMAND, *arguments],
            cwd=folder,
            env=_environment(),
            input=given,
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
