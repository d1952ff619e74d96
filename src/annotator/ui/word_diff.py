"""Shows how two texts differ, word by word: in one text, or one side of it with its own words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import bidirectional

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.word_diff import Difference, Piece, one_side
from annotator.ui.theme import current_theme, panel_font

_LINE_BREAK = "\u2028"
_THIN_SPACE = "\u2009"
_GAP = 2
_THICK = 2
_USUAL = 320
_LEAST = 64


class WordDiff(QWidget):
    """Words that wrap; what differs is marked by a shape and not by a colour alone.

    Both sides in one: gone words are struck through and muted, new ones stand on a tint with a line under them. One side: its own
    words stand on the tint. The accessible name is the text in words, with what is gone and new named where both are shown.
    """

    def __init__(
        self,
        pieces: Sequence[Piece] = (),
        *,
        side: Difference | None = None,
        font: QFont | None = None,
        struck: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``side`` is ``GONE`` for the text before alone, ``NEW`` for the one after alone, None for both in one.

        ``struck``: what is marked is gone, and struck through on grey.
        """
        super().__init__(parent)
        self._pieces: tuple[Piece, ...] = ()
        self._side, self._struck = side, struck
        self._marked: list[tuple[int, int]] = []
        self._layout = QTextLayout()
        self._width = -1
        self.setFont(font or panel_font())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.tell(pieces, side=side)

    def tell(self, pieces: Sequence[Piece], *, side: Difference | None = None) -> None:
        """Show other words."""
        self._side = side
        self._pieces = tuple(pieces) if side is None else one_side(pieces, side)
        self.setAccessibleName(self._said())
        self._lay()
        self.updateGeometry()
        self.update()

    def marked(self) -> tuple[str, ...]:
        """Return the words that are shown as different."""
        return tuple(piece.text for piece in self._pieces if piece.change is not Difference.SAME)

    def hasHeightForWidth(self) -> bool:
        """Tell that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the words are when they wrap at ``width`` px."""
        self._wrap(max(width, 1))
        return max(self._pitch() * self._layout.lineCount(), self._pitch())

    def sizeHint(self) -> QSize:
        """Return the size of the words on lines of a usual length."""
        self._wrap(_USUAL)
        lines = (self._layout.lineAt(number) for number in range(self._layout.lineCount()))
        width = min(_USUAL, int(max((line.naturalTextWidth() for line in lines), default=0)) + 1)
        return QSize(width, self.heightForWidth(max(width, _LEAST)))

    def minimumSizeHint(self) -> QSize:
        """Return room for a short word."""
        return QSize(_LEAST, self._pitch())

    def changeEvent(self, event: QEvent) -> None:
        """Take over other colours or letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._lay()
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks and the words over them."""
        self._wrap(max(self.width(), 1))
        painter, theme = QPainter(self), current_theme()
        shown = QRectF(event.rect())
        for strip in self._strips(shown):
            painter.fillRect(strip, theme.hairline if self._struck else theme.selection)
            line = QRectF(strip.left(), strip.bottom() - _THICK, strip.width(), _THICK)
            if self._struck:
                line = QRectF(strip.left(), round(strip.center().y()), strip.width(), 1)
            painter.fillRect(line, theme.muted if self._struck else theme.accent)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        self._layout.draw(painter, QPointF(0, 0), [], shown)

    # -- laying out

    def _said(self) -> str:
        if self._side is not None:
            return "".join(piece.text for piece in self._pieces)
        words = {
            Difference.SAME: "{0}",
            Difference.GONE: self.tr("[gone: {0}] "),
            Difference.NEW: self.tr("[new: {0}]"),
        }
        return "".join(words[piece.change].format(piece.text) for piece in self._pieces)

    def _lay(self) -> None:
        """Put the words together, with how each of them looks."""
        gone = QTextCharFormat()
        gone.setFontStrikeOut(True)
        gone.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))
        shown, at, formats, follows_gone = "", 0, [], False
        self._marked = []
        for piece in self._pieces:
            words = _visible(piece)
            if piece.change is Difference.NEW and follows_gone and not shown[-1].isspace():
                shown, at = shown + _THIN_SPACE, at + 1
            length = _units(words)
            follows_gone = piece.change is Difference.GONE
            if piece.change is Difference.GONE and self._side is None:
                look = QTextLayout.FormatRange()
                look.start, look.length, look.format = at, length, gone
                formats.append(look)
            elif piece.change is not Difference.SAME:
                lead = _units(words) - _units(words.lstrip(" "))
                trail = _units(words) - _units(words.rstrip(" "))
                inner = length - lead - trail
                self._marked.append((at + lead, inner) if inner > 0 else (at, length))
            shown, at = shown + words, at + length
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self._runs_leftwards(shown):
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._layout = QTextLayout(shown, self.font())
        self._layout.setTextOption(option)
        self._layout.setFormats(formats)
        self._layout.setCacheEnabled(True)
        self._width = -1

    def _runs_leftwards(self, text: str) -> bool:
        """Tell whether a text is one from right to left: its first letter decides, without one the window does."""
        strong = next((kind for character in text if (kind := bidirectional(character)) in ("L", "R", "AL")), "")
        return strong != "L" if strong else self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _wrap(self, width: int) -> None:
        """Break the words into lines that fit ``width`` px, unless they are."""
        if width == self._width:
            return
        self._width = width
        pitch, top = self._pitch(), 0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += pitch
        self._layout.endLayout()

    def _pitch(self) -> int:
        return self.fontMetrics().height() + _GAP

    def _strips(self, shown: QRectF) -> Iterator[QRectF]:
        """Yield where marked words stand on the lines that are to be painted."""
        pitch = self._pitch()
        first = max(0, int(shown.top()) // pitch)
        last = min(self._layout.lineCount(), int(shown.bottom()) // pitch + 1)
        for number in range(first, last):
            line = self._layout.lineAt(number)
            start, end = line.textStart(), line.textStart() + line.textLength()
            for at, length in self._marked:
                begin, stop = max(at, start), min(at + length, end)
                if begin < stop:
                    for left, right in _extents(line, begin, stop):
                        yield QRectF(left, number * pitch, right - left, pitch)


def _visible(piece: Piece) -> str:
    """Return the words of a piece; a line break that differs shows as a sign."""
    words = piece.text.replace("\r\n", "\n").replace("\n", _LINE_BREAK)
    return f"¶{words}" if piece.change is not Difference.SAME and piece.text.isspace() and "\n" in piece.text else words


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _extents(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Return from where to where a stretch reaches, in text of both directions; blanks at a line's end do not count."""
    whole = line.naturalTextRect()
    rects = (run.boundingRect() for run in line.glyphRuns(start, end - start))
    found = [(max(rect.left(), whole.left()), min(rect.right(), whole.right())) for rect in rects if rect.width() > 0]
    if not found:
        edges = sorted(float(line.cursorToX(at)[0]) for at in (start, end))  # type: ignore[index]
        found = [(edges[0], edges[1])]
    return [(left, right) for left, right in found if left < right]
