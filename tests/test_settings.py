"""Settings come from mkdocs.yml; what is wrong there is named with its line."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from builder.config_file import OPTIONS
from builder.limits import USUAL
from builder.mkdocs_plugin import CollectionConfig
from builder.model import Problems
from builder.settings import find_config, read_settings, settings_without_collection

# A list of ten, of which the next holds ten, and so on: a hundred million values.
LAUGHS = "site_name: R\nx:\n  - &a0 x\n" + "".join(
    f"  - &a{i + 1} [{', '.join([f'*a{i}'] * 10)}]\n" for i in range(8)
)
PLUGIN = "site_name: R\nplugins:\n  - collection:\n"


def settings_of(folder: Path, text: str):
    file = folder / "mkdocs.yml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def test_a_name_is_enough(tmp_path):
    settings = settings_of(tmp_path, "site_name: Releases\n")
    assert settings.root == tmp_path
    assert settings.content == tmp_path / "content"
    assert settings.seeds == tmp_path / "seeds"
    assert settings.site == tmp_path / "site"
    assert (settings.site_name, settings.site_url, settings.site_description) == (
        "Releases",
        "",
        "",
    )


def test_what_is_said_holds(tmp_path):
    settings = settings_of(
        tmp_path,
        "site_name: R\ndocs_dir: pages\nsite_dir: public\nsite_url: https://example.org/docs\n"
        "plugins:\n  - search\n  - collection:\n      seeds: sources\n      jobs: 3\n",
    )
    assert settings.content == tmp_path / "pages"
    assert settings.site == tmp_path / "public"
    assert settings.seeds == tmp_path / "sources"
    assert settings.site_url == "https://example.org/docs/"
    assert settings.jobs == 3


def test_tags_of_the_renderer_do_no_harm(tmp_path):
    settings = settings_of(
        tmp_path,
        "site_name: R\nmarkdown_extensions:\n  - pymdownx.emoji:\n"
        "      emoji_index: !!python/name:os.system\n"
        "      other: !!python/object/apply:os.getcwd []\n"
        "  - x: !relative $config_dir\n",
    )
    assert settings.site_name == "R"


@pytest.mark.parametrize(
    ("text", "environment", "expected"),
    [
        ("!ENV [SITE_URL, 'https://default.example/']", {}, "https://default.example/"),
        ("!ENV [SITE_URL, 'x']", {"SITE_URL": "https://a.example/b"}, "https://a.example/b/"),
        ("!ENV SITE_URL", {}, ""),
        ("!ENV SITE_URL", {"SITE_URL": "https://a.example"}, "https://a.example/"),
    ],
)
def test_environment(tmp_path, monkeypatch, text, environment, expected):
    monkeypatch.delenv("SITE_URL", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert settings_of(tmp_path, f"site_name: R\nsite_url: {text}\n").site_url == expected


def test_the_address_may_come_from_the_environment_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://a.example/b")
    assert settings_of(tmp_path, "site_name: R\n").site_url == "https://a.example/b/"


def test_a_parent_file_is_inherited(tmp_path):
    (tmp_path / "base.yml").write_text("site_name: Base\nsite_dir: public\n")
    settings = settings_of(tmp_path, "INHERIT: base.yml\nsite_name: Own\n")
    assert (settings.site_name, settings.site.name) == ("Own", "public")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "mkdocs.yml:1: no site_name"),
        ("docs_dir: x\nsite_name: ''\n", "mkdocs.yml:2: no site_name"),
        ("site_name: R\nsite_url: example.org\n", 'mkdocs.yml:2: site_url "example.org"'),
        ("site_name: R\nsite_dir: [a]\n", "mkdocs.yml:2: site_dir is not text"),
        (f"{PLUGIN}      sedes: x\n", 'mkdocs.yml:4: unknown option "sedes" of the plugin'),
        (f"{PLUGIN}      jobs: many\n", "mkdocs.yml:4: jobs is not a whole number"),
        (f"{PLUGIN}      max_source_bytes: 1e9\n", "mkdocs.yml:4: max_source_bytes is not a whole"),
        (f"{PLUGIN}      max_yaml_depth: -1\n", "mkdocs.yml:4: max_yaml_depth is below zero"),
        (f"{PLUGIN}      max_yaml_depth: 9999\n", "mkdocs.yml:4: max_yaml_depth is more than 500"),
        (f"{PLUGIN}      jobs: 100000\n", "mkdocs.yml:4: jobs is more than 1,000"),
        (
            f"{PLUGIN}      max_source_bytes: 99999999999999\n",
            "mkdocs.yml:4: max_source_bytes is more than 1,000,000,000,000; write 0 if",
        ),
        ("site_name: R\nsite_name: S\n", 'mkdocs.yml:2: YAML: the key "site_name" stands here'),
        ("site_name: R\nx: &x [*x]\n", "mkdocs.yml:2: YAML: "),
        (f"site_name: R\nx: {'[' * 99_999}\n", "mkdocs.yml:2: YAML: nested more than 50 levels"),
        ("site_name: R\nx: 2023-02-30\n", "mkdocs.yml:1: YAML: day is out of range for month"),
        (LAUGHS, "mkdocs.yml:8: YAML: more than 100,000 values, with aliases written out"),
        ("site_name: R\nsite_dir: .\n", 'mkdocs.yml:2: site_dir "'),
        ("site_name: R\nsite_dir: seeds/site\n", 'mkdocs.yml:2: site_dir "site" overlaps'),
        ("site_name: R\nsite_dir: content/x\n", 'mkdocs.yml:2: site_dir "x" overlaps'),
        ("site_name: R\ndocs_dir: site/x\n", 'mkdocs.yml:2: docs_dir "x" overlaps'),
        ("site_name: R\ndocs_dir: seeds\n", 'mkdocs.yml:2: docs_dir "seeds" overlaps'),
        ("site_name: R\ndocs_dir: seeds/x\n", 'mkdocs.yml:2: docs_dir "x" overlaps'),
        ("site_name: R\ndocs_dir: .\n", 'mkdocs.yml:2: docs_dir "'),
        (f"{PLUGIN}      seeds: content/x\n", 'mkdocs.yml:4: seeds "x" overlaps the folder'),
        (f"{PLUGIN}      seeds: .\n", 'mkdocs.yml:4: seeds "'),
        ('x: 1\nsite_name: "a\\ud800b"\n', 'mkdocs.yml:2: YAML: "\\ud800" is half'),
        ("site_name: R\nsite_url: http://[bad\n", 'mkdocs.yml:2: site_url "http://[bad"'),
        ("site_name: R\n\nx: [\n", "mkdocs.yml:4: YAML:"),
        ("- a\n", "mkdocs.yml:1: not a list of settings"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(tmp_path, text, message):
    with pytest.raises(Problems) as raised:
        settings_of(tmp_path, text)
    assert str(raised.value).startswith(message)


def test_all_problems_in_one_run(tmp_path):
    with pytest.raises(Problems) as raised:
        settings_of(tmp_path, "site_url: x\nsite_dir: 3\n")
    assert len(raised.value.problems) == 3


def test_not_utf8(tmp_path):
    (tmp_path / "mkdocs.yml").write_bytes(b"site_name: \xff\n")
    with pytest.raises(Problems, match="not UTF-8"):
        read_settings(tmp_path / "mkdocs.yml")


def test_the_plugin_has_the_same_options():
    options = CollectionConfig()
    assert {key: options[key] for key in options} == OPTIONS
    settings = settings_without_collection(Path())
    said = {**{key: getattr(settings, key, None) for key in OPTIONS}, **asdict(settings.limits)}
    assert {**said, "seeds": settings.seeds.name} == OPTIONS


def test_where_there_is_no_collection(tmp_path):
    assert find_config(tmp_path) is None
    assert settings_without_collection(tmp_path).config_file is None


def test_limits_are_documented():
    text = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| `(max_\w+)` \| (\d+) \|", text, re.MULTILINE)
    assert {option: int(usual) for option, usual in rows} == asdict(USUAL)
