"""Reads files with our annotators and prints what they find, with the time that took."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from builder.annotate import annotate
from builder.annotate_output import annotation
from builder.catalogue import load_catalogue
from builder.manifest import describe, load_manifest
from builder.read import source_from_bytes
from builder.structure import structure

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"


def main() -> None:
    """Print one JSON line for each file of the command line.

    This collection's catalogue and manifest are used, as `builder annotate` does here. Only the
    annotators' own time counts, after a first document on which tables are loaded.
    """
    catalogue = load_catalogue(SEEDS / "catalogue")
    manifest = load_manifest(SEEDS / "manifest.yaml", "seeds/manifest.yaml")
    warm = source_from_bytes(b"On May 5 the US gave $3 million to Peru.", "seeds/warm.txt")
    annotate(structure(warm), catalogue)
    for name in sys.argv[1:]:
        data = Path(name).read_bytes()
        source = source_from_bytes(data, f"seeds/{Path(name).name}")
        document = structure(describe(source, manifest, "seeds"))
        start = time.process_time()
        annotated = annotate(document, catalogue)
        seconds = time.process_time() - start
        told = annotation(annotated, name)
        print(json.dumps({**told, "seconds": seconds, "bytes": len(data)}))


main()
