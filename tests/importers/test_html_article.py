"""Which blocks of a web page are marked as its article, and as what."""

from __future__ import annotations

import json

import pytest

from annotator.domain.structure import Block
from tests.importers.conftest import Read
from tests.importers.test_html import page

LONG = "The council had promised to publish every one of the contracts by the end of the year, which it did not do. "


def story(inside: str) -> bytes:
    return page(f'<div class="story"><h1>Walls</h1><p>{LONG * 2}</p>{inside}<p>{LONG * 3}</p></div>')


def blocks(read: Read, data: bytes) -> dict[str, Block]:
    imported = read(data, "a.html")
    return {imported.text[block.start : block.end]: block for block in imported.structure.blocks}


@pytest.mark.parametrize(
    ("inside", "words", "label"),
    [
        ('<p><a href="/x">Another story of the day</a></p>', "Another story of the day", "teaser"),
        ("<p>Read more: The other wall</p>", "Read more: The other wall", "teaser"),
        ("<h3>Mehr zum Thema</h3><ul><li><a href='/x'>Die Mauer</a></ul>", "Die Mauer", "teaser"),
        ('<div class="post-meta">41 readers</div>', "41 readers", "other"),
        ("<h2>Over nothing</h2><h2>Over something</h2>", "Over nothing", "other"),
        ('<div class="share-bar"><a href="s">Share this</a></div>', "Share this", "share"),
    ],
)
def test_what_is_none_of_the_article_is_unmarked(read: Read, inside: str, words: str, label: str) -> None:
    found = blocks(read, story(inside))
    assert (found[words].article, found[words].label) == (False, label)
    assert found[(LONG * 3).strip()].article


@pytest.mark.parametrize(
    ("inside", "words", "kind"),
    [
        ("<p>Updated 5:27 am, 20 November 2019</p>", "Updated 5:27 am, 20 November 2019", "byline"),
        ("<p>16 marca 2021</p>", "16 marca 2021", "byline"),
        ("<p>Photo: Hau Dinh, AP</p>", "Photo: Hau Dinh, AP", "caption"),
        ("<p>© Rike/pixelio.de</p>", "© Rike/pixelio.de", "caption"),
        ("<figure><img src=x><div>The wall in spring</div></figure>", "The wall in spring", "caption"),
        ('<blockquote class="twitter-tweet"><p>Not mine</p></blockquote>', "Not mine", "quotation"),
        ('<div class="social-embed"><div class="fb-post">Not mine</div></div>', "Not mine", "quotation"),
        ('<div class="footnotes"><p>1 See there</p></div>', "1 See there", "footnote"),
        ("<h2>Over something</h2>", "Over something", "heading"),
        ("<p>Correction: it was in 1961</p>", "Correction: it was in 1961", "paragraph"),
        ("<p>Yes.</p>", "Yes.", "paragraph"),
        ("<ul><li>one</li></ul>", "one", "list_item"),
    ],
)
def test_what_belongs_to_the_article_is_marked_as_what_it_is(read: Read, inside: str, words: str, kind: str) -> None:
    found = blocks(read, story(inside))[words]
    assert (found.article, found.kind) == (True, kind)


def test_a_page_named_after_its_author_has_no_bylines_but_one(read: Read) -> None:
    data = page(
        f'<div class="post author-ada"><h1>Walls</h1><p class="author">Ada</p><p>{LONG * 4}</p><p>Short, and true.</p></div>'
    )
    assert [block.kind.value for block in blocks(read, data).values()] == ["title", "byline", "paragraph", "paragraph"]


def test_a_teaser_that_leads_into_the_article_is_part_of_it(read: Read) -> None:
    lead = "Nobody has seen the contracts yet, though everybody was told that they would be published long ago."
    found = blocks(
        read, page(f'<main><h1>Walls</h1><p class="teaser">{lead}</p><p>{LONG * 3}</p><p>{LONG * 2}</p></main>')
    )
    assert found[lead].article


def shell(body: str, shown: str) -> bytes:
    data = json.dumps({"@type": "NewsArticle", "headline": "Walls", "articleBody": body})
    return page(f"<nav><p>Menu</p></nav>{shown}", f'<script type="application/ld+json">{data}</script>')


@pytest.mark.parametrize("shown", ["", "<div id='app'>Loading</div>"])
def test_the_article_of_a_page_that_scripts_put_together_is_taken_from_its_data(read: Read, shown: str) -> None:
    imported = read(shell(f"{LONG * 4}\n{LONG}", shown), "a.html")
    marked = [imported.text[block.start : block.end] for block in imported.structure.blocks if block.article]
    assert marked == [(LONG * 4).strip(), LONG.strip()]
    assert imported.text.startswith("Menu\n")
    assert "text-from-linked-data" in imported.warnings


def test_an_article_that_is_seen_is_not_doubled(read: Read) -> None:
    imported = read(shell(LONG * 4, f"<main><p>{LONG * 4}</p></main><noscript><p>{LONG * 4}</p></noscript>"), "a.html")
    assert imported.text.count(LONG.strip()) == 4
    assert imported.warnings == ()
