"""What the tests do in a browser."""

from __future__ import annotations

from typing import Any

# Asked of all elements at once: a question for each takes longer than opening the page.
_SEEN = "one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length"


def search_for(page: Any, words: str) -> Any:
    """Type words into the search box, opened by its key; return the links of what is found."""
    if not page.locator(".search-box[open]").count():
        page.keyboard.press("/")
    page.locator(".search-box input").fill(words)
    page.wait_for_function(
        "words => document.querySelector('.search-box .search-list')?.dataset.query === words",
        arg=words,
    )
    return page.locator(".search-box .found-passage")


def follow_hit(page: Any, words: str) -> None:
    """Type words into the site's search and follow the best hit."""
    search_for(page, words).first.click()
    page.wait_for_url("**/documents/**")


def box_of(element: Any) -> dict[str, float]:
    """Return where an element stands in the window; of one that is not shown, nothing."""
    box: dict[str, float] | None = element.bounding_box()
    return box or {"x": 0, "y": 0, "width": 0, "height": 0}


def copied_from(page: Any, selector: str) -> str:
    """Return what a reader copies who selects an element as a whole."""
    text: str = page.locator(selector).evaluate(
        "element => { getSelection().selectAllChildren(element); return String(getSelection()) }"
    )
    return text


def seen(page: Any, selector: str) -> list[str]:
    """Return the ids of the elements that a reader sees."""
    found: list[str] = page.locator(selector).evaluate_all(
        f"all => all.filter({_SEEN}).map(one => one.id)"
    )
    return found


def texts_seen(page: Any, selector: str) -> list[str]:
    """Return the texts of the elements that a reader sees."""
    found: list[str] = page.locator(selector).evaluate_all(
        f"all => all.filter({_SEEN}).map(one => one.innerText)"
    )
    return found
