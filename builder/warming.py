"""Loads and compiles what documents need, before there are processes that each would do it again.

The knowledge of the finders is read, and its patterns are compiled, when a document first needs
them. Processes that are started by forking have what was there before.
"""

from __future__ import annotations

from hashlib import sha256

from builder.annotate import annotate
from builder.catalogue import Catalogue
from builder.indexing.contribution import contribution_of
from builder.model import Metadata, Place, Source
from builder.storing.codec import encode
from builder.structure import structure

# It has something for every finder to look at; what they make of it is thrown away.
_SAMPLE = """# A Statement on Harbors

On March 3, 2023, President Biden and Secretary of State Antony Blinken met in Mexico. Since last
year, the Department of Justice has seized more than 5,000 kilograms of fentanyl, an increase of 20
percent, and the Harbor Safety Act (HSA) provides $1.5 billion over the next five years. Of the 45
ports, 12 to 15 will be funded; two-thirds are in Turkey or Georgia. "We did it," said Jane Miller,
34, the head of the Drug Enforcement Administration, who asked for 2.5 million pounds and 90 pesos.

- Section 5 of the Act: at least 300 people (up 5%) in FY24, see https://www.example.gov/a_b.
- **The HSA** gave *C$4 million* to dozens of schools &amp; half a million homes on Tuesday.

| Port | Tons |
|---|---|
| Mexico | 1,250 |
"""


def warm(catalogue: Catalogue) -> None:
    """Take a small text down the line, for what that loads and compiles."""
    made = annotate(structure(sample()), catalogue)
    contribution_of(made)
    encode(made)


def sample() -> Source:
    """Return the small text as a source."""
    digest = sha256(_SAMPLE.encode()).hexdigest()
    return Source("sample.md", digest, _SAMPLE, Metadata(), Place("sample.md", 1), slug="sample")
