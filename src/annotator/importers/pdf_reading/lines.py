"""From a line of glyphs, as pdfminer.six groups them, to a printed line of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pdfminer.layout import LTAnno, LTChar, LTTextLine

from annotator.importers.pdf_reading.bidi import Glyph, logical
from annotator.importers.pdf_reading.order import Rect

_BOLD = re.compile(r"bold|black|heavy|demi|medi(?!um)|[-,]bd\b", re.I)
_MOSTLY = 0.8
_SHARE = 0.1


@dataclass(slots=True, eq=False)
class Printed:
    """One printed line. Lengths are 1/100 pt from the upper left corner of what is seen of the page.

    ``left`` to ``bottom`` are as the line is read; where it is turned they are those after turning it upright, and ``spots``
    has the upper and lower edge of each character's own box. ``edges`` are the left and right edges of each character.
    """

    page: int
    text: str
    edges: list[int]
    left: int
    right: int
    top: int
    bottom: int
    size: int
    bold: bool
    spots: list[tuple[int, int]] = field(default_factory=list)

    def same_row(self, other: Printed) -> bool:
        """Tell whether both stand beside each other."""
        overlap = min(self.bottom, other.bottom) - max(self.top, other.top)
        return 2 * overlap > min(self.bottom - self.top, other.bottom - other.top)


def printed_line(
    line: LTTextLine,
    number: int,
    corner: tuple[float, float],
    origin: tuple[float, float],
    places: dict[int, Rect] | None,
) -> Printed | None:
    """Return a line of pdfminer's as ours, or none when nothing is printed in it."""
    text: list[str] = []
    edges: list[int] = []
    spots: list[tuple[int, int]] = []
    left, upper = corner
    for glyph in _spaced(logical(_glyphs(line, places))):
        x0, y0, x1, y1 = glyph.rect
        count = len(glyph.text)
        if count == 1:
            edges += round(100 * (x0 - left)), round(100 * (x1 - left))
        else:
            width = (x1 - x0) / count
            for index in range(count):
                edges += hundredths(x0 + index * width - left), hundredths(x0 + (index + 1) * width - left)
        text.append(glyph.text)
        if places is not None:
            spots += [(hundredths(upper - y1), hundredths(upper - y0))] * count
    characters = [item for item in line if isinstance(item, LTChar) and not item.get_text().isspace()]
    if not text or not characters:
        return None
    sizes = Counter(hundredths(item.size) for item in characters)  # of small capitals, the large ones count
    size = max(one for one in sizes if sizes[one] >= _SHARE * len(characters))
    bold = sum(1 for item in characters if _BOLD.search(str(item.fontname)))
    return Printed(
        page=number,
        text="".join(text),
        edges=edges,
        left=hundredths(min(item.x0 for item in characters) - origin[0]),
        right=hundredths(max(item.x1 for item in characters) - origin[0]),
        top=hundredths(origin[1] - max(item.y1 for item in characters)),
        bottom=hundredths(origin[1] - min(item.y0 for item in characters)),
        size=size,
        bold=bold > _MOSTLY * len(characters),
        spots=spots,
    )


def _glyphs(line: LTTextLine, places: dict[int, Rect] | None) -> Iterator[Glyph]:
    """Yield the glyphs of a line; a space that pdfminer found between two stands between their boxes."""
    items = list(line)
    previous: Rect | None = None
    for index, item in enumerate(items):
        if isinstance(item, LTChar):
            rect = places[id(item)] if places is not None else item.bbox
            yield Glyph(item.get_text(), rect, item.x0)
            previous = rect
        elif isinstance(item, LTAnno) and previous is not None and index + 1 < len(items):
            following = items[index + 1]
            if isinstance(following, LTChar):
                after = places[id(following)] if places is not None else following.bbox
                yield Glyph(" ", _gap(previous, after), following.x0)


def _gap(before: Rect, after: Rect) -> Rect:
    """Return what lies between two boxes."""
    x0, x1 = sorted((min(before[2], after[2]), max(before[0], after[0])))
    return x0, min(before[1], after[1]), x1, max(before[3], after[3])


def _spaced(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Yield glyphs without leading, trailing and repeated spaces."""
    waiting: Glyph | None = None
    begun = False
    for glyph in glyphs:
        if glyph.text == " ":
            waiting = waiting or glyph
            continue
        if waiting is not None and begun:
            yield waiting
        waiting = None
        begun = True
        yield glyph


def hundredths(points: float) -> int:
    """Return points as whole hundredths."""
    return round(points * 100)
