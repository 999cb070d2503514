"""Takes comments and indents out of our own styles and scripts in a rendered site.

In the repository they explain themselves; a reader's browser has no use for that, and it is a fifth
of what every page loads. Nothing else is changed: names, lines and rules stay as they are written.
No string of ours runs over more than a line.
"""

from __future__ import annotations

import re
from pathlib import Path

from builder.publishing.starter import starter_folder

_ASSETS = Path("assets")

# "/* Paper, not dashboard. */" and the line end behind it, but not within "url('/*')".
_IN_STYLES = re.compile(r"(?P<string>\"[^\"\n]*\"|'[^'\n]*')|/\*.*?\*/[ \t]*\n?", re.DOTALL)
# A line that holds nothing but "// why"; a comment behind code stays.
_IN_SCRIPTS = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
# An indent, and lines that hold nothing.
_INDENTS = re.compile(r"^(?:[ \t]*\n)*[ \t]*", re.MULTILINE)


def lean_assets(site: Path) -> None:
    """Rewrite our styles and scripts in a rendered site without comments and indents.

    Files of the same place that a collection brings itself are its own business and stay. Doing it
    again changes nothing.
    """
    ours = starter_folder() / "site_overrides" / _ASSETS
    for source in sorted([*ours.rglob("*.css"), *ours.rglob("*.js")]):
        published = site / _ASSETS / source.relative_to(ours)
        text = source.read_text(encoding="utf-8")
        if published.is_file() and published.read_text(encoding="utf-8") == text:
            published.write_text(lean(text, source.suffix), encoding="utf-8", newline="\n")


def lean(text: str, suffix: str) -> str:
    """Return the text of a style sheet (".css") or script (".js") without comments and indents."""
    if suffix == ".css":
        text = _IN_STYLES.sub(lambda found: found["string"] or "", text)
    else:
        text = _IN_SCRIPTS.sub("", text)
    return _INDENTS.sub("", text)
