"""The table of administrations proves itself on its own examples."""

import pytest

from builder.administrations import administration_of, administrations_data
from builder.model import Known, Metadata


@pytest.mark.parametrize("example", administrations_data()["examples"], ids=str)
def test_examples(example):
    metadata = Metadata(
        issuer=Known(example.get("issuer")),
        url=Known(example.get("url")),
        date=Known(example["date"]),
    )
    assert administration_of(metadata) == example["administration"]


@pytest.mark.parametrize("url", ["http://[::1", "https://gov.example/x", "gov"])
def test_a_host_is_no_end_of_another_word(url):
    metadata = Metadata(url=Known(url), date=Known("2023-11-16"))
    assert administration_of(metadata) is None
