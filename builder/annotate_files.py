"""Annotates single files, inside a collection or outside of any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from builder.annotate import annotate, passed_over
from builder.annotate_output import annotation_line, explained_line
from builder.catalogue import Catalogue, load_catalogue
from builder.files import failure
from builder.ledger import anchor
from builder.manifest import Manifest, describe, give_slugs, load_manifest
from builder.model import Annotated, Place, Problem, Problems
from builder.published import issued_slugs, ledger_texts
from builder.read import read_source
from builder.settings import Settings
from builder.structure import structure
from builder.today import today


def annotate_files(
    settings: Settings, paths: Iterable[Path], problems: list[Problem], *, explain: bool = False
) -> Iterator[str]:
    """Yield the JSON line of each file, as soon as it is known; note the problems of the others.

    With `explain` each line also names the rules behind what it tells.

    Addresses come from the ledger where the collection has one for that file, else they are those
    that a first build would issue. Raises Problems when manifest, catalogue or a ledger are not
    readable.
    """
    manifest = load_manifest(
        settings.seeds / "manifest.yaml", settings.relative(settings.seeds / "manifest.yaml")
    )
    catalogue = load_catalogue(settings.catalogue, settings.root)
    texts = ledger_texts(settings)
    issued = issued_slugs(texts)
    for path in paths:
        try:
            annotated = _annotate_file(path, settings, manifest, catalogue, issued)
            annotated = _anchored(annotated, settings, texts, problems)
            if explain:
                left = passed_over(annotated.document, catalogue)
                line = explained_line(annotated, str(path), left)
            else:
                line = annotation_line(annotated, str(path))
        except Problems as error:
            problems.extend(error.problems)
        except Exception as error:  # one document that trips us must not stop the others
            problems.append(failure(Place(path.as_posix(), 1), error))
        else:
            yield line


def _annotate_file(
    path: Path,
    settings: Settings,
    manifest: Manifest,
    catalogue: Catalogue,
    issued: dict[str, str],
) -> Annotated:
    source = read_source(path.absolute(), settings.root, pipes=True)
    if not path.absolute().is_relative_to(settings.root):
        # A message names the file as the user did.
        source = replace(source, path=path.as_posix(), place=Place(path.as_posix(), 1))
    source = describe(source, manifest, settings.relative(settings.seeds))
    return annotate(structure(give_slugs([source], issued)[0]), catalogue)


def _anchored(
    annotated: Annotated, settings: Settings, texts: dict[str, str], problems: list[Problem]
) -> Annotated:
    """Return the document with its addresses; where the ledger refuses it, with a first build's."""
    document = annotated.document
    ledger = texts.get(document.slug) if document.source.path in issued_slugs(texts) else None
    file = settings.relative(settings.anchors / f"{document.slug}.txt")
    anchored = anchor(annotated, ledger, path=file, today=today())
    if not anchored.problems:
        return anchored.annotated
    problems.extend(anchored.problems)
    return anchor(annotated, None, path=file, today=today()).annotated
