"""Marks what is disputed, says which values stand and who set them, and leads to settling it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QToolTip, QWidget

from annotator.ui.controls import GRID, plain_label, plain_tooltip
from annotator.ui.desk import Desk
from annotator.ui.marks import SIGN, chip_size, draw_disputed, draw_disputed_tile
from annotator.ui.theme import FOCUS_WIDTH, current_theme, draw_frame

if TYPE_CHECKING:
    from annotator.domain.ids import EntityId
    from annotator.services.project import Project

_LONG = 120
"""Letters of a value that a tooltip shows."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A disputed field in words: its ``name``, and every value that stands with who set it and when."""

    name: str
    sides: tuple[str, ...]

    @property
    def words(self) -> str:
        """The whole in one sentence."""
        return f"{self.name}: {' · '.join(self.sides)}"


def disputed_words() -> str:
    """Return the word that stands beside a disputed value."""
    return QCoreApplication.translate("disputes", "disputed")


def stands(project: Project, entity: EntityId) -> dict[str, Stand]:
    """Return the disputed fields of an entity in words, by their names; none where nothing is. For jobs."""
    from annotator.ui.exchanging.conflict_telling import tell_conflicts

    conflicts = project.conflicts(entity)
    if not conflicts:
        return {}
    side = QCoreApplication.translate("disputes", "{0} ({1}, {2})")
    return {
        row.field: Stand(row.name, tuple(side.format(_short(s.value.words), s.who, s.at) for s in row.sides))
        for row in tell_conflicts(project, conflicts).rows
    }


def _tooltip(words: str) -> str:
    return plain_tooltip(words).replace("\n", "<br>")


def _short(words: str) -> str:
    words = " ".join(words.split()) or QCoreApplication.translate("disputes", "nothing")
    return words if len(words) <= _LONG else f"{words[:_LONG].rstrip()}…"


def show_tip(desk: Desk, widget: QWidget, at: QPoint, entity: EntityId, before: str = "") -> None:
    """Say at a place of the screen which values stand, as soon as it is known; until then ``before``."""
    if before:
        QToolTip.showText(at, _tooltip(before), widget)

    def say(found: Mapping[str, Stand]) -> None:
        lines = [before, *(stand.words for stand in found.values())]
        if found and widget.underMouse():
            QToolTip.showText(at, _tooltip("\n".join(line for line in lines if line)), widget)

    desk.ask(lambda project: stands(project, entity), say, owner=widget)


class DisputedMark(QAbstractButton):
    """The sign and word beside a value that is one of several. Its tooltip names them all; pressed, it leads to settling them."""

    said = Signal(str)
    """The values that stand, in words, once they are known."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, small: bool = False) -> None:
        """``small`` is the sign alone, where a word has no room."""
        super().__init__(parent)
        self._desk = desk
        self._small = small
        self.setAccessibleName(self.tr("Disputed: show what stands side by side"))
        self._entity: EntityId | None = None
        self._fields: tuple[str, ...] = ()
        self._named = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._lead)
        self.hide()

    def show_of(self, entity: EntityId | None, disputed: Collection[str], *fields: str) -> None:
        """Be there where one of ``fields`` (any field, where none is named) of an entity is among the ``disputed`` ones."""
        wanted = tuple(field for field in disputed if not fields or field in fields)
        self._entity, self._fields, self._named = entity, wanted, bool(fields)
        self.setVisible(bool(entity and wanted))
        if entity and wanted:
            self._desk.ask(lambda project: stands(project, entity), self._take, owner=self)

    def _take(self, found: Mapping[str, Stand]) -> None:
        said = {field: stand for field, stand in found.items() if field in self._fields}
        words = "\n".join(stand.words for stand in said.values())
        named = len(said) > 1 or not self._named
        self.said.emit("\n".join(stand.words if named else "\n".join(stand.sides) for stand in said.values()))
        self.setAccessibleDescription(words)
        self.setToolTip(_tooltip("\n".join((words, self.tr("Press to settle it.")))) if words else "")

    def _lead(self) -> None:
        if self._entity:
            self._desk.dispute_wanted.emit(self._entity)

    def event(self, event: QEvent) -> bool:
        """Keep the tooltip to this mark, whatever lies below says."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.toolTip():
            QToolTip.showText(event.globalPos(), self.toolTip(), self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """Return room for sign and word, or for the sign alone."""
        return QSize(SIGN + 2, SIGN + 2) if self._small else chip_size(disputed_words())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint sign and word, framed while it has the focus."""
        theme, painter = current_theme(), QPainter(self)
        if self.underMouse():
            draw_frame(painter, QRectF(self.rect()), theme.hover, None)
        if self._small:
            draw_disputed_tile(painter, QRectF(self.rect()), theme)
        else:
            draw_disputed(painter, QRectF(self.rect()), disputed_words(), theme)
        if self.hasFocus():
            draw_frame(painter, QRectF(self.rect()), None, theme.accent, FOCUS_WIDTH)


class DisputedLine(QWidget):
    """Stands below a field: the mark, and every value that stands. Not there where nothing is disputed."""

    def __init__(self, desk: Desk, *, indent: int = 0, stacked: bool = False, parent: QWidget | None = None) -> None:
        """``indent`` is the room before it, in px. ``stacked``: the words stand below the mark, as where there is little room."""
        super().__init__(parent)
        self.mark = DisputedMark(desk)
        self._words = plain_label(muted=True)
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(indent, 2, 0, 4)
        row.setSpacing(2 if stacked else GRID)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        row.addWidget(self._words, 1)
        self.mark.said.connect(self._words.setText)
        self.hide()

    def show_of(self, entity: EntityId | None, disputed: Collection[str], *fields: str) -> None:
        """Be there where one of ``fields`` of an entity is among the ``disputed`` ones."""
        self.mark.show_of(entity, disputed, *fields)
        self.setVisible(not self.mark.isHidden())
