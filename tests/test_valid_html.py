"""Every page is valid HTML, as the Nu HTML checker of the W3C reads it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from page_kinds import one_of_each
from reading import checker
from site_fixtures import Built

pytestmark = pytest.mark.browser


def messages_on(pages: dict[str, Path]) -> list[str]:
    """Return what the checker says of files, each under the name of its page."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed (Debian: default-jre-headless)")
    jar = checker("vnu-jar/build/dist/vnu.jar")
    command = [
        java,
        "-Xss2m",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--exit-zero-always",
        "--stdout",
    ]
    told = subprocess.run(
        [*command, *map(str, pages.values())], capture_output=True, text=True, check=True
    )
    names = {file.as_uri().replace("///", "/"): name for name, file in pages.items()}
    told_of = json.loads(told.stdout)["messages"]
    return [line_of(one, names) for one in told_of if not of_equal_labels(one)]


def of_equal_labels(message: dict[str, Any]) -> bool:
    """Tell of a remark that it is on a list with two equal labels, which is as it should be."""
    # What was left out of a text is listed piece by piece under what each is; two may be alike.
    return message["type"] == "info" and "“dt” name" in message["message"]


def line_of(message: dict[str, Any], names: dict[str, str]) -> str:
    page = names.get(message.get("url", ""), message.get("url", ""))
    extract = " ".join(message.get("extract", "").split())
    return f"{page}:{message.get('lastLine')}: {message['message']} | {extract}"


def file_of(site: Path, address: str) -> Path:
    file = site / address
    return file / "index.html" if address.endswith("/") or not address else file


def test_every_kind_of_page_is_valid(everything: Built, built: Built) -> None:
    pages = {
        f"{built_site.settings.site_name}: {kind}": file_of(built_site.site, address)
        for built_site in (everything, built)
        for kind, address in one_of_each(built_site.site).items()
    }
    faults = messages_on(pages)
    assert not faults, "\n".join(faults)
