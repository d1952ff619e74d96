"""Plain text: encodings, blocks, offsets."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.text import Utf16Map, is_grapheme_boundary
from tests.importers.conftest import Read

RUSSIAN = "Совет потратил четыре миллиона на стену, которая должна была стоить два. " * 20
JAPANESE = "監査役は五月に、この壁には四百十万がかかったと述べた。"


@pytest.mark.parametrize(
    ("text", "written_in", "found"),
    [
        ("naïve café", "utf-8", "utf-8"),
        ("naïve café", "utf-8-sig", "utf-8"),
        ("naïve café", "utf-16", "utf-16-le"),
        ("plain words without a mark", "utf-16-be", "utf-16-be"),
        ("naïve café", "utf-32", "utf-32-le"),
        (JAPANESE, "iso2022_jp", "iso2022_jp"),
        ("한국어 신문 기사", "iso2022_kr", "iso2022_kr"),
        ("only ascii", "ascii", "utf-8"),
    ],
)
def test_encodings_that_can_be_known(read: Read, text: str, written_in: str, found: str) -> None:
    imported = read(text.encode(written_in), "a.txt")
    assert (imported.text, imported.encoding, imported.warnings) == (text, found, ())


def test_a_guess_is_told(read: Read) -> None:
    imported = read(RUSSIAN.encode("windows-1251"), "a.txt")
    assert imported.text == RUSSIAN
    assert imported.encoding == "cp1251"
    assert imported.warnings == ("encoding-guessed:cp1251",)


def test_an_encoding_can_be_chosen(read: Read) -> None:
    data = "Größe".encode("cp1252")
    assert read(data, "a.txt", encoding="windows-1252").text == "Größe"
    assert read(data, "a.txt", encoding="cp437").text == "Gr÷ße".replace("ß", "▀")
    with pytest.raises(ImportFailedError, match=r"not in the encoding utf-8: byte 3 does not fit"):
        read(data, "a.txt", encoding="utf-8")
    with pytest.raises(ImportFailedError, match="no encoding called 'klingon'"):
        read(data, "a.txt", encoding="klingon")
    with pytest.raises(ImportFailedError, match="no encoding called 'zip'"):
        read(data, "a.txt", encoding="zip")


def test_a_few_damaged_bytes_do_not_spoil_the_rest(read: Read) -> None:
    imported = read("naïve café, ".encode() * 20 + b"l\xf6st nam\xe9s", "a.txt")
    assert imported.text.endswith("naïve café, l\ufffdst nam\ufffds")
    assert imported.warnings == ("undecodable-bytes:2",)


def test_line_ends_and_nul_become_canonical(read: Read) -> None:
    text = "one\r\ntwo\rthree\n" + "x" * 200 + "\x00"
    assert read(text.encode(), "a.txt").text == "one\ntwo\nthree\n" + "x" * 200 + "\ufffd"


@pytest.mark.parametrize("passage", ["👩‍👩‍👧 family", "e\u0301te\u0301", "שָׁלוֹם", "第二"])
def test_offsets_count_code_points(read: Read, passage: str) -> None:
    text = f"Before 😀\r\n\r\nthe {passage} after"
    imported = read(text.encode(), "a.txt")
    start = imported.text.index(passage)
    assert start == len("Before 😀\n\nthe ")
    assert is_grapheme_boundary(imported.text, start)
    block = imported.structure.block_at(start)
    assert block is not None
    assert imported.text[block.start : block.end] == f"the {passage} after"
    assert Utf16Map(imported.text).to_utf16(start) == start + 1


def test_lines_wrapped_by_hand_are_one_block_and_long_lines_one_each(read: Read) -> None:
    long = "A paragraph that nobody has wrapped, so that it goes on and on and on. " * 3
    imported = read(f"wrapped\nby hand\n\n{long}\n{long}\n \nlast".encode(), "a.txt")
    blocks = [imported.text[block.start : block.end] for block in imported.structure.blocks]
    assert blocks == ["wrapped\nby hand", long, long, "last"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Is it justified?\n\nText.", "Is it justified?"),
        ("A whole sentence.\n\nText.", None),
        ("Only this", None),
        ("x" * 151 + "\n\nText.", None),
    ],
)
def test_a_short_first_line_is_suggested_as_the_title(read: Read, text: str, title: str | None) -> None:
    suggestion = read(text.encode(), "a.txt").suggestions.title
    assert (suggestion.value if suggestion else None) == title


def test_a_long_text_is_guessed_by_a_sample_and_read_whole(read: Read) -> None:
    text = (RUSSIAN + "\n") * 300
    assert read(text.encode("windows-1251"), "a.txt").text == text
