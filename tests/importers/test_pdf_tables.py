"""PDF: tables are read row by row, and what merely stands in columns is not taken for one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from annotator.domain.imported import Imported
from annotator.domain.structure import BlockKind
from annotator.importers.pdf_reading.bands import bands
from annotator.importers.pdf_reading.lines import Printed
from tests.importers.blocks import cells
from tests.importers.conftest import Read
from tests.importers.pdfs import WIDTH, Coded, Pdf, at, lines

ABOVE = ["The council bought four kinds of meters, and paid for each of them", "more than it had said that it would."]
BELOW = ["Nobody could say why the last of them cost twice as much as the", "others, or who had signed for it in May."]
ROWS = [
    ("Kind of meter", "Bought", "Price", "Paid"),
    ("Wall units", "6,200", "41.00", "254,200"),
    ("Communal meters", "31", "1,920.50", "59,535"),
    ("Spare parts", "412", "3.75", "1,545"),
]
PLACES = (72, 220, 300, 380)


def drawn(
    rows: Sequence[Sequence[str]], places: Sequence[float] = PLACES, *, top: float = 640, step: float = 16
) -> str:
    return "".join(
        at(x, top - step * index, words)
        for index, row in enumerate(rows)
        for x, words in zip(places, row, strict=True)
        if words
    )


def numbered(rows: Sequence[Sequence[str]]) -> list[tuple[int, int, str]]:
    return [(y, x, words) for y, row in enumerate(rows) for x, words in enumerate(row) if words]


def read_page(read: Read, content: str) -> Imported:
    return read(Pdf().page(content).bytes(), "a.pdf")


def test_a_table_is_read_row_by_row_between_the_paragraphs(read: Read) -> None:
    imported = read_page(read, lines(72, 700, ABOVE) + drawn(ROWS) + lines(72, 560, BELOW))
    assert imported.text.split("\n") == [" ".join(ABOVE), *("\t".join(row) for row in ROWS), " ".join(BELOW)]
    assert cells(imported) == numbered(ROWS)


def test_a_table_drawn_column_by_column_is_read_the_same(read: Read) -> None:
    columns = "".join(lines(x, 640, [row[index] for row in ROWS], step=16) for index, x in enumerate(PLACES))
    assert cells(read_page(read, columns)) == numbered(ROWS)


def test_every_letter_of_a_cell_stands_where_it_is_printed(read: Read) -> None:
    coded = Coded(list("abcdef0123456789 "))
    rows = [("abc", "12", "3"), ("bad cab", "45", "6"), ("fed", "78", "9")]
    content = "".join(
        coded.at(x, 700 - 15 * index, words)
        for index, row in enumerate(rows)
        for x, words in zip((72, 200, 260), row, strict=True)
    )
    imported = read(Pdf(coded=coded).page(content).bytes(), "a.pdf")
    assert cells(imported) == numbered(rows)
    start = imported.text.index("45")
    (box,) = imported.structure.boxes(start, start + 2)
    assert (box.left, box.right) == (20000, 20000 + 2 * WIDTH)
    assert (box.top, box.bottom) == ((792 - 685 - 8) * 100, (792 - 685 + 2) * 100)
    tab = start - 1
    assert imported.text[tab] == "\t"
    assert list(imported.structure.boxes(tab, tab + 1)) == []


def test_cells_set_as_one_string_with_wide_spaces_are_told_apart(read: Read) -> None:
    """Some programs draw a row at once and move on by spaces."""
    coded = Coded(list("abcdef0123456789 "))
    rows = ["abc   12   34", "cab   56   78", "fed   90   12"]
    imported = read(
        Pdf(coded=coded).page("".join(coded.at(72, 700 - 15 * index, row) for index, row in enumerate(rows))).bytes(),
        "a.pdf",
    )
    assert imported.text.split("\n") == ["\t".join(row.split()) for row in rows]


def test_words_that_end_close_to_their_figures_are_cut_at_the_gutter(read: Read) -> None:
    coded = Coded(list("abcdef0123456789 "))
    rows = [
        ("abc", "12", "3", "4"),
        ("bad cab", "45", "6", "7"),
        ("fed abc bad", "78", "9", "1"),
        ("dad", "5", "5", "5"),
    ]
    content = "".join(
        coded.at(x, 700 - 15 * index, words)
        for index, row in enumerate(rows)
        for x, words in zip((72, 72 + 6 * 12, 240, 300), row, strict=True)
    )
    assert cells(read(Pdf(coded=coded).page(content).bytes(), "a.pdf")) == numbered(rows)


def test_empty_cells_keep_their_columns(read: Read) -> None:
    rows = [
        ("", "2023", "2024", "Change"),
        ("Wages", "4.1", "", "–"),
        ("Rent", "0.9", "1.1", "+0.2"),
        ("Power", "2.2", "2.0", "-0.2"),
    ]
    imported = read_page(read, drawn(rows))
    assert cells(imported) == numbered(rows)
    assert imported.text.split("\n")[:2] == ["\t2023\t2024\tChange", "Wages\t4.1\t\t–"]


def test_words_that_run_on_in_a_cell_are_one_cell(read: Read) -> None:
    content = (
        drawn(ROWS[:2], step=24) + at(72, 640 - 36, "on the outer walls of houses") + drawn(ROWS[2:], top=592, step=24)
    )
    expected = [*ROWS[:1], ("Wall units on the outer walls of houses", *ROWS[1][1:]), *ROWS[2:]]
    assert cells(read_page(read, content)) == numbered(expected)


def test_a_label_before_its_figures_is_one_cell_with_the_rest_of_it(read: Read) -> None:
    rows = [*ROWS[:2], ("Communal meters in", "", "", ""), ("cellars of blocks", *ROWS[2][1:]), ROWS[3]]
    content = drawn(rows[:2], step=20) + drawn(rows[2:4], top=600, step=12) + drawn(rows[4:], top=568)
    expected = [*ROWS[:2], ("Communal meters in cellars of blocks", *ROWS[2][1:]), ROWS[3]]
    assert cells(read_page(read, content)) == numbered(expected)


def test_a_heading_inside_a_table_is_a_row_of_its_own(read: Read) -> None:
    rows = [*ROWS[:2], ("Other things", "", "", ""), *ROWS[2:]]
    assert cells(read_page(read, drawn(rows))) == numbered(rows)


def test_a_head_over_several_columns_is_part_of_the_table(read: Read) -> None:
    imported = read_page(read, at(290, 656, "What each of them cost") + drawn(ROWS))
    assert imported.text.startswith("\t\tWhat each of them cost\nKind of meter\tBought")


def test_words_alone_are_a_table_under_bold_heads(read: Read) -> None:
    rows = [
        ("Name", "Office", "Ward"),
        ("Ada Stone", "Mayor", "Harbour"),
        ("Rui Wells", "Clerk", "Old Town"),
        ("Tom Reed", "Auditor", "Mill"),
    ]
    heads = "".join(at(x, 656, words, font="F2") for x, words in zip(PLACES, rows[0], strict=False))
    assert cells(read_page(read, heads + drawn(rows[1:], PLACES[:3]))) == numbered(rows)


def ruled(*heights: float, left: float = 70, right: float = 450) -> str:
    return "".join(f"{left} {y} m {right} {y} l S\n" for y in heights)


WORDS = [("Kind", "Seen in", "By"), ("Wall units", "May", "Ada Stone"), ("Spare parts", "June", "Rui Wells")]


def test_words_alone_between_rules_are_a_table(read: Read) -> None:
    content = drawn(WORDS, PLACES[:3]) + ruled(652, 636, 604)
    assert cells(read_page(read, content)) == numbered(WORDS)


@pytest.mark.parametrize("box", ["{x} {y} {w} 0.5 re f\n", "{x} {y} {w} 16 re S\n"])
def test_boxes_rule_as_lines_do(read: Read, box: str) -> None:
    drawn_boxes = "".join(
        box.format(x=x, y=y, w=w) for y in (636, 620, 604) for x, w in ((70, 145), (215, 80), (295, 155))
    )
    assert cells(read_page(read, drawn(WORDS, PLACES[:3]) + drawn_boxes)) == numbered(WORDS)


def test_what_no_rule_parts_is_one_cell(read: Read) -> None:
    lower = [("Spare parts", "June", "Rui Wells"), ("Taps", "July", "Tom Reed")]
    content = drawn(WORDS[:2], PLACES[:3]) + at(72, 613, "On Outer Walls") + at(300, 613, "Jonas Weld")
    content += drawn(lower, PLACES[:3], top=595) + ruled(652, 636, 606, 590, 574)
    expected = [WORDS[0], ("Wall units On Outer Walls", "May", "Ada Stone Jonas Weld"), *lower]
    assert cells(read_page(read, content)) == numbered(expected)


def test_rules_above_and_below_words_in_columns_make_no_table(read: Read) -> None:
    assert cells(read_page(read, NAMES + ruled(656, 600))) == []


def test_a_table_beside_running_text_leaves_it_whole(read: Read) -> None:
    text = [f"the right column has its own line {number} there," for number in range(14)]
    rows = [(one, two) for one, two, *_ in ROWS]
    imported = read_page(
        read,
        lines(60, 700, ["Kinds of meters were counted, as", "this small table tells."])
        + drawn(rows, (60, 200))
        + lines(320, 700, text),
    )
    assert cells(imported) == numbered(rows)
    assert " ".join(text) in imported.text


def test_a_sentence_goes_on_behind_a_table(read: Read) -> None:
    document = (
        Pdf()
        .page(lines(72, 500, ["The mayor said that she did"]) + drawn(ROWS, top=300))
        .page(at(72, 700, "not know of any contract."))
    )
    imported = read(document.bytes(), "a.pdf")
    assert "The mayor said that she did not know of any contract." in imported.text


TWO_COLUMNS = lines(60, 700, [f"The left column has line {number} here," for number in range(12)]) + lines(
    320, 700, [f"while the right has line {number} there," for number in range(12)]
)
THREE_COLUMNS = "".join(
    lines(x, 700, ["the wall was to", "cost two million", "and in the end it", "cost them four"] * 4, size=9)
    for x in (60, 220, 380)
)
NUMBERED_LIST = drawn(
    [("1.", "Print on every bill what was read."), ("2.", "Let them pay later."), ("3.", "Adopt a rule.")], (72, 110)
)
SECTIONS = drawn(
    [
        ("3.1", "Across the accounts the mean was 14."),
        ("3.2", "The average hides much."),
        ("3.3", "The rise is small."),
    ],
    (72, 110),
)
LEADERS = lines(
    72,
    700,
    [
        "Name ..........................  12",
        "Street ........................  13",
        "Town ..........................  14",
    ],
)
FORM = drawn(
    [
        ("Name:", "________________", "No. 1"),
        ("Street:", "________________", "No. 2"),
        ("Town:", "________________", "No. 3"),
    ],
    (72, 150, 300),
)
FIELDS = drawn(
    [("From:", "Ada Stone"), ("To:", "Rui Wells"), ("Subject:", "The wall"), ("Copy:", "The council")], (72, 150)
)
CONTENTS = drawn(
    [("Summary", "3"), ("What we were asked", "5"), ("How we worked", "5"), ("What we found", "11")], (72, 500)
)
NUMBERED_CONTENTS = drawn(
    [("1", "Summary", "3"), ("2", "How we worked", "5"), ("2.1", "Bills", "6"), ("3", "Findings", "11")], (72, 110, 500)
)
SECTIONS_BESIDE = drawn(
    [
        ("[36 FR 7801, as amended at", "8.11", "First schedule."),
        ("37 FR 15922. Again at 38", "8.12", "Second schedule."),
        ("and 62 FR 26609]", "8.13", "Third schedule."),
    ],
    (72, 300, 350),
)
DOTS = drawn([("Scale", ".", ". ."), ("A", ".", "1:1"), ("B", ".", "."), ("C", ".", ".")], (72, 220, 370))
DATES = drawn(
    [("2019", "The wall is planned."), ("2021", "The first stone is laid."), ("2023", "The money is gone.")], (72, 140)
)
NAMES = drawn(
    [
        ("Ada Stone", "Rui Wells", "Tom Reed"),
        ("Ines Calder", "Jonas Weld", "Mia Holt"),
        ("Ola Berg", "Pia Lund", "Sam Fry"),
    ],
    (72, 220, 370),
)
SCALE = drawn([("40", "1"), ("30", "2"), ("20", "3"), ("10", "4")], (72, 300))
TWO_ROWS = drawn(ROWS[:2])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TWO_COLUMNS, id="two columns"),
        pytest.param(THREE_COLUMNS, id="three columns"),
        pytest.param(NUMBERED_LIST, id="numbered list"),
        pytest.param(SECTIONS, id="numbered sections"),
        pytest.param(LEADERS, id="leaders"),
        pytest.param(FORM, id="form"),
        pytest.param(FIELDS, id="fields"),
        pytest.param(CONTENTS, id="contents"),
        pytest.param(NUMBERED_CONTENTS, id="numbered contents"),
        pytest.param(SECTIONS_BESIDE, id="numbered sections beside words"),
        pytest.param(DOTS, id="dots of a drawing"),
        pytest.param(DATES, id="dates"),
        pytest.param(NAMES, id="names"),
        pytest.param(SCALE, id="scale"),
        pytest.param(TWO_ROWS, id="two rows"),
    ],
)
def test_what_merely_stands_in_columns_is_no_table(read: Read, content: str) -> None:
    imported = read_page(read, content)
    assert cells(imported) == []
    assert "\t" not in imported.text


def test_running_heads_in_columns_are_no_table(read: Read) -> None:
    document = Pdf()
    for number in range(1, 5):
        heads = [
            ("The Ledger", "No. 12", "£2.50"),
            ("Harbour", "Year 4", "£2.50"),
            ("Free copy", "Vol. 7", f"{number}"),
        ]
        document.page(drawn(heads, PLACES[:3], top=775, step=11) + lines(72, 600, ABOVE))
    assert cells(read(document.bytes(), "a.pdf")) == []


@pytest.mark.parametrize("mark", ["1", "12", "*", "†", "[3]"])
def test_small_print_with_a_mark_at_the_foot_is_a_note(read: Read, mark: str) -> None:
    note = [f"{mark} Audit of the year 2025, which the council", "had asked for in March, page 3."]
    content = lines(72, 700, ABOVE * 3) + lines(72, 80, note, size=7, step=9)
    last = read_page(read, content).structure.blocks[-1]
    assert last.kind is BlockKind.FOOTNOTE


def test_two_notes_are_two_and_keep_their_numbers(read: Read) -> None:
    notes = ["1 Audit of May 2025, page 3.", "2 Letter of the mayor to the", "council, 4 June."]
    imported = read_page(read, lines(72, 700, ABOVE * 3) + lines(72, 80, notes, size=7, step=9))
    found = [imported.text[one.start : one.end] for one in imported.structure.blocks if one.kind is BlockKind.FOOTNOTE]
    assert found == [notes[0], f"{notes[1]} {notes[2]}"]


def test_the_scale_of_a_chart_above_the_text_is_no_note(read: Read) -> None:
    content = lines(72, 700, ABOVE * 3) + at(72, 340, "10 to 20", size=7) + lines(72, 300, BELOW * 2)
    assert all(one.kind is not BlockKind.FOOTNOTE for one in read_page(read, content).structure.blocks)


def test_a_line_that_ends_in_a_blank_is_one_piece() -> None:
    line = Printed(
        page=0, text="ab ", edges=[0, 5, 5, 10, 10, 90], left=0, right=90, top=0, bottom=10, size=10, bold=False
    )
    (band,) = bands([line])
    assert [piece.text for piece in band.pieces] == ["ab "]
