"""Web addresses as others wrote them: read, or none, and never a traceback."""

import pytest

from builder.web_address import host_of, is_web_address, join_address, read_address


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("https://www.state.gov/a?b=c", True),
        ("HTTP://EXAMPLE.ORG/", True),
        ("https://[2001:db8::1]/x", True),
        ("javascript:alert(1)", False),
        ("//example.org", False),
        ("https://a b", False),
        ("https://a.example/\nb", False),
        ("data:text/html,x", False),
        ("http://[bad", False),
        ("https://a\u2100b.example/", False),
        ("https://a.example:port/", False),
        ("https://a.example:99999/", False),
        ("https:///path", False),
        ("https:path", False),
        ("", False),
    ],
)
def test_only_web_addresses_link(address: str, links: bool) -> None:
    assert is_web_address(address) is links


def test_hosts() -> None:
    assert host_of("https://WWW.State.gov:443/x") == "www.state.gov"
    assert host_of("http://[bad") == host_of(None) == ""
    assert read_address("https://a.example/2023/") is not None


def test_what_cannot_be_joined_is_none() -> None:
    assert join_address("https://a.example/b/", "../c") == "https://a.example/c"
    assert join_address("https://a.example/b/", "//[bad") is None
