"""Structures as they are stored: what is read equals what was written, and what is wrong is told."""

from __future__ import annotations

import pytest

from annotator.domain.codec import canonical
from annotator.domain.stored_structure import read_structure
from annotator.domain.structure import Block, BlockKind, Inline, InlineKind, Line, Page, Structure, relative_edges

_WHOLE = Structure(
    blocks=(Block(kind=BlockKind.PARAGRAPH, start=0, end=6),),
    inlines=(Inline(kind=InlineKind.LINK, start=0, end=3, target="https://example.org"),),
    pages=(Page(width=59500, height=84200, engine="pdfminer"),),
    lines=(
        Line(page=0, start=0, end=3, top=100, bottom=200, edges=relative_edges([10, 20, 20, 30, 30, 40])),
        Line(page=0, start=4, end=6, top=210, bottom=300, edges=relative_edges([10, 25, 25, 30])),
    ),
)


def test_what_is_read_equals_what_was_written() -> None:
    found = read_structure(canonical(_WHOLE))
    assert found == _WHOLE
    assert hash(found.lines[0].edges) == hash(_WHOLE.lines[0].edges)
    assert list(found.boxes(1, 5)) == list(_WHOLE.boxes(1, 5))
    assert found.lines[1].edges[1:3] == (15, 0)
    assert found.lines[1].edges[0] == 10


def test_a_structure_of_next_to_nothing_is_one() -> None:
    assert read_structure(b"{}") == Structure()


@pytest.mark.parametrize("data", [b"", b"[]", b'{"blocks":[{}]}', b'{"lines":[{"page":0}]}', b'{"pages":"x"}', b"\xff"])
def test_what_is_no_structure_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_structure(data)


def test_edges_that_are_no_numbers_are_told_when_they_are_asked_for() -> None:
    line = {"page": 0, "start": 0, "end": 1, "top": 0, "bottom": 1, "edges": ["x", None]}
    found = read_structure(canonical({"lines": [line]}))
    with pytest.raises(ValueError, match="int"):
        len(found.lines[0].edges)
