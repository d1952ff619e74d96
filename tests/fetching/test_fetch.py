"""Fetching one page: what goes over the line, what is kept of it, and what hostile servers get."""

from __future__ import annotations

import gzip
import io
import itertools
import time
from collections.abc import Callable, Iterator

import pytest
from fastwarc.warc import ArchiveIterator

from annotator.domain.errors import CancelledError, ImportFailedError
from annotator.fetching import network as networks
from annotator.fetching.fetch import Fetched, fetch
from annotator.fetching.line import FetchLimits
from annotator.fetching.network import Network
from tests.fetching.servers import HOST, Answers, Server, leading_on, page, reached, serving

PAGE = b"<html><p>Words</p><img src=/a.png><script src=/a.js></script><link rel=stylesheet href=/a.css></html>"
QUICK = FetchLimits(seconds=0.6, connect=0.4, silence=0.3, size=1 << 20)

Serve = Callable[..., Server]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Return what starts a server that may be asked in this test, and nothing else on this computer."""
    running = []

    def start(answers: Answers, *, tls: bool = False, network: Callable[[Server], Network] = reached) -> Server:
        context = serving(answers, tls=tls)
        server = context.__enter__()
        running.append(context)
        monkeypatch.setattr(networks, "NETWORK", network(server))
        return server

    yield start
    for context in running:
        context.__exit__(None, None, None)


def refusal(address: str, limits: FetchLimits | None = None) -> str:
    with pytest.raises(ImportFailedError) as caught:
        fetch(address, limits=limits)
    return str(caught.value.data["reason"])


def records(fetched: Fetched) -> list[tuple[str, str, bytes]]:
    found = []
    for record in ArchiveIterator(io.BytesIO(fetched.warc), parse_http=False):
        assert record.verify_block_digest()
        found.append(
            (record.headers.get("WARC-Type"), record.headers.get("WARC-Target-URI") or "", record.reader.read())
        )
    return found  # type: ignore[return-value]


def test_question_and_answer_are_kept_as_they_went_over_the_line(serve: Serve) -> None:
    answer = page(PAGE, "X-Case: Kept", "Set-Cookie: a=b")
    server = serve(lambda _path: answer)
    fetched = fetch(server.url("/2025/wall?a=ü#part"))
    address = server.url("/2025/wall?a=%C3%BC")
    assert (fetched.address, fetched.name) == (address, f"{HOST}-2025-wall-a-C3-BC.warc.gz")
    (about, response, request) = records(fetched)
    assert (about[0], b"software: Annotator " in about[2]) == ("warcinfo", True)
    assert response == ("response", address, answer)
    assert request == ("request", address, server.asked[0])
    assert fetched.warc.startswith(b"\x1f\x8b")
    assert gzip.decompress(fetched.warc).startswith(b"WARC/1.1\r\n")


def test_one_page_is_asked_for_and_nothing_that_it_names(serve: Serve) -> None:
    server = serve(lambda _path: page(PAGE))
    fetch(server.url())
    assert len(server.asked) == 1
    asked = server.asked[0].lower()
    assert asked.startswith(b"get / http/1.1\r\nhost: ledger.example:")
    for told in (b"cookie", b"referer", b"authorization", b"accept-language", b"origin"):
        assert told not in asked


def test_each_step_is_kept_and_no_cookie_goes_with_it(serve: Serve) -> None:
    server = serve(
        lambda path: (
            page(PAGE) if path == "/new" else leading_on("/new").replace(b"Location", b"Set-Cookie: a=b\r\nLocation")
        )
    )
    fetched = fetch(server.url("/old"))
    assert fetched.address == server.url("/new")
    assert [(kind, address) for kind, address, _ in records(fetched)[1:]] == [
        ("response", server.url("/old")), ("request", server.url("/old")),
        ("response", server.url("/new")), ("request", server.url("/new")),
    ]  # fmt: skip
    assert b"cookie" not in server.asked[1].lower()


def test_a_proxy_of_the_surroundings_is_not_used(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server = serve(lambda _path: page(PAGE))
    assert PAGE in records(fetch(server.url()))[1][2]


def test_what_a_server_says_ahead_and_behind_is_no_part_of_the_answer(serve: Serve) -> None:
    answer = page(PAGE)
    server = serve(
        lambda _path: b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + answer + b"HTTP/1.1 200 OK\r\n\r\nmore"
    )
    assert records(fetch(server.url()))[1][2] == answer


def test_chunks_are_kept_as_they_came(serve: Serve) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = head + b"5\r\n<p>W \r\n4\r\nords\r\n0\r\n\r\n"
    server = serve(lambda _path: iter([answer[:90], answer[90:]]))
    assert records(fetch(server.url()))[1][2] == answer


def test_progress_tells_bytes(serve: Serve) -> None:
    server = serve(lambda _path: page(PAGE))
    told: list[tuple[int, int]] = []
    fetch(server.url(), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(page(PAGE)), len(PAGE))


def test_a_safe_connection_needs_a_certificate_for_this_name(serve: Serve) -> None:
    server = serve(lambda _path: page(PAGE), tls=True)
    assert PAGE in records(fetch(server.url(scheme="https")))[1][2]
    serve(lambda _path: page(PAGE), tls=True, network=lambda _new: reached(server, {"other.example": ["127.0.0.1"]}))
    assert "is not safe" in refusal(f"https://other.example:{server.port}/")
    trusting = reached(server)
    serve(lambda _path: page(PAGE), network=lambda _new: Network(resolve=trusting.resolve, servers=trusting.servers))
    assert "is not safe" in refusal(server.url(scheme="https"))


def endless(_path: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    yield from itertools.repeat(bytes(1 << 16))


def dripping(_path: str) -> Iterator[bytes | float]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    for _ in range(200):
        yield 0.02
        yield b"x"


def silent(_path: str) -> Iterator[bytes | float]:
    yield b"HTTP/1.1 200 OK\r\n"
    yield 5.0


def long_headers(_path: str) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    yield from (b"X-%d: %s\r\n" % (number, b"x" * 1000) for number in range(1000))


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (endless, "it is larger than 1 MB"),
        (dripping, "the server took more than 0.6 seconds in all"),
        (silent, "the server said nothing more for 0.3 seconds"),
        (long_headers, "what the server sent cannot be used: its headers are too long"),
        (
            lambda _path: page(PAGE, length=9999),
            "what the server sent cannot be used: it is cut short, or no proper answer",
        ),
        (
            lambda _path: page(PAGE, length=-5),
            "what the server sent cannot be used: it is cut short, or no proper answer",
        ),
        (
            lambda _path: b"SSH-2.0-OpenSSH\r\n",
            "what the server sent cannot be used: it is cut short, or no proper answer",
        ),
        (lambda _path: b"", "what the server sent cannot be used: it is cut short, or no proper answer"),
        (lambda _path: leading_on("/again"), "it leads on to other addresses more than 10 times"),
        (lambda _path: page(PAGE, status="404 Not Found"), "the server answered 404 (Not Found)"),
        (lambda _path: page(PAGE, status="206 Partial Content"), "the server answered 206 (Partial Content)"),
        (lambda _path: page(PAGE, status="302 Found"), "the server leads on, but does not say where"),
        (
            lambda _path: page(b"\x89PNG").replace(b"text/html", b"image/png"),
            "it is neither a web page nor a PDF or a text (image/png)",
        ),
    ],
)
def test_hostile_servers_get_nothing_and_keep_nobody(serve: Serve, answers: Answers, reason: str) -> None:
    server = serve(answers)
    began = time.monotonic()
    assert refusal(server.url(), QUICK) == reason
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is no computer on the public internet (127.0.0.1)"),
        ("http://127.0.0.1:8080/", "127.0.0.1 is no computer on the public internet (127.0.0.1)"),
        (
            "http://169.254.169.254/latest/meta-data",
            "169.254.169.254 is no computer on the public internet (169.254.169.254)",
        ),
        ("http://[::1]/", "::1 is no computer on the public internet (::1)"),
        ("http://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1 is no computer on the public internet (::ffff:127.0.0.1)"),
        ("//10.0.0.1/x", "10.0.0.1 is no computer on the public internet (10.0.0.1)"),
        ("file:///etc/passwd", "only addresses that begin with http:// or https:// can be fetched"),
        ("ftp://ledger.example/", "only addresses that begin with http:// or https:// can be fetched"),
        ("http://me:secret@ledger.example/", "it has a name or password in it, which would be kept"),
        ("http://ledger.example:25/", "port 25 is no port of web pages"),
    ],
)
def test_no_step_leads_where_the_first_may_not_go(serve: Serve, place: str, reason: str) -> None:
    server = serve(lambda _path: leading_on(place))
    assert reason in refusal(server.url())
    assert len(server.asked) == 1


def test_a_name_is_resolved_once_and_that_very_address_is_asked(serve: Serve) -> None:
    """DNS rebinding: a second look at the name would lead elsewhere, so there is none."""
    looked: list[str] = []

    def rebinding(server: Server) -> Network:
        def resolve(host: str, port: int) -> list[str]:
            del port
            looked.append(host)
            return ["127.0.0.1"] if len(looked) == 1 else ["10.0.0.1"]

        return Network(resolve=resolve, servers=reached(server).servers)

    server = serve(lambda _path: page(PAGE), network=rebinding)
    fetch(server.url())
    assert looked == [HOST]
    assert "(10.0.0.1)" in refusal(server.url())
    assert len(server.asked) == 1


def test_a_name_with_one_closed_address_among_open_ones_is_refused(serve: Serve) -> None:
    names = {"mixed.example": ["127.0.0.1", "192.168.1.1"]}
    server = serve(lambda _path: page(PAGE), network=lambda new: reached(new, names))
    assert "(192.168.1.1)" in refusal(f"http://mixed.example:{server.port}/")
    assert not server.asked


def test_a_name_that_is_none_and_a_computer_that_does_not_answer(serve: Serve) -> None:
    def unknown(_server: Server) -> Network:
        def resolve(host: str, port: int) -> list[str]:
            raise OSError(host, port)

        return Network(resolve=resolve)

    server = serve(lambda _path: page(PAGE))
    server.close()
    assert "cannot be reached" in refusal(server.url())
    serve(lambda _path: page(PAGE), network=unknown)
    assert refusal("https://nowhere.example/") == "no computer is called nowhere.example"


def test_it_stops_when_a_person_stops_it(serve: Serve) -> None:
    server = serve(dripping)
    stop: list[int] = []
    with pytest.raises(CancelledError):
        fetch(server.url(), progress=lambda done, _total: stop.append(done), cancelled=lambda: len(stop) > 1)
    assert len(stop) < 50


def test_the_programs_own_network_reaches_no_computer_of_ours() -> None:
    assert Network() == networks.NETWORK
    assert not networks.NETWORK.servers
    with serving(lambda _path: page(PAGE)) as server:
        assert "no computer on the public internet" in refusal(f"http://127.0.0.1:{server.port}/")
        assert "no computer on the public internet" in refusal(f"http://localhost:{server.port}/")
        assert "no computer on the public internet" in refusal(f"http://2130706433:{server.port}/")
        assert not server.asked
