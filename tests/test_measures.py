"""Measures: what their file may say, what their rules gather, and how pages and data show it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builder.catalogue import load_catalogue
from builder.checking import check_measures
from builder.claiming.printed import printed_words
from builder.claims import Claim, find_claims
from builder.collection import read_collection
from builder.collection_pages import collection_index
from builder.editorial import Editorial
from builder.html.escape import own_address
from builder.html.figures_page import line_of
from builder.html.measure_words import differences
from builder.html.shown import years_in_words
from builder.index import build_index
from builder.indexing.measures import Gathered, by_rules, gather, measure_problems
from builder.measures import Measure, load_measures
from builder.measuring.rules import Rule
from builder.measuring.words import Words
from builder.model import Annotated, Figure, Known, Problems
from builder.pages import pages
from builder.settings import Settings, read_settings
from builder.strict_yaml import load
from conftest import ROOT
from made import made, stated

GATHERED: Any = load((ROOT / "tests/cases/measures.yaml").read_text("utf-8"), "measures.yaml")

GOOD = """
- key: boats
  name: Boats seized
  about: How many boats were seized.
  units: [count]
  rules: [{of: {any: [boat*]}, sentence: {all: [seized], none: [sold]}, least: 2}]
  examples: ["Police seized [12] boats and 3 cars."]
  not: ["Police seized 12 cars.", "They sold 12 seized boats."]
"""


def read(folder: Path, text: str) -> tuple[Measure, ...]:
    (folder / "measures.yaml").write_text(text, encoding="utf-8")
    return load_measures(folder, folder, load_catalogue(None))


def messages(folder: Path, text: str) -> list[str]:
    with pytest.raises(Problems) as raised:
        read(folder, text)
    return [str(problem) for problem in raised.value.problems]


def test_a_measure(tmp_path: Path) -> None:
    (boats,) = read(tmp_path, GOOD)
    assert (boats.key, boats.name, boats.units) == ("boats", "Boats seized", ("count",))
    assert read(tmp_path, f"measures:{GOOD}") == (boats,)


def test_no_file_is_no_measure(tmp_path: Path) -> None:
    assert load_measures(tmp_path) == ()


def test_a_key_comes_from_the_name(tmp_path: Path) -> None:
    (boats,) = read(tmp_path, GOOD.replace("key: boats\n  ", ""))
    assert boats.key == "boats-seized"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("name: Boats", "nome: Boats"), '3: unknown key "nome"; allowed here: key, name, about'),
        (("{any: [boat*]}", "{some: [boat*]}"), 'unknown key "some"; allowed here: any, all, none'),
        (("least: 2", "at_least: 2"), 'unknown key "at_least"; allowed here: of, sentence'),
        (("least: 2", 'least: "2"'), '"least" is not a number; write digits without commas'),
        (("least: 2", "status: [asked]"), '"asked" is no status; allowed here: reported'),
        (("least: 2", "change: [up]"), '"up" is no change; allowed here: increase, decrease, none'),
        (("least: 2", "of: boat"), 'the key "of" stands here twice'),
        (("least: 2", "passage: boat"), '"passage" is not a mapping; allowed in it: any, all'),
        (("least: 2", "passage: {any: []}"), '"any" is empty; give it a list, or drop it'),
        (("least: 2", "passage: {any: boat}"), '"any" is not a list; write `- …` lines'),
        (("least: 2", "named_in_passage: {progam: [x]}"), 'unknown key "progam"'),
        (("least: 2", "named_in_passage: {program: [x]}"), 'the program "x", which nobody knows'),
        (("least: 2", "named_in_sentence: {country: [xy]}"), 'the country "xy", which nobody'),
        (("[12] boats and", "12 boats and"), "mark in [brackets] what it gathers"),
        (("They sold 12 seized", "They seized [12]"), "which it must not"),
        (("units: [count]", "units: [usd]"), '"usd" is no unit; write "USD"'),
        (("units: [count]", "units: [Metric tons]"), 'is no unit; write "metric_ton"'),
        (("units: [count]", "units: [kilogramm]"), 'write "kilogram"'),
        (("name: Boats seized", 'name: " "'), "a measure has no name; add `name:` with one line"),
        (("about: How many boats were seized.", 'about: ""'), "a measure has no about"),
        (("not:", "include: [a#p1-f1]\n  exclude: [a#p1-f1]\n  not:"), '"a#p1-f1" is both in'),
        (("boat*", "'******zz'"), 'has a star that is not at the end of a word; write "death*"'),
        (("boat*", "'boat**'"), "has a star that is not at the end"),
        (("boat*", "'*'"), "has a star that is not at the end"),
        (("boat*", "' '"), 'an item of "any" is not a text'),
        (("units: [count]", "units: []"), "a measure has no units; add `units: [count]`"),
        (("about: How many boats were seized.", "about: [a]"), "a measure has no about"),
        (("key: boats", "key: Boats!"), 'the key "Boats!" is no slug; write "boats"'),
        (("key: boats", "key: '2'"), 'the key "2" is the address of another page'),
        (("not:", "include: [here]\n  not:"), '"here" is no address of a figure; write it as'),
        (("[12] boats", "12 [boats]"), 'gathers "12" from the example'),
        (("3 cars", "[3] cars"), 'it should gather "12", "3"'),
        (("12 cars", "12 boats"), '"boats" gathers "12" from "Police seized 12 boats.", which'),
        (("examples:", "include: [a#p1-f1]\n  exclude:"), "a measure with rules has no examples"),
        (("[{of: {any: [boat*]}, sentence: {all: [seized], none: [sold]}, least: 2}]", "boat"),
         '"rules" is not a list; write `- of: …`'),
        (("boat*", "1"), 'an item of "any" is not a text; quote it'),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    assert change[0] in GOOD
    told = messages(tmp_path, GOOD.replace(*change, 1))
    assert any(message in one for one in told), told
    assert all(one.startswith("measures.yaml:") for one in told)


def test_all_problems_come_in_one_run(tmp_path: Path) -> None:
    ships = GOOD.replace("boats\n", "ships\n").replace("Boats", "Ships")
    told = messages(tmp_path, GOOD + ships.replace("least: 2", "last: 2, most: x"))
    assert len(told) == 2
    assert "is taken by another measure" in messages(tmp_path, GOOD + GOOD)[0]


@pytest.mark.parametrize(
    ("words", "text", "held"),
    [
        (Words(any=("overdose death*",)), "Overdose deaths fell.", True),
        (Words(any=("overdose death*",)), "overdose-death", True),
        (Words(any=("overdose death",)), "overdose deaths", False),
        (Words(any=("death",)), "undeath", False),
        (Words(all=("pills", "fentanyl")), "pills of fentanyl", True),
        (Words(all=("pills", "fentanyl")), "pills of heroin", False),
        (Words(none=("core",)), None, True),
        (Words(any=("core",)), None, False),
        (Words(none=("core",)), "core countries", False),
        (Words(any=("President's",)), "the President’s plan", True),
    ],
)
def test_words(words: Words, text: str | None, held: bool) -> None:
    assert words.hold(text) is held


BOATS = Figure(137.0, None, None, "exact", "=", "count", of="boats")
MEASURE = Measure("boats", "Boats", "About boats.", ("count",), (Rule(of=Words(any=("boats",))),))


def boats(slug: str, date: Known | None = None, figure: Figure = BOATS) -> Annotated:
    metadata = {"date": date} if date else {}
    text = "Mexico has 137 boats.\n\nThere are 137 cars.\n\nAgain 137 boats are in Mexico."
    return made(
        slug,
        text,
        ("figure", "", "137 boats", figure),
        ("figure", "", "137 cars", replace(BOATS, of="cars")),
        ("country", "mx", "Mexico"),
        **metadata,
    )


NEW = boats("new", stated("2023-01-02"))
OLD = boats("old", stated("2019"), replace(BOATS, status="requested", period="FY19"))
UNDATED = boats("undated", None, replace(BOATS, of="fishing boats", change="increase"))
NEW_CLAIMS = tuple(find_claims(NEW))
CLAIMS = [claim for one in (NEW, OLD, UNDATED) for claim in find_claims(one)]


def claims_of(slug: str) -> list[Claim]:
    return [claim for claim in CLAIMS if claim.document.slug == slug]


def gathered_by(measures: list[Measure], claims: list[Claim]) -> tuple[Gathered, ...]:
    return gather(measures, ((claim, by_rules(claim, measures)) for claim in claims))


@pytest.mark.parametrize(
    ("rule", "slugs"),
    [
        (Rule(), "old old new new undated undated"),
        (Rule(of=Words(any=("boats",))), "old new undated"),
        (Rule(of=Words(none=("fishing",))), "old old new new undated"),
        (Rule(status=("requested",)), "old"),
        (Rule(change=("none",)), "old old new new undated"),
        (Rule(change=("increase",)), "undated"),
        (Rule(period=Words(any=("FY*",))), "old"),
        (Rule(passage=Words(any=("Again",))), "old new undated"),
        (Rule(named={"country": ("mx", "ca")}), "old new undated"),
        (Rule(beside={"country": ("ca",)}), ""),
        (Rule(least=138), ""),
        (Rule(least=137, most=137), "old old new new undated undated"),
    ],
)
def test_rules(rule: Rule, slugs: str) -> None:
    (gathered,) = gathered_by([replace(MEASURE, rules=(rule,))], CLAIMS)
    assert " ".join(claim.document.slug for claim in gathered.claims) == slugs


def test_a_vague_numeral_has_no_value_to_limit() -> None:
    dozens = boats("vague", None, replace(BOATS, value=None))
    claims = list(find_claims(dozens))
    (gathered,) = gathered_by([replace(MEASURE, rules=(Rule(least=1),))], claims)
    assert [claim.figure.of for claim in gathered.claims] == ["cars"]


def test_editors_settle_doubt() -> None:
    picked = replace(
        MEASURE, include=(("old", "p2-f1"),), exclude=(("new", "p3-f1"),), units=("USD",)
    )
    (gathered,) = gathered_by([replace(picked, units=("count",))], CLAIMS)
    assert [(claim.document.slug, claim.id) for claim in gathered.claims] == [
        ("old", "p1-f1"),
        ("old", "p2-f1"),
        ("undated", "p1-f1"),
    ]
    (gathered,) = gathered_by([picked], CLAIMS)
    assert [claim.id for claim in gathered.claims] == ["p2-f1"]


def test_problems_of_measures() -> None:
    nowhere = replace(MEASURE, rules=(), include=(("gone", "p1-f1"), ("new", "p9-f9")))
    told = list(measure_problems(gathered_by([nowhere], CLAIMS), claims_of))
    assert [problem.warning for problem in told] == [False, False, True]
    assert '"gone#p1-f1" is no figure of this collection' in told[0].what
    told = list(measure_problems(gathered_by([nowhere], CLAIMS), claims_of, unread={"gone", "new"}))
    assert [problem.warning for problem in told] == [True]


def test_an_included_figure_has_a_unit_of_the_measure() -> None:
    money = replace(MEASURE, units=("USD",), rules=(), include=(("new", "p1-f1"),))
    (told,) = measure_problems(gathered_by([money], CLAIMS), claims_of)
    assert '"new#p1-f1" is in count, which the measure has not as a unit' in told.what


def test_differences_are_told_and_nothing_more() -> None:
    (gathered,) = gathered_by([MEASURE], CLAIMS)
    assert differences(gathered.claims) == [
        # in quotation marks is only what a text prints
        "They do not all count the same: “boats”, fishing boats.",
        "Some give a number, others by how much it rises or falls.",
        "2 statements do not name a period; the other speaks of FY19.",
        "Not all have the same status: requested and reported.",
    ]
    assert differences(gathered.claims[:1]) == []
    assert differences([gathered.claims[1], gathered.claims[1]]) == []


def said(text: str, surface: str, figure: Figure, date: str = "2020") -> Claim:
    (claim,) = find_claims(made("x", text, ("figure", "", surface, figure), date=stated(date)))
    return claim


BOX = Figure(5.0, None, None, "exact", "=", "count", of="container", period="annually")


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (said("5 containers each year", "5", replace(BOX, of="containers", period="each year")),
         []),
        (said("5 container", "5", replace(BOX, period=None)),
         ["One statement does not name a period; the other speaks of “annually”."]),
        (said("5 boats annually", "5", replace(BOX, of="boats")),
         ["They do not all count the same: “container”, “boats”."]),
        (said("5 annually", "5", replace(BOX, of=None)),
         ["One statement does not say what is counted; the other counts “container”."]),
        (said("dozens of container annually", "dozens",
              replace(BOX, value=None, bound="approximately", comparator="~")),
         ["Some give a bound and not the number itself (“dozens”)."]),
        (said("over 5 container annually", "5", replace(BOX, bound="more_than", comparator=">")),
         ["Some give a bound and not the number itself (“over”)."]),
        (said("half of a container annually", "half", replace(BOX, value=0.5, unit="fraction")),
         ["They are in different units: number and fraction."]),
    ],
)  # fmt: skip
def test_what_two_statements_differ_in(second: Claim, told: list[str]) -> None:
    first = said("5 container annually", "5", BOX)
    assert differences([first, second]) == told


def test_three_that_name_no_more_than_two_things() -> None:
    some = [said(f"5 {of}", "5", replace(BOX, of=of, period=None)) for of in ("boats", "cars")]
    none = said("5", "5", replace(BOX, of=None, period=None))
    assert differences([*some, none]) == [
        "They do not all count the same: “boats”, “cars”; one does not say what."
    ]


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (["2019", "2024", "2020"], "2019 to 2024"),
        (["2023"], "2023"),
        (["0001", "9999"], ""),
        (["0001", "2020"], "2020"),
        ([], ""),
    ],
)
def test_years_in_words(years: list[str], words: str) -> None:
    assert years_in_words(years) == words


def test_the_list_of_measures_shows_the_newest_statements() -> None:
    claims = [said("5 container", "5", BOX, str(year)) for year in range(2010, 2018)]
    line, rest = line_of(Gathered(MEASURE, tuple(claims), ()))
    assert [one.when for one in line] == ["2017", "2016", "2015", "2014"]
    assert rest == "and 4 earlier"
    assert line_of(Gathered(MEASURE, tuple(claims[:4]), ()))[1] == ""
    assert line_of(Gathered(MEASURE, (), tuple(claims)))[1] == "and 4 undated"
    assert line_of(Gathered(MEASURE, tuple(claims), NEW_CLAIMS))[1] == "and 6 earlier or undated"


def files(*measures: Measure) -> dict[str, bytes]:
    index = build_index([NEW, OLD, UNDATED], {}, measures)
    root = Path("/collection")
    settings = Settings(root, None, root / "content", root / "seeds", root / "site", "A Reader")
    return dict(pages(index, Editorial(), settings))


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_figures_data_has_every_figure_and_names_its_claim() -> None:
    table = rows(files(MEASURE)["data/figures.csv"])
    columns = ("document", "id", "same_claim_as", "measure")
    assert [tuple(row[name] for name in columns) for row in table] == [
        (slug, figure, again, measure)
        for slug in ("new", "old", "undated")
        for figure, again, measure in (
            ("p1-f1", "", "boats"),
            ("p3-f1", "p1-f1", "boats"),
            ("p2-f1", "", ""),
        )
    ]  # fmt: skip
    names = (
        "id document anchor surface bound comparator value low high unit of change period status"
    )
    assert list(table[0])[:17] == [*names.split(), "measure", "same_claim_as", "url"]
    assert table[1]["url"] == "documents/new/#p3-f1"


def test_counts_agree_everywhere() -> None:
    written = files(MEASURE)
    claims, figures = rows(written["data/claims.csv"]), rows(written["data/figures.csv"])
    assert [row["repeats"] for row in claims[:2]] == ["p3-f1", ""]
    documents = rows(written["data/documents.csv"])
    assert sum(int(row["claims"]) for row in documents) == len(claims) == 6
    assert sum(int(row["figures"]) for row in documents) == len(figures) == 9
    assert b"<b>6</b> claims" in written["index.md"]
    assert b">6 claims</a>, 3 of them said again" in written["figures/index.md"]
    assert b"2 claims" in written["documents/new/index.md"]


def test_data_of_measures_are_the_rows_of_their_pages() -> None:
    written = files(MEASURE)
    page = written["figures/boats/index.md"].decode()
    table = rows(written["data/measures.csv"])
    places = [page.index(own_address(f"../../{row['url']}")) for row in table]
    assert places == sorted(places)
    assert page.count('<td class="measure-date">') == len(table) == 3
    assert [row["date"] for row in table] == ["2019", "2023-01-02", ""]


def test_a_collection_without_measures_is_whole() -> None:
    written = files()
    assert not [path for path in written if path.startswith("figures/") and path.count("/") > 1]
    assert b"Measures" not in written["figures/index.md"]
    assert b"All claims" not in written["figures/index.md"]
    assert rows(written["data/measures.csv"]) == []


def test_a_measure_of_nothing_has_its_page() -> None:
    nothing = replace(MEASURE, rules=(Rule(least=999),))
    page = files(nothing)["figures/boats/index.md"]
    assert b"No document states it yet." in page
    assert b"<svg" not in page


def test_an_increase_is_not_set_on_one_scale_with_a_number() -> None:
    figures = [
        ("figure", "", "20 boats", replace(BOATS, value=20.0)),
        ("figure", "", "3 boats", replace(BOATS, value=3.0, change="increase")),
    ]
    one = made("one", "There are 20 boats, and 3 boats more.", *figures, date=stated("2020"))
    settings = Settings(Path("/c"), None, Path("/c/content"), Path("/c/seeds"), Path("/c/site"))
    measure = replace(MEASURE, rules=(Rule(),))
    written = dict(pages(build_index([one], {}, [measure]), Editorial(), settings))
    page = written["figures/boats/index.md"]
    assert page.count(b'<td class="measure-date">') == 2
    assert b"<svg" not in page
    assert b"There is no chart. It takes two numbers in one unit" in page


def test_a_long_measure_has_pages() -> None:
    many = ", ".join(f"{number} boats" for number in range(10, 310))
    figures = [
        ("figure", "", f" {number} boats", replace(BOATS, value=float(number)))
        for number in range(11, 310)
    ]
    one = made("many", many, *figures, date=stated("2020"))
    settings = Settings(Path("/c"), None, Path("/c/content"), Path("/c/seeds"), Path("/c/site"))
    written = dict(pages(build_index([one], {}, [MEASURE]), Editorial(), settings))
    first, second = (written[f"figures/boats/{name}index.md"] for name in ("", "2/"))
    shown = [page.count(b'<td class="measure-date">') for page in (first, second)]
    assert sum(shown) == 299
    assert 0 < min(shown) < max(shown) <= 250
    assert "figures/2/index.md" in written
    # one chart over the statements of all pages, with one scale, on the first
    assert first.count(b'class="full"') == 299 + 1  # and the legend's
    assert b"The chart shows the statements of all pages." in first
    assert b"<svg" not in second


def test_what_this_collection_measures() -> None:
    state = read_collection(read_settings(ROOT / "mkdocs.yml"))
    index = build_index(state.documents, {}, state.measures)
    found = {
        gathered.measure.key: [
            [claim.document.slug, printed_words(claim.stated)]
            + ["undated"] * (claim in gathered.undated)
            for claim in gathered.claims
        ]
        for gathered in index.measures
    }
    assert found == GATHERED
    assert check_measures(state, collection_index(state)) == []
