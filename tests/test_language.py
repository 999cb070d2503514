"""Which language a document and its passages are in, and what follows for annotation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builder.annotate import annotate
from builder.catalogue import load_catalogue
from builder.html.block_html import blocks_html, heading
from builder.html.language_note import not_annotated, other_language
from builder.html.weave import Woven
from builder.language import language_of, languages_of
from builder.language_names import language_code, language_name
from builder.model import Block, Document
from builder.read import source_from_bytes
from builder.strict_yaml import load, load_data
from builder.structure import structure

CASES = Path(__file__).parent / "cases" / "languages.yaml"
ROWS = load(CASES.read_text(encoding="utf-8"), CASES.name)
TEXT = {row["language"]: row["texts"][0] for row in ROWS}
ENGLISH = "The United States gave Mexico $5 million in 2023, and the work of the police goes on."


def document(text: str, name: str = "seeds/note.md") -> Document:
    return structure(source_from_bytes(text.encode(), name))


@pytest.mark.parametrize(
    ("language", "text"), [(row["language"], text) for row in ROWS for text in row["texts"]]
)
def test_case(language: str, text: str) -> None:
    assert language_of(text) == language
    assert languages_of([text]) == (language, [language])


def test_what_is_not_in_english_is_structured_and_not_annotated() -> None:
    found = document(f"# Comunicado\n\n{TEXT['es']} 500 kilos de cocaína, 16 de mayo de 2023.\n")
    assert (found.metadata.language.value, found.metadata.language.provenance) == ("es", "inferred")
    assert [block.language for block in found.blocks] == ["es", "es"]
    assert annotate(found, load_catalogue(None)).mentions == ()


def test_a_section_in_another_language_is_left_out_alone() -> None:
    spanish = f"## Aviso de la Secretaría\n\n{TEXT['es']} {TEXT['es']}\n\nGracias.\n"
    found = document(f"# Notice\n\n{ENGLISH}\n\n{ENGLISH}\n\n{spanish}")
    assert [block.language for block in found.blocks] == ["en", "en", "en", "es", "es", "es"]
    assert found.metadata.language.value == "en"
    blocks = {mention.block for mention in annotate(found, load_catalogue(None)).mentions}
    assert blocks == {1, 2}


def test_a_quotation_leaves_an_english_document_english() -> None:
    quotation = "“El pueblo unido jamás será vencido, y la lucha sigue,” he said to the crowd."
    texts = [ENGLISH] * 3 + [quotation] + [ENGLISH]
    assert languages_of(texts) == ("en", ["en"] * 5)


def test_what_is_half_english_is_english() -> None:
    assert languages_of([ENGLISH * 2, TEXT["es"]])[0] == "en"


@pytest.mark.parametrize(
    ("front", "value", "provenance", "annotated"),
    [
        ("language: es\n", "es", "stated", False),
        ("language: Español\n", "es", "stated", False),
        ("lang: en-GB\n", "en", "stated", True),
        ("language: Klingon\n", "Klingon", "stated", False),
        ("", "en", "inferred", True),
    ],
)
def test_what_the_front_matter_states_wins(
    front: str, value: str, provenance: str, annotated: bool
) -> None:
    found = document(f"---\ntitle: A note\n{front}---\n\n{ENGLISH}\n")
    known = found.metadata.language
    assert (known.value, known.provenance) == (value, provenance)
    assert bool(annotate(found, load_catalogue(None)).mentions) is annotated


def numbered(found: Document) -> Document:
    blocks = (replace(block, anchor=f"p{n}") for n, block in enumerate(found.blocks, start=1))
    return replace(found, blocks=tuple(blocks))


def test_pages_say_what_was_not_annotated() -> None:
    spanish = f"{TEXT['es']} {TEXT['es']}"
    partly = numbered(document(f"{ENGLISH}\n\n{ENGLISH}\n\n{ENGLISH}\n\n{spanish}\n\n{spanish}\n"))
    assert not_annotated(partly).startswith(
        "Passages 4 to 5 seem to be in Spanish and were not annotated: countries, figures and names"
    )
    assert other_language(partly) == "partly in [Spanish], not annotated"
    stated = numbered(document(f"---\ntitle: T\nlanguage: es\n---\n\n{spanish}\n"))
    assert not_annotated(stated).startswith("This document is in Spanish and was not annotated:")
    assert other_language(stated) == "in Spanish, not annotated"
    assert not_annotated(document(ENGLISH)) == other_language(document(ENGLISH)) == ""


def test_passages_carry_their_language() -> None:
    def weave(block: Block) -> Woven:
        return Woven(replace(block, text="…"))

    spanish, arabic = (document(TEXT[code]).passages for code in ("es", "ar"))
    assert ' lang="es">' in blocks_html(spanish, weave)
    assert ' lang="ar" dir="rtl">' in blocks_html(arabic, weave)
    assert "lang=" not in blocks_html(document(ENGLISH).passages, weave)
    title = document(f"# Aviso de la Secretaría\n\n{TEXT['es']}\n").passages[0]
    assert '<span lang="es">…</span>' in heading(title, 1, weave)


def test_names_of_languages() -> None:
    assert [language_code(stated) for stated in ("ES", "pt-BR", "Deutsch", "中文", "xx", "?")] == [
        *("es", "pt", "de", "zh", "xx", "und"),
    ]
    assert [language_name(code) for code in ("es", "xx", None)] == ["Spanish", "xx", ""]


def test_data_file_speaks_of_languages_that_have_names() -> None:
    data: Any = load_data("languages")
    named = set(data["names"])
    of_scripts = [code for row in data["scripts"] for code in row["languages"].split(", ")]
    assert set(data["words"]) | set(of_scripts) | set(data["right_to_left"].split(", ")) <= named


def test_passages_in_another_script_are_told_by_their_letters() -> None:
    arabic = ["بيان صحفي: برنامج الطرق", "5 مايو 2020", "وقال الوزير: الطرق حق للجميع"]
    english = "The ministry spoke of 30 million dinars for the roads of the south and of the coast."
    assert languages_of([*arabic[:2], english, arabic[2]])[1] == ["ar", "ar", "en", "ar"]
    assert languages_of([english, english, english, arabic[0], "Roads"])[1] == [
        *("en", "en", "en", "ar", "en"),
    ]
    assert languages_of([*arabic * 2, english])[0] == "ar"  # most of its letters are
    found = document(f"# {arabic[0]}\n\n{english}\n\n{arabic[2]}\n")
    assert {
        found.blocks[m.block].language for m in annotate(found, load_catalogue(None)).mentions
    } == {"en"}
