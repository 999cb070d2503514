"""A change of the catalogue makes again the documents that it can touch, and no others."""

import re
from dataclasses import replace
from pathlib import PurePosixPath
from random import Random

import pytest

from builder import line
from builder.annotate import annotate
from builder.catalogue import Catalogue, load_catalogue
from builder.catalogue_changes import changed_forms, parts_of, touched
from builder.kept_documents import texts_of
from builder.model import Document, Entity, Source
from builder.naming.entries import Entry
from builder.read import source_from_bytes
from builder.reviewing.decisions import Decision
from builder.site import Run, build_pages
from builder.slugs import slugify
from builder.storing.codec import encode
from builder.structure import structure
from invented import Voice
from warm import FIRST_DAY, on_day, write_collection

_PHRASE = re.compile(r"\b[A-Z][\w.'’-]+(?:,? (?:of|the|for|and|to|[A-Z][\w.'’-]+)){0,4}")
_PEOPLE = ("President Ada Quill", "Ms. Quill", "Bruno R. Marsh", "Secretary Marsh", "Zoë Straße")
_BODIES = ("the People's Harbor Fund", "the U.S. Harbor Programme (UHP)", "the Béla Light Act")


def _document(number: int) -> Document:
    random = Random(number)
    voice = Voice(random)
    paragraphs = [
        f"{random.choice(_PEOPLE)} thanked {random.choice(_BODIES)}. {voice.paragraph()}"
        for _ in range(4)
    ]
    data = "\n\n".join([voice.say("{Topic}"), *paragraphs]).encode()
    return structure(_source(f"seeds/d{number}.txt", data))


def _source(path: str, data: bytes) -> Source:
    return source_from_bytes(data, path)


DOCUMENTS = [_document(number) for number in range(12)]
TEXTS = [(str(number), texts_of(one.blocks)) for number, one in enumerate(DOCUMENTS)]


def _edited(catalogue: Catalogue, random: Random) -> Catalogue:
    """Return a catalogue with one entry or decision added, changed or taken out."""
    entries = {kind: list(some) for kind, some in catalogue.entries.items()}
    lines = list(catalogue.decisions.lines)
    kind = random.choice([kind for kind, some in entries.items() if some])
    place, words = random.randrange(len(entries[kind])), _words(random)
    entry = entries[kind][place]
    edit = random.randrange(8)
    if edit == 0:
        entries[kind].append(Entry(Entity(kind, slugify(words), words)))
    elif edit == 1:
        aliases = (*entry.entity.aliases, words)
        entries[kind][place] = replace(entry, entity=replace(entry.entity, aliases=aliases))
    elif edit == 2:
        entries[kind][place] = replace(entry, short=(*entry.short, words))
    elif edit == 3:
        entries[kind][place] = replace(entry, denied=(*entry.denied, words))
    elif edit == 4:
        entries[kind].append(Entry(Entity(kind, slugify(words), f"Nowhere {words}")))
    elif edit == 5:
        del entries[kind][place]
    else:
        never, who = edit == 6, (kind, entry.entity.key)
        about = (kind, slugify(words)) if never else who
        name = words if never else entry.entity.name
        lines.append(Decision("never", name, *about, about))
    return Catalogue.of(entries, (), lines)


def _words(random: Random) -> str:
    """Return a few words that some document has."""
    block = random.choice(random.choice(DOCUMENTS).blocks)
    words = random.choice(_PHRASE.findall(block.text) or ["Harbor"]).split()
    return " ".join(words[: random.randint(1, len(words))]).strip(",.'-")


def _annotated(catalogue: Catalogue) -> list[bytes]:
    return [encode(annotate(one, catalogue)) for one in DOCUMENTS]


@pytest.mark.parametrize("seed", range(2))
def test_what_becomes_another_one_is_touched(seed):
    random, catalogue = Random(seed), load_catalogue(None)
    before, others, all_touched = _annotated(catalogue), 0, 0
    for _ in range(15):
        edited = _edited(catalogue, random)
        forms = changed_forms(parts_of(catalogue), parts_of(edited))
        assert forms is not None
        found, after = set(touched(TEXTS, forms)), _annotated(edited)
        changed = {
            str(n) for n, pair in enumerate(zip(before, after, strict=True)) if len({*pair}) > 1
        }
        assert changed <= found
        others, all_touched = others + len(changed), all_touched + len(found)
        catalogue, before = edited, after
    assert others  # some edits change documents, and some documents stay
    assert all_touched < 15 * len(DOCUMENTS)


def test_what_no_text_shows_touches_nothing():
    catalogue = load_catalogue(None)
    entries = {
        kind: [replace(one, entity=replace(one.entity, about="x", links=())) for one in some]
        for kind, some in catalogue.entries.items()
    }
    assert changed_forms(parts_of(catalogue), parts_of(Catalogue.of(entries))) == set()


def test_another_order_touches_everything():
    catalogue = load_catalogue(None)
    entries = {kind: reversed(some) for kind, some in catalogue.entries.items()}
    assert changed_forms(parts_of(catalogue), parts_of(Catalogue.of(entries))) is None


def test_of_two_decisions_on_one_thing_the_first_counts():
    about = ("program", "rope-pact")
    first = Decision("never", "Rope Pact", *about, about)
    changed = replace(first, name="Rope Pact of Peru")
    later = replace(first, name="The Rope Pact")
    before = parts_of(Catalogue.of({}, (), (first, later)))
    now = parts_of(Catalogue.of({}, (), (changed, later)))
    assert ("rope", "pact", "of", "peru") in (changed_forms(before, now) or ())


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose documents are made."""
    names: list[str] = []
    product_of = line.product_of

    def watched(of: line.Line, case: line.Case) -> line.Product:
        names.append(PurePosixPath(case.source.path).stem)
        return product_of(of, case)

    monkeypatch.setattr("builder.came.product_of", watched)
    return names


def test_only_documents_with_its_names_are_made_again(tmp_path, made):
    settings = write_collection(tmp_path / "ports")
    with on_day(FIRST_DAY):
        build_pages(settings, Run())
        build_pages(settings, Run())
        made.clear()
        file = settings.catalogue / "programs.yaml"
        file.write_text(f"{file.read_text()}\n- {{key: rope-pact, name: Pilots of Peru}}\n")
        build_pages(settings, Run())
        with_words = {
            one.stem
            for one in settings.seeds.glob("*.txt")
            if all(word in one.read_text().lower() for word in ("pilots", "peru", "of"))
            or all(word in one.read_text().lower() for word in ("rope", "pact"))
        }
        assert made
        assert set(made) <= with_words
        made.clear()
        build_pages(settings, Run())
        assert made == []


def test_a_measure_touches_everything(tmp_path, made):
    settings = write_collection(tmp_path / "ports")
    with on_day(FIRST_DAY):
        build_pages(settings, Run())
        build_pages(settings, Run())
        every, file = len(list(settings.seeds.glob("*.txt"))), settings.catalogue / "measures.yaml"
        made.clear()
        file.write_text(f"# \n{file.read_text()}")
        build_pages(settings, Run())
        assert len(made) == every
