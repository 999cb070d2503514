"""The collection's name and description are text, whatever characters they have."""

import re
from html import unescape
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from builder.mkdocs_plugin import CollectionPlugin
from builder.publishing.site_check import check_site
from builder.settings import Settings, read_settings
from builder.site import Run, build, build_pages
from site_fixtures import ROOT

TEXT = "A TITLE OF SOME LENGTH\n\nOne paragraph.\n"
NAME = """R&D <img src=x onerror=alert(1)> &lt; "Papers" 'n' more"""
ABOUT = """What <script>alert(1)</script> & "others" said"""


def named(settings: Settings) -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    text = re.sub(r"^site_name:.*$", lambda _: f"site_name: {quoted(NAME)}", text, flags=re.M)
    text = re.sub(
        r"^site_description:.*\n(?:  .*\n)+",
        lambda _: f"site_description: {quoted(ABOUT)}\n",
        text,
        flags=re.M,
    )
    assert settings.config_file is not None
    settings.config_file.write_text(text.replace("custom_dir: site_overrides", ""), "utf-8")


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def shown_as_text(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in html(site)}
    for path, page in pages.items():
        assert "<img src=x" not in page, path
        assert "<script>alert" not in page, path
        title = unescape(re.search(r"<title>(.*?)</title>", page, re.S)[1])
        # A page that only leads on stands outside the theme, and without the site's name.
        assert title.count(NAME) == ('class="new-address"' not in page), path
    assert unescape(re.search(r"<title>(.*?)</title>", pages["index.html"])[1]) == NAME
    description = re.search(r'<meta name="description" content="([^"]*)"', pages["index.html"])
    assert unescape(description[1]) == ABOUT
    header = re.search(r"<header.*?</header>", pages["documents/a/index.html"], re.S)[0]
    assert NAME in unescape(re.sub(r"<[^>]*>", " ", header))


def html(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_in_a_build(small):
    settings = small(a=TEXT)
    named(settings)
    settings = read_settings(settings.config_file)
    outcome = build(settings, Run())
    assert [str(problem) for problem in outcome.problems] == []
    shown_as_text(settings.site)
    assert [str(problem) for problem in check_site(settings.site)] == []


def test_in_a_build_of_mkdocs(small):
    settings = small(a=TEXT)
    named(settings)
    build_pages(settings, Run())
    theme = {"name": "material", "custom_dir": str(ROOT / "site_overrides")}
    config = load_config(str(settings.config_file), theme=theme, plugins=["search"])
    config.plugins["collection"] = CollectionPlugin()  # it need not be installed
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    shown_as_text(settings.site)
