"""Looks at the pages that people write into the content folder, before a renderer reads them.

A renderer stops at the first file that it cannot read, waits for a pipe, ends where YAML goes too
deep, and says nothing of a front matter that is none.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Container, Iterator
from pathlib import Path

from builder.config_yaml import load_config
from builder.files import read_text, shown_name
from builder.front_matter import FENCE_END
from builder.limits import USUAL
from builder.looking import Look, leads_around
from builder.model import Place, Problem, Problems
from builder.publishing.starter import is_starter_page
from builder.publishing.writing import read_list
from builder.settings import Settings

_PAGES = frozenset({".md", ".markdown"})
_FENCE = re.compile(r"---[ \t]*\n")


def refuse_bad_pages(settings: Settings) -> None:
    """Raise Problems with every hand-written file that a renderer would trip over.

    Links that lead round are told but for those among generated pages (`circles_in`).
    """
    if problems := list(_bad_pages(settings)):
        raise Problems(problems)


def circles_in(settings: Settings, content: Look) -> list[Problem]:
    """Return a problem for every link that a renderer would follow round and round.

    It may stand among generated pages, too, at which only a look at all of the `content` folder
    comes by.
    """
    shown = (settings.content / path for path in sorted(content.circles) if "/." not in f"/{path}")
    return [_circle(path, settings) for path in shown]


def _circle(path: Path, settings: Settings) -> Problem:
    what = "is a link to a folder that it stands in"
    return Problem(Place(_told(path, settings), 1), what, "take it away")


def _bad_pages(settings: Settings) -> Iterator[Problem]:
    listed = read_list(settings.content)
    folders = {path.rpartition("/")[0] for path in listed}

    def is_ours(path: str, among: Container[str]) -> bool:
        return path in among and not is_starter_page(path)

    cut = len(f"{settings.content}/")
    for folder, inside, names in os.walk(settings.content, followlinks=True):
        below = f"{folder}/"[cut:].replace(os.sep, "/")
        inside[:] = [name for name in inside if not name.startswith(".")]
        # What the builder has made is as it should be, and there may be ten thousand of it.
        if below:
            inside[:] = [name for name in inside if not is_ours(f"{below}{name}", folders)]
        for circle in [name for name in inside if _is_circle(settings.content, below + name)]:
            inside.remove(circle)
            yield _circle(Path(folder, circle), settings)
        for name in names:
            if not name.startswith(".") and not is_ours(f"{below}{name}", listed):
                yield from _bad_page(Path(folder, name), settings)


def _bad_page(path: Path, settings: Settings) -> Iterator[Problem]:
    name = _told(path, settings)
    try:
        if path.suffix.lower() in _PAGES:
            text = read_text(path, name, limit=USUAL.of("max_source_bytes"))
            _refuse_front_matter(text.replace("\r\n", "\n"), name)
        elif not stat.S_ISREG(path.stat().st_mode):
            what, hint = "is not a regular file", "put a file there, or take it away"
            yield Problem(Place(name, 1), what, hint)
    except Problems as error:
        yield from error.problems
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        yield Problem(Place(name, 1), what, "check the file")


def _refuse_front_matter(text: str, name: str) -> None:
    fence = _FENCE.match(text)
    end = FENCE_END.search(text, fence.end()) if fence else None
    if fence and end:
        load_config(text[fence.end() : end.start()], name, first_line=2)


def _is_circle(content: Path, path: str) -> bool:
    # A `Path` for each would take longer.
    return os.path.islink(f"{content}/{path}") and leads_around(str(content), path)  # noqa: PTH114


def _told(path: Path, settings: Settings) -> str:
    return shown_name(settings.relative(path))
