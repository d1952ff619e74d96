"""Messages: their headers, their words, what is quoted in them, and what is attached."""

from __future__ import annotations

import base64

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.structure import BlockKind
from annotator.importers.registry import ReadOptions, importer_for
from tests.importers.captures import PICTURE, WALL, message
from tests.importers.conftest import Read

HEADERS = [
    "The wall",
    "From: Lena Marsh <lena@ledger.example>",
    "To: desk@ledger.example",
    "Date: Wed, 14 May 2025 23:30:00 +0200",
]


def test_headers_stand_before_the_words(read: Read) -> None:
    imported = read(message("First line\nof two\n\nSecond").as_bytes(), "a.eml")
    assert imported.text.split("\n") == [*HEADERS, "First line", "of two", "Second"]
    kinds = [block.kind for block in imported.structure.blocks]
    assert kinds == [BlockKind.TITLE, *[BlockKind.BYLINE] * 3, *[BlockKind.PARAGRAPH] * 2]
    hints = imported.suggestions
    assert hints.title is not None
    assert hints.date is not None
    assert (hints.title.value, hints.date.value, [one.value for one in hints.authors]) == (
        "The wall",
        "2025-05-14",
        ["Lena Marsh"],
    )


def test_quoted_lines_become_quotations(read: Read) -> None:
    imported = read(message("I agree.\n\n> They said\n> so.\n> > And we too.\n\nRegards").as_bytes(), "a.eml")
    blocks = [(block.kind, imported.text[block.start : block.end]) for block in imported.structure.blocks[4:]]
    assert blocks == [
        (BlockKind.PARAGRAPH, "I agree."),
        (BlockKind.QUOTATION, "They said\nso."),
        (BlockKind.QUOTATION, "And we too."),
        (BlockKind.PARAGRAPH, "Regards"),
    ]


def test_flowed_lines_are_joined(read: Read) -> None:
    flowed = message("A line that \ngoes on.\n\n> Quoted words \n> go on too.\n-- \nLena\n")
    flowed.set_param("format", "flowed")
    assert read(flowed.as_bytes(), "a.eml").text.split("\n")[4:] == [
        "A line that goes on.", "Quoted words go on too.", "--", "Lena",
    ]  # fmt: skip


def test_html_is_read_with_its_links_and_quotations(read: Read) -> None:
    html = f'<p>See <a href="{WALL}">the wall</a></p><blockquote type="cite"><p>They said so.</p></blockquote>'
    imported = read(message("See the wall (plain)", html).as_bytes(), "a.eml")
    assert imported.text.split("\n")[4:] == ["See the wall", "They said so."]
    link = imported.structure.inlines[0]
    assert (imported.text[link.start : link.end], link.target) == ("the wall", WALL)
    assert imported.structure.blocks[-1].kind is BlockKind.QUOTATION
    assert all(block.article for block in imported.structure.blocks)


def test_html_without_words_leaves_the_plain_text(read: Read) -> None:
    assert read(message("", "<p></p>").as_bytes(), "a.eml").warnings == ("message-without-words",)
    assert read(message("Words", " ").as_bytes(), "a.eml").text.endswith("\nWords")


def test_what_is_attached_is_named_and_not_read(read: Read) -> None:
    letter = message("Words", "<p>Words <img src='cid:logo'></p>")
    letter.get_payload()[1].add_related(PICTURE, "image", "png", cid="<logo>")  # type: ignore[index, union-attr]
    letter.add_attachment(b"SECRET", maintype="application", subtype="pdf", filename="Zwölf.pdf")
    letter.add_attachment("SECRET TOO\n", filename="notes.txt")
    letter.add_attachment(message("SECRET THREE", Subject="Forwarded"))
    imported = read(letter.as_bytes(), "a.eml")
    assert imported.warnings == tuple(
        f"attachment-not-opened:{name}" for name in ("Zwölf.pdf", "notes.txt", "Forwarded")
    )
    assert "SECRET" not in imported.text


@pytest.mark.parametrize(
    "subject",
    ["Zwölf Straßen".encode(), b"=?utf-8?q?Zw=C3=B6lf_Stra=C3=9Fen?=", "Zwölf Straßen".encode("cp1252")],
    ids=["raw", "encoded", "raw-in-windows"],
)
def test_letters_in_headers_are_read(read: Read, subject: bytes) -> None:
    data = message("Words").as_bytes().replace(b"The wall", subject)
    assert read(data, "a.eml").text.startswith("Zwölf Straßen\n")


def test_a_body_in_an_encoding_of_its_own(read: Read) -> None:
    data = (
        b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=koi8-r\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode("Стена".encode("koi8-r"))
    )
    imported = read(data, "a.eml")
    assert (imported.text.split("\n")[-1], imported.encoding) == ("Стена", "koi8-r")
    assert read(data, "a.eml", encoding="windows-1251").text.split("\n")[-1] != "Стена"


def test_encrypted_messages_and_mailboxes_are_refused(read: Read) -> None:
    sealed = message("x").as_bytes().replace(b"text/plain", b"multipart/encrypted")
    two = b"".join(b"From a@b.example Mon Jun 01 10:00:00 2009\n" + message(words).as_bytes() + b"\n" for words in "ab")
    for data, words in ((sealed, "the message is encrypted"), (two, "it is a mailbox of 2 messages")):
        with pytest.raises(ImportFailedError) as caught:
            read(data, "a.eml")
        assert caught.value.data["reason"] == words


def test_parts_within_parts_without_end(read: Read) -> None:
    deep = b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    for number in range(5000):
        deep += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
    many = b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5000
    for data, words in ((deep, "nested more than 40 deep"), (many, "more than 2,000 parts")):
        with pytest.raises(ImportFailedError, match=words):
            read(data, "a.eml")


@pytest.mark.parametrize(
    ("data", "importer"),
    [
        (b"From: a@b.example\nSubject: x\n\nwords", "eml"),
        (b"From a@b.example Mon Jun 01 10:00:00 2009\nFrom: a@b.example\nDate: x\n\nwords", "eml"),
        (b"Subject: a note to myself\n\nwords", "text"),
        (b"Note: one\nAnother: two\n\nwords", "text"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "mhtml"),
        (b"To: a@b.example\nFrom: b@c.example\nContent-Type: multipart/related; boundary=x\n\n", "eml"),
    ],
)
def test_messages_are_told_from_notes(data: bytes, importer: str) -> None:
    assert importer_for(data, ReadOptions(name="x")).name == importer
