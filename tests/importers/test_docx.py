"""Word documents: what is seen on their pages is the text, in its structure; what is not seen is told."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Suggestion
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.registry import ReadOptions
from tests.importers.blocks import asides, cells, kinds, marks
from tests.importers.conftest import Read
from tests.importers.docx_files import (
    HEADINGS,
    docx,
    item,
    levels,
    notes,
    numbering,
    paragraph,
    run,
    running,
    table,
)
from tests.importers.zips import MEBIBYTE, bomb, zipped


def test_styles_tell_titles_headings_quotations_and_captions_in_any_language(read: Read) -> None:
    body = (
        paragraph("Report", "Titel") + paragraph("One", "berschrift1") + paragraph("One a", "berschrift2")
        + paragraph("House", "Child") + paragraph("Said", "Zitat") + paragraph("Figure 1", "Beschriftung")
        + paragraph("Outline", properties='<w:outlineLvl w:val="8"/>') + paragraph("Undefined", "Heading3")
        + paragraph("Words", "Missing") + paragraph("Body", "Own", '<w:outlineLvl w:val="9"/>')
    )  # fmt: skip
    assert kinds(read(docx(body), "a.docx")) == [
        ("title", 1, "", "Report"),
        ("heading", 1, "", "One"),
        ("heading", 2, "", "One a"),
        ("heading", 3, "", "House"),
        ("quotation", 0, "", "Said"),
        ("caption", 0, "", "Figure 1"),
        ("heading", 6, "", "Outline"),
        ("heading", 3, "", "Undefined"),
        ("paragraph", 0, "", "Words"),
        ("paragraph", 0, "", "Body"),
    ]


def test_lists_have_the_numbers_that_word_prints(read: Read) -> None:
    restarted = (
        '<w:num w:numId="9"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    lists = numbering(
        levels(("decimal", "%1."), ("lowerLetter", "%1.%2)"), ("lowerRoman", "(%3)")),
        levels(("bullet", "•"), list_id=2),
        levels(("upperRoman", "§ %1"), list_id=3, start=4),
        more=restarted,
    )
    body = (
        item("a", 1) + item("b", 1, 1) + item("c", 1, 1) + item("d", 1, 2) + paragraph("between") + item("e", 1)
        + item("f", 1, 1) + item("g", 2) + item("h", 3) + item("i", 9) + item("j", 9) + item("k", 0) + item("l", 77)
    )  # fmt: skip
    assert [(kind[:4], level, number, words) for kind, level, number, words in kinds(
        read(docx(body, numbering=lists), "a.docx")
    )] == [
        ("list", 1, "1.", "a"), ("list", 2, "1.a)", "b"), ("list", 2, "1.b)", "c"), ("list", 3, "(i)", "d"),
        ("para", 0, "", "between"), ("list", 1, "2.", "e"), ("list", 2, "2.a)", "f"), ("list", 1, "", "g"),
        ("list", 1, "§ IV", "h"), ("list", 1, "5.", "i"), ("list", 1, "6.", "j"), ("para", 0, "", "k"),
        ("para", 0, "", "l"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "start", "printed"),
    [
        ("lowerLetter", 28, "bb."),
        ("decimalZero", 7, "07."),
        ("ordinal", 2, "2nd."),
        ("ordinal", 13, "13th."),
        ("chineseCounting", 21, "二十一."),
        ("chineseCounting", 10, "十."),
        ("unheardOf", 3, "3."),
        ("none", 3, ""),
    ],
)
def test_kinds_of_numbers(read: Read, kind: str, start: int, printed: str) -> None:
    lists = numbering(levels((kind, "%1."), start=start))
    assert kinds(read(docx(item("a", 1), numbering=lists), "a.docx")) == [("list_item", 1, printed, "a")]


def test_headings_carry_their_numbers_in_the_text(read: Read) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    lists = numbering(levels(("decimal", "%1"), ("decimal", "%1.%2")))
    made = read(docx(paragraph("Costs", "H") + paragraph("Gains", "H"), styles=styles, numbering=lists), "a.docx")
    assert made.text == "1.1 Costs\n1.2 Gains"


def test_the_text_is_that_of_accepted_changes_and_what_was_there_is_told(read: Read) -> None:
    body = (
        paragraph(
            run("Kept ")
            + f"<w:ins>{run('put in ')}</w:ins><w:del><w:r><w:delText>taken out </w:delText></w:r></w:del>"
            + f"<w:moveFrom>{run('moved ')}</w:moveFrom><w:moveTo>{run('moved ')}</w:moveTo>"
            + run("unseen words", "<w:vanish/>")
            + run("seen", '<w:vanish w:val="0"/>')
            + '<w:r><w:commentReference w:id="0"/></w:r>'
        )
        + paragraph("Joined ", properties="<w:rPr><w:del/></w:rPr>")
        + paragraph("with this")
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )
    made = read(docx(body), "a.docx")
    assert made.text == "Kept put in moved seen\nJoined with this"
    assert made.warnings == ("changes-inserted:2", "changes-deleted:4", "comments-left-out:1", "hidden-words:2")


def test_emphasis_and_links_are_marked_where_they_lead_outside(read: Read) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://b.example/x" </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("shown")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = paragraph(
        run("A") + run(" bo", "<w:b/>") + run("ld", "<w:b/>") + run(" and ") + run("slanted", "<w:i/>")
        + f'<w:hyperlink r:id="l1">{run(" link", "<w:b/>")}</w:hyperlink>'
        + f'<w:hyperlink w:anchor="here">{run(" inside")}</w:hyperlink>'
        + f'<w:hyperlink r:id="l2">{run(" file")}</w:hyperlink>' + field
    )  # fmt: skip
    made = read(docx(body, links={"l1": "https://a.example", "l2": "file:///etc/passwd"}), "a.docx")
    assert made.text == "A bold and slanted link inside fileshown"
    assert marks(made) == [
        ("strong", "bold", ""),
        ("emphasis", "slanted", ""),
        ("link", "link", "https://a.example"),
        ("strong", "link", ""),
        ("link", "shown", "https://b.example/x"),
    ]


def test_notes_are_numbered_in_the_order_of_their_marks(read: Read) -> None:
    def mark(kind: str, note: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{note}"/></w:r>'

    body = paragraph(
        run("2023") + mark("endnote", 2) + run(" and") + mark("footnote", 3) + run(" again") + mark("footnote", 3)
        + mark("footnote", 9)
    )  # fmt: skip
    made = read(
        docx(
            body,
            footnotes=notes("footnote", paragraph("never meant"), paragraph("Below") + paragraph("and on")),
            endnotes=notes("endnote", paragraph("At the end")),
        ),
        "a.docx",
    )
    assert made.text.startswith("2023[1] and[2] again[2][3]\n")
    assert kinds(made)[1:] == [
        ("footnote", 0, "1.", "At the end"),
        ("footnote", 0, "2.", "Below"),
        ("footnote", 0, "", "and on"),
    ]


def test_tables_are_cells_and_layout_is_not(read: Read) -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("both") + "</w:tc>"
    below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + paragraph("") + "</w:tc>"
    rows = f"<w:tbl><w:tr>{wide}<w:tc>{paragraph('x')}</w:tc></w:tr><w:tr>{below}"
    merged = rows + f"<w:tc>{paragraph('a') + paragraph('b')}</w:tc><w:tc>{item('c', 1)}</w:tc></w:tr></w:tbl>"
    lists = numbering(levels(("decimal", "%1.")))
    made = read(
        docx(merged + table((paragraph("Only", "berschrift1"), "one"), ("row", "more")), numbering=lists), "a.docx"
    )
    assert made.text == "both\tx\n\ta\nb\t1. c\nOnly\none\nrow\nmore"
    assert cells(made) == [(0, 0, "both"), (0, 2, "x"), (1, 1, "a\nb"), (1, 2, "1. c")]
    nested = read(docx(table(("a", table(("b", "c"), ("d", "e")) + paragraph("f")), ("g", "h"))), "a.docx")
    assert nested.text == "a\nb\tc\nd\te\nf\ng\nh"


def test_pictures_boxes_and_signs(read: Read) -> None:
    picture = '<w:r><w:drawing><wp:docPr xmlns:wp="p" id="1" name="Picture 1" descr="{}"/></w:drawing></w:r>'
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        f"<w:drawing><w:txbxContent>{paragraph('In a box')}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<w:txbxContent>{paragraph('In a box')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    signs = (
        run("a")
        + '<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:br w:type="page"/></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F061"/>'
        '<w:sym w:font="Webdings" w:char="F099"/></w:r>'
    )
    over, under = (f"<m:{part}><m:r><m:t>{sign}</m:t></m:r></m:{part}>" for part, sign in (("num", "x"), ("den", "2")))
    formula = f'<m:oMath xmlns:m="m"><m:f>{over}{under}</m:f></m:oMath>'
    body = paragraph(run("Before") + picture.format("A wall of bricks") + picture.format("wall.png") + box)
    made = read(docx(body + paragraph(signs) + paragraph(run("y=") + formula)), "a.docx")
    assert made.text == "Before\nA wall of bricks\nIn a box\na b\nc\u2011d✓α\ufffd\ny=(x)/(2)"
    assert asides(made) == [("picture", "A wall of bricks")]
    assert made.warnings == ("undecoded-characters:1",)


def test_running_heads_and_feet_stand_apart_once(read: Read) -> None:
    made = read(
        docx(
            paragraph("Words"),
            header=running("hdr", paragraph("CONFIDENTIAL") + paragraph("CONFIDENTIAL") + paragraph("1")),
            footer=running("ftr", paragraph("Office of the Auditor")),
        ),
        "a.docx",
    )
    assert made.text == "CONFIDENTIAL\nWords\nOffice of the Auditor"
    assert asides(made) == [("header", "CONFIDENTIAL"), ("footer", "Office of the Auditor")]


def test_it_says_who_wrote_it_when_and_in_what_language(read: Read) -> None:
    core = (
        "<dc:title>Microsoft Word - x.doc</dc:title><dc:creator>Lena Marsh; R. Stone</dc:creator>"
        "<dcterms:created>2025-05-14T09:00:00Z</dcterms:created>"
    )
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>' + HEADINGS
    )
    about = read(
        docx(paragraph("Kosten", "berschrift1") + paragraph("Text"), core=core, styles=styles), "a.docx"
    ).suggestions
    assert about.title == Suggestion(value="Kosten", basis="first heading")
    assert [one.value for one in about.authors] == ["Lena Marsh", "R. Stone"]
    assert about.date == Suggestion(value="2025-05-14", basis="docx created")
    assert about.language == Suggestion(value="de-DE", basis="docx style language")


@pytest.mark.parametrize(
    ("core", "company", "title", "authors", "publisher"),
    [
        ("<dc:title>Document1</dc:title><dc:creator>User</dc:creator>", "Hewlett-Packard Company", None, [], None),
        ("<dc:title>????</dc:title><dc:creator>A. Stone;</dc:creator>", "The Ledger", None, ["A. Stone"], "The Ledger"),
        ("<dc:title>The wall</dc:title><dc:creator/>", "", "The wall", [], None),
    ],
)
def test_what_a_computer_came_with_is_no_suggestion(
    read: Read, core: str, company: str, title: str | None, authors: list[str], publisher: str | None
) -> None:
    properties = f"<Properties><Company>{company}</Company></Properties>"
    about = read(docx(paragraph("Text"), core=core, app=properties), "a.docx").suggestions
    assert (about.title.value if about.title else None) == title
    assert [one.value for one in about.authors] == authors
    assert (about.publisher.value if about.publisher else None) == publisher


def test_the_strict_format_is_read_too(read: Read) -> None:
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": b'<w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>Strict</w:t></w:r></w:p></w:body></w:document>'
        % strict,
    }
    assert read(zipped(parts), "a.docx").text == "Strict"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(paragraph("")), "the document holds no text; it may be made of pictures, charts or embedded files"),
        (docx(paragraph("x"))[:-40], "it is no whole ZIP, as its kind has to be"),
        (
            bomb("word/document.xml", 2000 * MEBIBYTE, {"[Content_Types].xml": "<Types/>"}, around=(b"<a>", b"</a>")),
            "its part “word/document.xml” would unpack to more than 200 times its size",
        ),
        (
            docx("<w:p>" * 300 + "</w:p>" * 300),
            "the elements of its part “word/document.xml” are nested more than 200 deep",
        ),
        (
            zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "its part “word/document.xml” declares abbreviations of its own",
        ),
        (zipped({"word/document.xml": "<a/>"}), "it has no body of text"),
        (b"words", "it is no whole ZIP, as its kind has to be"),
    ],
    ids=["empty", "cut", "bomb", "deep", "entities", "bodiless", "words"],
)
def test_what_cannot_be_read_is_said_in_a_sentence(read: Read, data: bytes, reason: str) -> None:
    with pytest.raises(ImportFailedError) as caught:
        read(data, "a.docx")
    assert caught.value.data["reason"] == reason


def test_a_long_document_tells_how_far_it_has_come(worker: ImportWorker) -> None:
    steps: list[tuple[int, int]] = []
    long = docx(paragraph("A line of many.") * 950)
    worker.read(long, ReadOptions(name="a.docx"), progress=lambda done, total: steps.append((done, total)))
    assert steps == [(done, 951) for done in (*range(100, 1000, 100), 951)]


def test_flipped_bytes_never_break_the_reader(read: Read) -> None:
    whole = bytearray(docx(paragraph("Whole words") + item("a", 1), numbering=numbering(levels(("decimal", "%1.")))))
    for place in range(4, len(whole), 67):
        flipped = whole[:place] + bytes([whole[place] ^ 0x15]) + whole[place + 1 :]
        try:
            read(bytes(flipped), "a.docx")
        except ImportFailedError as error:
            assert "failed on it" not in str(error)  # noqa: PT017 what cannot be read is said in words of our own
