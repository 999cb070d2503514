"""Imports point down one list, without cycles; what annotates knows of no page and no disk."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "builder"

# From the outermost to the innermost; each may import from those after it, never from those before.
LAYERS = (
    ("cli", "reviewing.command_line", "anchoring.command_line"),
    ("reviewing.desk", "anchoring.desk"),
    ("review", "anchoring.settling"),
    ("mkdocs_plugin", "publishing.preview"),
    ("messages",),
    ("site",),
    ("pages", "publishing.offline", "publishing.render"),
    ("publishing.search",),
    ("searching.large", "searching.parts"),
    ("searching.making",),
    ("searching.shards",),
    ("searching.records",),
    ("searching.described",),
    ("html.*",),
    ("index", "indexing.*"),
    ("collection", "annotate_files"),
    # The flow around the ledger; what of it reads headers and registers alone is further in.
    ("anchoring.addressing",),
    ("anchoring.past", "anchoring.versioned"),
    ("anchoring.last_published",),
    ("anchoring.survey",),
    ("anchoring.ledgers",),
    ("anchoring.issued", "anchoring.lost", "anchoring.life", "anchoring.telling"),
    ("anchoring.attributes", "anchoring.followers"),
    ("versioning.taking", "versioning.of_removed"),
    ("versioning.snapshot", "versioning.then", "versioning.standing"),
    ("versioning.kept",),
    ("versioning.earlier", "versioning.succession", "versioning.git_history"),
    # The ledger itself knows of no disk and of no collection.
    ("ledger",),
    ("aligning.addressed",),
    ("aligning.figures", "aligning.figures.*"),
    ("aligning.rounds", "aligning.settling"),
    ("aligning.steps",),
    ("aligning.likely", "aligning.parts", "aligning.returned", "aligning.equal"),
    ("aligning.likeness",),
    ("aligning.matching", "aligning.numbering", "aligning.standing", "aligning.heading_slugs"),
    ("aligning.wording",),
    ("anchoring.belonging", "anchoring.naming"),
    ("anchoring.exchange", "anchoring.likeness", "anchoring.removed", "anchoring.choosing"),
    ("anchoring.heads", "anchoring.differences", "anchoring.keeping"),
    ("anchoring.register", "ledger_file", "versions", "counting"),
    ("measures", "measuring.*"),
    ("annotate", "editorial", "claims", "claiming.*"),
    ("reviewing.apply",),
    ("figures", "countries", "dates", "programs", "people", "organizations", "naming.named"),
    ("catalogue",),
    ("kinds",),
    ("searching.tokens", "searching.chunks", "searching.pagefind"),
    ("searching.words", "searching.cbor"),
    ("model",),
)
# What turns bytes into annotations needs none of these.
OUTSIDE = {"mkdocs", "material", "markdown", "jinja2", "click", "playwright"}


def name_of(path: Path) -> str:
    """Return a module's name below the package: "read", "blocks.lines"."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in PACKAGE.rglob("*.py")}


@cache
def imports_of(module: str) -> frozenset[str]:
    """Return what a module imports: ours by their own name, others as "name of the library!"."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            package, _, name = node.module.partition(".")
            inside = {f"{name}.{alias.name}".lstrip(".") for alias in node.names} & MODULES.keys()
            found |= (inside or {name}) if package == "builder" else {f"{package}!"}
        elif isinstance(node, ast.Import):
            found |= {f"{alias.name.partition('.')[0]}!" for alias in node.names}
    return frozenset(name for name in found if name in MODULES or name.endswith("!"))


def reached_from(module: str) -> set[str]:
    waiting, reached = [module], set()
    while waiting:
        for name in imports_of(waiting.pop()):
            if name not in reached:
                reached.add(name)
                if not name.endswith("!"):
                    waiting.append(name)
    return reached


def test_there_are_no_cycles():
    TopologicalSorter({module: imports_of(module) for module in MODULES}).prepare()


def members(layer: tuple[str, ...]) -> set[str]:
    """Return the modules of a layer; "html.*" stands for all of a room."""
    rooms = tuple(name.removesuffix("*") for name in layer if name.endswith("*"))
    inside = {name for name in MODULES if name.startswith(rooms)} if rooms else set()
    return inside | {name for name in layer if not name.endswith("*")}


def test_imports_point_down():
    for position, layer in enumerate(LAYERS):
        above = {name for higher in LAYERS[:position] for name in members(higher)}
        for module in members(layer):
            assert not reached_from(module) & above, module


def test_the_model_imports_nothing_of_ours():
    assert {name for name in imports_of("model") if not name.endswith("!")} == set()


def test_annotating_knows_of_no_page_and_no_renderer():
    reached = reached_from("annotate") | reached_from("structure") | reached_from("ledger")
    assert not {name.removesuffix("!") for name in reached} & OUTSIDE
    assert not reached & {"pages", "index", "site", "publishing.writing", "settings"}
