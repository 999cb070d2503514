"""Speaks with the program Pagefind, which makes the index of a big collection.

It is spoken with by its service protocol: JSON in base64, a comma after each message. Pagefind's
own Python wrapper waits a tenth of a second for each answer, which is minutes for 10,000 documents.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from builder.model import Place, Problem, Problems

_PLACE = Place("pagefind", 0)

# An index without stems and without the word rules of any language: words come as we part them.
_LANGUAGE = "unknown"

# Seconds after which it is stopped: the answer to all pages of a shard takes some ten.
_PATIENCE = 300


def program() -> Path:
    """Return where the program is: named by PAGEFIND_BINARY_PATH, installed, or on the path.

    Raises Problems where it is nowhere.
    """
    if named := os.environ.get("PAGEFIND_BINARY_PATH"):
        return Path(named)
    for package in ("pagefind_bin_extended", "pagefind_bin"):
        try:
            return Path(import_module(package).get_executable())
        except (ImportError, FileNotFoundError):  # not for this system, or not installed
            continue
    for name in ("pagefind_extended", "pagefind"):
        if found := shutil.which(name):
            return Path(found)
    raise Problems([_missing("is not installed")])


def version(binary: Path) -> str:
    """Return what the program calls itself, such as "pagefind 1.5.2"."""
    try:
        answer = subprocess.run(
            [binary, "--version"], capture_output=True, check=True, timeout=_PATIENCE
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise Problems([_missing(f"does not run: {_reason(error)}")]) from error
    return answer.stdout.decode(errors="replace").strip()


def make_index(binary: Path, pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Return the index of pages, each an address and its HTML, as files by their paths.

    Raises Problems when the program fails.
    """
    try:
        with _running(binary) as process:
            _ask(process, type="NewIndex", config={"force_language": _LANGUAGE})
            for address, html in pages:
                _ask(process, type="AddFile", index_id=0, url=address, file_contents=html)
            # Told to write files itself, it answers before they are on disk.
            answer = _ask(process, type="GetFiles", index_id=0)
        return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
    except OSError as error:
        raise Problems([_missing(f"stopped: {_reason(error)}")]) from error
    except (ValueError, LookupError, TypeError) as error:
        raise Problems([_missing("answers what is not understood")]) from error


@contextmanager
def _running(binary: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the program as it waits for messages; in the end it is stopped."""
    with subprocess.Popen(
        [binary, "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
            with suppress(BrokenPipeError):  # what was not read any more
                process.stdin.close()  # type: ignore[union-attr]  # a pipe, as asked for above


@contextmanager
def _watched(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Stop the program if it does not answer; then what waits for it gets an end of file."""
    watch = threading.Timer(_PATIENCE, process.kill)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _ask(process: subprocess.Popen[bytes], **payload: Any) -> Mapping[str, Any]:
    """Send one message and return the answer to it."""
    assert process.stdin is not None
    assert process.stdout is not None
    message = json.dumps({"message_id": 1, "payload": payload}).encode()
    answer = bytearray()
    with _watched(process):
        process.stdin.write(base64.b64encode(message) + b",")
        process.stdin.flush()
        while not answer.endswith(b","):
            part = process.stdout.read1()  # type: ignore[attr-defined]  # a buffered pipe
            if not part:
                raise Problems([_missing("stopped without a word")])
            answer += part
    given: Mapping[str, Any] = json.loads(base64.b64decode(answer[:-1]))["payload"]
    if given["type"] == "Error":
        raise Problems([_missing(f"says: {given['message']}")])
    return given


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _missing(what: str) -> Problem:
    return Problem(
        _PLACE,
        f"the program that makes the search index {what}",
        'run "pip install pagefind[bin]", or set pagefind_from higher (option of the plugin'
        " collection) for a search without it",
    )
