"""E-books: chapters in reading order as one text; contents are no part of the article; locked ones say so."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Suggestion
from annotator.domain.structure import BlockKind
from tests.importers.blocks import asides, cells, kinds, marks
from tests.importers.conftest import Read
from tests.importers.epubs import CONTAINER, epub, page, parts_of
from tests.importers.zips import MEBIBYTE, bomb, zipped

_LOCK = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
    '<e:EncryptedData><e:EncryptionMethod Algorithm="{}"/><e:CipherData><e:CipherReference URI="{}"/></e:CipherData>'
    "</e:EncryptedData></encryption>"
)


def test_chapters_come_in_the_order_of_the_spine_and_contents_stand_apart(read: Read) -> None:
    made = read(
        epub(
            {
                "c.xhtml": page("<p>Third</p>"),
                "a.xhtml": page('<nav epub:type="toc"><ol><li><a href="b.xhtml">Second</a></li></ol></nav>'),
                "b.xhtml": page("<h1>Second</h1><nav><p>Go on</p></nav><p>Words</p>"),
                "unread.xhtml": page("<p>Unread</p>"),
            },
            spine=["a.xhtml", "b.xhtml", "c.xhtml", "b.xhtml", "missing.xhtml"],
            contents="a.xhtml",
        ),
        "a.epub",
    )
    assert made.text == "Second\nSecond\nGo on\nWords\nThird"
    assert asides(made) == [("navigation", "Second"), ("navigation", "Go on")]


def test_structure_marks_and_notes(read: Read) -> None:
    body = (
        '<p>One <b>strong</b> <a href="https://a.example">out</a> <a href="#n">in</a><br/>line</p><blockquote><p>Said</p>'
        '</blockquote><ol type="a"><li>x</li></ol><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>'
        '<figure><img src="x.png" alt="A wall of bricks"/><figcaption>The wall</figcaption></figure>'
        '<aside epub:type="footnote" id="n"><p>Below</p></aside><p><img alt="O" src="o.png"/>nce</p>'
    )
    made = read(epub({"a.xhtml": page(body)}), "a.epub")
    assert made.text == ("One strong out in\nline\nSaid\nx\na\tb\n1\t2\nA wall of bricks\nThe wall\nBelow\nOnce")
    assert marks(made) == [("strong", "strong", ""), ("link", "out", "https://a.example")]
    assert [kind for kind, *_ in kinds(made)] == [
        "paragraph", "quotation", "list_item", *["table_cell"] * 4, "caption", "footnote", "paragraph",
    ]  # fmt: skip
    assert kinds(made)[2] == ("list_item", 1, "a.", "x")
    assert cells(made)[3] == (1, 1, "2")
    assert asides(made) == [("picture", "A wall of bricks")]
    assert made.structure.blocks[7].kind is BlockKind.CAPTION


def test_it_says_who_made_it_without_translators_and_other_dates(read: Read) -> None:
    metadata = (
        '<dc:title>The wall</dc:title><dc:creator opf:role="aut">Lena Marsh</dc:creator>'
        '<dc:creator opf:role="trl">T. Other</dc:creator><dc:creator id="x">Ill Ustrator</dc:creator>'
        '<meta refines="#x" property="role">ill</meta><dc:publisher>The Ledger</dc:publisher><dc:language>en-GB</dc:language>'
        '<dc:date opf:event="modification">2026-01-01</dc:date><dc:date opf:event="publication">2025-05</dc:date>'
    )
    about = read(epub({"a.xhtml": page("<p>x</p>")}, metadata=metadata), "a.epub").suggestions
    assert about.title == Suggestion(value="The wall", basis="epub title")
    assert about.authors == (Suggestion(value="Lena Marsh", basis="epub creator"),)
    assert about.publisher == Suggestion(value="The Ledger", basis="epub publisher")
    assert about.date == Suggestion(value="2025-05", basis="epub date")
    assert about.language == Suggestion(value="en-GB", basis="epub language")


def test_masked_fonts_lock_nothing(read: Read) -> None:
    lock = _LOCK.format("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")
    made = read(epub({"a.xhtml": page("<p>Words</p>")}, more={"META-INF/encryption.xml": lock}), "a.epub")
    assert made.text == "Words"


def test_a_chapter_that_is_no_xml_is_read_as_browsers_would(read: Read) -> None:
    assert read(epub({"a.xhtml": "<html><body><p>One<p>Two<br>three</body>"}), "a.epub").text == "One\nTwo\nthree"
    assert read(epub({"a.xhtml": "<html><body><p«a>One</p«a>"}), "a.epub").text == "One"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (epub({"a.xhtml": page("")}), "the book holds no text; its pages may be pictures"),
        (epub({}), "the book names no chapters"),
        (epub({"a.xhtml": ""}, spine=["cover.svg"]), "the book holds no text; its pages may be pictures"),
        (zipped({"META-INF/container.xml": CONTAINER}), "the book's description of itself is missing"),
        (
            epub(
                {"a.xhtml": page("<p>x</p>")},
                more={
                    "META-INF/encryption.xml": _LOCK.format(
                        "http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/a.xhtml"
                    )
                },
            ),
            "the book is locked by its seller",
        ),
        (
            bomb(
                "OEBPS/b.xhtml", 64 * MEBIBYTE, parts_of({"a.xhtml": "<p/>", "b.xhtml": ""}), around=(b"<p>", b"</p>")
            ),
            "its part “OEBPS/b.xhtml” would unpack to more than 200 times its size",
        ),
        (
            bomb(
                "OEBPS/b.xhtml", 2000 * MEBIBYTE, parts_of({"a.xhtml": "<p/>", "b.xhtml": ""}), around=(b"<p>", b"</p>")
            ),
            "the chapters of the book unpack to more than 128 MB",
        ),
        (
            epub({"a.xhtml": page("<div>" * 250 + "</div>" * 250)}),
            "the elements of its part “OEBPS/a.xhtml” are nested more than 200 deep",
        ),
        (
            epub({"a.xhtml": '<!DOCTYPE html [<!ENTITY a "b">]><html><body>&a;</body></html>'}),
            "its part “OEBPS/a.xhtml” declares abbreviations of its own",
        ),
    ],
    ids=["empty", "none", "pictures", "bare", "locked", "bomb", "sum", "deep", "entities"],
)
def test_what_cannot_be_read_is_said_in_a_sentence(read: Read, data: bytes, reason: str) -> None:
    with pytest.raises(ImportFailedError) as caught:
        read(data, "a.epub")
    assert caught.value.data["reason"] == reason
