"""OpenDocument texts: what is seen on their pages is the text, in its structure; what is not seen is told."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Suggestion
from tests.importers.blocks import asides, cells, kinds, marks
from tests.importers.conftest import Read
from tests.importers.odts import TYPE, a_list, content, fodt, heading, list_style, odt, paragraph, style, table
from tests.importers.zips import MEBIBYTE, bomb, zipped

_NUMBERED = 'style:num-format="{}" style:num-suffix="{}"'


def test_styles_tell_titles_headings_quotations_and_captions(read: Read) -> None:
    styles = style("P1", parent="Quotations", family="paragraph") + style(
        "P2", family="paragraph", more='style:default-outline-level="3"'
    )
    body = (
        paragraph("Report", "Title") + heading("One", 1) + heading("Nine", 9) + paragraph("Said", "P1")
        + paragraph("Figure 1", "Illustration") + paragraph("By style", "P2") + paragraph("By name", "Heading_20_2")
        + paragraph("a  b", "Preformatted_20_Text")
    )  # fmt: skip
    assert kinds(read(odt(body, styles=styles), "a.odt")) == [
        ("title", 1, "", "Report"),
        ("heading", 1, "", "One"),
        ("heading", 6, "", "Nine"),
        ("quotation", 0, "", "Said"),
        ("caption", 0, "", "Figure 1"),
        ("heading", 3, "", "By style"),
        ("heading", 2, "", "By name"),
        ("preformatted", 0, "", "a  b"),
    ]


def test_lists_have_the_numbers_that_are_printed(read: Read) -> None:
    styles = (
        list_style("N", _NUMBERED.format("1", "."), _NUMBERED.format("a", ")") + ' text:display-levels="2"')
        + list_style("B", "")
        + list_style("R", _NUMBERED.format("I", "") + ' style:num-prefix="§ " text:start-value="4"')
    )
    body = (
        a_list("N", "a", paragraph("b") + a_list("N", "c", "d"), paragraph("e") + paragraph("e too"))
        + a_list("B", "f") + a_list("N", "g", attributes='text:continue-numbering="true"') + a_list("N", "h") + a_list("R", "i")
    )  # fmt: skip
    assert [one[1:] for one in kinds(read(odt(body, styles=styles), "a.odt"))] == [
        (1, "1.", "a"), (1, "2.", "b"), (2, "2.a)", "c"), (2, "2.b)", "d"), (1, "3.", "e"), (0, "", "e too"),
        (1, "", "f"), (1, "4.", "g"), (1, "1.", "h"), (1, "§ IV", "i"),
    ]  # fmt: skip


def test_headings_carry_their_numbers_in_the_text(read: Read) -> None:
    levels = "".join(
        f'<text:outline-level-style text:level="{n}" style:num-format="1" text:display-levels="{n}"/>' for n in (1, 2)
    )
    body = (
        heading("Costs", 1)
        + heading("Walls", 2)
        + heading("No number", 2, 'text:is-list-header="true"')
        + heading("Gates", 2)
    )
    made = read(odt(body, common=f"<text:outline-style>{levels}</text:outline-style>"), "a.odt")
    assert made.text == "1 Costs\n1.1 Walls\nNo number\n1.2 Gates"


def test_blanks_marks_and_links(read: Read) -> None:
    styles = style("B", properties='fo:font-weight="bold"') + style(
        "I", parent="B", properties='fo:font-style="italic"'
    )
    body = paragraph(
        'A<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d\n e <text:span text:style-name="B">bold</text:span> '
        '<text:span text:style-name="I">both</text:span> <text:a xlink:href="https://a.example">out</text:a> '
        '<text:a xlink:href="#b">in</text:a>'
        "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"
    )
    made = read(odt(body, styles=styles), "a.odt")
    assert made.text == "A b c\nd e bold both out in漢(kan)"
    assert marks(made) == [
        ("strong", "bold both", ""),
        ("emphasis", "both", ""),
        ("link", "out", "https://a.example"),
    ]


def test_notes_pictures_and_boxes(read: Read) -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation {}>1</text:note-citation><text:note-body>{}</text:note-body>'
        "</text:note>"
    )
    frame = (
        "<draw:frame><draw:image/><svg:title>wall.png</svg:title><svg:desc>A wall of bricks</svg:desc></draw:frame>"
        f"<draw:frame><draw:text-box>{paragraph('In a box')}</draw:text-box></draw:frame>"
        f"<draw:custom-shape><svg:desc>A shape</svg:desc>{paragraph('In a shape')}</draw:custom-shape>"
    )
    body = paragraph(
        "2023" + note.format("footnote", "", paragraph("Below")) + " and"
        + note.format("endnote", 'text:label="*"', a_list("X", "At the end")) + frame
    )  # fmt: skip
    made = read(odt(body), "a.odt")
    assert made.text.startswith("2023[1] and[*]\nA wall of bricks\nIn a box\nA shape\nIn a shape\n")
    assert kinds(made)[-2:] == [("footnote", 0, "1.", "Below"), ("footnote", 1, "*", "At the end")]
    assert asides(made) == [("picture", "A wall of bricks"), ("picture", "A shape")]


def test_the_text_is_that_of_accepted_changes_and_what_was_there_is_told(read: Read) -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>taken out</text:p></text:deletion>"
        "</text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
    )
    body = (
        changes
        + paragraph(
            'Kept <text:change-start/>put in<text:change-end/><text:span text:style-name="H"> not seen</text:span>'
        )
        + paragraph(f"<office:annotation>{paragraph('a remark')}</office:annotation>Next")
        + paragraph("whole line", "HP")
        + f'<text:section text:display="none">{paragraph("whole section here")}</text:section>'
    )
    styles = style("H", properties='text:display="none"') + style(
        "HP", family="paragraph", properties='text:display="none"'
    )
    made = read(odt(body, styles=styles), "a.odt")
    assert made.text == "Kept put in\nNext"
    assert made.warnings == ("changes-inserted:1", "changes-deleted:1", "comments-left-out:1", "hidden-words:7")


def test_tables_are_cells(read: Read) -> None:
    wide = f'<table:table-cell table:number-columns-spanned="2">{paragraph("both")}</table:table-cell>'
    repeated = '<table:table-cell table:number-columns-repeated="2"/>'
    made = read(odt(table((wide, "<table:covered-table-cell/>", "x"), (repeated, "y"))), "a.odt")
    assert cells(made) == [(0, 0, "both"), (0, 2, "x"), (1, 2, "y")]


def test_running_heads_properties_and_language(read: Read) -> None:
    masters = (
        f"<style:master-page><style:header>{paragraph('CONFIDENTIAL')}</style:header>"
        f"<style:header-first>{paragraph('CONFIDENTIAL')}</style:header-first>"
        f"<style:footer>{paragraph('Page <text:page-number>1</text:page-number>')}</style:footer></style:master-page>"
    )
    meta = (
        "<dc:title>The wall</dc:title><meta:initial-creator>Lena Marsh</meta:initial-creator><dc:creator>E. Ditor</dc:creator>"
        "<meta:creation-date>2025-05-14T09:00:00</meta:creation-date>"
    )
    common = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:language="de" fo:country="AT"/>'
        "</style:default-style>"
    )
    made = read(odt(paragraph("Words"), masters=masters, meta=meta, common=common), "a.odt")
    assert asides(made) == [("header", "CONFIDENTIAL"), ("footer", "Page 1")]
    about = made.suggestions
    assert about.title == Suggestion(value="The wall", basis="odt title")
    assert about.authors == (Suggestion(value="Lena Marsh", basis="odt initial-creator"),)
    assert about.date == Suggestion(value="2025-05-14", basis="odt creation-date")
    assert about.language == Suggestion(value="de-AT", basis="odt style language")


_LOCK = '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.odt", odt(""), "the document holds no text; it may be made of pictures"),
        ("a.odt", odt(paragraph("x"), manifest=_LOCK), "it is locked with a password"),
        ("a.odt", odt(paragraph("x"))[:-40], "it is no whole ZIP, as its kind has to be"),
        ("a.odt", zipped({"mimetype": TYPE}), "its part “content.xml” is missing"),
        ("a.fodt", fodt("").replace(b"office:body", b"office:other"), "it has no body of text"),
        (
            "a.odt",
            bomb("content.xml", 2000 * MEBIBYTE, {"mimetype": TYPE}, around=(b"<a>", b"</a>")),
            "its part “content.xml” would unpack to more than 200 times its size",
        ),
        (
            "a.odt",
            odt("<text:section>" * 250 + "</text:section>" * 250),
            "the elements of its part “content.xml” are nested more than 200 deep",
        ),
        (
            "a.odt",
            zipped({"mimetype": TYPE, "content.xml": f'<!DOCTYPE a [<!ENTITY b "c">]>{content("")}'}),
            "its part “content.xml” declares abbreviations of its own",
        ),
    ],
    ids=["empty", "locked", "cut", "bare", "bodiless", "bomb", "deep", "entities"],
)
def test_what_cannot_be_read_is_said_in_a_sentence(read: Read, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(ImportFailedError) as caught:
        read(data, name)
    assert caught.value.data["reason"] == reason
