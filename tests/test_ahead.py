"""A page made ahead of the site is the one that the next build makes, and none stays too long."""

from threading import Event

import pytest

from builder.model import Place, Problem
from builder.publishing.ahead import Made
from builder.publishing.preview_build import Built, build_preview
from builder.publishing.preview_site import PreviewSite
from builder.rendering.pages import path_in_site
from builder.site import Run, build_pages

TEXT = (
    "FACT SHEET: Harbors\n\nOn 3 May 2021 we spent $5 million in Peru.\n\nMore text on cocaine.\n"
)
EDITED = TEXT.replace("More", "Mexico and Chile now seize fentanyl, and less")
PAGE = "documents/a/index.html"


@pytest.fixture
def collection(small):
    """A collection of three documents in which the catalogue knows one person."""
    other = TEXT.replace("Harbors", "Boats").replace("3 May", "4 May")
    settings = small(a=TEXT, b=other, c=TEXT.replace("Harbors", "Nets"))
    settings.catalogue.mkdir()
    return settings


def built(settings, folder):
    return build_preview(settings, folder / "site", "http://127.0.0.1:8000/")


def test_the_page_of_an_edited_source_is_that_of_the_next_build(collection, tmp_path):
    ahead = built(collection, tmp_path).ahead
    (collection.seeds / "a.txt").write_text(EDITED)
    made = ahead.made(["a.txt"])
    assert made.problems == {"seeds/a.txt": []}
    built(collection, tmp_path)
    assert list(made.pages) == [PAGE]
    assert made.pages[PAGE] == (tmp_path / "site" / PAGE).read_bytes()
    assert b"now seize" in made.pages[PAGE]
    assert not collection.anchors.exists()


def test_a_page_may_say_what_none_has_said_before(collection, tmp_path):
    build_pages(collection, Run())
    ahead = built(collection, tmp_path).ahead
    assert b"predecessor-version" not in (tmp_path / "site" / PAGE).read_bytes()
    (collection.seeds / "a.txt").write_text(EDITED)
    made = ahead.made(["a.txt"])
    built(collection, tmp_path)
    page = (tmp_path / "site" / PAGE).read_bytes()
    assert b"predecessor-version" in page
    begin = b"<article"
    assert made.pages[PAGE].partition(begin)[2] == page.partition(begin)[2]


def test_pages_of_several_edits_add_up(collection, tmp_path):
    ahead = built(collection, tmp_path).ahead
    (collection.seeds / "b.txt").write_text(EDITED.replace("Harbors", "Boats at Sea"))
    (collection.seeds / "c.txt").write_text(
        TEXT.replace("Harbors", "Nets").replace("3 May", "June")
    )
    made = [ahead.made(["b.txt"]), ahead.made(["c.txt"])]
    (collection.seeds / "a.txt").write_text(EDITED)
    made.append(ahead.made(["a.txt"]))
    built(collection, tmp_path)
    path = "documents/a/index.html"
    assert made[-1].pages[path] == (tmp_path / "site" / path).read_bytes()
    assert set(made[0].pages) == {"documents/b/index.html"}


def test_the_page_of_an_edited_entity_is_that_of_the_next_build(collection, tmp_path):
    ahead = built(collection, tmp_path).ahead
    file = collection.catalogue / "substances.yaml"
    file.write_text("substances:\n- key: cocaine\n  name: Cocaine\n  about: Seized in harbors.\n")
    made = ahead.made(["catalogue/substances.yaml"])
    built(collection, tmp_path)
    path = path_in_site("substances/cocaine/index.md")
    assert list(made.pages) == [path]
    assert made.pages[path] == (tmp_path / "site" / path).read_bytes()
    assert b"Seized in harbors" in made.pages[path]


def test_what_is_wrong_is_told_ahead(collection, tmp_path):
    ahead = built(collection, tmp_path).ahead
    (collection.seeds / "a.txt").write_bytes(b"\xff\xfe\xff")
    (collection.catalogue / "people.yaml").write_text("people: [\n")
    for path, name in (("a.txt", "seeds/a.txt"), ("catalogue/people.yaml",) * 2):
        made = ahead.made([path])
        assert made.pages == {}
        assert [one for told in made.problems.values() for one in told], name
    (collection.catalogue / "people.yaml").unlink()
    (collection.seeds / "a.txt").write_text(EDITED)
    assert PAGE in ahead.made(["a.txt"]).pages


def test_what_is_new_or_gone_waits_for_the_build(collection, tmp_path):
    ahead = built(collection, tmp_path).ahead
    (collection.seeds / "new.txt").write_text(TEXT)
    (collection.seeds / "b.txt").unlink()
    assert ahead.made(["new.txt"]).pages == {}
    assert ahead.made(["b.txt"]).pages == {}
    assert ahead.made([f"{number}.txt" for number in range(100)]).problems == {}


class Slow:
    """A build that ends when it is told to, and an `ahead` that tells how often it was asked."""

    def __init__(self):
        self.problems = [Problem(Place("seeds/b.txt", 1), "wrong", "")]
        self.began, self.may_end, self.asked, self.reloaded = Event(), Event(), 0, Event()

    def build(self, progress):
        self.began.set()
        for _ in progress(range(1_000_000), "Making pages", 1):
            if self.may_end.wait(0.01):
                break
        return Built(self.problems, self)

    def made(self, paths):
        """Stand in for `Ahead.made`."""
        self.asked += 1
        return Made({PAGE: b"ahead %d" % self.asked}, {"seeds/a.txt": []})


@pytest.fixture
def slow(collection, monkeypatch):
    """A preview of which every build takes long, after the first one."""
    monkeypatch.setattr("builder.publishing.preview_site._SOON", 0.0)
    one = Slow()
    one.may_end.set()
    site = PreviewSite(collection, one.build, lambda problems: None)
    site.reload = one.reloaded.set
    site.refresh()
    one.may_end.clear()
    one.began.clear()
    yield site, one
    site.end()


def test_a_page_is_shown_while_the_site_is_built(slow):
    site, one = slow
    assert site.pages == {}
    site.refresh()
    assert site.pages == {PAGE: b"ahead 1"}
    assert one.began.wait(10)
    assert site.pages == {PAGE: b"ahead 1"}
    one.may_end.set()
    assert one.reloaded.wait(10)
    assert site.pages == {}


def test_a_page_that_was_made_while_a_build_ran_stays_for_the_next(slow):
    site, one = slow
    site.refresh()
    assert one.began.wait(10)
    site.refresh()
    one.began.clear()
    one.may_end.set()
    assert one.began.wait(10), "another build begins"
    assert one.reloaded.wait(10)
    site._builder and site._builder.join(10)
    assert site.pages == {}
    assert one.asked == 2


def test_a_preview_that_ends_waits_for_no_build(slow):
    site, one = slow
    site.refresh()
    assert one.began.wait(10)
    builder = site._builder
    site.end()
    assert builder is not None
    assert not builder.is_alive()


def test_a_page_that_cannot_be_made_ahead_waits_for_the_build(slow):
    site, one = slow
    one.made = lambda paths: 1 / 0
    site.refresh()
    assert site.pages == {}
    one.may_end.set()
    assert one.reloaded.wait(10)


def test_what_was_wrong_is_wrong_until_it_is_mended(slow):
    site, one = slow
    assert [str(problem) for problem in site.wrong] == ["seeds/b.txt:1: wrong"]
    one.made = lambda paths: Made({}, {"seeds/b.txt": []})
    site.refresh()
    assert site.wrong == []
