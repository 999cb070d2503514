"""The site works under any path of a host, and its 404 page does where the address is known."""

import re
import urllib.request
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit

import pytest

from browsing import follow_hit
from builder.publishing.site_check import check_site, read_page
from builder.settings import read_settings
from builder.site import Run, build
from reading import Noted
from site_fixtures import copy_collection, served

PREFIX = "/libraries/reader/"


def get(address: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, b""


def test_every_address_reached_from_the_home_page_answers(built):
    with served(built.site, PREFIX) as home:
        waiting, seen, ids = [home], {}, {}
        while waiting:
            address = waiting.pop()
            if address in seen:
                continue
            status, data = get(address)
            seen[address] = status
            if not address.endswith("/"):
                continue
            page = read_page(data.decode("utf-8"), "")
            ids[address] = page.ids
            for _, url in (*page.leads, *page.loads):
                target = urljoin(address, url).partition("#")[0].partition("?")[0]
                if target.startswith("http://127.0.0.1"):
                    waiting.append(target)
        assert {address: status for address, status in seen.items() if status != 200} == {}
        assert all(urlsplit(address).path.startswith(PREFIX) for address in seen)
        pages = {path.relative_to(built.site).as_posix() for path in built.site.rglob("index.html")}
        reached = {urlsplit(address).path.removeprefix(PREFIX) + "index.html" for address in ids}
        assert pages <= reached, "a page that nothing leads to"


@pytest.fixture(scope="module")
def addressed(tmp_path_factory):
    """This collection, built for an address with a path."""
    settings = copy_collection(tmp_path_factory.mktemp("addressed") / "collection")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", f"https://example.org{PREFIX}")
        settings = read_settings(settings.config_file)
        build(settings, Run())
    return settings


def test_with_an_address_everything_resolves(addressed):
    assert addressed.site_url == f"https://example.org{PREFIX}"
    assert [str(one) for one in check_site(addressed.site, site_url=addressed.site_url)] == []


def test_without_an_address_nothing_absolute_is_written(built):
    for file in built.site.rglob("*.html"):
        html = file.read_text("utf-8")
        assert not re.search(r'rel="canonical" href="(?:\w+:|/)', html), file
        if file.name != "404.html":
            assert not re.search(r'\b(?:href|src)="/', html), file


@pytest.mark.browser
def test_the_404_page_searches(addressed, open_page):
    noted = Noted()
    with served(addressed.site, PREFIX) as home:
        page = open_page(f"{home}404.html", noted=noted)
        follow_hit(page, "synthetic opioids")
        assert page.url.startswith(f"{home}documents/")
    assert noted.elsewhere(home) == []
