"""Pages saved in one file, and what the programs that save pages write into them."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Capture
from annotator.domain.structure import BlockKind
from tests.importers.captures import PICTURE, WALL, mhtml, page
from tests.importers.conftest import Read


def saved(address: str, basis: str, at: str) -> Capture:
    return Capture(address=address, address_basis=basis, retrieved_at=at, retrieved_basis=basis if at else "")


def test_address_and_time_are_those_of_the_headers(read: Read) -> None:
    imported = read(mhtml(page("Words"), ("https://ledger.example/a.png", "image/png", PICTURE)), "a.mhtml")
    assert (imported.text, imported.capture) == ("Words", saved(WALL, "MHTML", "2025-05-14T08:30:00Z"))


def test_frames_stand_where_they_were_shown(read: Read) -> None:
    root = (
        b"<html><body><article><p>Before</p><iframe src='cid:frame-post@mhtml.blink'></iframe><p>Between</p>"
        b'<iframe class=x src="cid:frame-ad@mhtml.blink"></iframe><p>Behind</p></article></body></html>'
    )
    imported = read(
        mhtml(
            root,
            ("frame-ad@mhtml.blink", "text/html", b"<html><body><p>Buy this</p></body></html>"),
            ("frame-post@mhtml.blink", "text/html", b"<html><body><p>A post <b>about</b> the wall</p></body></html>"),
        ),
        "a.mhtml",
    )
    assert imported.text.split("\n") == ["Before", "A post about the wall", "Between", "Buy this", "Behind"]
    kinds = [(block.kind, block.article) for block in imported.structure.blocks]
    assert kinds[1][0] is BlockKind.QUOTATION
    assert kinds[3] == (BlockKind.PARAGRAPH, False)


def test_a_frame_that_shows_itself_ends(read: Read) -> None:
    frame = b"<html><body><p>Again</p><iframe src='cid:frame-1@mhtml.blink'></iframe></body></html>"
    imported = read(mhtml(frame, ("frame-1@mhtml.blink", "text/html", frame)), "a.mhtml")
    assert imported.text.count("Again") == 5


def test_a_file_of_pieces_only_is_refused(read: Read) -> None:
    data = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx"
    with pytest.raises(ImportFailedError, match="only pieces of one"):
        read(data, "a.mhtml")


@pytest.mark.parametrize(
    ("markup", "capture"),
    [
        (
            f"""<!DOCTYPE html> <html><!--
 Page saved with SingleFile
 url: {WALL}
 saved date: Tue Jan 16 2024 10:00:00 GMT+0100 (Central European Standard Time)
-->""",
            saved(WALL, "SingleFile", "2024-01-16T09:00:00Z"),
        ),
        (f"<!-- saved from url=(0032){WALL} -->\n<html>", saved(WALL, "saved from url", "")),
        (
            f"<!DOCTYPE html><!-- Saved from {WALL} at 2024-01-16T09:00:00Z using monolith v2.8.1 --><html>",
            saved(WALL, "monolith", "2024-01-16T09:00:00Z"),
        ),
        (
            """<html>
<!-- Mirrored from ledger.example/2025/wall by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 16 Jan 2024 09:00:00 GMT -->""",
            saved("http://ledger.example/2025/wall", "HTTrack", "2024-01-16T09:00:00Z"),
        ),
        (
            f'<html data-scrapbook-source="{WALL}" data-scrapbook-create="20240116090000123">',
            saved(WALL, "WebScrapBook", "2024-01-16T09:00:00Z"),
        ),
        (
            f"""<html><meta name="savepage-url" content="{WALL}">
<meta name="savepage-date" content="Tue Jan 16 2024 10:00:00 GMT+0100 (CET)">""",
            saved(WALL, "Save Page WE", "2024-01-16T09:00:00Z"),
        ),
        ("<html><!-- saved from url=(0014)about:internet -->", None),
        ("<html><!-- Page saved with SingleFile url: javascript:alert(1) -->", None),
    ],
    ids=["singlefile", "browser", "monolith", "httrack", "scrapbook", "savepage", "nowhere", "script"],
)
def test_what_the_saving_program_wrote_is_read(read: Read, markup: str, capture: Capture | None) -> None:
    assert read(f"{markup}<body><p>Words</p></body></html>".encode(), "a.html").capture == capture


def test_a_saved_copy_of_a_web_archive_is_told(read: Read) -> None:
    copy = f"https://web.archive.org/web/20230405060708/{WALL}"
    capture = read(f"<html><!--\n Page saved with SingleFile \n url: {copy} \n--><p>Words".encode(), "a.html").capture
    assert capture is not None
    assert (capture.address, capture.archived_url, capture.retrieved_at) == (WALL, copy, "2023-04-05T06:07:08Z")
