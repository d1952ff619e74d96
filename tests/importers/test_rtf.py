"""Rich Text: what is seen on its pages is the text, in its structure; letters come through in every encoding."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Suggestion
from tests.importers.blocks import asides, cells, kinds, marks
from tests.importers.conftest import Read
from tests.importers.rtfs import listed, row, rtf


def test_styles_and_lists(read: Read) -> None:
    body = (
        r"\pard\s2\b Report\par\pard\plain\s1\b One\b0\par\pard\s4 Three\par\pard\s3 Said\par\pard\s5 Figure 1\par"
        r"\pard\outlinelevel1 Two\par\pard Words\par "
        + listed("3.", "a")
        + listed("(b)", "b", 1)
        + listed(r"\'b7", "c")
    )
    assert kinds(read(rtf(body), "a.rtf")) == [
        ("title", 1, "", "Report"),
        ("heading", 1, "", "One"),
        ("heading", 3, "", "Three"),
        ("quotation", 0, "", "Said"),
        ("caption", 0, "", "Figure 1"),
        ("heading", 2, "", "Two"),
        ("paragraph", 0, "", "Words"),
        ("list_item", 1, "3.", "a"),
        ("list_item", 2, "(b)", "b"),
        ("list_item", 1, "", "c"),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Zw\'f6lf \u1078?\u-10179?\u-8704? {\uc2 \u8211 ??x}{\uc0 \u8211 y}", "Zwölf ж😀 –x–y"),
        (r"{\f1 \'e6\'f3\'ea} \'e6", "жук æ"),
        (r"{\f3 \'83\'65\'83X\'83g}", "テスト"),
        (r"{\f2 \'fc}", "✓"),
        (r"a\~b\-c\_d\emdash\tab e\line f\{\}\\", "a\N{NO-BREAK SPACE}b\u00adc\u2011d— e\nf{}\\"),
        (r"x{\upr{A?}{\*\ud{A\u8364?}}}y", "xA€y"),
        (r"\u-10179?lone \u-8704?", "\ufffdlone \ufffd"),
        (r"one {\*\unheard of {this}}two{\*\cs10 three}{\loch\*\cs7 four}", "one twothreefour"),
        ("bin {\\pict\\bin4 }{\\}}here", "bin here"),
        ("a\\\nb\\'zz", "a\nbzz"),
    ],
)
def test_letters(read: Read, body: str, text: str) -> None:
    assert read(rtf(body), "a.rtf").text == text


def test_the_encoding_of_the_document_counts_where_a_font_has_none(read: Read) -> None:
    made = read(rb"{\rtf1\ansi\ansicpg1251 \'e6\'f3\'ea}", "a.rtf")
    assert (made.text, made.encoding) == ("жук", "cp1251")
    assert read(rb"{\rtf1\mac \'8a}", "a.rtf").text == "ä"
    assert read(rb"{\rtf1\ansi\ansicpg99999 \'e4}", "a.rtf").text == "ä"


def test_marks_links_and_notes(read: Read) -> None:
    body = (
        r"A {\b bo}{\b ld} {\i slanted} {\field{\*\fldinst HYPERLINK \\l \"place\"}{\fldrslt in}} "
        r'{\field{\*\fldinst{HYPERLINK "https://a.example/x"}}{\fldrslt{\b out}}}.'
        r"{\super\chftn{\footnote\pard\plain{\super\chftn} Below\par and on}} 2023{\footnote\ftnalt\pard At the end}\par"
    ).replace('\\"', '"')
    made = read(rtf(body), "a.rtf")
    assert made.text == "A bold slanted in out.[1] 2023[2]\nBelow\nand on\nAt the end"
    assert marks(made) == [
        ("strong", "bold", ""),
        ("emphasis", "slanted", ""),
        ("link", "out", "https://a.example/x"),
        ("strong", "out", ""),
    ]
    assert kinds(made)[1:] == [
        ("footnote", 0, "1.", "Below"),
        ("footnote", 0, "", "and on"),
        ("footnote", 0, "2.", "At the end"),
    ]


def test_tables_are_cells(read: Read) -> None:
    body = r"before\par " + row("Year", "Cost") + row("2023", r"2.0\par net") + r"after\par"
    made = read(rtf(body), "a.rtf")
    assert made.text == "before\nYear\tCost\n2023\t2.0\nnet\nafter"
    assert cells(made) == [(0, 0, "Year"), (0, 1, "Cost"), (1, 0, "2023"), (1, 1, "2.0\nnet")]


def test_boxes_pictures_and_running_heads(read: Read) -> None:
    body = (
        r"{\header\pard CONFIDENTIAL\par}{\headerf\pard CONFIDENTIAL\par}{\footer\pard Page 1\par}Words"
        r"{\shp{\*\shpinst{\sp{\sn fHidden}{\sv 0}}{\sp{\sn wzDescription}{\sv A wall of bricks}}{\shptxt\pard In a box\par}}"
        r"{\shprslt In a box, drawn}}{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A gate}}}89504e47}}"
        r"{\nonshppict{\pict 89504e47}}{\object{\*\objdata 0105}{\result  and more}}\par"
    )
    made = read(rtf(body), "a.rtf")
    assert made.text == "CONFIDENTIAL\nWords and more\nA wall of bricks\nIn a box\nA gate\nPage 1"
    assert asides(made) == [
        ("header", "CONFIDENTIAL"),
        ("picture", "A wall of bricks"),
        ("picture", "A gate"),
        ("footer", "Page 1"),
    ]


def test_what_is_not_seen_is_told(read: Read) -> None:
    body = (
        r"Kept {\revised put in }{\deleted taken out }{\v not seen at all}{\*\atnauthor L}{\*\annotation remark}"
        r"{\f2 \'03}end\par"
    )
    made = read(rtf(body), "a.rtf")
    assert made.text == "Kept put in \ufffdend"
    assert made.warnings == (
        "changes-inserted:1", "changes-deleted:1", "comments-left-out:1", "hidden-words:4", "undecoded-characters:1",
    )  # fmt: skip


def test_it_says_who_wrote_it_and_when(read: Read) -> None:
    info = (
        r"{\info{\title The wall\'e4}{\author Lena Marsh}{\creatim\yr2025\mo5\dy14\hr9}{\revtim\yr2026\mo1\dy2}"
        r"{\*\company The Ledger}}"
    )
    about = read(rtf("Words", head=info), "a.rtf").suggestions
    assert about.title == Suggestion(value="The wallä", basis="rtf title")
    assert about.authors == (Suggestion(value="Lena Marsh", basis="rtf author"),)
    assert about.date == Suggestion(value="2025-05-14", basis="rtf creatim")
    assert about.publisher == Suggestion(value="The Ledger", basis="rtf company")
    assert about.language == Suggestion(value="de-DE", basis="rtf deflang")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (rtf(""), "the document holds no text; it may be made of pictures"),
        (rtf(r"{\pict 89504e47}"), "the document holds no text; it may be made of pictures"),
        (b"{\\rtf1 " + b"{" * 20_000 + b"x", "its groups are nested more than 500 deep"),
    ],
    ids=["empty", "pictures", "deep"],
)
def test_what_cannot_be_read_is_said_in_a_sentence(read: Read, data: bytes, reason: str) -> None:
    with pytest.raises(ImportFailedError) as caught:
        read(data, "a.rtf")
    assert caught.value.data["reason"] == reason


def test_every_cut_is_read_or_refused(read: Read) -> None:
    whole = rtf(r"Whole words\par " + listed("1.", "a") + row("a", "b") + r"{\footnote x}\u8364?\'e4")
    for length in range(6, len(whole), 17):
        try:
            read(whole[:length], "a.rtf")
        except ImportFailedError as error:
            assert "failed on it" not in str(error)  # noqa: PT017 what cannot be read is said in words of our own


@pytest.mark.parametrize(
    "piece",
    [
        r"{\footnote ",
        r"\cell ",
        r"\row ",
        r"{\b",
        r"\'8",
        "\\u-10179?",
        r"\bin-99 ",
        r"}",
        r"\ilvl-9\itap-1 ",
        r"{\field{",
    ],
)
def test_pieces_in_great_numbers(read: Read, piece: str) -> None:
    try:
        assert "words" in read(b"{\\rtf1 words " + piece.encode() * 5_000, "a.rtf").text
    except ImportFailedError as error:
        assert error.data["reason"] == "its groups are nested more than 500 deep"  # noqa: PT017 both are fine
