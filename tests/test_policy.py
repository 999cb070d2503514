"""Every page states the policy, keeps to it in a browser, and is protected by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest

from browsing import search_for
from builder.html.policy import POLICY
from reading import DESK, PHONE, Noted
from site_fixtures import ROOT, Built

Open = Callable[..., Any]
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
ASKED = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'"
)
SEARCHED = ("home", "document", "version", "figures", "404")
SETTLED = "new Promise(done => requestIdleCallback(done))"
LISTEN = """addEventListener("securitypolicyviolation", ({violatedDirective, blockedURI, sample}) =>
    tellViolation(`${violatedDirective}: ${blockedURI} ${sample}`))"""
# Presses everything that can be pressed, of many alike the first ones, and lets a frame pass.
PRESS = """async () => {
    const all = "button:not([type=submit]), summary, input:is([type=checkbox], [type=radio])";
    const kinds = new Map();
    for (const one of document.querySelectorAll(all)) {
        const kind = `${one.tagName}.${one.className} ${one.closest("[class]")?.className}`;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        if (kinds.get(kind) > 4) continue;
        one.click();
        await new Promise(requestAnimationFrame);
    }
    return kinds.size;
}"""
HOVERED = ".block a.mention, .block .figure, svg a, svg circle, svg rect, svg path, [title]"


def policies_of(html: str) -> list[str]:
    """Return the policies that a page states in its head, as a browser reads it."""
    head = html5lib.parse(html, namespaceHTMLElements=False).find("head")
    return [
        meta.get("content", "")
        for meta in head.iter("meta")
        if meta.get("http-equiv", "").lower() == "content-security-policy"
    ]


def test_the_policy_is_the_one_that_was_asked_for() -> None:
    assert POLICY == ASKED
    assert META in (ROOT / "site_overrides/main.html").read_text("utf-8")


def test_every_page_states_it(everything: Built, built: Built) -> None:
    folders = [everything.site, built.site, everything.offline, built.offline]
    pages = [page for folder in folders for page in sorted(folder.rglob("*.html"))]
    assert len(pages) > 200
    for page in pages:
        html = page.read_text("utf-8")
        assert policies_of(html) == [POLICY], page
        before = html[: html.index('<meta http-equiv="Content-Security-Policy"')]
        assert not re.search(r"<(?:script|link|style)\b", before), page


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_on_a_page_is_against_it(
    open_page: Open, home: str, kinds: dict[str, str], size: dict[str, Any]
) -> None:
    """Whatever is opened, pressed, hovered or searched for."""
    noted, violations, pressed = Noted(), list[str](), 0
    page = open_page("about:blank", noted=noted, **size)
    page.expose_function("tellViolation", lambda told: violations.append(told))
    page.add_init_script(LISTEN)
    for name, address in kinds.items():
        page.goto(home + address + ("?q=harbor" if name == "search" else ""))
        page.evaluate(SETTLED)
        if name in SEARCHED:
            assert search_for(page, "harbor").count()
            page.keyboard.press("Escape")
        if page.locator(".site-header").count():  # else it has led on
            for one in page.locator(HOVERED).filter(visible=True).all()[:2]:
                one.hover(force=True)
            pressed += page.evaluate(PRESS)
            page.evaluate(SETTLED)
    assert {"document", "version", "removed", "redirect", "measure", "404"} <= kinds.keys()
    assert pressed > 2 * len(kinds)
    assert violations == []
    assert noted.complaints == []


# What hostile text would be, had it come through everything else; each sets `ran` where it runs.
INJECTED = {
    "a script": "<script>window.ran = 'a script'</script>",
    "a module": "<script type='module'>window.ran = 'a module'</script>",
    "a handler": "<img src='nowhere.png' onerror=\"window.ran = 'a handler'\">",
    "a frame": "<iframe srcdoc=\"<script>parent.ran = 'a frame'</script>\"></iframe>",
    "a script elsewhere": "<script src='data:text/javascript,window.ran=`elsewhere`'></script>",
    "a base": "<base href='https://elsewhere.example/'>",
    "a style": "<p id='styled' style='color: rgb(1, 2, 3)'></p>",
    "a style sheet": "<style>#styled { color: rgb(1, 2, 3) }</style><p id='styled'></p>",
}
RAN = """() => {
    const styled = document.querySelector("#styled") ?? document.body;
    return window.ran || document.baseURI.includes("elsewhere")
        || getComputedStyle(styled).color === "rgb(1, 2, 3)";
}"""


@pytest.mark.browser
@pytest.mark.parametrize("stated", [True, False], ids=["with the policy", "without"])
@pytest.mark.parametrize("what", INJECTED)
def test_what_is_written_into_a_page_does_not_run(
    open_page: Open, home: str, kinds: dict[str, str], what: str, stated: bool
) -> None:
    def hostile(route: Any) -> None:
        answer = route.fetch()
        html = answer.text().replace("<h1", f"{INJECTED[what]}<h1", 1)
        route.fulfill(response=answer, body=html if stated else html.replace(META, ""))

    page = open_page("about:blank")
    page.route(lambda url: url == home + kinds["document"], hostile)
    page.goto(home + kinds["document"])
    page.wait_for_load_state("networkidle")
    assert bool(page.evaluate(RAN)) is not stated


@pytest.mark.browser
def test_what_a_script_asks_of_others_is_not_asked(open_page: Open, home: str) -> None:
    asked = []
    page = open_page(home)
    page.route("https://elsewhere.example/**", lambda route: asked.append(route.request.url))
    blocked = page.evaluate(
        """async () => {
            const blocked = [], note = event => blocked.push(event.violatedDirective);
            addEventListener("securitypolicyviolation", note);
            new Image().src = "https://elsewhere.example/x.png";
            await fetch("https://elsewhere.example/").catch(() => {});
            try { new Worker(URL.createObjectURL(new Blob([""]))) } catch {}
            await new Promise(done => setTimeout(done, 200));
            return blocked.sort();
        }"""
    )
    assert blocked == ["connect-src", "img-src", "worker-src"]
    assert asked == []
