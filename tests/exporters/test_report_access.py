"""The report for everybody: structure that a screen reader can follow, and colours that can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from annotator.domain.source import Source
from annotator.exporters.base import ALL, ExportOptions, ProjectView
from annotator.exporters.excerpt import Piece
from annotator.exporters.html_parts import blockquote
from annotator.exporters.html_style import LINES, colours, drawing_style, running_title, verdict_codes
from annotator.exporters.page_tree import Node, read_page
from annotator.exporters.report import Quote
from tests.exporters.conftest import UNKNOWN, Case
from tests.exporters.test_html import page_of

WORDS, MARKS = 4.5, 3.0
"""The least contrast of words and of marks (WCAG 2.2, 1.4.3 and 1.4.11)."""


@pytest.fixture(params=["all", "one"])
def page(request: pytest.FixtureRequest, view: ProjectView, case: Case) -> Node:
    return read_page(page_of(view, ALL if request.param == "all" else ExportOptions(claims=(case.claim.id,))))


def every(page: Node, *names: str) -> list[Node]:
    return [node for node in page.walk() if node.tag in names]


def elements(node: Node) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node)]


def test_all_words_stand_in_a_landmark_and_there_is_a_way_past_the_head(page: Node) -> None:
    (body,) = every(page, "body")
    skip, *parts = elements(body)
    assert [part.tag for part in parts] == ["header", "main", "footer"]
    assert skip.attributes["href"] == f"#{parts[1].attributes['id']}"
    assert not "".join(child for child in body.children if isinstance(child, str)).strip()


def test_headings_come_in_order_and_say_something(page: Node) -> None:
    found = every(page, "h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(node.tag[1]) for node in found]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise([0, *levels]))
    assert all(node.text.strip() for node in found)


def test_lists_tables_and_folds_hold_what_belongs_into_them(page: Node) -> None:
    allowed = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}, "tr": {"th", "td"}}
    for name, children in allowed.items():
        for node in every(page, name):
            assert elements(node)
            assert {child.tag for child in elements(node)} <= children
    for table in every(page, "table"):
        assert [child.tag for child in elements(table)] == ["caption", "thead", "tbody"]
        assert {cell.attributes["scope"] for cell in every(table, "th")} == {"col", "row"}
    for fold in every(page, "details"):
        assert elements(fold)[0].tag == "summary"
        assert elements(fold)[0].text.strip()
    assert every(page, "table")


def test_pictures_have_a_name_and_a_description_and_the_same_in_words(page: Node) -> None:
    ids = {node.attributes["id"]: node for node in page.walk() if "id" in node.attributes}
    pictures = every(page, "svg")
    assert pictures
    for picture in pictures:
        assert picture.attributes["role"] == "img"
        named, described = (ids[name] for name in picture.attributes["aria-labelledby"].split())
        assert (named.tag, described.tag) == ("title", "desc")
        assert "Judgements by stance" in described.text
    told = [node for node in page.walk() if "told" in node.classes]
    assert len(told) * 2 == len(pictures)
    assert all(len(every(node, "li")) > 1 for node in told)


def test_links_say_where_they_lead_and_signs_are_not_read_aloud(page: Node) -> None:
    assert all(node.text.strip() for node in every(page, "a"))
    for node in page.walk():
        if node.tag == "span" and {"sign", "bars"} & set(node.classes):
            assert node.attributes["aria-hidden"] == "true"


def test_quotations_have_their_language_and_all_words_of_others_their_direction(page: Node, case: Case) -> None:
    quotations = every(page, "blockquote")
    assert {node.attributes["lang"] for node in quotations} == {case.source.language}
    named = [node for node in page.walk() if node.tag in ("blockquote", "h1", "dd") or "published" in node.classes]
    assert all(node.attributes["dir"] == "auto" for node in named)


@pytest.mark.parametrize(
    ("language", "told"), [("zh-Hans", ' lang="zh-Hans"'), ("", ""), ('x" onload="', ""), ("English", "")]
)
def test_a_language_that_is_none_stays_away(language: str, told: str) -> None:
    source = Source(id=UNKNOWN, language=language)
    quote = Quote(pieces=(Piece("words", highlighted=True),), source=source, publisher="", page=None)
    mark = '<mark class="supports">words</mark>'
    assert blockquote(quote, "supports") == f'<blockquote dir="auto"{told}>{mark}</blockquote>'


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs() -> Iterator[tuple[str, str, float]]:
    """Yield the colours that stand on each other, and how far apart they must be."""
    for ground in ("surface", "raised"):
        yield from ((name, ground, WORDS) for name in ("text", "muted", "accent", "error"))
        yield "edge", ground, MARKS
        yield from ((f"{stance}-line", ground, MARKS) for stance in LINES)
    yield "text", "row-unfocused", WORDS
    yield from ((f"{stance}-text", f"{stance}-tint", WORDS) for stance in LINES)
    for code in sorted(verdict_codes() - {"open"}):
        name = code.replace("_", "-")
        yield f"{name}-text", f"{name}-tint", WORDS
        yield f"{name}-on-solid", f"{name}-solid", WORDS


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_told_apart(theme: str) -> None:
    known = colours(theme)
    near = [(one, other) for one, other, least in pairs() if contrast(known[one], known[other]) < least]
    assert near == []


def test_a_drawing_on_its_own_has_all_its_colours() -> None:
    style = drawing_style("light")
    assert "var(" not in style
    assert all(f".edge.{stance}{{stroke:{colours('light')[f'{stance}-line']}" in style for stance in LINES)


@pytest.mark.parametrize(
    "title", ["Plain words", 'A "quoted" </style><script>\'', "back\\slash }", "line\nend", "قال 😀", "x" * 300]
)
def test_the_title_at_the_head_of_a_page_cannot_end_its_rule(title: str) -> None:
    rule = running_title(title)
    assert re.fullmatch(r'@page\{@top-left\{content:"(?:[^"\\<>{}\n]|\\[0-9a-f]+ )*"\}\}', rule)
    assert len(rule) < 1_000
