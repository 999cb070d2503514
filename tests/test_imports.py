"""Imports point down one list, without cycles; what annotates knows of no page and no disk."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "builder"

# From the outermost to the innermost; each may import from those after it, never from those before.
LAYERS = (
    ("cli",),
    ("mkdocs_plugin", "preview"),
    ("site",),
    ("pages", "search", "offline", "render", "site_check"),
    ("index",),
    ("collection", "annotate_files"),
    ("annotate",),
    ("figures", "countries", "programs"),
    ("catalogue",),
    ("kinds",),
    ("model",),
)
# What turns bytes into annotations needs none of these.
OUTSIDE = {"mkdocs", "material", "markdown", "jinja2", "click", "selenium"}


@cache
def imports_of(module: str) -> frozenset[str]:
    """Return what a module imports: ours by their own name, others as "name of the library!"."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            package, _, name = node.module.partition(".")
            ours = [name] if name else [alias.name for alias in node.names]
            found |= set(ours) if package == "builder" else {f"{package}!"}
        elif isinstance(node, ast.Import):
            found |= {f"{alias.name.partition('.')[0]}!" for alias in node.names}
    modules = {path.stem for path in PACKAGE.glob("*.py")}
    return frozenset(name for name in found if name in modules or name.endswith("!"))


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
    modules = [path.stem for path in PACKAGE.glob("*.py")]
    TopologicalSorter({module: imports_of(module) for module in modules}).prepare()


def test_imports_point_down():
    for position, layer in enumerate(LAYERS):
        above = {name for higher in LAYERS[:position] for name in higher}
        for module in layer:
            assert not reached_from(module) & above, module


def test_the_model_imports_nothing_of_ours():
    assert {name for name in imports_of("model") if not name.endswith("!")} == set()


def test_annotating_knows_of_no_page_and_no_renderer():
    reached = reached_from("annotate") | reached_from("structure") | reached_from("ledger")
    assert not {name.removesuffix("!") for name in reached} & OUTSIDE
    assert not reached & {"pages", "index", "site", "writing", "settings"}
