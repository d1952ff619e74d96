"""The structure beside a text: blocks, and where characters stand on pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.structure import Block, BlockKind, Box, Line, Page, Structure, relative_edges

TWO = Structure(
    blocks=(
        Block(kind=BlockKind.TITLE, start=0, end=5),
        Block(kind=BlockKind.PARAGRAPH, start=6, end=12),
    ),
    pages=(Page(width=10_000, height=20_000),),
    lines=(
        Line(page=0, start=0, end=3, top=100, bottom=200, edges=relative_edges([10, 20, 20, 30, 30, 40])),
        Line(page=0, start=4, end=6, top=210, bottom=300, edges=relative_edges([10, 25, 25, 30])),
        Line(page=1, start=6, end=8, top=50, bottom=90, edges=relative_edges([90, 100, 80, 90])),
    ),
)


@pytest.mark.parametrize(
    ("offset", "index"), [(0, 0), (4, 0), (5, None), (6, 1), (11, 1), (12, None), (-1, None), (99, None)]
)
def test_the_block_at_an_offset(offset: int, index: int | None) -> None:
    assert TWO.block_at(offset) == (None if index is None else TWO.blocks[index])


def test_one_box_a_printed_line() -> None:
    assert [*TWO.boxes(1, 5)] == [Box(0, 20, 100, 40, 200), Box(0, 10, 210, 25, 300)]


def test_a_line_that_runs_from_right_to_left_has_its_box_too() -> None:
    assert [*TWO.boxes(6, 8)] == [Box(1, 80, 50, 100, 90)]


@pytest.mark.parametrize(("start", "end"), [(3, 4), (0, 0), (5, 5), (8, 20)])
def test_where_nothing_is_printed_there_is_no_box(start: int, end: int) -> None:
    assert [*TWO.boxes(start, end)] == []


def test_a_structure_without_pages_has_no_boxes() -> None:
    assert [*Structure().boxes(0, 10)] == []


@given(st.integers(0, 9), st.integers(0, 9))
def test_boxes_are_those_of_the_characters(one: int, other: int) -> None:
    start, end = sorted((one, other))
    found = {(box.page, box.top): (box.left, box.right) for box in TWO.boxes(start, end)}
    expected: dict[tuple[int, int], tuple[int, int]] = {}
    for offset in range(start, end):
        for box in TWO.boxes(offset, offset + 1):
            left, right = expected.get((box.page, box.top), (box.left, box.right))
            expected[box.page, box.top] = min(left, box.left), max(right, box.right)
    assert found == expected


@given(st.lists(st.integers(-1000, 10_000), max_size=10))
def test_edges_are_kept_as_differences(edges: list[int]) -> None:
    total, back = 0, []
    for difference in relative_edges(edges):
        total += difference
        back.append(total)
    assert back == edges
