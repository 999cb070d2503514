"""What languages are called, from `builder/data/languages.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from builder.strict_yaml import load_data

ENGLISH = "en"
UNKNOWN = "und"
"""What a language that we cannot name is called in `lang` (BCP 47)."""


@cache
def languages_known() -> Mapping[str, Any]:
    """Return the data file."""
    data: Mapping[str, Any] = load_data("languages")
    return data


def language_name(code: str | None) -> str:
    """Return what a language is called in English: "Spanish" for "es", the code if not known."""
    return str(languages_known()["names"].get(code, code or "")).partition(",")[0]


def is_right_to_left(code: str) -> bool:
    """Tell whether a language is written from right to left."""
    return code in languages_known()["right_to_left"].split(", ")


def language_code(stated: str) -> str:
    """Return the code of a language as people state it: "es" for "es-MX", "Spanish (Mexico)"."""
    name = stated.partition("(")[0].strip().casefold()
    for code, names in languages_known()["names"].items():
        if name == code or name in names.casefold().split(", "):
            return str(code)
    code = re.split(r"[-_]", name)[0]
    if code in languages_known()["names"]:
        return code
    return code if re.fullmatch(r"[a-z]{2,3}", code) else UNKNOWN
