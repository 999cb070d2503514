"""The style sheets: every color once, by its name, in both schemes."""

import re

from site_fixtures import ROOT

STYLES = ROOT / "site_overrides/assets/stylesheets"
_COLOR = re.compile(
    r"(?<![\w&])#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|lab|lch|oklab|oklch)a?\(", re.IGNORECASE
)


def rules_of(name: str) -> str:
    """Return a sheet without comments, and without pictures and masks, which have no colors."""
    text = (STYLES / f"{name}.css").read_text("utf-8")
    return re.sub(r"/\*.*?\*/|url\(\"[^\"]*\"\)|mask(-image)?:[^;]*;", "", text, flags=re.DOTALL)


def test_colors_have_names():
    named = {sheet.stem: _COLOR.findall(rules_of(sheet.stem)) for sheet in STYLES.glob("*.css")}
    assert named.pop("colors")
    assert {name: colors for name, colors in named.items() if colors} == {}


def test_every_color_is_told_for_both_schemes():
    rules = rules_of("colors")
    alone = re.sub(r"light-dark\([^)]*\)", "", rules)
    assert _COLOR.findall(alone) == []
    known = set(
        re.findall(r"(--[\w-]+):", "".join(rules_of(one.stem) for one in STYLES.glob("*.css")))
    )
    used = set(
        re.findall(r"var\((--[\w-]+)", "".join(rules_of(one.stem) for one in STYLES.glob("*.css")))
    )
    assert used <= known
