"""A PDF of any number of pages with passages on them, made up and always the same: its bytes, its text, where that stands."""

from __future__ import annotations

from random import Random

from annotator.domain.rows import PassageRow
from annotator.domain.structure import Block, BlockKind, Line, Page, Structure, relative_edges
from benchmarks.texts import Made, rows_on, sentences

WIDTH, HEIGHT = 595, 842
"""The size of a page in pt."""

_LEFT, _TOP, _STEP, _SIZE, _LETTER = 64, 72, 16, 10, 6
"""Places and sizes in pt; a letter of Courier is 6 wide at a size of 10."""

_LINES, _LETTERS = 44, 78
_ON_A_PAGE = _LINES * (_LETTERS + 1)
"""Code points of a page, line ends included."""


def printed(pages: int, passages: int, *, seed: int = 4) -> tuple[bytes, Made]:
    """Return a PDF of so many pages, and its text with so many ``passages`` on each page."""
    random = Random(seed)
    pool = [sentence.replace("–", "-") for sentence in sentences(random, emoji=False)]
    rows: list[PassageRow] = []
    texts: list[str] = []
    lines: list[Line] = []
    for page in range(pages):
        start = page * _ON_A_PAGE
        texts.append("\n".join(_page(random, pool)))
        rows += rows_on(random, _ON_A_PAGE - 1, passages, begin=start, first=page * passages)
        lines += [_line(page, start, number) for number in range(_LINES)]
    blocks = [
        Block(kind=BlockKind.PARAGRAPH, start=page * _ON_A_PAGE, end=(page + 1) * _ON_A_PAGE - 1)
        for page in range(pages)
    ]
    sizes = [Page(width=100 * WIDTH, height=100 * HEIGHT)] * pages
    structure = Structure(blocks=tuple(blocks), pages=tuple(sizes), lines=tuple(lines))
    return _pdf(texts), Made(
        "\n".join(texts), structure, tuple(sorted(rows, key=lambda row: (row.start, -row.end, row.id)))
    )


def _page(random: Random, pool: list[str]) -> list[str]:
    words = "".join(random.choices(pool, k=2 * _LINES * _LETTERS // min(map(len, pool))))
    return [words[number * _LETTERS : (number + 1) * _LETTERS] for number in range(_LINES)]


def _line(page: int, start: int, number: int) -> Line:
    edges = [100 * (_LEFT + _LETTER * (n + side)) for n in range(_LETTERS) for side in (0, 1)]
    base = 100 * (_TOP + _STEP * number)
    begin = start + number * (_LETTERS + 1)
    return Line(
        page=page,
        start=begin,
        end=begin + _LETTERS,
        top=base - 80 * _SIZE,
        bottom=base + 20 * _SIZE,
        edges=relative_edges(edges),
    )


def _pdf(texts: list[str]) -> bytes:
    """Write pages of text down as PDF 1.4: three objects that all share, then two a page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(texts)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>".encode(),
        b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >>",
    ]
    for number, text in enumerate(texts):
        lines = " ".join(f"({line}) '" for line in text.split("\n"))
        content = f"BT /F {_SIZE} Tf {_STEP} TL {_LEFT} {HEIGHT - _TOP + _STEP} Td {lines} ET".encode("ascii")
        box = f"/MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources 3 0 R /Contents {5 + 2 * number} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} >>".encode())
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{out.index(b'xref')}\n%%EOF\n".encode()
    return bytes(out)
