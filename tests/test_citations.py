"""Formatted citations: as the manuals want them, whole, harmless, and never a crash."""

import re
from datetime import date
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder.citing import kept_formats, mending
from builder.citing.engine import formats, item_of, rendered, slotted
from builder.citing.filling import Filler
from builder.citing.formatted import document_citations, page_citations
from builder.citing.kept_formats import KeptFormats, made_once
from builder.citing.publication import Publication
from builder.citing.reference import Reference, reference_of
from builder.citing.shape import Shape
from builder.citing.styles import styles
from builder.citing.work import shape_of, work_of
from builder.html.titles import title_of
from builder.knowledge import read_sources
from builder.settings import read_settings
from builder.structure import structure
from builder.web_address import is_web_address

CASES = yaml.load(
    (Path(__file__).parent / "cases" / "citations.yaml").read_text("utf-8"), yaml.BaseLoader
)
PAGE = "https://s.example/d/x/"
STYLES = ("chicago", "apa", "mla", "bluebook")
TAGS = re.compile(r"</?i>|<span class=\"small-caps\">|</span>")


def reference(**given) -> Reference:
    """Return a reference as a document gives it; what is not given is not known."""
    known = {
        "id": "x",
        "title": "A Title",
        "date": "",
        "date_provenance": "stated" if given.get("date") else "unknown",
        "kind": "",
        "url": "",
        "page": PAGE,
        "via": "Reader",
    }
    return Reference(**{**known, **given, "authors": tuple(given.get("authors", ()))})


def at_paragraph(passage: str, number: str = "7") -> str:
    return passage.replace("\ue000", number).replace("\ue001", f"{PAGE}#p{number}")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_the_manuals(case, style):
    made = {one.style: one for one in document_citations(reference(**case["reference"]))}[style]
    assert at_paragraph(made.forms[0].passage) == case[style]["note"]
    assert [form.whole for form in made.forms[1:]] == [
        case[style][form] for form in ("list",) if form in case[style]
    ]


def test_there_are_enough_documents():
    assert len(CASES["cases"]) >= 12


@pytest.mark.parametrize("style", STYLES)
def test_pages_of_this_site(style):
    page = CASES["page"]
    cited = page_citations(page["title"], page["address"], page["site"])
    made = next(one for one in cited if one.style == style)
    assert [form.whole.replace("\ue002", "DAY") for form in made.forms] == page[style]


# What may stand in a document: hostile words, odd dates, none at all.
NASTY = (
    "<script>alert(1)</script>",
    'AT&T & “Friends” "quoted" {braces} \\back 100% #7',
    "\ue000 and \ue001 and \ue006",
    "[Half a bracket",
    "It's “over”!",
    "Ends in Inc.",
    "g\ue004 </i> <i>",
    "2222 November 22 Nov. 2333 October 23",
    "\u202eevil\ud800\x00",
    "'",
    "“”",
    "&amp; &lt;b&gt;",
    "Ünïcödé 🚢 ‮",
    "x" * 2000,
)
DATES = (
    *("2023", "2023-11", "2023-11-16", "2019-06?", "2024~", "2020%", "2023/2024", "2023-05/2024?"),
    *("2023-11-16/2023-11-18", "2023-12-30/2024-01-02", "2023-05/2023-05-20", "0001", "9999"),
)
NO_DATES = (
    *("", "soon", "/", "..", "<b>", "199X", "2023-21", "2023-33", "2023-05/..", "../2023-05"),
    *("2023-13-45", "2023-02-30", "0000", "2023-11-16/", "2023-05/2021-01", "2024/2023"),
)
words = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
references = st.builds(
    reference,
    title=words,
    authors=st.lists(words, max_size=5),
    date=st.sampled_from(DATES + NO_DATES) | st.text(max_size=12),
    date_provenance=st.sampled_from(["stated", "supplied", "inferred", "unknown"]),
    kind=st.sampled_from(["", "fact sheet", "press release", "remarks", "article"]) | words,
    url=st.sampled_from(["", "https://a.example/?a=1&b=2#c", "https://a.example/<script>"]),
    page=st.sampled_from([PAGE, "documents/x/"]),
    retrieved=st.sampled_from(["", "2024-02-03", "2024", "then"]),
)


@settings(deadline=None, max_examples=15)
@example(reference(title=NASTY[0], authors=[NASTY[0]], kind=NASTY[0], date=NASTY[0]))
@example(reference(title=NASTY[1], authors=[NASTY[1]], kind=NASTY[1], date=NASTY[1]))
@given(references)
def test_nothing_hostile_gets_through_and_nothing_falls_back(one):
    for cited in document_citations(one):
        shape = shape_of(work_of(one), named(cited.style))
        assert made_once(shape) is not None
        for form in cited.forms:
            for text in (form.whole, form.passage):
                assert "<" not in TAGS.sub("", text)
                assert ">" not in TAGS.sub("", text)
                assert re.sub(r"&(amp|lt|gt);", "", TAGS.sub("", text)).count("&") == 0
                assert not re.search("[\ue002-\uf8ff\ud800-\udfff\x00-\x1f\u202e]", text)
            assert "\ue000" not in form.whole
            # Of a site whose address nobody knows, only a browser knows the page's.
            assert "\ue001" not in form.whole or not is_web_address(one.page)
            assert form.passage.count("\ue000") <= 1
            assert form.passage.count("\ue001") <= 1


@settings(deadline=None, max_examples=25)
@given(references)
def test_what_a_document_says_stands_whole_in_its_reference(one):
    work = work_of(one)
    for cited in document_citations(one):
        text = plain(cited.forms[-1].whole)
        assert plain(work.title).rstrip(".'") in text
        assert work.address in cited.forms[-1].whole
        if len(work.authors) < 3:
            assert all(plain(author).rstrip(".") in text for author in work.authors)


def plain(text: str) -> str:
    """Return a citation's text, its quotation marks all alike."""
    return re.sub("[“”‘’\"']", "'", unescape(TAGS.sub("", text)))


@pytest.mark.parametrize("date", DATES)
def test_the_year_of_every_date_stands_in_every_reference(date):
    years = re.findall(r"\d{4}", date)
    assert years
    for cited in document_citations(reference(date=date, authors=["A"])):
        assert all(year in cited.forms[-1].whole for year in years)


@pytest.mark.parametrize("date", NO_DATES)
def test_what_is_no_date_is_cited_as_none(date):
    one, undated = (reference(date=given_date, authors=["A"]) for given_date in (date, ""))
    assert document_citations(one) == document_citations(undated)


@pytest.mark.parametrize(
    ("date", "provenance", "chicago", "apa", "mla"),
    [
        ("2023-11-16", "stated", "November 16, 2023", "2023, November 16", "16 Nov. 2023"),
        ("2023-05", "stated", "May 2023", "2023, May", "May 2023"),
        ("2023", "stated", "2023", "2023", "2023"),
        (
            "2023-11-16/2023-11-18",
            "stated",
            "November 16–18, 2023",
            "2023, November 16–18",
            "16–18 Nov. 2023",
        ),
        (
            "2023-11/2023-12",
            "stated",
            "November–December 2023",
            "2023, November–December",
            "Nov.–Dec. 2023",
        ),
        (
            "2023-11-16/2023-12-16",
            "stated",
            "November 16–December 16, 2023",
            "2023, November 16–December 16",
            "16 Nov.–16 Dec. 2023",
        ),
        (
            "2022-11-16/2023-11-16",
            "stated",
            "November 16, 2022–November 16, 2023",
            "2022, November 16–2023, November 16",
            "16 Nov. 2022–16 Nov. 2023",
        ),
        (
            "2023-11-16/2023-11-16",
            "stated",
            "November 16, 2023",
            "2023, November 16",
            "16 Nov. 2023",
        ),
        ("2022/2023", "stated", "2022–2023", "2022–2023", "2022–2023"),
        (
            "2023-05/2023-06-20",
            "stated",
            "May–June 20, 2023",
            "2023, May–June 20",
            "May–20 June 2023",
        ),
        ("2023-05-04?", "inferred", "[May 4, 2023?]", "[2023, May 4?]", "[4 May 2023?]"),
        ("2023-05-04", "inferred", "[May 4, 2023?]", "[2023, May 4?]", "[4 May 2023?]"),
        ("2023-05-04", "supplied", "[May 4, 2023]", "[2023, May 4]", "[4 May 2023]"),
        ("2023~", "stated", "[ca. 2023]", "[ca. 2023]", "[circa 2023]"),
        ("2023%", "stated", "[ca. 2023?]", "[ca. 2023?]", "[circa 2023?]"),
        ("2022?/2023?", "stated", "[2022–2023?]", "[2022–2023?]", "[2022–2023?]"),
    ],
)
def test_dates(date, provenance, chicago, apa, mla):
    one = reference(title="T", date=date, date_provenance=provenance)
    forms = {cited.style: cited.forms[-1].whole for cited in document_citations(one)}
    assert forms["chicago"] == f"“T.” {chicago}. {PAGE}."
    assert forms["apa"] == f"<i>T</i>. ({apa}). {PAGE}"
    assert forms["mla"] == f"“T.” {mla}, {PAGE}."


simple = st.text("abcdefgh ijkl MNOP", min_size=1, max_size=30).map(
    lambda text: " ".join(text.split()) or "a"
)


PLAIN = (
    {"title": "Of Harbors", "authors": ["A B"], "date": "2023-05-04", "kind": "readout"},
    {
        "title": "lower case words",
        "authors": ["A", "B"],
        "date": "2023-05",
        "url": "https://a.example/b",
    },
    {"title": "Of Harbors", "authors": ["A", "B", "C", "D"], "date": "1998", "kind": "notice"},
    {"title": "Of Harbors", "retrieved": "2024-02-03", "kind": "letter"},
)


@pytest.mark.parametrize("given_words", PLAIN)
def test_filling_in_is_what_citeproc_does_with_the_words_themselves(given_words):
    assert_equals_citeproc(reference(**given_words))


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    title=simple,
    authors=st.lists(simple, max_size=4),
    kind=st.sampled_from(["", "readout", "notice"]),
    date=st.dates(date(1776, 7, 4), date(2400, 1, 1)).map(str)
    | st.sampled_from(["", "2023", "2023-05"]),
    retrieved=st.sampled_from(["", "2024-02-03"]),
    url=st.sampled_from(["", "https://a.example/b"]),
)
def test_filling_in_is_what_citeproc_does_with_any_words(**given_words):
    assert_equals_citeproc(reference(**given_words))


def assert_equals_citeproc(one: Reference) -> None:
    """Fill in before anything is mended, and compare with what citeproc-py makes of the words."""
    work = work_of(one)
    for style in styles():
        shape = shape_of(work, style)
        months = made_once(shape).months
        filler = Filler(work, style, months)
        item = item_of(shape)
        for paragraph in ("", "\ue000"):
            made = rendered(style.key, item, at_paragraph=paragraph)
            direct = rendered(style.key, said(item, work, style), at_paragraph=paragraph)
            for template, told in zip(made, direct, strict=True):
                filled = filler.fill(slotted(template)).replace("\ue006", work.address)
                assert filled == told


def said(item, work, style):
    """Return CSL-JSON with a document's own words in the place of slots."""
    words = {"\ue003": f'<span class="nocase">{work.title}</span>', "\ue006": work.address}
    words["g\ue004"] = work.genre_in(style)
    words.update({chr(0xE100 + at): name for at, name in enumerate(work.authors)})
    texts = {key: value for key, value in item.items() if isinstance(value, str)}
    filled = {key: words.get(value, value) for key, value in texts.items()}
    if "author" in item:
        filled["author"] = [{"literal": words[name["literal"]]} for name in item["author"]]
    for field, when in (("issued", work.issued), ("accessed", work.accessed)):
        if field in item:
            filled[field] = {"date-parts": [list(when.first.parts)]}
    return filled


@pytest.mark.parametrize(
    ("title", "note", "listed"),
    [
        # Within quotation marks: the comma stands before both (CMOS 6.9).
        ("It Is “Over”", "“It Is ‘Over,’” ", "“It Is ‘Over.’” "),
        ("“Over” It Is", "“‘Over’ It Is,” ", "“‘Over’ It Is.” "),
        ('It Is "Over"', "“It Is ‘Over,’” ", "“It Is ‘Over.’” "),
        ("The Workers’", "“The Workers’,” ", "“The Workers’.” "),
        # A sentence loses its full stop before a comma, an abbreviation does not.
        ("It Is Over.", "“It Is Over,” ", "“It Is Over.” "),
        ("Talks in D.C.", "“Talks in D.C.,” ", "“Talks in D.C.” "),
        ("Talks With Harbors Inc.", "“Talks With Harbors Inc.,” ", "“Talks With Harbors Inc.” "),
        ("Is It “Over”?", "“Is It ‘Over’?,” ", "“Is It ‘Over’?” "),
        ("“Is It Over?”", "“‘Is It Over?,’” ", "“‘Is It Over?’” "),
    ],
)
def test_a_title_and_the_punctuation_behind_it(title, note, listed):
    one = reference(title=title, authors=["Harbors Inc."], date="2023")
    (chicago, *_) = document_citations(one)
    assert chicago.forms[0].whole == f"Harbors Inc., {note}2023, {PAGE}."
    assert chicago.forms[1].whole == f"Harbors Inc. {listed}2023. {PAGE}."


@pytest.mark.parametrize(
    ("rule", "shape", "before", "after"),
    [
        # A title that stands in for the author: citeproc-py repeats it.
        ("_title_once", {}, "“T”. “T”. 1998.", "“T”. 1998."),
        ("_title_once", {}, "(“T”, “T”, par. 7)", "(“T”, par. 7)"),
        ("_title_once", {}, "<i>T</i>. (1998). <i>T</i> [GG]. U", "<i>T</i> [GG]. (1998). U"),
        ("_title_once", {}, "<i>T</i>. (1998). <i>T</i>. U", "<i>T</i>. (1998). U"),
        ("_title_once", {}, "A. (1998). <i>T</i> [GG]. U", "A. (1998). <i>T</i> [GG]. U"),
        ("_site_is_no_author", {}, "S. “T.” S. U.", "“T.” S. U."),
        ("_site_is_no_author", {}, "“T.” S. U.", "“T.” S. U."),
        ("_retrieved_only_with_a_date", {}, "(n.d.). T. Retrieved U", "(n.d.). T. U"),
        ("_retrieved_only_with_a_date", {"accessed": True}, "Retrieved U", "Retrieved U"),
        ("_no_comma_between_two", {"authors": 2}, "A, and B. “T.”", "A and B. “T.”"),
        ("_no_comma_between_two", {"authors": 3}, "A, B, and C", "A, B, and C"),
        ("_punctuation_in_quotes", {}, "A, “T”, 1998. “T”.", "A, “T,” 1998. “T.”"),
        ("_description_is_no_title", {"described": True}, "“T”, <i>T</i>", "T, T"),
        ("_description_is_no_title", {}, "“T”, <i>T</i>", "“T”, <i>T</i>"),
        (
            "_class_for_small_caps",
            {},
            '<span style="font-variant:small-caps;">S</span>',
            '<span class="small-caps">S</span>',
        ),
    ],
)
def test_mending(rule, shape, before, after):
    slots = str.maketrans("TGSUABC", "\ue003\ue004\ue005\ue006\ue100\ue101\ue102")
    mended = getattr(mending, rule)(
        before.translate(slots), Shape("x", "x", **{"authors": 1, **shape})
    )
    # "Retrieved" and such begin with no slot: only what stands for one is translated.
    assert mended == after.translate(slots)


def test_every_rule_of_mending_is_tested_and_needed():
    """Each rule changes some shape in the hands of some style; else it is no longer needed."""
    kinds = (
        *({"authors": 0, "genre": True, "issued": "year"}, {"authors": 0, "site": True}),
        *({"authors": 2, "issued": "day"}, {"authors": 1}, {"authors": 1, "described": True}),
    )
    needed = set()
    for style in styles():
        for kind in kinds:
            shape = Shape(style.key, "webpage", **kind)
            for text in rendered(style.key, item_of(shape)):
                mended = slotted(text)
                for rule in mending.RULES:
                    if rule(mended, shape) != mended:
                        needed.add(rule.__name__)
                    mended = rule(mended, shape)
    assert needed == {rule.__name__ for rule in mending.RULES}


def test_what_is_kept_is_used_again_and_what_is_damaged_is_not(tmp_path, monkeypatch):
    kept = tmp_path / ".cache" / "citations.json"
    some = [reference(title="T", authors=["A"], date="2023"), reference(title="[D]")]
    made = cite_all(some, kept)
    before = kept.read_bytes()
    monkeypatch.setattr(kept_formats, "made_once", never)
    assert cite_all(some, kept) == made
    assert kept.read_bytes() == before
    # What this run did not ask for stays: it made only what had changed.
    assert cite_all(some[:1], kept) == made[:1]
    assert kept.read_bytes() == before
    monkeypatch.undo()
    half, other = len(before) // 2, b"x" + before
    flipped = before[:half] + bytes([before[half] ^ 1]) + before[half + 1 :]
    for damaged in (b"", b"{", b"\xff\n[]", b"[]", b"{}", before[:-9], flipped, other):
        kept.write_bytes(damaged)
        assert cite_all(some, kept) == made
        assert kept.read_bytes() == before


def cite_all(some, kept):
    """Return the citations of references as a build makes them, and none of it fails."""
    formats_of = KeptFormats(kept)
    made = [document_citations(one, formats_of) for one in some]
    formats_of.keep()
    assert not formats_of.problems
    return made


def test_a_file_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("")
    assert cite_all([reference(title="T")], tmp_path / "file" / "kept.json")


def never(_shape):
    raise AssertionError("made anew")


def test_a_style_that_fails_is_left_out_told_once_and_never_kept(tmp_path, monkeypatch):
    def fails(shape):
        if shape.style == "apa":
            raise KeyError("edition")
        return formats(shape)

    one, kept = reference(title="T"), tmp_path / "citations.json"
    monkeypatch.setattr(kept_formats, "made_once", fails)
    formats_of = KeptFormats(kept)
    for _ in range(2):
        styles_left = [cited.style for cited in document_citations(one, formats_of)]
        assert styles_left == ["chicago", "mla", "bluebook"]
    assert len(page_citations("T", "", "S", formats_of)) == len(STYLES) - 1
    formats_of.keep()
    told = [str(problem) for problem in formats_of.problems]
    assert len(told) == len(set(told)) == 2
    assert all(problem.warning for problem in formats_of.problems)
    assert all("apa.csl" in line and "APA" in line and "edition" in line for line in told)
    monkeypatch.undo()
    # Mended, it is there again.
    assert [cited.style for cited in cite_all([one], kept)[0]] == list(STYLES)


def test_via_stands_between_two_addresses():
    both, ours, theirs, none = (
        document_citations(reference(authors=["A"], date="2023", url=url, page=page))[0].forms[1]
        for url, page in (
            ("https://a.example/", PAGE),
            ("", PAGE),
            ("https://a.example/", "documents/x/"),
            ("", "documents/x/"),
        )
    )
    assert both.whole.endswith(f" https://a.example/, via {PAGE}.")
    assert ours.whole.endswith(f" 2023. {PAGE}.")
    assert theirs.whole.endswith(" 2023. https://a.example/, via \ue001.")
    assert theirs.passage == theirs.whole
    assert none.whole.endswith(" 2023. \ue001.")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/", f"https://a.example/, version 0123456789ab, via {PAGE}"),
        ("", f"{PAGE}, version 0123456789ab"),
    ],
)
def test_a_version_is_named_once_with_the_address_and_never_in_the_title(url, address):
    title = "Smuggling Fentanyl, via Mail"
    one = reference(title=title, authors=["A"], date="2023", url=url, version="0123456789ab")
    for cited in document_citations(one):
        form = cited.forms[-1]
        assert title in form.whole
        assert address in form.whole
        assert form.whole.count("version") == form.passage.count("version") == 1
    # A footnote tells the address; so it does at a passage.
    assert address.replace(PAGE, "\ue001") in form.passage


def test_an_entry_in_a_list_is_the_same_whatever_passage_is_cited():
    for page in (PAGE, "documents/x/"):
        for cited in document_citations(reference(authors=["A"], page=page)):
            assert [form.passage for form in cited.forms[1:]] == [
                form.whole for form in cited.forms[1:]
            ]
            assert "\ue000" in cited.forms[0].passage


@pytest.mark.parametrize("title", ["Harbors", "Is It “Over”?", "It Is Over.", "“Over”", "[Notes]"])
def test_parts_differ_only_in_number_and_address(title):
    for cited in document_citations(reference(title=title, date="2023", url="https://a.example/")):
        for form in cited.forms:
            differing = [at for told, at in form.parts if told != at]
            assert all("\ue000" in at or at == "\ue001" for at in differing)
            assert not any("https:" in at or "Harbors" in at for at in differing)


def test_the_seeds():
    root = Path(__file__).resolve().parent.parent
    _, found = read_sources(read_settings(root / "mkdocs.yml"))
    for source in found.sources:
        document = structure(source)
        one = reference_of(
            document, title_of(document), Publication("Reader", "https://s.example/")
        )
        for cited in document_citations(one):
            assert made_once(shape_of(work_of(one), named(cited.style))) is not None
            for told in (one.title, *one.authors, one.url, one.page, one.date[:4]):
                assert told in unescape(cited.forms[-1].whole)


def named(key):
    return next(style for style in styles() if style.key == key)


def test_styles_are_bundled_small_and_unchanged():
    folder = Path(kept_formats.__file__).parent.parent / "vendor" / "csl"
    assert sum(file.stat().st_size for file in folder.iterdir()) < 500_000
    rows = re.findall(
        r"(?m)^\| `(.*?)` \|.*\| `(\w{64})` \|$", (folder / "README.md").read_text("utf-8")
    )
    styles_there = {file.name: file.read_bytes() for file in folder.glob("*.csl")}
    assert dict(rows) == {name: sha256(data).hexdigest() for name, data in styles_there.items()}
    for data in styles_there.values():
        assert b"creativecommons.org/licenses/by-sa/3.0/" in data


def test_styles_stand_in_the_order_in_which_they_are_offered():
    assert tuple(style.key for style in styles()) == STYLES
