"""What a screen reader and somebody who only has Tab make of a part of the window."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QScrollBar, QWidget

MANY = 150
"""More stops than any window has: whoever presses Tab so often has gone round."""

_NOTHING = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.Border)
_ROWS = 40


def interface_of(widget: QWidget) -> QAccessibleInterface:
    """Return what assistive programs see of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name_of(widget: QWidget) -> str:
    """Return what a widget is called."""
    return interface_of(widget).text(QAccessible.Text.Name).strip()


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield what can be seen, and takes the focus or a click."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not root.window() or isinstance(widget, QScrollBar):
            continue
        takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
        is_hand = widget.testAttribute(Qt.WidgetAttribute.WA_SetCursor) and (
            widget.cursor().shape() == Qt.CursorShape.PointingHandCursor
        )
        if takes_focus or is_hand or isinstance(widget, QAbstractButton):
            yield widget


def unspoken(root: QWidget) -> list[str]:
    """Return the controls and rows that a screen reader has no words for, or knows no role of."""
    found = []
    for widget in controls(root):
        seen = interface_of(widget)
        told = f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        if seen.role() in _NOTHING:
            found.append(f"{told} “{name_of(widget)}” is a {seen.role().name}")
        if not name_of(widget):
            found.append(f"{told} has no name ({seen.text(QAccessible.Text.Description)})")
        if isinstance(widget, QAbstractItemView):
            found += [f"{told}: row {number} has no words" for number in _rows_without_words(widget)]
    return found


def _rows_without_words(view: QAbstractItemView) -> Iterator[int]:
    model, root = view.model(), view.rootIndex()
    for number in range(min(model.rowCount(root), _ROWS)):
        index = model.index(number, 0, root)
        roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        if not any(str(index.data(role) or "").strip() for role in roles):
            yield number


def tab_round(start: QWidget, *, back: bool = False) -> list[QWidget]:
    """Press Tab until the focus is where it was, and return where it went, the start first."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    stops = [start]
    for _ in range(MANY):
        focused = QApplication.focusWidget()
        assert focused is not None, f"after {stops[-1]} nothing has the focus"
        QTest.keyClick(focused, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None, f"after {focused} nothing has the focus"
        if now is start:
            return stops
        assert now not in stops, f"Tab goes round without {start} “{name_of(start)}”: {now} again"
        stops.append(now)
    raise AssertionError(f"Tab never comes back to {start}")


def astray(stops: list[QWidget]) -> list[str]:
    """Return the steps from one stop to the next that go against the reading order: neither on in the line nor below."""
    found = []
    for one, other in pairwise(stops):
        if one.isAncestorOf(other) or other.isAncestorOf(one):
            continue
        first, second = _place(one), _place(other)
        rtl = one.layoutDirection() == Qt.LayoutDirection.RightToLeft
        on = second.right() <= first.left() + 1 if rtl else second.left() >= first.right() - 1
        below = second.top() >= first.center().y()
        if not on and not below:
            found.append(f"{_told(one)} then {_told(other)}")
    return found


def _place(widget: QWidget) -> QRect:
    """Return where a widget is in its window, as far as scrolling areas let it be seen whole or not."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def _told(widget: QWidget) -> str:
    place = _place(widget)
    return f"{type(widget).__name__} “{name_of(widget)[:40]}” at {place.x()}, {place.y()}"
