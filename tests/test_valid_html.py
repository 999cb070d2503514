"""Every page is valid HTML, as the Nu HTML checker of the W3C reads it."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from page_kinds import one_of_each
from reading import checker
from site_fixtures import Built, served

pytestmark = pytest.mark.browser


def messages_on(pages: dict[str, str]) -> list[str]:
    """Return what the checker says of addresses, each under the name of its page.

    They are those of a server: from a file, it takes everything that a page loads for another's.
    """
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed (Debian: default-jre-headless)")
    jar = checker("vnu-jar/build/dist/vnu.jar")
    command = [
        java,
        "-Xss2m",
        "-Dnu.validator.servlet.allow-forbidden-hosts=true",  # such as this machine
        "-jar",
        str(jar),
        "--format",
        "json",
        "--exit-zero-always",
        "--stdout",
    ]
    told = subprocess.run([*command, *pages.values()], capture_output=True, text=True, check=True)
    names = {address: name for name, address in pages.items()}
    told_of = json.loads(told.stdout)["messages"]
    return [line_of(one, names) for one in told_of if not (of_equal_labels(one) or of_data(one))]


def of_equal_labels(message: dict[str, Any]) -> bool:
    """Tell of a remark that it is on a list with two equal labels, which is as it should be."""
    # What was left out of a text is listed piece by piece under what each is; two may be alike.
    return message["type"] == "info" and "“dt” name" in message["message"]


def of_data(message: dict[str, Any]) -> bool:
    """Tell of a remark that data for programs is an inline script; browsers run none of it."""
    return "Inline script violates" in message["message"] and (
        '<script type="application/ld+json">' in message.get("extract", "")
    )


def line_of(message: dict[str, Any], names: dict[str, str]) -> str:
    page = names.get(message.get("url", ""), message.get("url", ""))
    extract = " ".join(message.get("extract", "").split())
    return f"{page}:{message.get('lastLine')}: {message['message']} | {extract}"


def test_every_kind_of_page_is_valid(everything: Built, built: Built) -> None:
    with served(everything.site) as invented, served(built.site) as own:
        pages = {
            f"{one.settings.site_name}: {kind}": root + address
            for one, root in ((everything, invented), (built, own))
            for kind, address in one_of_each(one.site).items()
        }
        faults = messages_on(pages)
    assert not faults, "\n".join(faults)
