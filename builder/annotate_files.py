"""Annotates single files, inside a collection or outside of any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from builder.anchoring.heads import read_head
from builder.annotate import annotate, passed_over
from builder.annotate_output import annotation_line, explained_line
from builder.catalogue import Catalogue, load_catalogue
from builder.files import failure
from builder.ledger import anchor
from builder.manifest import Manifest, describe, give_slugs, load_manifest
from builder.model import Annotated, Place, Problem, Problems, Source
from builder.published import ledger_texts
from builder.read import read_source
from builder.settings import Settings
from builder.structure import structure
from builder.today import today


@dataclass(frozen=True, slots=True)
class _Ledgers:
    """The ledgers of a collection, and by which path or hash a file is found to have one."""

    texts: Mapping[str, str]
    by_path: Mapping[str, str]
    by_hash: Mapping[str, str]

    @classmethod
    def of(cls, settings: Settings) -> _Ledgers:
        texts = ledger_texts(settings)
        heads = [read_head(slug, text) for slug, text in texts.items()]
        lost = (head for head in heads if not (settings.root / head.path).is_file())
        return cls(
            texts,
            {head.path: head.slug for head in heads if not head.gone},
            {head.sha256: head.slug for head in lost},
        )

    def issued(self, source: Source) -> dict[str, str]:
        """Return the slug of a source's ledger by its path; empty where it has none."""
        slug = self.by_path.get(source.path) or self.by_hash.get(source.sha256)
        return {source.path: slug} if slug else {}


def annotate_files(
    settings: Settings, paths: Iterable[Path], problems: list[Problem], *, explain: bool = False
) -> Iterator[str]:
    """Yield the JSON line of each file, as soon as it is known; note the problems of the others.

    With `explain` each line also names the rules behind what it tells.

    Addresses come from the ledger where the collection has one for that file (provisional ones
    where it refuses the text), else they are those that a first build would issue. Raises Problems
    when manifest, catalogue or a ledger are not readable.
    """
    manifest = load_manifest(
        settings.seeds / "manifest.yaml",
        settings.relative(settings.seeds / "manifest.yaml"),
        settings.limits,
    )
    catalogue = load_catalogue(settings.catalogue, settings.root, limits=settings.limits)
    ledgers = _Ledgers.of(settings)
    for path in paths:
        try:
            annotated = _annotate_file(path, settings, manifest, catalogue, ledgers)
            problems.extend(_wrong(annotated.document.source, settings, manifest))
            annotated = _anchored(annotated, settings, ledgers, problems)
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
    ledgers: _Ledgers,
) -> Annotated:
    source = read_source(path.absolute(), settings.root, pipes=True, limits=settings.limits)
    if not path.absolute().is_relative_to(settings.root):
        # A message names the file as the user did.
        source = replace(source, path=path.as_posix(), place=Place(path.as_posix(), 1))
    source = describe(source, manifest, settings.relative(settings.seeds))
    slugs = give_slugs([source], ledgers.issued(source))
    return annotate(structure(slugs[0]), catalogue)


def _wrong(source: Source, settings: Settings, manifest: Manifest) -> tuple[Problem, ...]:
    """Return what is wrong with a file's entry in the manifest."""
    seeds = settings.relative(settings.seeds)
    return manifest.wrong.get(source.path.removeprefix(seeds).lstrip("/"), ())


def _anchored(
    annotated: Annotated, settings: Settings, ledgers: _Ledgers, problems: list[Problem]
) -> Annotated:
    """Return the document with its addresses; provisional ones where its ledger refuses it."""
    document = annotated.document
    filed = ledgers.issued(document.source).get(document.source.path)
    ledger = ledgers.texts[filed] if filed else None
    file = settings.relative(settings.anchors / f"{filed or document.slug}.txt")
    anchored = anchor(annotated, ledger, path=file, today=today())
    problems.extend(anchored.problems)
    return anchored.annotated
