"""Web pages: what is seen, in which blocks, with which marks; what they say of themselves."""

from __future__ import annotations

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported, Suggestion
from annotator.domain.structure import BlockKind, InlineKind
from tests.importers.conftest import Read
from tests.importers.samples import PAGE


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def shown(imported: Imported) -> list[tuple[str, str, int, str]]:
    return [
        (block.kind.value, imported.text[block.start : block.end], block.level, block.number)
        for block in imported.structure.blocks
    ]


def test_white_space_is_set_as_browsers_do(read: Read) -> None:
    imported = read(page("<p>  one \n\t two<b> three</b> <i> four </i>\N{NO-BREAK SPACE} five<br> six </p>"), "a.html")
    assert imported.text == "one two three four \N{NO-BREAK SPACE} five\nsix"


def test_text_outside_of_paragraphs_is_not_lost(read: Read) -> None:
    imported = read(
        page("<div>loose <span>words</span><p>a paragraph</p>and more<section>last</section></div>"), "a.html"
    )
    assert imported.text == "loose words\na paragraph\nand more\nlast"
    assert {block.kind for block in imported.structure.blocks} == {BlockKind.PARAGRAPH}


def test_two_breaks_end_a_paragraph(read: Read) -> None:
    imported = read(page("<div>one<br>line<br><br>two</div>"), "a.html")
    assert [text for _, text, _, _ in shown(imported)] == ["one\nline", "two"]


def test_preformatted_text_stays(read: Read) -> None:
    imported = read(page("<pre>\n  a   b\n\n    c\n</pre><p>after</p>"), "a.html")
    assert imported.text == "  a   b\n\n    c\nafter"


@pytest.mark.parametrize(
    ("items", "numbers"),
    [
        ("<ol><li>x<li>x<li>x</ol>", ["1.", "2.", "3."]),
        ("<ol><li>x</ol><ol><li>x</ol>", ["1.", "1."]),
        ('<ol start="9"><li>x<li value="4">x<li>x</ol>', ["9.", "4.", "5."]),
        ("<ol reversed><li>x<li>x</ol>", ["2.", "1."]),
        ('<ol type="a" start="26"><li>x<li>x</ol>', ["z.", "aa."]),
        ('<ol type="I" start="4"><li>x<li>x</ol>', ["IV.", "V."]),
        ('<ol style="list-style-type: lower-roman"><li>x<li style="list-style: none">x</ol>', ["i.", ""]),
        ("<ul><li>x<li>x</ul>", ["", ""]),
        ('<ol start="nonsense"><li>x</ol>', ["1."]),
    ],
)
def test_list_items_have_the_number_that_is_printed(read: Read, items: str, numbers: list[str]) -> None:
    imported = read(page(items), "a.html")
    assert [number for _, _, _, number in shown(imported)] == numbers
    assert "1" not in imported.text


def test_lists_nest(read: Read) -> None:
    imported = read(page("<ol><li>a<ul><li>b</li></ul>c</li><li><p>d</p><p>e</p></li></ol>"), "a.html")
    assert shown(imported) == [
        ("list_item", "a", 1, "1."),
        ("list_item", "b", 2, ""),
        ("paragraph", "c", 1, ""),
        ("list_item", "d", 1, "2."),
        ("paragraph", "e", 1, ""),
    ]


def test_a_table_of_data(read: Read) -> None:
    table = (
        "<table><caption>Costs</caption><thead><tr><th rowspan=2>Year<th colspan=2>Cost</tr><tr><th>planned<th>real</tr></thead>"
        "<tr><td>2024<td><td>4.1<br>million</tr></table>"
    )
    imported = read(page(table), "a.html")
    assert imported.text == "Costs\nYear\tCost\nplanned\treal\n2024\t\t4.1\nmillion"
    cells = [
        (imported.text[block.start : block.end], block.row, block.column)
        for block in imported.structure.blocks if block.kind is BlockKind.TABLE_CELL
    ]  # fmt: skip
    assert cells == [
        ("Year", 0, 0), ("Cost", 0, 1), ("planned", 1, 1), ("real", 1, 2), ("2024", 2, 0), ("4.1\nmillion", 2, 2),
    ]  # fmt: skip


def test_a_table_for_layout_is_none(read: Read) -> None:
    imported = read(
        page("<table><tr><td><h2>A</h2><p>one</p></td><td><p>two</p></td></tr><tr><td>x</td><td>y</td></tr></table>"),
        "a.html",
    )
    assert imported.text == "A\none\ntwo\nx\ny"
    assert BlockKind.TABLE_CELL not in {block.kind for block in imported.structure.blocks}


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>", "<style>x</style>", "<noscript>x</noscript>", "<template>x</template>", "<p hidden>x</p>",
        '<p style="color:red; display : none">x</p>', '<p style="visibility:hidden">x</p>', "<textarea>x</textarea>",
        "<select><option>x</option></select>", "<iframe>x</iframe>", '<span class="sr-only">x</span>', "<dialog>x</dialog>",
        "<svg><title>x</title></svg>", "<!-- x -->", "<video>x</video>",
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_left_out(read: Read, hidden: str) -> None:
    assert read(page(f"<p>a</p>{hidden}<p>b</p>"), "a.html").text == "a\nb"


@pytest.mark.parametrize(
    "body",
    [
        "<p>a</p></body></html><p>b</p>",
        "</html><body><p>a</p><p>b</p>",
        "<noscript><iframe src=x></noscript><p>a</p><p>b</p>",
        "<p>a<p>b",
    ],
)
def test_damaged_markup_loses_nothing(read: Read, body: str) -> None:
    assert read(f"<html><head><title>x</title></head>{body}".encode(), "a.html").text == "a\nb"


def test_what_is_hidden_only_from_screen_readers_is_seen(read: Read) -> None:
    assert read(page('<p>a <span aria-hidden="true">b</span></p>'), "a.html").text == "a b"


def test_a_page_that_hides_all_of_itself_is_shown(read: Read) -> None:
    imported = read(page('<div style="display:none"><p>a</p></div>'), "a.html")
    assert (imported.text, "hidden-text-shown" in imported.warnings) == ("a", True)


def test_marks_lie_where_their_words_are(read: Read) -> None:
    imported = read(
        page("<p>😀 <em> very</em> <a href='/x'>the <b>firm</b></a>.</p><a href='y'><p>block</p><p>link</p></a>"),
        "a.html",
    )
    marks = [(one.kind, imported.text[one.start : one.end], one.target) for one in imported.structure.inlines]
    assert marks == [
        (InlineKind.EMPHASIS, "very", ""),
        (InlineKind.LINK, "the firm", "/x"),
        (InlineKind.STRONG, "firm", ""),
        (InlineKind.LINK, "block", "y"),
        (InlineKind.LINK, "link", "y"),
    ]


@pytest.mark.parametrize(
    ("head", "href", "target"),
    [
        ('<link rel="canonical" href="https://a.example/b/c">', "d", "https://a.example/b/d"),
        ('<meta property="og:url" content="https://a.example/b/">', "../d?x=1#y", "https://a.example/d?x=1#y"),
        (
            '<base href="https://b.example/"><link rel="canonical" href="https://a.example/">',
            "d",
            "https://b.example/d",
        ),
        ("<!-- saved from url=(0022)https://a.example/b/ -->", "d", "https://a.example/b/d"),
        ("", "https://a.example/", "https://a.example/"),
    ],
)
def test_links_are_resolved(read: Read, head: str, href: str, target: str) -> None:
    imported = read(page(f'<p><a href="{href}">x</a></p>', head), "a.html")
    assert [one.target for one in imported.structure.inlines] == [target]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[", "vbscript:x"]
)
def test_links_that_lead_nowhere_good_are_no_links(read: Read, href: str) -> None:
    imported = read(page(f'<p>a <a href="{href}">link</a></p>'), "a.html")
    assert (imported.text, imported.structure.inlines) == ("a link", ())


def test_kinds_of_blocks(read: Read) -> None:
    body = (
        "<h1>First</h1><h2>Second</h2><figure><figcaption>Seen</figcaption></figure><blockquote><p>Said</p></blockquote>"
        '<p class="wp-caption-text">Shot</p><address>Me</address><section class="footnotes"><ol><li>Note</li></ol></section>'
    )
    assert shown(read(page(body), "a.html")) == [
        ("title", "First", 1, ""), ("heading", "Second", 2, ""), ("caption", "Seen", 0, ""), ("quotation", "Said", 0, ""),
        ("caption", "Shot", 0, ""), ("byline", "Me", 0, ""), ("footnote", "Note", 1, "1."),
    ]  # fmt: skip


def test_the_article_is_marked_and_nothing_dropped(read: Read) -> None:
    imported = read(PAGE.encode(), "a.html")
    marked = {
        imported.text[block.start : block.end]: (block.article, block.label) for block in imported.structure.blocks
    }
    for inside in ("The wall", "By Lena Marsh", "The wall in April. Photograph: A. Stone", "Who paid?", "2.0",
                   "Correction: an earlier version of this article gave a wrong year."):  # fmt: skip
        assert marked[inside] == (True, ""), inside
    assert marked["Home"] == (False, "header")
    assert marked["A teaser for another story"] == (False, "aside")
    assert marked["Copyright The Ledger"] == (False, "footer")


def test_holes_in_the_article_are_filled(read: Read) -> None:
    long = "The council had promised to publish every one of the contracts by the end of the year, which it did not. "
    body = (
        '<div class="top"><a href="/">Start</a></div><div class="story"><h1>Walls</h1>'
        f"<p>{long * 2}</p><p>Yes.</p><blockquote class='twitter-tweet'>It was me <a href='x'>May 5</a></blockquote>"
        f"<div class='share-bar'><a href='s'>Share this</a></div><ul><li>one</li></ul><p>{long * 3}</p></div>"
    )
    imported = read(page(body), "a.html")
    marks = {imported.text[block.start : block.end]: block.article for block in imported.structure.blocks}
    assert marks["Yes."]
    assert marks["It was me May 5"]
    assert marks["one"]
    assert not marks["Share this"]


def test_a_page_without_an_article_is_taken_whole(read: Read) -> None:
    imported = read(page("<nav>Home</nav><p>Hi</p>"), "a.html")
    assert [(block.article, block.label) for block in imported.structure.blocks] == [(False, "navigation"), (True, "")]


def test_suggestions_say_where_they_are_from(read: Read) -> None:
    found = read(PAGE.encode(), "a.html").suggestions
    assert found.title == Suggestion(value="The wall", basis="og:title")
    assert found.authors == (Suggestion(value="Lena Marsh", basis="author mark"),)
    assert found.publisher == Suggestion(value="The Ledger", basis="og:site_name")
    assert found.language == Suggestion(value="en-GB", basis="html lang")
    assert found.url == Suggestion(value="https://ledger.example/2025/wall", basis="canonical link")


def test_linked_data_is_believed_first(read: Read) -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Deep",
    "datePublished": "2025-05-14T10:00:00Z", "author": [{"name": "A. Stone"}, {"name": "a. stone"}, "By B. Wood"],
    "publisher": {"name": "The Ledger"}}]}</script><script type="application/ld+json">{broken</script>
    <meta name="date" content="2024-01-01">"""
    found = read(page("<p>x</p>", head), "a.html").suggestions
    assert found.title == Suggestion(value="Deep", basis="json-ld headline")
    assert [one.value for one in found.authors] == ["A. Stone", "B. Wood"]
    assert found.publisher == Suggestion(value="The Ledger", basis="json-ld publisher")
    assert found.date == Suggestion(value="2025-05-14", basis="json-ld datePublished")


@pytest.mark.parametrize(
    ("head", "date", "basis"),
    [
        (
            '<meta property="article:published_time" content="2025-05-14T01:02:03+02:00">',
            "2025-05-14",
            "article:published_time",
        ),
        ('<meta name="DC.date" content="2025-05">', "2025-05", "dc.date"),
        ('<meta name="citation_publication_date" content="2025/05/14">', "2025-05-14", "citation_publication_date"),
        ('<meta name="date" content="2025-13-40">', "2025", "htmldate"),
    ],
)
def test_dates_keep_their_precision(read: Read, head: str, date: str, basis: str) -> None:
    found = read(page("<p>x</p>", head), "a.html").suggestions.date
    assert found == Suggestion(value=date, basis=basis)


def test_the_words_of_a_very_large_page_are_not_searched_for_a_date(read: Read) -> None:
    body = "<p>Posted on 14 May 2025 by the clerk.</p>"
    register = "".join(f"<p>Entry {number} of the register of the harbour.</p>" for number in range(12_000))
    assert read(page(body), "a.html").suggestions.date == Suggestion(value="2025-05-14", basis="htmldate")
    assert read(page(body + register), "a.html").suggestions.date is None


@pytest.mark.parametrize(
    ("comment", "basis"),
    [
        ("<!-- saved from url=(0020)https://a.example/b -->", "saved from url"),
        ("<!--\n Page saved with SingleFile \n url: https://a.example/b \n saved date: x\n-->", "SingleFile"),
    ],
)
def test_the_program_that_saved_a_page_tells_its_address(read: Read, comment: str, basis: str) -> None:
    found = read(f"<!DOCTYPE html>{comment}<html><body><p>x</p></body></html>".encode(), "a.html").suggestions.url
    assert found == Suggestion(value="https://a.example/b", basis=basis)


@pytest.mark.parametrize(
    ("text", "written_in", "declared", "found", "warning"),
    [
        ("Größe", "cp1252", "iso-8859-1", "cp1252", None),
        ("監査役", "shift_jis", "Shift_JIS", "cp932", None),
        ("审计", "gb18030", "gb2312", "gb18030", None),
        ("Größe", "utf-8", "iso-8859-1", "utf-8", "encoding-not-as-declared:cp1252"),
        ("Größe", "utf-16", "utf-8", "utf-16-le", None),
        ("Größe", "utf-8", "nonsense", "utf-8", None),
    ],
)
def test_encodings(read: Read, text: str, written_in: str, declared: str, found: str, warning: str | None) -> None:
    data = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head><p>{text}</p>'
    imported = read(data.encode(written_in), "a.html")
    assert (imported.text, imported.encoding) == (text, found)
    assert [one for one in imported.warnings if "encoding" in one] == ([warning] if warning else [])


def test_an_encoding_can_be_chosen(read: Read) -> None:
    data = page("<p>Gr\N{LATIN SMALL LETTER O WITH DIAERESIS}sse</p>")
    assert read(data, "a.html", encoding="cp1252").text == "GrÃ¶sse"
    with pytest.raises(ImportFailedError, match="does not fit"):
        read(data, "a.html", encoding="ascii")


def test_embedded_pictures_weigh_nothing(read: Read) -> None:
    picture = "data:image/png;base64," + "A" * 40_000_000
    assert read(page(f'<p>a</p><img src="{picture}"><p>b</p>'), "a.html").text == "a\nb"


def test_offsets_count_code_points_in_any_script(read: Read) -> None:
    imported = read(
        page('<p dir="rtl">שָׁלוֹם 😀 <b>עולם</b></p>\r\n<p>e\u0301t\u00e9 &#128169;&#0;&#xd800;</p>'), "a.html"
    )
    assert imported.text == "שָׁלוֹם 😀 עולם\ne\u0301té 💩\ufffd\ufffd"
    (mark,) = imported.structure.inlines
    assert imported.text[mark.start : mark.end] == "עולם"
