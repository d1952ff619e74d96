"""PDF: paragraphs made whole, and every character still at its place on paper."""

from __future__ import annotations

import zlib
from hashlib import sha256

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported, Suggestion
from annotator.domain.structure import BlockKind, Box
from annotator.importers.pdf_reading.read import read_pdf
from annotator.importers.registry import ReadOptions
from tests.importers.conftest import Read
from tests.importers.pdfs import WIDTH, Coded, Pdf, at, lines, picture, written

BODY = [
    "The city spent four million on a wall that was to cost two, the auditor",
    "found in May. Nobody could say who had signed the second of the con-",
    "tracts, and the mayor's office answered three questions of eleven.",
]


NAMELESS = (
    "/F9 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype "
    "/CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
)
"""A font that does not say which letters its glyphs are."""


def blocks(imported: Imported) -> list[tuple[str, str]]:
    return [(block.kind.value, imported.text[block.start : block.end]) for block in imported.structure.blocks]


def boxes(imported: Imported, words: str) -> list[Box]:
    start = imported.text.index(words)
    return list(imported.structure.boxes(start, start + len(words)))


def test_lines_become_a_paragraph(read: Read) -> None:
    imported = read(Pdf().page(lines(72, 700, BODY)).bytes(), "a.pdf")
    assert imported.text == " ".join(BODY).replace("con- tracts", "contracts")
    assert imported.structure.pages[0].engine == "pdfminer"


def test_boxes_are_where_the_words_are_printed(read: Read) -> None:
    coded = Coded(list("abc defg"))
    imported = read(Pdf(coded=coded).page(coded.at(72, 700, "abc def", size=20)).bytes(), "a.pdf")
    advance = WIDTH / 1000 * 20 * 100
    (box,) = boxes(imported, "def")
    assert (box.page, box.left, box.right) == (0, 7200 + 4 * advance, 7200 + 7 * advance)
    assert (box.top, box.bottom) == ((792 - 700 - 16) * 100, (792 - 700 + 4) * 100)


def test_a_passage_over_two_lines_has_two_boxes(read: Read) -> None:
    imported = read(Pdf().page(lines(72, 700, BODY)).bytes(), "a.pdf")
    first, second = boxes(imported, "contracts")
    assert second.top > first.top
    assert second.left == 7200
    assert first.right > first.left > second.right


def test_what_joins_lines_is_printed_nowhere(read: Read) -> None:
    imported = read(Pdf().page(lines(72, 700, BODY)).bytes(), "a.pdf")
    joint = imported.text.index("auditor found") + len("auditor")
    assert list(imported.structure.boxes(joint, joint + 1)) == []
    assert imported.structure.block_at(joint) is not None


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the second of the con-", "tracts was signed", "the second of the contracts was signed"),
        ("an agreement that the Anglo-", "American bank had signed", "the Anglo-American bank"),
        ("the years from 2019-", "2020 were the worst of all", "from 2019-2020 were"),
        ("see https://a.example/", "path for all of the numbers", "see https://a.example/path for"),
        ("he did not know – or so", "he said when he was asked", "know – or so he said"),
    ],
)
def test_hyphens_at_line_ends(read: Read, first: str, second: str, joined: str) -> None:
    assert joined in read(Pdf().page(lines(72, 700, [first, second])).bytes(), "a.pdf").text


def test_a_hyphen_that_belongs_to_the_word_stays(read: Read) -> None:
    texts = ["It was a well-known fact in the whole town, and a well-", "known one in the county that lies around it."]
    assert "a well-known one" in read(Pdf().page(lines(72, 700, texts)).bytes(), "a.pdf").text


@pytest.mark.parametrize(
    ("rotate", "place", "left", "top"),
    [(0, (100, 700), 100, 92), (90, (100, 700), 700, 100), (180, (100, 700), 512, 700), (270, (100, 700), 92, 512)],
)
def test_a_turned_page_is_read_as_it_is_seen(
    read: Read, rotate: int, place: tuple[int, int], left: int, top: int
) -> None:
    """The text stands upright on the turned page; its start, ``place`` on the sheet, is seen at ``left``, ``top``."""
    matrices = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}
    content = f"BT /F1 10 Tf {matrices[rotate]} {place[0]} {place[1]} Tm (Turned words) Tj ET"
    imported = read(Pdf().page(content, rotate=rotate).bytes(), "a.pdf")
    page = imported.structure.pages[0]
    assert (page.width, page.height) == ((61200, 79200) if rotate % 180 == 0 else (79200, 61200))
    (box,) = boxes(imported, "Turned")
    assert box.left == pytest.approx(left * 100, abs=30)
    assert box.bottom == pytest.approx(top * 100, abs=300)


def test_what_is_cropped_away_is_not_seen_and_moves_the_rest(read: Read) -> None:
    content = at(100, 700, "Seen") + at(10, 10, "Cropped")
    imported = read(Pdf().page(content, crop=(50, 60, 512, 742), media=(20, 30, 612, 792)).bytes(), "a.pdf")
    assert imported.text == "Seen"
    assert (imported.structure.pages[0].width, imported.structure.pages[0].height) == (46200, 68200)
    (box,) = boxes(imported, "Seen")
    assert box.left == 5000
    assert box.top < (742 - 700) * 100 < box.bottom


def test_text_along_the_margin_has_a_box_for_each_letter(read: Read) -> None:
    content = lines(72, 700, BODY) + "BT /F1 10 Tf 0 1 -1 0 30 300 Tm (Margin) Tj ET"
    imported = read(Pdf().page(content).bytes(), "a.pdf")
    letters = boxes(imported, "Margin")
    assert len(letters) == len("Margin")
    assert all(2000 < letter.left < letter.right < 3500 for letter in letters)
    assert [letter.bottom for letter in letters] == sorted((letter.bottom for letter in letters), reverse=True)


def test_two_columns_are_read_one_after_the_other(read: Read) -> None:
    left = [f"The left column has its line {number} here," for number in range(12)]
    right = [f"while the right column has line {number} there," for number in range(12)]
    imported = read(Pdf().page(lines(60, 700, left) + lines(320, 700, right)).bytes(), "a.pdf")
    assert imported.text == " ".join([*left, *right])
    assert len(imported.structure.blocks) == 1


def test_a_paragraph_goes_on_over_a_page_with_its_furniture(read: Read) -> None:
    document = Pdf()
    parts = [
        ["Nobody could say who had signed the second"],
        ["of the contracts. The mayor said that she did"],
        ["not know."],
    ]
    for number, part in enumerate(parts, start=41):
        document.page(at(72, 760, "The Ledger, May 2025") + lines(72, 700, part) + at(300, 40, f"- {number} -"))
    imported = read(document.bytes(), "a.pdf")
    body = [imported.text[block.start : block.end] for block in imported.structure.blocks if block.article]
    assert body == [
        "Nobody could say who had signed the second of the contracts. The mayor said that she did not know."
    ]
    labels = [block.label for block in imported.structure.blocks if not block.article]
    assert sorted(labels) == ["page number"] * 3 + ["running head"] * 3
    assert [box.page for box in boxes(imported, "second of the")] == [0, 1]


def test_numbers_that_do_not_count_pages_are_no_page_numbers(read: Read) -> None:
    document = Pdf()
    for number in ("17", "4", "99"):
        document.page(at(72, 700, f"Nothing like {'x' * int(number)}") + at(300, 40, number))
    assert all(block.article for block in read(document.bytes(), "a.pdf").structure.blocks)


def test_headings_captions_notes_and_lists(read: Read) -> None:
    content = (
        at(72, 740, "A report on the wall", size=22) + at(72, 700, "What was found", size=14) + lines(72, 670, BODY)
        + at(72, 620, "Who paid", font="F2") + lines(72, 605, BODY) + lines(72, 540, ["• the city,", "• the state."])
        + at(72, 490, "Figure 1: The wall in April") + at(72, 60, "1 Audit of May 2025, page 3.", size=8)
    )  # fmt: skip
    kinds = [(block.kind, block.level) for block in read(Pdf().page(content).bytes(), "a.pdf").structure.blocks]
    assert kinds == [
        (BlockKind.TITLE, 1), (BlockKind.HEADING, 2), (BlockKind.PARAGRAPH, 0), (BlockKind.HEADING, 3), (BlockKind.PARAGRAPH, 0),
        (BlockKind.LIST_ITEM, 1), (BlockKind.LIST_ITEM, 1), (BlockKind.CAPTION, 0), (BlockKind.FOOTNOTE, 0),
    ]  # fmt: skip


def test_indented_paragraphs_are_told_apart(read: Read) -> None:
    content = at(82, 700, BODY[0]) + lines(72, 688, ["found in May, and nobody could say a word against it at all."])
    content += at(82, 676, "The mayor's office answered three questions of eleven, and so") + at(
        72, 664, "it went on until June."
    )
    found = [text.split()[0] for _, text in blocks(read(Pdf().page(content).bytes(), "a.pdf"))]
    assert found == ["The", "The"]


@pytest.mark.parametrize(
    ("letters", "drawn", "meant"),
    [
        ("שלום עכיגר2305", "םולש", "שלום"),
        ("שלום עכיגר2305", "2305 ריעה", None),
        ("سلام عليكم", "مكيلع مالس", "سلام عليكم"),
        ("שלום abc", "abc םולש", "שלום abc"),
        ("e\u0301", "e\u0301", "e\u0301"),
        ("😀 a", "a😀a", "a😀a"),
    ],
)
def test_scripts(read: Read, letters: str, drawn: str, meant: str | None) -> None:
    coded = Coded(sorted(set(letters + drawn)))
    imported = read(Pdf(coded=coded).page(coded.at(72, 700, list(drawn))).bytes(), "a.pdf")
    assert imported.text == (meant or "העיר 2305")


def test_right_to_left_words_keep_their_boxes(read: Read) -> None:
    coded = Coded(list("שלוםע "))
    imported = read(Pdf(coded=coded).page(coded.at(72, 700, list("םלוע םולש"))).bytes(), "a.pdf")
    assert imported.text == "שלום עולם"
    (first,), (second,) = boxes(imported, "שלום"), boxes(imported, "עולם")
    assert second.right < first.left


def test_a_ligature_is_kept_as_published_and_one_for_several_letters_shared_out(read: Read) -> None:
    coded = Coded(["ﬁ", "ffi", "o", "c", "e", " ", "n"])
    imported = read(
        Pdf(coded=coded).page(coded.at(72, 700, ["ﬁ", "n", "e", " ", "o", "ffi", "c", "e"])).bytes(), "a.pdf"
    )
    assert imported.text == "ﬁne office"
    (box,) = boxes(imported, "ffi")
    assert box.right - box.left == WIDTH
    (letter,) = boxes(imported, "i")
    assert letter.right - letter.left == WIDTH / 3


def test_text_in_forms_is_read(read: Read) -> None:
    form = b"BT /F1 10 Tf 10 10 Td (Words in a form) Tj ET"
    data = written([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length 30 >> stream\nq 1 0 0 1 50 60 cm /X Do Q    \nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources << /Font << /F1 6 0 R >> >> /Length %d >> "
        b"stream\n%s\nendstream"
        % (len(form), form),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ])  # fmt: skip
    imported = read(data, "a.pdf")
    assert imported.text == "Words in a form"
    assert boxes(imported, "Words")[0].left == 6000


def test_letters_printed_twice_to_look_bold_are_read_once(read: Read) -> None:
    content = at(72, 700, "Bold words") + at(72.3, 700, "Bold words")
    assert read(Pdf().page(content).bytes(), "a.pdf").text == "Bold words"


def test_pages_without_text_and_letters_without_meaning_are_told(read: Read) -> None:
    coded = Coded(list("abc"))
    strange = "BT /F3 10 Tf 72 600 Td <010203> Tj /F9 10 Tf <0001> Tj ET"
    imported = read(Pdf(coded=coded, fonts=NAMELESS).page("").page(at(72, 700, "Words") + strange).bytes(), "a.pdf")
    assert imported.warnings == ("page-without-text:1", "undecoded-characters:1")
    assert imported.text == "Words\nabc\ufffd"


def test_a_page_that_cannot_be_read_does_not_spoil_the_others(read: Read) -> None:
    broken = zlib.compress(b"BT /F1 10 Tf 72 700 Td (Half of it) Tj ET" * 50)[:-60]
    document = Pdf().page(at(72, 700, "Words")).page("", filters="/Filter /FlateDecode", raw=broken)
    assert read(document.bytes(), "a.pdf").text.startswith("Words")


def test_suggestions(read: Read) -> None:
    info = {"Title": "A wall", "Author": "R. Stone", "CreationDate": "D:20250514103000Z"}
    found = read(
        Pdf(info=info, catalog="/Lang (en-GB)").page(at(72, 700, "x", size=30) + lines(72, 600, BODY)).bytes(), "a.pdf"
    ).suggestions
    assert found.title == Suggestion(value="A wall", basis="pdf info Title")
    assert found.authors == (Suggestion(value="R. Stone", basis="pdf info Author"),)
    assert found.date == Suggestion(value="2025-05-14", basis="pdf info CreationDate")
    assert found.language == Suggestion(value="en-GB", basis="pdf Lang")


@pytest.mark.parametrize("title", ["", "Microsoft Word - draft3.doc", "untitled", "report.indd"])
def test_a_title_that_is_none_gives_way_to_the_largest_type(read: Read, title: str) -> None:
    data = Pdf(info={"Title": title}).page(at(72, 700, "On walls", size=24) + lines(72, 600, BODY)).bytes()
    assert read(data, "a.pdf").suggestions.title == Suggestion(value="On walls", basis="largest type on page 1")


def test_type_with_letters_that_nobody_knows_is_no_title(read: Read) -> None:
    strange = at(72, 700, "On w", size=24) + "BT /F9 24 Tf 132 700 Td <0001> Tj ET\n" + at(156, 700, "lls", size=24)
    found = read(Pdf(fonts=NAMELESS).page(strange + lines(72, 600, BODY)).bytes(), "a.pdf")
    assert found.warnings == ("undecoded-characters:1",)
    assert found.suggestions.title is None


def test_pictures_of_pages_have_a_text_that_names_the_file(read: Read) -> None:
    data = Pdf(info={"Title": "The ledger"}).page(picture(72, 400, 200, 300)).page(picture(9, 9, 50, 50)).bytes()
    imported = read(data, "a.pdf")
    assert imported.text == f"2 pages without text\nSHA-256 of the file: {sha256(data).hexdigest()}"
    assert imported.warnings == ("no-text",)
    assert [(page.width, page.height) for page in imported.structure.pages] == [(61200, 79200)] * 2
    assert imported.structure.lines == ()
    assert {(block.article, block.label) for block in imported.structure.blocks} == {(False, "pages without text")}
    assert [words for _, words in blocks(imported)] == imported.text.split("\n")
    assert imported.suggestions.title == Suggestion(value="The ledger", basis="pdf info Title")
    assert read(data, "b.pdf") == imported
    other = Pdf().page(picture(72, 400, 200, 300)).bytes()
    assert read(other, "a.pdf").text.split("\n")[0] == "1 page without text"


def encrypted() -> bytes:
    key = "/O <" + "41" * 32 + "> /U <" + "42" * 32 + ">"
    data = Pdf().page(at(72, 700, "Secret")).bytes()
    return data.replace(
        b"/Root 1 0 R", f"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 {key} >>".encode()
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted(), "it is locked with a password"),
        (Pdf().bytes(), "it has no pages"),
        (b"%PDF-1.7\nnothing more", "it is damaged or cut short, or no PDF at all"),
        (b"no PDF", "it is damaged or cut short, or no PDF at all"),
        (
            Pdf(fonts=NAMELESS).page("BT /F9 10 Tf 72 600 Td <000100020003> Tj ET").bytes(),
            "its letters are stored without saying which letters they are",
        ),
    ],
    ids=["encrypted", "no pages", "cut", "no pdf", "undecoded"],
)
def test_what_cannot_be_read_is_said(read: Read, data: bytes, reason: str) -> None:
    with pytest.raises(ImportFailedError) as caught:
        read(data, "a.pdf")
    assert caught.value.data["reason"] == reason


SILENT = "/F9 << /Type /Font /Subtype /Type1 /BaseFont /SymbolMT /FirstChar 97 /Widths [600 600 600 600 600 600 600] >>"
"""A font that leaves it to the font file to say what its codes mean."""

UNWELL = "/F9 << /Type /Font /Subtype /Type3 /FontMatrix [1 0 0 1 0 0] /Encoding 5 >>"
"""A font at which pdfminer stumbles."""


def engines(imported: Imported) -> list[str]:
    return [page.engine for page in imported.structure.pages]


def test_letters_that_only_the_font_file_knows_come_from_the_second_engine(read: Read) -> None:
    content = at(72, 700, "The angle ") + "BT /F9 10 Tf 120 700 Td (abg) Tj ET"
    imported = read(Pdf(fonts=SILENT).page(content).bytes(), "a.pdf")
    assert imported.text == "The angle αβγ"
    assert engines(imported) == ["pdfminer"]


def test_a_page_that_one_engine_cannot_read_is_read_by_the_other(read: Read) -> None:
    document = Pdf(fonts=UNWELL).page(lines(72, 700, BODY))
    document.page(at(72, 700, "Words that are found all the") + at(72, 688, "same.") + at(300, 400, "x", font="F9"))
    imported = read(document.bytes(), "a.pdf")
    assert engines(imported) == ["pdfium", "pdfium"]
    assert imported.warnings == ()
    assert imported.text.endswith("Words that are found all the same.")
    box, below = boxes(imported, "found all the same")
    assert (box.page, below.left) == (1, 7200)
    assert (792 - 700 - 10) * 100 < box.top < box.bottom < (792 - 700 + 4) * 100


@pytest.mark.parametrize(("rotate", "left", "top"), [(0, 50, 32), (90, 640, 50), (180, 412, 640), (270, 32, 412)])
def test_the_second_engine_sees_a_page_as_it_is_turned_and_cropped(
    read: Read, rotate: int, left: int, top: int
) -> None:
    matrices = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}
    content = f"BT /F1 10 Tf {matrices[rotate]} 100 700 Tm (Turned) Tj /F9 10 Tf ET " + at(10, 10, "Cropped")
    imported = read(Pdf(fonts=UNWELL).page(content, rotate=rotate, crop=(50, 60, 512, 732)).bytes(), "a.pdf")
    assert (imported.text, engines(imported)) == ("Turned", ["pdfium"])
    (box,) = boxes(imported, "Turned")
    assert box.left == pytest.approx(left * 100, abs=30)
    assert box.bottom == pytest.approx(top * 100, abs=300)


def test_a_document_that_one_engine_cannot_open_is_read_by_the_other(read: Read) -> None:
    data = Pdf(info={"Title": "A wall"}).page(lines(72, 700, BODY)).bytes()
    broken = data.replace(b"/Type /Catalog", b"/Type /Katalog").replace(b"/Root 1 0 R", b"/Root 9 0 R")
    imported = read(broken, "a.pdf")
    assert imported.text.startswith("The city spent four million")


def test_a_page_over_which_one_engine_broods_is_read_by_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.importers.pdf_reading.engines.PAGE_SECONDS", 0.3)
    slow = zlib.compress(at(72, 700, "Words").encode() + b"q Q " * 400_000, 9)
    data = Pdf().page("", filters="/Filter /FlateDecode", raw=slow).page(at(72, 700, "More words")).bytes()
    imported = read_pdf(data, ReadOptions(name="a.pdf"), lambda _done, _total: None)
    assert (imported.text, engines(imported)) == ("Words\nMore words", ["pdfium", "pdfminer"])
