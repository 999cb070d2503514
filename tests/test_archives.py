"""Archived copies of government links: the rules, the editors' file, and what pages show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from html import unescape
from pathlib import Path

import html5lib
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring
from test_weave import block

from builder.archives import (
    BY_RULE,
    NONE,
    STATED,
    Archived,
    Archives,
    archived,
    archived_original,
)
from builder.checked_archives import load_archives, unused_entries
from builder.checking import check_archives
from builder.collection import read_collection
from builder.government_hosts import is_government
from builder.html.layers import layers_of
from builder.html.outbound import UNDATED, archive_on, outbound
from builder.html.weave import Woven
from builder.links import linked_addresses, links_of
from builder.looking import Look
from builder.model import Mark, Metadata, Problems, Span
from builder.publishing.outbound_links import link_archives, with_archives
from builder.settings import Settings
from builder.site import Run, build
from builder.strict_yaml import load_data
from builder.web_address import read_address
from conftest import document, source
from site_fixtures import Built

WAYBACK = "https://web.archive.org/web"
CASES = [
    (case, group["about"])
    for group in yaml.safe_load(
        (Path(__file__).parent / "cases/archives.yaml").read_text(encoding="utf-8")
    )
    for case in group["cases"]
]
STATE = "https://www.state.gov/x"


@pytest.mark.parametrize(("case", "about"), CASES, ids=lambda value: str(value)[:70])
def test_rules(case, about):
    found = archived(case["url"], case["date"])
    if "reason" in case:
        assert found == Archived("", "none", case["reason"]), about
    else:
        expected = case["archive"].replace("WAYBACK", WAYBACK)
        assert found == Archived(expected, BY_RULE), about


@pytest.mark.parametrize("example", load_data("archives")["examples"], ids=str)
def test_examples(example):
    found = archived(example["url"], example["date"])
    assert (found.address, found.reason) == (example["archive"], example.get("reason", ""))


@given(st.text(max_size=60), st.text(max_size=12) | st.none())
def test_any_text_has_an_answer(text, date):
    for url in (text, f"https://www.state.gov/{text}", f"https://{text}.gov/x"):
        found = archived(url, date)
        assert bool(found.address) != bool(found.reason)
        assert not found.address or read_address(found.address) is not None


def test_what_is_no_link_is_no_governments():
    assert is_government("https://www.state.gov/x")
    assert not is_government("mailto:x@state.gov")
    assert not is_government("/state.gov/")


CHECKED = f"""archives:
  {STATE}:
    archive: https://archive.example/1
    checked: 2026-03-01
    status: works
  https://www.dea.gov/gone:
    archive: https://archive.example/2
    checked: 2026-03-02
    status: gone
  https://news.example/x:
    status: none
    reason: the paper forbids it
"""


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[str], Archives]:
    """Reads a text as the editors' file."""

    def read(text: str) -> Archives:
        (tmp_path / "archives.yaml").write_text(text, encoding="utf-8")
        return load_archives(tmp_path / "archives.yaml", "seeds/archives.yaml", date(2026, 3, 2))

    return read


def test_what_editors_checked_wins(checked):
    find = partial(archived, checked=checked(CHECKED))
    assert find(STATE, "2020") == Archived("https://archive.example/1", "checked on 2026-03-01")
    assert find(f"{STATE}#a", None).address == "https://archive.example/1#a"
    assert find("https://www.dea.gov/gone", "2020").in_words == (
        "no archived copy: https://archive.example/2 was gone when checked on 2026-03-02"
    )
    assert find("https://news.example/x", None).reason == "the paper forbids it"
    assert find(f"{STATE}/y", "2020").status == BY_RULE


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "archives:\n"])
def test_a_file_may_hold_nothing(checked, text):
    assert checked(text) == Archives()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("entries: {}", 1, 'has no "archives"'),
        ("- a", 1, 'has no "archives"'),
        ("archives:\n- a", 1, "is not a list of addresses"),
        ("archives: {}\nmore: 1", 2, 'unknown key "more"'),
        ("archives:\n  state.gov/x: {status: none, reason: x}", 2, "is no web address"),
        ("archives:\n  https://x.gov/: works", 2, "is not a list of keys"),
        ("archives:\n  https://x.gov/:\n    status: fine", 3, 'unknown status "fine"'),
        ("archives:\n  https://x.gov/:\n    status: [works]", 3, "unknown status"),
        ("archives:\n  https://x.gov/:\n    checked: 2026-03-01", 2, 'unknown status ""'),
        ("archives:\n  https://x.gov/:\n    status: gone", 2, 'the status "gone" needs checked'),
        ("archives:\n  https://x.gov/:\n    status: none", 2, 'the status "none" needs reason'),
        ("archives:\n  https://x.gov/:\n    status: works", 2, "needs archive, checked"),
        (f"{CHECKED}    note: x", 13, 'unknown key "note"'),
        (CHECKED.replace("https://archive.example/1", "archive/1"), 3, "is no web address"),
        (CHECKED.replace("2026-03-01", "2026-02-30"), 4, "is no day"),
        (CHECKED.replace("2026-03-01", "2026-03"), 4, "is no day"),
        (f"{CHECKED}    archive: https://x.org/", 13, 'the status "none" has no archived copy'),
        (CHECKED.replace("2026-03-01", "2026-03-03"), 4, "is after today, 2026-03-02"),
        (CHECKED.replace("the paper", "\u202ethe paper"), 12, "holds U+202E"),
        (CHECKED + f"  {STATE}: {{status: none, reason: x}}", 13, "stands here twice"),
    ],
)
def test_mistakes_are_named_with_their_line(checked, text, line, what):
    with pytest.raises(Problems) as raised:
        checked(text)
    assert any(
        problem.place.line == line and problem.place.path == "seeds/archives.yaml"
        for problem in raised.value.problems
        if what in problem.what
    ), raised.value.problems


def test_entries_that_nothing_links_are_warned_of(checked):
    archives = checked(CHECKED)
    (gone, news) = unused_entries(archives, {f"{STATE}#part"})
    assert gone.warning
    assert "https://www.dea.gov/gone" in gone.what
    assert (gone.place.line, news.place.line) == (6, 10)


def test_links_of_a_document_are_those_that_lead_out():
    text = "A [link](https://www.state.gov/x) and [none](../x), [mail](mailto:a@b.gov).\n"
    (link,) = links_of(document(text, "seeds/a.md"))
    assert link.address == STATE
    assert link.block.text[link.at.start : link.at.end] == "link"


def linked(text: str, *spans: tuple[str, str, str | None]) -> str:
    marks = tuple(
        Mark(Span(text.index(words), text.index(words) + len(words)), tag, href)
        for words, tag, href in spans
    )
    of = block(text, *marks)
    return Woven(of, layers_of(of, archive=archive_on("2022", Archives()))).html()


COPY = (
    '<a class="archived" rel="external" href="https://2021-2025.state.gov/x"'
    ' title="Archived copy &#40;by rule, not verified&#41;"></a>'
)


def test_the_copy_stands_behind_the_link_and_has_no_text():
    html = linked("See this page now", ("this page", "link", STATE))
    assert html == (f'See <a class="out" rel="external" href="{STATE}">this page</a>{COPY} now')


def test_a_link_in_pieces_has_its_copy_behind_the_last():
    html = linked("See this page now", ("See this", "strong", None), ("this page", "link", STATE))
    assert html.count(COPY) == 1
    assert html.endswith(f" page</a>{COPY} now")


def test_no_copy_stands_in_another_link():
    html = linked(
        "See this page now", ("See this page", "link", STATE), ("this", "link", f"{STATE}/y")
    )
    assert re.sub(r"<a class=\"archived\"[^>]*></a>", "|", html).endswith("</a>|| now")
    assert html.count("<a ") == html.count("</a>") == 3


def test_a_copy_of_a_copy_is_not_looked_for():
    html = linked("an old page", ("page", "link", "https://2009-2017.state.gov/x"))
    assert 'title="No archived copy&#58; it is an archived copy itself"' in html
    assert 'class="archived"' not in html
    html = linked("a paper", ("paper", "link", "https://news.example/x"))
    assert html == 'a <a class="out" rel="external" href="https://news.example/x">paper</a>'


@pytest.mark.parametrize(
    "url",
    ['https://www.state.gov/"><script>x', "https://www.state.gov/' onclick='x", "javascript:x"],
)
def test_hostile_addresses_stay_in_their_attribute(url):
    tree = html5lib.parse(outbound(url, "x", UNDATED(url)), namespaceHTMLElements=False)
    links = list(tree.iter("a"))
    assert [set(link.attrib) - {"class", "rel", "href", "title"} for link in links] == [
        set()
    ] * len(links)
    assert links[0].get("href") == url
    assert not list(tree.iter("script"))


BY_HAND = f"""<p><a href="{STATE}">one</a>, <a href="about/">two</a>,
<a title="Mine" href='https://2009-2017.state.gov/x'>three</a>,
<!-- <a href="{STATE}">four</a> --><a name="five">five</a>, <A HREF=https://www.dea.gov/x>six</A></p>
<script>"<a href='{STATE}'>seven</a>"</script>"""


def test_hand_written_pages_get_copies_once():
    once = with_archives(BY_HAND, Archives())
    assert once.count('class="archived"') == 2
    assert f'href="{WAYBACK}/{STATE}"' in unescape(once)
    assert '<a title="Mine"' in once
    assert 'data-unarchived="No archived copy' in once
    assert with_archives(once, Archives()) == once
    assert re.sub(r'<a class="archived"[^>]*></a>| data-unarchived="[^"]*"', "", once) == BY_HAND


def test_generated_pages_are_not_touched(tmp_path):
    for name in ("documents/a", "about/b", "c"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_text(BY_HAND, encoding="utf-8")
    link_archives(tmp_path, {"documents/a/index.md", "c/index.html"}, Archives())
    changed = {page.parent.name for page in tmp_path.rglob("*.html") if page.read_text() != BY_HAND}
    assert changed == {"b"}


def outbound_of(page: Path) -> Iterator[tuple[HtmlElement, HtmlElement | None]]:
    """Yield each link of a page with the archived copy that follows it, in their order."""
    tree = document_fromstring(page.read_bytes().decode())
    links = [link for link in tree.iter("a") if link.get("href")]
    for number, link in enumerate(links):
        if "archived" not in (link.get("class") or ""):
            beside = links[number + 1] if number + 1 < len(links) else None
            while beside is not None and beside.get("href") == link.get("href"):
                number += 1  # a further piece of the same link
                beside = links[number + 1] if number + 1 < len(links) else None
            is_copy = beside is not None and "archived" in (beside.get("class") or "")
            yield link, beside if is_copy else None


def unanswered(site: Path) -> list[str]:
    """Return the links of a site to governments that have neither a copy nor a reason."""
    found = []
    for page in sorted(site.rglob("*.html")):
        for link, beside in outbound_of(page):
            href = link.get("href") or ""
            said = f"{link.get('title') or ''}{link.get('data-unarchived') or ''}"
            if is_government(href) and beside is None and "No archived copy: " not in said:
                found.append(f"{page.relative_to(site)}: {href}")
    return found


def copies(site: Path) -> int:
    return sum(
        beside is not None for page in site.rglob("*.html") for _, beside in outbound_of(page)
    )


def test_every_government_link_of_this_collection_is_answered(built: Built):
    assert unanswered(built.site) == []
    assert copies(built.site) >= 10


def test_every_government_link_of_a_site_of_all_kinds_is_answered(everything: Built):
    assert unanswered(everything.site) == []


LINKED = """---
title: Links
date: 2022-05-05
source_url: https://www.whitehouse.gov/links/
---

# Of [the headline](https://www.state.gov/headline)

A **strong [link](https://www.state.gov/a) and** [more](https://2009-2017.state.gov/b).

| [in a cell](https://www.dea.gov/c) | [of ours](https://news.example/d) |
|---|---|
| [two **cells](https://www.dea.gov/e) | x** |

- [item](https://www.gob.mx/f?g=h&i="j")
> [quoted](https://www.un.org/k)
"""
CATALOGUE = """programs:
- key: harbor-light
  name: Harbor Light
  about: Lights.
  links: {home: "https://www.gov.uk/l", paper: "https://news.example/m"}
  facts:
  - {label: Page, value: one, source: {url: "https://www.who.int/n"}}
  - {label: Copy, value: two, source: {url: "https://2001-2009.state.gov/o"}}
  examples: [Harbor Light began.]
  not: [harbor]
"""


STATED_BY_FILE = """---
title: A note
date: 2020-05-05
source_url: https://www.state.gov/x
source_archive_url: %s
---
The text.
"""


def test_a_file_states_its_copy(checked):
    stated = source(STATED_BY_FILE % "https://archive.example/9", "seeds/a.md").metadata
    found = archived_original(stated)
    assert found == Archived("https://archive.example/9", STATED)
    assert archived_original(stated, checked(CHECKED)).status == "checked on 2026-03-01"
    wrong = source(STATED_BY_FILE % "javascript:x", "seeds/a.md").metadata
    assert archived_original(wrong).address == "https://2017-2021.state.gov/x"
    assert archived_original(Metadata()) == NONE


@pytest.fixture
def everywhere(small: Callable[..., Settings]) -> Settings:
    """A collection with links wherever one may stand, and a hand-written page."""
    settings = small(plain="Harbor Light began in 2022.\n")
    (settings.seeds / "linked.md").write_text(LINKED, encoding="utf-8")
    for name, url in {"copy": "https://2001-2009.state.gov/p", "user": "https://u@x.gov/q"}.items():
        text = f"---\nsource_url: {url}\n---\nA text.\n"
        (settings.seeds / f"{name}.md").write_text(text, encoding="utf-8")
    settings.catalogue.mkdir()
    (settings.catalogue / "programs.yaml").write_text(CATALOGUE, encoding="utf-8")
    (settings.content / "about/more").mkdir(parents=True)
    (settings.content / "about/more/index.md").write_text(f"# More\n\n[x]({STATE})\n")
    settings.archives.write_text(CHECKED, encoding="utf-8")
    return settings


def test_wherever_a_link_stands_it_is_answered(everywhere):
    assert not build(everywhere, Run()).failed
    assert unanswered(everywhere.site) == []
    page = (everywhere.site / "documents/linked/index.html").read_text(encoding="utf-8")
    assert "https://bidenwhitehouse.archives.gov/links/" in unescape(page)
    page = (everywhere.site / "documents/copy/index.html").read_text(encoding="utf-8")
    assert "<small>an archived copy itself</small>" in page
    by_hand = (everywhere.site / "about/more/index.html").read_text(encoding="utf-8")
    assert "https://archive.example/1" in unescape(by_hand)


def test_check_tells_entries_that_nothing_links(everywhere):
    assert not build(everywhere, Run()).failed
    problems = check_archives(everywhere, read_collection(everywhere), Look.at(everywhere.content))
    assert [problem.place.line for problem in problems] == [6, 10]
    assert all(problem.warning for problem in problems)


def test_everything_linked_is_known(everywhere):
    state = read_collection(everywhere)
    found = set(linked_addresses((one.document for one in state.documents), state.catalogue))
    assert {"https://www.gov.uk/l", "https://www.who.int/n", "https://www.dea.gov/c"} <= found
    assert "https://www.whitehouse.gov/links/" in found
