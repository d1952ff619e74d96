"""The band between two versions: a line from where a passage stood to where it stands now, and a sign for what became of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.anchoring import AnchorState
from annotator.ui.icon_drawing import IconRole, draw_icon
from annotator.ui.theme import Theme, current_theme, draw_frame
from annotator.ui.versioning.joins import Join, Joins
from annotator.ui.versioning.version_reader import VersionReader

WIDTH = 64
_TILE, _LEFT, _APART = 20, 6, 22
_MOST = 60
"""So many lines are drawn at once; where there are more, those to settle come first."""

_STUB = 20
SIGNS = {
    AnchorState.CHANGED: "equal-not",
    AnchorState.ORPHANED: "unlink",
    AnchorState.MOVED: "arrow-down-up",
    AnchorState.WHITESPACE: "equal",
    AnchorState.EXACT: "equal",
}
_TILED = (AnchorState.CHANGED, AnchorState.ORPHANED, AnchorState.MOVED)


class JoinBand(QWidget):
    """Joins the passages of two readers that are in sight. A click on a sign chooses its passage."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._joins = Joins()
        self._chosen = ""
        self._readers: tuple[VersionReader, VersionReader] | None = None
        self._tiles: list[tuple[QRectF, str]] = []
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Which passage stands where"))

    def set_readers(self, old: VersionReader, new: VersionReader) -> None:
        """Stand between these two."""
        self._readers = old, new
        for reader in (old, new):
            reader.verticalScrollBar().valueChanged.connect(self.update)
        self.update()

    def forget(self) -> None:
        """Stand between no readers: those that were there go."""
        self._readers = None
        self.update()

    def show_joins(self, joins: Joins) -> None:
        """Join these."""
        self._joins = joins
        self.update()

    def choose(self, passage: str) -> None:
        """Show a passage as the chosen one."""
        self._chosen = passage
        self.update()

    def sizeHint(self) -> QSize:
        """Return the width of the band."""
        return QSize(WIDTH, WIDTH)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint lines and signs, the chosen ones last."""
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(0, 0, 1, self.height(), theme.hairline)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.hairline)
        self._tiles = []
        if self._readers is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        old, new = self._readers
        joins = list(self._joins.in_sight(old.in_sight(), new.in_sight(), _MOST))
        chosen = self._joins.find(self._chosen)
        for join in reversed(joins):
            if join is not chosen:
                self._draw_line(painter, join, theme)
        placed: list[tuple[Join, float]] = []
        for join in joins:
            y = self._height(old, join.old[0])
            if join is not chosen and join.state in _TILED and all(abs(y - other) >= _APART for _, other in placed):
                placed.append((join, y))
        for join, y in placed:
            self._draw_tile(painter, join, y, theme, chosen=False)
        if chosen is not None:
            self._draw_line(painter, chosen, theme, chosen=True)
            self._draw_tile(painter, chosen, self._height(old, chosen.old[0]), theme, chosen=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the passage whose sign is clicked."""
        hit = next((passage for tile, passage in self._tiles if tile.contains(event.position())), "")
        if hit:
            self.chosen.emit(hit)
        else:
            event.ignore()

    def tile_of(self, passage: str) -> QRectF | None:
        """Return where the sign of a passage was painted; None where it was not."""
        return next((tile for tile, id_ in self._tiles if id_ == passage), None)

    def _height(self, reader: VersionReader, offset: int) -> float:
        """Return how far down a place is; just beyond the edge where it cannot be seen."""
        y = reader.height_of(offset)
        if y is None:
            y = -_TILE if offset < reader.in_sight()[0] else self.height() + _TILE
        return y

    def _draw_line(self, painter: QPainter, join: Join, theme: Theme, *, chosen: bool = False) -> None:
        assert self._readers is not None  # noqa: S101 painted between readers only
        old, new = self._readers
        y, left = self._height(old, join.old[0]), _LEFT + _TILE if join.state in _TILED else 0
        colour: QColor = theme.accent if join.waits or chosen else theme.edge
        pen = QPen(colour, 2.0 if chosen else 1.0)
        if join.new is None:
            pen.setColor(theme.error if join.waits else theme.edge)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(self._x(left), y), QPointF(self._x(left + _STUB), y))
            return
        there = self._height(new, join.new[0])
        path = QPainterPath(QPointF(self._x(left), y))
        middle = (left + self.width()) / 2
        path.cubicTo(
            QPointF(self._x(middle), y), QPointF(self._x(middle), there), QPointF(self._x(self.width()), there)
        )
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _draw_tile(self, painter: QPainter, join: Join, y: float, theme: Theme, *, chosen: bool) -> None:
        left = self._x(_LEFT) if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self._x(_LEFT + _TILE)
        tile = QRectF(left, round(y - _TILE / 2), _TILE, _TILE)
        line = theme.error if join.new is None and join.waits else theme.accent if join.waits else theme.edge
        draw_frame(painter, tile, theme.accent if chosen else theme.raised, None if chosen else line)
        role: IconRole = "on_accent" if chosen else "error" if join.new is None and join.waits else "text"
        draw_icon(painter, tile.adjusted(2, 2, -2, -2).toRect(), SIGNS[join.state], role)
        self._tiles.insert(0, (tile, join.passage))

    def _x(self, x: float) -> float:
        """Return where something so far from the old side stands, whichever side that is."""
        return x if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self.width() - x
