"""Where Tab goes: through a part of the window as one reads it, whatever was made first."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QLayout, QMainWindow, QSplitter, QStackedWidget, QWidget


def go_on(part: QWidget, *, forwards: bool) -> QWidget | None:
    """Give the focus to the next stop in a part of the window, round at its end; return the stop, or None if there is none."""
    now, step = QApplication.focusWidget(), 1 if forwards else -1
    stops = [widget for widget in _all_in(part) if widget is now or _is_stop(widget)]
    at = next((number for number, widget in enumerate(stops) if widget is now), -1 if forwards else 0)
    found = stops[(at + step) % len(stops)] if stops else None
    if found is not None:
        found.setFocus(Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason)
    return found


def stops_in(part: QWidget) -> Iterator[QWidget]:
    """Yield all that Tab stops at in a part of the window, in the order in which it is read."""
    return filter(_is_stop, _all_in(part))


def _all_in(part: QWidget) -> Iterator[QWidget]:
    """Yield all that is in a part; it may have ``first_stops``, which are more often wanted than what stands between them."""
    first: tuple[QWidget, ...] = getattr(part, "first_stops", ())
    yield from first
    for child in _children(part):
        if not child.isHidden() and not child.isWindow():
            yield from (each for each in (child, *_all_in(child)) if each not in first)


def _is_stop(widget: QWidget) -> bool:
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(takes) and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _children(widget: QWidget) -> list[QWidget]:
    """Return what stands in a widget in the order in which it is read: as laid out, else from top to bottom."""
    laid = [each for each in _laid_out(widget) if each is not None]
    known = set(laid)
    rest = [each for each in widget.children() if isinstance(each, QWidget) and each not in known]
    rtl = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return laid + sorted(rest, key=lambda each: (each.y(), -each.geometry().right() if rtl else each.x()))


def _laid_out(widget: QWidget) -> Iterator[QWidget | None]:
    if isinstance(widget, QMainWindow):
        yield from _parts(widget)
    elif isinstance(widget, QStackedWidget):
        yield widget.currentWidget()
    elif isinstance(widget, QSplitter):
        for number in range(widget.count()):
            yield from ((widget.handle(number),) if number else ())
            yield widget.widget(number)
    else:
        layout = widget.layout()
        if layout is not None:
            yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)


def _parts(window: QMainWindow) -> Iterator[QWidget | None]:
    """Yield the parts of a window: what stands above all, the docks where lines begin, the centre, the other docks, the rest."""
    left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    docks = sorted(window.findChildren(QDockWidget, options=Qt.FindChildOption.FindDirectChildrenOnly), key=_top)
    sides = (right, left) if window.layoutDirection() == Qt.LayoutDirection.RightToLeft else (left, right)
    yield window.menuWidget()
    yield from (dock for dock in docks if window.dockWidgetArea(dock) == sides[0])
    yield window.centralWidget()
    yield from (dock for dock in docks if window.dockWidgetArea(dock) == sides[1])


def _top(widget: QWidget) -> int:
    return widget.y()
