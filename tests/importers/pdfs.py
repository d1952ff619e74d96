"""A tiny PDF writer: pages of text at given places, enough for what the importer must be shown."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

LETTER = (0, 0, 612, 792)
WIDTH = 600
"""Every glyph of the coded font is this wide, in thousandths of the type size."""


def at(x: float, y: float, text: str, *, size: float = 10, font: str = "F1") -> str:
    """Show ``text`` (of Windows-1252) at a place in points from the lower left corner."""
    hexed = text.encode("cp1252").hex()
    return f"BT /{font} {size} Tf {x} {y} Td <{hexed}> Tj ET\n"


def lines(x: float, y: float, texts: Sequence[str], *, size: float = 10, font: str = "F1", step: float = 12) -> str:
    return "".join(at(x, y - step * index, text, size=size, font=font) for index, text in enumerate(texts))


def picture(x: float, y: float, width: float, height: float) -> str:
    """Show a picture of four grey points, at a place in points from the lower left corner."""
    return f"q {width} 0 0 {height} {x} {y} cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 20A0C040> EI Q\n"


@dataclass
class Coded:
    """A font whose codes mean any characters: ``letters`` lists them from code 1 on; some stand for several."""

    letters: Sequence[str]

    def at(self, x: float, y: float, text: Sequence[str], *, size: float = 10) -> str:
        codes = "".join(f"{self.letters.index(letter) + 1:02x}" for letter in text)
        return f"BT /F3 {size} Tf {x} {y} Td <{codes}> Tj ET\n"

    def to_unicode(self) -> bytes:
        pairs = "\n".join(
            f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for code, letter in enumerate(self.letters, start=1)
        )
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            "1 begincodespacerange <00> <ff> endcodespacerange\n"
            f"{len(self.letters)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
        ).encode()


@dataclass
class Pdf:
    """A document in the making; ``page`` adds one, ``bytes`` writes it down."""

    coded: Coded = field(default_factory=lambda: Coded(["?"]))
    info: dict[str, str] = field(default_factory=dict)
    catalog: str = ""
    fonts: str = ""
    _pages: list[tuple[str, bytes]] = field(default_factory=list)

    def page(
        self,
        content: str,
        *,
        media: tuple[int, ...] = LETTER,
        crop: tuple[int, ...] | None = None,
        rotate: int = 0,
        filters: str = "",
        raw: bytes | None = None,
    ) -> Pdf:
        attributes = f"/MediaBox [{' '.join(map(str, media))}] /Rotate {rotate}"
        if crop:
            attributes += f" /CropBox [{' '.join(map(str, crop))}]"
        body = content.encode("latin-1") if raw is None else raw
        self._pages.append(
            (attributes, b"<< /Length %d %s >> stream\n%s\nendstream" % (len(body), filters.encode(), body))
        )
        return self

    def bytes(self) -> bytes:
        cmap = zlib.compress(self.coded.to_unicode())
        widths = " ".join([str(WIDTH)] * len(self.coded.letters))
        info = " ".join(f"/{key} <feff{value.encode('utf-16-be').hex()}>" for key, value in self.info.items())
        kids = " ".join(f"{9 + 2 * index} 0 R" for index in range(len(self._pages)))
        objects = [
            f"<< /Type /Catalog /Pages 2 0 R {self.catalog} >>".encode(),
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self._pages)} >>".encode(),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
            f"<< /Type /Font /Subtype /Type1 /BaseFont /Coded /FirstChar 1 /LastChar {len(self.coded.letters)} "
            f"/Widths [{widths}] /ToUnicode 6 0 R /FontDescriptor << /Type /FontDescriptor /FontName /Coded /Flags 4 "
            "/Ascent 800 /Descent -200 /FontBBox [0 -200 600 800] >> >>".encode(),
            b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(cmap), cmap),
            f"<< {info} >>".encode(),
            f"<< /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R {self.fonts} >> >>".encode(),
        ]
        for index, (attributes, stream) in enumerate(self._pages):
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /Resources 8 0 R /Contents {10 + 2 * index} 0 R {attributes} >>".encode()
            )
            objects.append(stream)
        return written(objects)


def written(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1: the first is the catalog, the seventh (if any) the information."""
    data = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    info = b" /Info 7 0 R" if len(objects) > 6 else b""
    return data + b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, info, start)
