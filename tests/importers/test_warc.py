"""Web archives: which of their records are pages, what is known of each, and what no archive may do."""

from __future__ import annotations

import gzip
import zlib

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Capture
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.confined.wire import Limits
from annotator.importers.registry import ReadOptions
from tests.importers.captures import PICTURE, WALL, Wacz, answer, packed, page, record, request
from tests.importers.conftest import Read

OTHER = "https://ledger.example/2025/firm"


def reason(read: Read, data: bytes, name: str = "a.warc.gz") -> str:
    with pytest.raises(ImportFailedError) as caught:
        read(data, name)
    return str(caught.value.data["reason"])


def texts(worker: ImportWorker, data: bytes, name: str = "a.warc.gz") -> list[str]:
    first = worker.read(data, ReadOptions(name=name))
    parts = [worker.read(data, ReadOptions(name=name, part=part)) for part in first.parts]
    assert not parts or first.text == next(one.text for one in parts if one.part == first.part)
    return [one.text for one in parts] or [first.text]


def test_what_the_server_answered_is_known(read: Read) -> None:
    imported = read(packed(answer(WALL, page("Words"), headers=["X-A: 1", "X-A: 2"])), "a.warc.gz")
    assert imported.capture == Capture(
        address=WALL,
        address_basis="WARC",
        retrieved_at="2025-05-14T08:30:00Z",
        retrieved_basis="WARC",
        http_status=200,
        http_headers={"content-type": "text/html; charset=utf-8", "x-a": "1, 2"},
    )
    assert (imported.text, imported.media_type, imported.part, imported.parts) == ("Words", "text/html", "", ())


def test_a_copy_in_a_web_archive_is_told_from_the_page_itself(read: Read) -> None:
    copy = f"https://web.archive.org/web/20240102030405id_/{WALL}"
    capture = read(packed(answer(copy, page("Words"))), "a.warc.gz").capture
    assert capture is not None
    assert (capture.address, capture.archived_url) == (WALL, copy)
    assert (capture.retrieved_at, capture.retrieved_basis) == ("2024-01-02T03:04:05Z", "archive address")


def test_links_are_relative_to_where_the_page_stood(read: Read) -> None:
    imported = read(packed(answer(WALL, b"<html><p>See <a href='firm'>the firm</a>")), "a.warc.gz")
    assert [one.target for one in imported.structure.inlines] == [OTHER]


@pytest.mark.parametrize(
    "pack", [packed, lambda *records: gzip.compress(b"".join(records)), lambda *records: b"".join(records)]
)
def test_each_page_comes_in_by_its_key(worker: ImportWorker, pack: object) -> None:
    assert callable(pack)
    data = pack(
        record("warcinfo", "", b"software: test\r\n", type_="application/warc-fields"),
        answer(WALL, page("The first")),
        answer("https://ledger.example/a.css", b"p { }", type_="text/css"),
        answer(OTHER, page("The second")),
        answer("https://ledger.example/a.png", PICTURE, type_="image/png"),
        record("resource", f"{OTHER}/3", page("The third"), type_="text/html"),
    )
    assert texts(worker, data) == ["The first", "The second", "The third"]


def test_a_page_that_cannot_be_read_keeps_none_of_the_others_out(worker: ImportWorker) -> None:
    data = packed(answer(OTHER, b"<html><script>words()</script></html>"), answer(WALL, page("The second")))
    first = worker.read(data, ReadOptions(name="a.warc.gz"))
    assert (first.text, first.part, len(first.parts)) == ("The second", first.parts[1], 2)


def test_frames_moved_answers_failures_and_repeats_are_no_pages(worker: ImportWorker) -> None:
    frame = "https://ads.example/frame"
    data = packed(
        answer(f"{WALL}?old", page("Moved"), status="301 Moved"),
        answer(WALL, page("The page"), WARC_Payload_Digest="x:1"),
        request(frame, "Sec-Fetch-Dest: iframe"),
        answer(frame, page("An advertisement")),
        request(f"{WALL}/more", "X-Requested-With: XMLHttpRequest"),
        answer(f"{WALL}/more", b"<html><p>a piece</p>"),
        answer(f"{WALL}/gone", page("Not found"), status="404 Not Found"),
        record("resource", "urn:text:x", b"words", type_="text/plain"),
        answer("https://ledger.example/robots.txt", b"User-agent: *", type_="text/plain"),
        answer(WALL, page("The page"), WARC_Payload_Digest="x:1"),
    )
    assert texts(worker, data) == ["The page"]


def test_what_a_server_said_in_place_of_a_page_is_named(read: Read) -> None:
    imported = read(packed(answer(WALL, page("We lost it"), status="404 Not Found")), "a.warc.gz")
    assert (imported.text, imported.warnings[0]) == ("We lost it", "http-status:404")


def test_webrecorders_own_list_of_pages_is_followed(worker: ImportWorker) -> None:
    listed = b'json-metadata: {"type": "recording", "pages": [{"url": "%s"}]}\r\n' % OTHER.encode()
    data = packed(
        record("warcinfo", "", listed, type_="application/warc-fields"),
        answer(WALL, page("A piece")),
        answer(OTHER, page("The page")),
    )
    assert texts(worker, data) == ["The page"]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (["Transfer-Encoding: chunked"], b"%x\r\n%s\r\n0\r\n\r\n" % (len(page("Words")), page("Words"))),
        (["Content-Encoding: gzip"], gzip.compress(page("Words"))),
        (["Content-Encoding: deflate"], zlib.compress(page("Words"))),
        (["Content-Encoding: deflate"], zlib.compress(page("Words"))[2:-4]),
        (["Transfer-Encoding: chunked", "Content-Encoding: gzip"], page("Words")),
    ],
    ids=["chunked", "gzip", "zlib", "deflate", "unpacked-by-the-archive"],
)
def test_packed_bodies_are_unpacked(read: Read, headers: list[str], body: bytes) -> None:
    assert read(packed(answer(WALL, body, headers=headers)), "a.warc.gz").text == "Words"


def test_the_servers_encoding_goes_before_the_pages(read: Read) -> None:
    body = "<html><meta charset=windows-1251><p>Стена</p>".encode("koi8-r")
    imported = read(packed(answer(WALL, body, type_="text/html; charset=koi8-r")), "a.warc.gz")
    assert (imported.text, imported.encoding) == ("Стена", "koi8-r")


def test_an_altered_record_is_told(read: Read) -> None:
    whole = answer(WALL, page("It cost 4.1 million"))
    assert (
        read(whole, "a.warc").warnings == ("article-not-found",)
        or "archive-digest-differs" not in read(whole, "a.warc").warnings
    )
    assert "archive-digest-differs" in read(whole.replace(b"4.1", b"9.9"), "a.warc").warnings


def test_an_archive_that_was_cut_short_gives_what_it_has(read: Read) -> None:
    data = packed(answer(WALL, page("Whole")), answer(OTHER, page("Cut")))
    imported = read(data[:-60], "a.warc.gz")
    assert (imported.text, "archive-cut-short" in imported.warnings) == ("Whole", True)


def test_what_is_no_page_is_said(read: Read) -> None:
    pictures = packed(answer(WALL, PICTURE, type_="image/png"))
    assert reason(read, pictures) == "the archive holds no page: only image/png"
    assert reason(read, b"WARC/1.0\r\n\r\n", "a.warc").startswith("the archive ")
    assert "no page called" in reason_of_part(read, pictures, "99")
    assert "cannot be found" in reason_of_part(read, pictures, "99999+0")


def reason_of_part(read: Read, data: bytes, part: str) -> str:
    with pytest.raises(ImportFailedError) as caught:
        read(data, "a.warc.gz", part=part)
    return str(caught.value.data["reason"])


def test_pages_that_unpack_to_too_much_are_refused(worker: ImportWorker) -> None:
    bomb = gzip.compress(bytes(80 << 20))
    for data in (
        packed(answer(WALL, bomb, headers=["Content-Encoding: gzip"])),
        packed(answer(WALL, bytes(80 << 20))),
    ):
        assert len(data) < 200_000
        with pytest.raises(ImportFailedError) as caught:
            worker.read(data, ReadOptions(name="a.warc.gz"), limits=Limits(memory=400 << 20))
        assert "64 MB" in str(caught.value)


def test_a_wacz_names_its_pages_and_states_digests(worker: ImportWorker) -> None:
    first = packed(answer(WALL, page("The wall")), answer("https://ads.example/frame", page("An advertisement")))
    second = packed(answer(OTHER, page("The firm")))
    for older in (False, True):
        wacz = Wacz({"a.warc.gz": first, "b.warc.gz": second}, pages=[WALL, OTHER], older=older)
        assert texts(worker, wacz.file(), "a.wacz") == ["The wall", "The firm"]


@pytest.mark.parametrize("part", ["archive/a.warc.gz", "pages/pages.jsonl", "datapackage.json"])
def test_an_altered_part_of_a_wacz_is_refused(read: Read, part: str) -> None:
    digest = "0" * 64 if part != "datapackage.json" else f"sha256:{'0' * 64}"
    wacz = Wacz({"a.warc.gz": packed(answer(WALL, page("The wall")))}, pages=[WALL], stated={part: digest})
    assert (
        reason(read, wacz.file(), "a.wacz")
        == f"its part “{part}” is not what its list of digests says: it was altered or damaged"
    )


def test_a_wacz_without_digests_says_so(read: Read) -> None:
    wacz = Wacz({"a.warc.gz": packed(answer(WALL, page("The wall")))}, without_digests=True)
    assert "archive-digests-missing" in read(wacz.file(), "a.wacz").warnings
