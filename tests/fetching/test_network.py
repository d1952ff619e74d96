"""Which computers are public, and which addresses are web addresses."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.fetching.network import is_public
from annotator.fetching.target import target_of


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822", "2002:5db8:d822::1"],
)
def test_public_ones(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3",  # noqa: S104 nothing is bound to it
        "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.1.1",
        "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8", "fe80::1", "fe80::1%eth0",
        "2606:2800::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "2001:10::1", "3fff::1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2002:c0a8:1::1", "100::1", "4000::1",
        "2001:0:7f00:1::1", "localhost", "", "1.2.3", "0x7f.1",
    ],
)  # fmt: skip
def test_all_others(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (" https://Ledger.Example ", "https://ledger.example/"),
        ("https://ledger.example:443/a?b=c#d", "https://ledger.example/a?b=c"),
        ("http://ledger.example:8080/ä b".replace(" ", "%20"), "http://ledger.example:8080/%C3%A4%20b"),
        ("https://straße.example/?q=€", "https://xn--strae-oqa.example/?q=%E2%82%AC"),
        ("http://[2606:2800::1]:8080/a%2Fb", "http://[2606:2800::1]:8080/a%2Fb"),
        ("https://ledger.example?a=b", "https://ledger.example/?a=b"),
    ],
)
def test_addresses_are_put_as_they_go_over_the_line(typed: str, asked: str) -> None:
    assert target_of(typed).address == asked


@pytest.mark.parametrize(
    "typed",
    [
        "", "ledger.example", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://a.example/", "http://",
        "http://:80/", "http://a b.example/", "http://a.example/\r\nHost: b", "http://a.example:99999/", "http://a.example:22/",
        "http://-/", "//a.example",
        "http://me@a.example/", "http://[::1/", "http://a..b\u202e.example/", f"http://a.example/{'x' * 5000}",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    with pytest.raises(ImportFailedError):
        target_of(typed)
