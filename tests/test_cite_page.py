"""The page on citing shows what the site produces."""

import re
from pathlib import Path

from builder.citing.formatted import document_citations, page_citations
from builder.citing.reference import Reference

PAGE = Path(__file__).resolve().parent.parent / "content/about/cite/index.md"
FACT_SHEET = Reference(
    id="lights",
    title="Lights for Every Harbor",
    authors=("Ministry of Transport",),
    date="2024-03-04",
    date_provenance="stated",
    kind="fact sheet",
    url="https://transport.example/lights/",
    page="https://reader.example/documents/lights/",
    via="Harbor Reader",
)
DAY = {"month": "November", "mon": "Nov.", "day": 22, "year": 2026}


def words(html: str, **what: str) -> str:
    """Return a citation as Markdown, with what its reader knows."""
    marked = re.sub(r"</?(i|span)\b[^>]*>", "*", html)
    marked = marked.replace("\ue000", "5").replace("\ue001", f"{FACT_SHEET.page}#p5")
    return marked.replace("\ue002", what.get("accessed", "").format(**DAY))


def test_every_example_is_what_the_site_produces():
    examples = re.findall(r"^\* \*\*([\w-]+)\*\*, ([a-z ]+): (.*)$", PAGE.read_text("utf-8"), re.M)
    made = {words(form.passage) for one in document_citations(FACT_SHEET) for form in one.forms}
    page = page_citations(
        "Mexico (country)", "https://reader.example/countries/mx/", FACT_SHEET.via
    )
    lists = {words(form.whole, accessed=one.accessed) for one in page for form in one.forms}
    told = {text for _, _, text in examples}
    assert told <= made | lists
    assert made <= told, "each form of a passage has its example"
    assert {name for name, _, _ in examples} == {one.name for one in page}
