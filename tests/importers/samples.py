"""A few sources of every format for the contract that all importers keep. A new importer adds its own here."""

from __future__ import annotations

from dataclasses import dataclass

from tests.importers import odts
from tests.importers.captures import PICTURE, WALL, Wacz, answer, message, mhtml, packed, record, request
from tests.importers.docx_files import docx, item, levels, notes, numbering, paragraph, run, table
from tests.importers.epubs import epub, page
from tests.importers.pdfs import Coded, Pdf, at, lines
from tests.importers.rtfs import listed, row, rtf

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>The wall - The Ledger</title>
<meta property="og:title" content="The wall"><meta property="og:site_name" content="The Ledger">
<link rel="canonical" href="https://ledger.example/2025/wall"></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav></header>
<main><article><h1>The wall</h1><p class="byline">By <a rel="author" href="/staff/marsh">Lena Marsh</a></p>
<p>The city spent <strong>4.1 million</strong> on a wall that was to cost two, the auditor
found\N{NO-BREAK SPACE}in May. Nobody \N{PILE OF POO} could say <em>who</em> had signed the second contract for it.</p>
<figure><img src="wall.jpg"><figcaption>The wall in April. Photograph: A. Stone</figcaption></figure>
<p>The mayor's office answered three questions of eleven, and none of those about the money that went to
<a href="../2024/firm">the firm</a>, which has since been dissolved.</p>
<ol start="3"><li>Who signed?</li><li>Who paid?</li></ol>
<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2023</td><td>2.0</td></tr><tr><td>2024</td><td>4.1</td></tr></table>
<blockquote><p>We did what the law asked of us, and we would do it again tomorrow, the contractor wrote.</p></blockquote>
<p>Correction: an earlier version of this article gave a wrong year.</p></article></main>
<aside class="related"><h2>More</h2><p><a href="/a">A teaser for another story</a></p></aside>
<footer>Copyright The Ledger</footer></body></html>"""


@dataclass(frozen=True)
class Sample:
    """``holds`` are words that the text must have, in this order."""

    name: str
    data: bytes
    importer: str
    holds: tuple[str, ...]


def _report() -> bytes:
    document = Pdf(info={"Title": "A report", "Author": "R. Stone", "CreationDate": "D:20250514"}, catalog="/Lang (en)")
    for number, words in enumerate(("first", "second", "third"), start=1):
        document.page(
            at(72, 760, "Report on the wall") + at(300, 40, f"{number}")
            + at(72, 700, f"Chapter {number}", size=18)
            + lines(72, 660, [f"The {words} line of a paragraph that is bro-", "ken over two lines and ends here."])
        )  # fmt: skip
    return document.bytes()


def _arabic() -> bytes:
    coded = Coded(list("سلام عليكم"))
    return Pdf(coded=coded).page(coded.at(72, 700, list("مكيلع مالس"))).bytes()


def _memo() -> bytes:
    body = (
        paragraph("The wall", "Titel")
        + paragraph("What it cost", "berschrift1")
        + paragraph(run("The city spent ") + run("4.1 million", "<w:b/>") + run(" on a wall.")
                    + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + item("Who signed?", 1) + item("Who paid?", 1)
        + table(("Year", "Cost"), ("2023", "2.0"))
    )  # fmt: skip
    return docx(
        body,
        core="<dc:creator>Lena Marsh</dc:creator>",
        numbering=numbering(levels(("decimal", "%1."), list_id=1, start=3)),
        footnotes=notes("footnote", paragraph("The auditor said so in May.")),
    )


def _book() -> bytes:
    return epub(
        {"one.xhtml": page("<h1>One</h1><p>It begins&nbsp;here.</p>"), "two.xhtml": page("<h1>Two</h1><p>سلام 😀</p>")},
        metadata="<dc:title>A book</dc:title>",
    )


def _letter() -> bytes:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f"{odts.paragraph('The auditor said so.')}</text:note-body></text:note>"
    )
    body = (
        odts.paragraph("The wall", "Title") + odts.heading("What it cost", 1)
        + odts.paragraph(f'The city spent <text:span text:style-name="B">4.1 million</text:span> on a wall.{note}')
        + odts.a_list("L", "Who signed?", "Who paid?") + odts.table(("Year", "Cost"), ("2023", "2.0"))
    )  # fmt: skip
    numbers = odts.list_style("L", 'style:num-format="1" style:num-suffix="." text:start-value="3"')
    return odts.odt(body, styles=odts.style("B", properties='fo:font-weight="bold"') + numbers)


def _release() -> bytes:
    body = (
        r"\pard\s2 The wall\par\pard\s1 What it cost\par\pard The city spent {\b 4.1 million} on a wall."
        r"{\super\chftn{\footnote\pard The auditor said so.}} \u8212? 😀\par "
        + listed("3.", "Who signed?") + listed("4.", "Who paid?") + row("Year", "Cost") + row("2023", "2.0")
    )  # fmt: skip
    return rtf(body)


_NOTE = """---
title: "The wall"
author: Lena Marsh
---
# The wall

The city spent **4.1 million** on [a wall](https://ledger.example).[^1]

3. Who signed?
4. Who paid?

| Year | Cost |
| ---- | ---- |
| 2023 | 2.0  |

[^1]: The auditor said so.
"""


def _mail() -> bytes:
    letter = message(
        "The auditor writes:\n\n> Nobody signed\n> the second contract.\n\nWhat do we make of it?",
        Subject="Re: Zwölf Straßen und eine Mauer",
    )
    letter.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="contract.pdf")
    return letter.as_bytes()


_WARC = packed(
    record("warcinfo", "", b"software: test\r\n", type_="application/warc-fields"),
    request(WALL),
    answer(WALL, PAGE.encode()),
    answer("https://ledger.example/wall.jpg", PICTURE, type_="image/png"),
)
_HELD = ("The wall", "4.1 million", "\N{NO-BREAK SPACE}in May", "Who signed?", "2023\t2.0")

SAMPLES = (
    Sample("plain.txt", "A title\n\nOne 😀 line,\nand another.\n".encode(), "text", ("A title", "😀 line,\nand")),
    Sample("windows.txt", "Zwölf Straßen\r\n\r\nüber Köln".encode("cp1252"), "text", ("Zwölf Straßen", "über Köln")),
    Sample("marked.txt", "\ufeffשלום עולם\r\re\u0301".encode("utf-16"), "text", ("שלום עולם", "e\u0301")),
    Sample(
        "page.html",
        PAGE.encode(),
        "html",
        ("The wall", "4.1 million", "\N{NO-BREAK SPACE}in May", "Who signed?", "2023\t2.0"),
    ),
    Sample(
        "arabic.html", "<html lang=ar><p>مرحبا <b>بالعالم</b></p><p>١٢٣</p>".encode(), "html", ("مرحبا بالعالم", "١٢٣")
    ),
    Sample("fragment.htm", b"<p>One</p><p>Two</p>", "html", ("One\nTwo",)),
    Sample(
        "memo.docx",
        _memo(),
        "docx",
        (
            "The wall",
            "4.1 million on a wall.[1]",
            "Who signed?",
            "Year\tCost",
            "2023\t2.0",
            "The auditor said so in May.",
        ),
    ),
    Sample("book.epub", _book(), "epub", ("One\nIt begins\N{NO-BREAK SPACE}here.\nTwo\nسلام 😀",)),
    Sample(
        "letter.odt",
        _letter(),
        "odt",
        ("The wall", "4.1 million on a wall.[1]", "Who signed?", "Year\tCost", "2023\t2.0", "The auditor said so."),
    ),
    Sample("flat.fodt", odts.fodt(odts.paragraph("Words 😀")), "odt", ("Words 😀",)),
    Sample(
        "release.rtf",
        _release(),
        "rtf",
        (
            "The wall",
            "4.1 million on a wall.[1] — 😀",
            "Who signed?",
            "Year\tCost",
            "2023\t2.0",
            "The auditor said so.",
        ),
    ),
    Sample("note.md", _NOTE.encode(), "markdown", ("4.1 million on a wall.[1]", "2023\t2.0", "The auditor said so.")),
    Sample("wall.warc.gz", _WARC, "warc", _HELD),
    Sample("wall.wacz", Wacz({"data.warc.gz": _WARC}, pages=[WALL]).file(), "wacz", _HELD),
    Sample(
        "wall.mhtml", mhtml(PAGE.encode(), ("https://ledger.example/wall.jpg", "image/png", PICTURE)), "mhtml", _HELD
    ),
    Sample(
        "letter.eml",
        _mail(),
        "eml",
        ("Re: Zwölf Straßen", "From: Lena Marsh", "Nobody signed\nthe second", "What do we"),
    ),
    Sample("report.pdf", _report(), "pdf", ("Chapter 1", "that is broken over two lines and ends here.", "Chapter 3")),
    Sample("arabic.pdf", _arabic(), "pdf", ("سلام عليكم",)),
)
