"""A page made ahead of the site is the one that the next build makes, and none stays too long."""

import gc
import weakref
from threading import Event, Thread

import pytest
from mkdocs.livereload import LiveReloadServer

from builder.model import Place, Problem
from builder.publishing.ahead import Made
from builder.publishing.preview_build import Built, build_preview
from builder.publishing.preview_server import keep_to_this_machine, reload_pages
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
    (collection.seeds / "b.txt").write_bytes(b"\xff\xfe\xff")
    (collection.seeds / "a.txt").write_text(EDITED)
    (collection.catalogue / "people.yaml").write_text("people: [\n")
    made = ahead.made(["a.txt", "b.txt", "catalogue/people.yaml"])
    assert list(made.pages) == [PAGE]
    wrong = {path for path, told in made.problems.items() if told}
    assert wrong == {"seeds/b.txt", "seeds/catalogue/people.yaml"}
    (collection.catalogue / "people.yaml").unlink()
    (collection.seeds / "b.txt").write_text(TEXT)
    made = ahead.made(["b.txt", "catalogue/people.yaml"])
    assert list(made.pages) == ["documents/b/index.html"]
    assert made.problems == {"seeds/b.txt": [], "seeds/catalogue/people.yaml": []}


def test_what_is_new_or_gone_waits_for_the_build(collection, tmp_path):
    ahead = built(collection, tmp_path).ahead
    (collection.seeds / "new.txt").write_text(TEXT)
    (collection.seeds / "b.txt").unlink()
    for paths in (["new.txt"], ["b.txt"], [f"{number}.txt" for number in range(100)]):
        made = ahead.made(paths)
        assert (made.pages, made.problems) == ({}, {})


class Slow:
    """A build that takes until it may end, and an `ahead` whose pages tell how often it was asked.

    `comes_to` is what the build is.
    """

    def __init__(self):
        self.began, self.may_end, self.reloaded = Event(), Event(), Event()
        self.asked = []
        self.comes_to = Built([Problem(Place("seeds/b.txt", 1), "wrong", "")], self, is_whole=True)

    def build(self, go_on):
        """Take until the build may end, or goes on no more."""
        self.began.set()
        while not self.may_end.wait(0.01):
            go_on()
        return self.comes_to

    def made(self, paths):
        """Make a page ahead, as `Ahead.made` does."""
        self.asked.append(sorted(paths))
        return Made({PAGE: b"ahead %d" % len(self.asked)}, {"seeds/a.txt": []})


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


def edit(site, text=EDITED):
    """Edit a source, and let the preview see it."""
    (site._settings.seeds / "a.txt").write_text(text)
    site.refresh()


def test_a_page_is_shown_while_the_site_is_built(slow):
    site, one = slow
    assert site.pages == {}
    edit(site)
    assert site.pages == {PAGE: b"ahead 1"}
    assert one.began.wait(10)
    assert site.pages == {PAGE: b"ahead 1"}
    one.may_end.set()
    assert one.reloaded.wait(10)
    assert site.pages == {}


def test_a_page_of_an_edit_during_a_build_is_made_again_from_what_it_came_to(slow):
    site, one = slow
    edit(site)
    assert one.began.wait(10)
    edit(site, EDITED + "And more.\n")
    assert one.asked == [["a.txt"]] * 2
    one.began.clear()
    one.may_end.set()
    assert one.began.wait(10), "another build begins"
    assert one.reloaded.wait(10)
    while site._builder:
        site._builder.join(10)
    assert one.asked == [["a.txt"]] * 3
    assert site.pages == {}


def test_a_build_that_fails_leaves_what_is_shown(slow):
    site, one = slow
    one.comes_to = Built([Problem(Place("seeds/catalogue/people.yaml", 1), "wrong", "")])
    edit(site)
    one.may_end.set()
    assert one.reloaded.wait(10)
    while site._builder:
        site._builder.join(10)
    assert site.pages == {PAGE: b"ahead 1"}
    assert [one.place.path for one in site.wrong] == ["seeds/catalogue/people.yaml"]
    one.may_end.clear()
    edit(site, TEXT)
    assert site.pages == {PAGE: b"ahead 2"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_after_a_thread_that_fails_the_next_change_starts_another(slow):
    site, one = slow

    def refuses(_problems):
        raise BrokenPipeError

    site._show = refuses
    edit(site)
    builder = site._builder
    one.may_end.set()
    builder.join(10)
    assert not one.reloaded.is_set()
    site._show = list
    edit(site, TEXT)
    assert one.reloaded.wait(10)


def test_nothing_is_told_of_what_fails_after_the_end(slow, monkeypatch):
    site, one = slow
    told = []
    monkeypatch.setattr("threading.excepthook", told.append)

    def interrupted(_go_on):
        one.began.set()
        one.may_end.wait(10)
        raise KeyboardInterrupt  # as the processes of a pool are, too, by Ctrl+C

    site._build = interrupted
    edit(site)
    assert one.began.wait(10)
    builder, site._has_ended = site._builder, True
    one.may_end.set()
    builder.join(10)
    assert told == []


def test_a_preview_that_ends_waits_for_no_build(slow):
    site, one = slow
    edit(site)
    assert one.began.wait(10)
    builder = site._builder
    site.end()
    assert builder is not None
    assert not builder.is_alive()


def test_a_page_that_cannot_be_made_ahead_is_told_and_waits_for_the_build(slow):
    site, one = slow
    told = []
    site._show = told.extend
    one.made = lambda paths: 1 / 0
    edit(site)
    assert [str(problem) for problem in told] == [
        "seeds/a.txt:1: the builder failed on this document: ZeroDivisionError: division by zero; "
        "please report this, with the document"
    ]
    assert site.pages == {}
    one.may_end.set()
    assert one.reloaded.wait(10)


def test_what_was_wrong_is_wrong_until_it_is_mended(slow):
    site, one = slow
    assert [str(problem) for problem in site.wrong] == ["seeds/b.txt:1: wrong"]
    one.made = lambda paths: Made({}, {"seeds/b.txt": []})
    edit(site)
    assert site.wrong == []


def test_who_asks_while_a_page_is_made_gets_that_page(tmp_path):
    (tmp_path / "index.html").write_text("<body>before</body>")
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    pages = {}
    keep_to_this_machine(server, ahead=pages.get)
    server._wanted_epoch = server._visible_epoch + 1  # something is under way
    bodies = []

    def ask():
        request = {"PATH_INFO": "//.//", "HTTP_HOST": "localhost"}
        bodies.append(b"".join(server.get_app()(request, lambda status, headers: None)))

    asking = Thread(target=ask)
    asking.start()
    pages["index.html"] = b"<body>ahead</body>"
    with server._epoch_cond:
        server._visible_epoch = server._wanted_epoch
        server._epoch_cond.notify_all()
    asking.join(10)
    server.server_close()
    assert bodies[0].startswith(b"<body>ahead<script ")


def test_pages_load_themselves_again_unless_they_do_so_anyway(tmp_path):
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    server.server_close()
    before = server._visible_epoch
    reload_pages(server)
    assert before < server._visible_epoch == server._wanted_epoch
    shown, server._wanted_epoch = server._visible_epoch, server._visible_epoch + 5
    reload_pages(server)
    assert server._visible_epoch == shown


def test_what_a_build_came_to_is_gone_when_the_next_one_is_shown(collection):
    made = []

    def build(_go_on):
        came_to = Slow()
        came_to.itself = came_to
        made.append(weakref.ref(came_to))
        gc.freeze()
        return Built([], came_to, is_whole=True)

    site = PreviewSite(collection, build, lambda problems: None)
    site.refresh()
    site.refresh()
    assert [one() is None for one in made] == [True, False]
