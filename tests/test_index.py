"""The index: who is named where, in which order, with whom, and which figures stand beside."""

from __future__ import annotations

from builder.index import LIST_LENGTH, build_index
from builder.indexing.entries import companions_in
from builder.model import Entity, Fact, Figure, Known
from made import made, stated

MEXICO = Entity("country", "mx", "Mexico")
MERIDA = Entity(
    "program", "merida-initiative", "Merida Initiative", facts=(Fact("Start", "2007-10", "words"),)
)
CANDIDATE = Entity("program", "border-plan", "Border Plan", reviewed=False)
ENTITIES = {"country": (MEXICO, Entity("country", "ca", "Canada")), "program": (MERIDA,)}
BILLION = Figure(1.5e9, None, None, "nearly", "<", "USD", of="in assistance")
MORE = Figure(300.0, None, None, "more_than", ">", "count", of="teams")

OLD = made(
    "old",
    "The Merida Initiative helps Mexico.\n\nMexico got nearly 1.5 billion dollars on June 11, 2019."
    "\n\nAgain: 1.5 billion dollars through Merida for Mexican police.",
    ("program", "merida-initiative", "Merida Initiative"),
    ("program", "merida-initiative", "through Merida"),
    ("country", "mx", "Mexico"),
    ("country", "mx", "Mexican"),
    ("figure", "", "1.5 billion dollars", BILLION),
    ("date", "2019-06-11", "June 11, 2019"),
    date=stated("2019-07-01"),
)
NEW = made(
    "new",
    "The Border Plan sends 300 teams to Mexico. Canada agrees.",
    ("program", "border-plan", "Border Plan"),
    ("figure", "", "300", MORE),
    ("country", "mx", "Mexico"),
    ("country", "ca", "Canada"),
    candidates=(CANDIDATE,),
    date=Known("2023-06?", "inferred"),
)
UNDATED = made("undated", "Mexico, undated.", ("country", "mx", "Mexico"))

INDEX = build_index([UNDATED, OLD, NEW], ENTITIES)


def test_documents_newest_first_undated_last() -> None:
    assert [document.slug for document in INDEX.documents] == ["new", "old", "undated"]


def test_passages_by_document() -> None:
    entry = INDEX.by_who["country", "mx"]
    groups = [(group.document.slug, len(group.passages)) for group in entry.groups]
    assert groups == [("new", 1), ("old", 3), ("undated", 1)]
    assert (entry.passages, entry.mentions) == (5, 5)
    assert entry.forms == (("Mexico", 4), ("Mexican", 1))
    assert entry.entity is MEXICO


def test_most_passages_first() -> None:
    assert [entry.entity.key for entry in INDEX.entries["country"]] == ["mx", "ca"]


def test_what_nobody_names_is_not_listed() -> None:
    assert INDEX.entries["person"] == ()


def test_company() -> None:
    merida, mexico = (("program", "merida-initiative"), ("country", "mx"))
    assert companions_in(INDEX.by_who[merida].indexed, merida, INDEX.by_who) == {mexico: 2}
    assert companions_in(INDEX.by_who[merida].indexed, merida, ()) == {}
    with_mexico = companions_in(INDEX.by_who[mexico].indexed, mexico, INDEX.by_who)
    assert with_mexico["country", "ca"] == 1


def test_a_list_of_names_is_no_company() -> None:
    names = [f"Name{number:03}x" for number in range(LIST_LENGTH + 1)]
    listed = made("list", ", ".join(names), *(("person", name.lower(), name) for name in names))
    index = build_index([listed], {})
    named = index.candidates["person"]
    assert len(named) > LIST_LENGTH
    assert not any(companions_in(one.indexed, one.who, index.by_who) for one in named)


def test_candidates_stand_apart() -> None:
    assert [entry.entity for entry in INDEX.candidates["program"]] == [CANDIDATE]
    assert [entry.entity for entry in INDEX.entries["program"]] == [MERIDA]


def test_an_editor_s_entry_wins_over_a_candidate() -> None:
    accepted = Entity("program", "border-plan", "Border Plan (2023)")
    index = build_index([NEW], {"program": (accepted,)})
    assert [entry.entity for entry in index.entries["program"]] == [accepted]
    assert index.candidates["program"] == ()


def test_what_nobody_knows_is_a_candidate_under_its_own_words() -> None:
    index = build_index([made("x", "Ann came.", ("person", "ann", "Ann"))], {})
    assert [entry.entity.name for entry in index.candidates["person"]] == ["Ann"]


def test_countries_are_known_without_a_catalogue() -> None:
    assert build_index([OLD], {}).entries["country"][0].entity.name == "Mexico"


def test_figures_with_sentence_and_company() -> None:
    new, old = INDEX.claims
    assert new.stated.words == "The Border Plan sends 300 teams to Mexico."
    assert new.named == (("program", "border-plan"), ("country", "mx"), ("country", "ca"))
    # what the passage of its repeat names is the claim's too
    assert old.named == (("country", "mx"), ("program", "merida-initiative"))


def test_a_repeated_statement_is_one_claim() -> None:
    (old,) = INDEX.claims_of("old")
    assert [one.mention.id for one in old.statements] == ["p2-f1", "p3-f1"]


def test_figures_of_an_entity() -> None:
    assert INDEX.by_who["country", "mx"].claims == tuple(INDEX.claims)


def test_events() -> None:
    events = [(event.date, event.what) for event in INDEX.events]
    assert events == [
        ("2023-06?", "document"),
        ("2019-07-01", "document"),
        ("2019-06-11", "mention"),
        ("2007-10", "fact"),
    ]


def test_related_documents() -> None:
    third = made(
        "third", "Merida Initiative.", ("program", "merida-initiative", "Merida Initiative")
    )
    index = build_index([OLD, NEW, third], ENTITIES)
    related = [(one.document.slug, one.programs) for one in index.related["old"]]
    assert related == [("third", 1)]
    assert "new" not in index.related


def test_the_same_input_gives_the_same_index() -> None:
    assert build_index([NEW, OLD, UNDATED], ENTITIES) == INDEX
