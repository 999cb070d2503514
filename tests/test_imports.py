"""Imports point down one list, without cycles; what annotates knows of no page and no disk."""

import ast
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "builder"

# From the outermost to the innermost; each may import from those after it, never from those before.
LAYERS = (
    ("cli", "reviewing.command_line", "anchoring.command_line", "releasing.command_line"),
    ("reviewing.desk", "anchoring.desk"),
    ("checking",),
    ("review", "anchoring.settling"),
    ("reviewing.met", "reviewing.warn"),
    ("reviewing.worksheet",),
    ("reviewing.queue", "reviewing.lines", "reviewing.choice"),
    ("mkdocs_plugin", "publishing.preview", "publishing.site_check"),
    ("publishing.preview_site",),
    ("publishing.preview_build",),
    ("publishing.ahead",),
    ("messages", "options", "unknown_facts"),
    ("executors", "summary"),
    ("site", "releasing.release"),
    ("releasing.archive", "releasing.datasette"),
    ("releasing.database",),
    ("releasing.finished", "releasing.offered", "releasing.release_page"),
    ("unchanged", "collection_pages"),
    ("generated_before",),
    ("finishing", "outcome", "content"),
    ("filing",),
    ("crew",),
    ("kept_files",),
    ("pages", "publishing.offline", "publishing.render", "publishing.twins"),
    ("publishing.fast_render", "publishing.renderer_config"),
    ("publishing.page_making",),
    ("publishing.kept_frame", "publishing.content_files"),
    ("publishing.site_folder",),
    ("publishing.wanted",),
    ("publishing.configuration", "publishing.site_record"),
    ("rendering.pages", "rendering.ready_pages"),
    ("rendering.frame", "rendering.shell_making"),
    ("rendering.theme",),
    ("rendering.shells",),
    ("rendering.sitemaps",),
    ("rendering.learning",),
    ("rendering.placeholders", "rendering.shell"),
    ("rendering.shapes",),
    ("rendering.conversion", "rendering.own_page"),
    ("publishing.lean_assets", "publishing.outbound_links", "publishing.lock", "publishing.target"),
    ("publishing.cache_folder", "publishing.files_below", "publishing.search", "exporting.*"),
    ("publishing.search_files",),
    ("publishing.html_steps", "publishing.policy_check"),
    ("publishing.preview_server", "publishing.following"),
    ("searching.large", "searching.parts"),
    ("searching.telling",),
    ("searching.laid", "searching.merging"),
    ("searching.vocabulary",),
    ("searching.inverting", "searching.lists"),
    ("searching.shards",),
    ("searching.prepared",),
    ("searching.records",),
    ("searching.described",),
    ("html.*",),
    ("table_files",),
    ("cells",),
    ("rules",),
    ("newest_date",),
    ("collection", "annotate_files"),
    ("knowledge",),
    ("hand_written",),
    ("came",),
    ("line", "catalogue_changes"),
    ("document_key", "kept_documents", "warming"),
    ("index", "indexing.*"),
    ("annotate_output",),
    # What is known of a citation is read by pages and files alike.
    ("citing.*",),
    ("working",),
    ("processes",),
    ("elsewhere", "figure_fields", "last_changed", "today"),
    # The flow around the ledger; what of it reads headers and registers alone is further in.
    ("anchoring.addressing",),
    ("anchoring.registrar",),
    ("anchoring.losses",),
    ("anchoring.past", "anchoring.versioned"),
    ("anchoring.last_published",),
    ("anchoring.survey",),
    ("anchoring.ledgers",),
    ("anchoring.evidence", "anchoring.texts"),
    ("anchoring.issued", "anchoring.lost", "anchoring.life", "anchoring.telling"),
    ("anchoring.committed",),
    ("anchoring.added", "anchoring.attributes", "anchoring.followers"),
    ("versioning.taking", "versioning.of_removed"),
    ("versioning.snapshot", "versioning.then", "versioning.standing"),
    ("versioning.kept",),
    ("versioning.earlier", "versioning.succession", "versioning.git_history"),
    # The ledger itself knows of no disk and of no collection.
    ("ledger",),
    ("aligning.questions", "aligning.addressed"),
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
    ("anchoring.seen", "anchoring.late_sources"),
    ("anchoring.register", "ledger_file", "versions"),
    ("publishing.staging",),
    ("published", "publishing.writing", "publishing.exchange", "publishing.starter"),
    ("publishing.real_folders", "publishing.durable", "publishing.full_disk", "publishing.by_hand"),
    ("measures", "measuring.*"),
    ("annotate", "editorial", "links", "claims", "claiming.*"),
    ("reviewing.apply",),
    ("figures", "countries", "dates", "programs", "people", "organizations", "naming.named"),
    ("naming.document_people",),
    ("catalogue",),
    ("misprints",),
    ("reviewing.decision_file", "reviewing.take_up"),
    ("kinds",),
    ("reviewing.decisions",),
    ("naming.*",),
    # What finds numbers and dates, and what cuts a text into blocks, know nothing of each other.
    ("numbers.*",),
    ("structure",),
    ("blocks.*", "language"),
    ("language_names", "quoted_sentences"),
    ("manifest", "checked_archives"),
    ("archives",),
    ("government_hosts",),
    ("read", "administrations"),
    ("finding", "front_matter"),
    ("dating.*",),
    ("naming.word_trie",),
    ("searching.tokens", "searching.joined", "searching.keeping"),
    ("searching.words", "searching.varints"),
    ("settings",),
    ("config_file",),
    ("config_yaml", "files"),
    ("strict_yaml", "encodings"),
    ("yaml_shape",),
    ("storing.*", "tallies"),
    ("limits", "model"),
    ("undisturbed",),
    (
        "compact_json",
        "consecutive",
        "counting",
        "cuts",
        "fold",
        "looking",
        "remembering",
        "rendering.laying",
        "site_files",
        "slugs",
        "stages",
    ),
    ("unseen", "web_address"),
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


NAMED = {name for layer in LAYERS for name in layer if not name.endswith("*")}
# The package and its rooms themselves; they hold no more than what they are for.
ROOMS = {name for name, path in MODULES.items() if path.name == "__init__.py"}


def members(layer: tuple[str, ...]) -> set[str]:
    """Return the modules of a layer; "html.*" stands for those of a room that none names."""
    rooms = tuple(name.removesuffix("*") for name in layer if name.endswith("*"))
    inside = {name for name in MODULES if name.startswith(rooms)} - NAMED if rooms else set()
    return inside | {name for name in layer if not name.endswith("*")}


def test_every_module_stands_in_one_layer():
    listed = Counter(name for layer in LAYERS for name in members(layer))
    assert {name: number for name, number in listed.items() if number > 1} == {}
    assert listed.keys() == MODULES.keys() - (ROOMS - NAMED)


def test_rooms_import_nothing():
    assert {room for room in ROOMS - NAMED if imports_of(room)} == set()


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
