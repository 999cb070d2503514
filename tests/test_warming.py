"""What is loaded before there are other processes has something for every finder."""

from builder.annotate import annotate
from builder.catalogue import load_catalogue
from builder.kinds import KINDS
from builder.structure import structure
from builder.warming import sample, warm


def test_the_sample_has_something_of_every_kind() -> None:
    catalogue = load_catalogue(None)
    warm(catalogue)
    made = annotate(structure(sample()), catalogue)
    assert {mention.kind for mention in made.mentions} == {kind.name for kind in KINDS}
    shown = {block.kind for block in made.document.blocks}
    assert shown == {"heading", "paragraph", "item", "table"}
