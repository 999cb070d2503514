"""Published styles and scripts say the same as those of the repository, without the comments."""

import re
from pathlib import Path

import pytest

from builder.publishing.lean_assets import lean, lean_assets
from builder.publishing.starter import starter_folder

ASSETS = starter_folder() / "site_overrides" / "assets"
SCRIPTS = sorted(ASSETS.rglob("*.js"))
OURS = [*sorted(ASSETS.rglob("*.css")), *SCRIPTS]


@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        (".css", "/* why */\na { b: c; } /* x */\n", "a { b: c; } "),
        (".css", 'a::after { content: "/* no */"; }\n', 'a::after { content: "/* no */"; }\n'),
        (".css", "/* one\n   two */\n\n\na { b: c; }\n", "a { b: c; }\n"),
        (".css", "a {\n  b: c;\n\n  d: e;\n}\n", "a {\nb: c;\nd: e;\n}\n"),
        (".js", "// why\n  // why\nlet a = 1; // one\n", "let a = 1; // one\n"),
        (".js", "f(() => {\n  // why\n\n  g();\n});\n", "f(() => {\ng();\n});\n"),
        (".js", 'const a = "https://x.org";\n\nb();\n', 'const a = "https://x.org";\nb();\n'),
    ],
)
def test_comments_go(suffix, text, expected):
    assert lean(text, suffix) == expected


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_doing_it_again_changes_nothing(file: Path):
    once = lean(file.read_text(encoding="utf-8"), file.suffix)
    assert lean(once, file.suffix) == once
    assert "/*" not in once or file.suffix == ".js"


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_of_scripts_only_whole_lines_and_indents_go(file: Path):
    text = file.read_text(encoding="utf-8")
    lines = (line.lstrip() for line in text.split("\n"))
    assert all(line in lines for line in lean(text, ".js").split("\n"))
    # A string that runs on would lose its own indents. Expressions may have one such sign: [`{-]
    strings = re.sub(r"\[(?:\\.|[^\]\\\n])*\]", "", text)
    assert all(line.count("`") % 2 == 0 for line in strings.split("\n") if "//" not in line)


def test_a_collection_s_own_file_stays(tmp_path):
    own = tmp_path / "assets" / OURS[0].relative_to(ASSETS)
    own.parent.mkdir(parents=True)
    own.write_text("/* mine */ a { b: c; }\n")
    lean_assets(tmp_path)
    assert own.read_text() == "/* mine */ a { b: c; }\n"


def test_the_site_s_files_are_lean(built):
    text = (built.site / "assets/javascripts/reader.js").read_text(encoding="utf-8")
    assert not re.search(r"^\s*//", text, re.MULTILINE)
    assert "globalThis.reader" in text
