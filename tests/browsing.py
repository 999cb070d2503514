"""What the tests do in a browser."""

from __future__ import annotations

import json
from typing import Any

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait


def search_for(browser: Any, words: str) -> list[Any]:
    """Type words into the site's search and return the links of the hits."""
    browser.execute_script("document.getElementById('__search').click()")
    field = browser.find_element(By.CSS_SELECTOR, "[data-md-component=search-query]")
    WebDriverWait(browser, 10).until(lambda _: field.is_displayed() and field.is_enabled())
    field.clear()
    field.send_keys(words)
    return WebDriverWait(browser, 15).until(
        lambda _: browser.find_elements(By.CSS_SELECTOR, ".md-search-result__link")
    )


def requests_of(browser: Any) -> list[str]:
    """Return the addresses that the browser has asked for since this was last called."""
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    return [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]
