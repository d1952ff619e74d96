"""What assistive programs are told of our own widgets: Qt knows its own, and takes all others for fillers."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from functools import partial
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QWidget

_ROLE = QAccessible.Role
ROLES = {
    "AgreementMatrix": _ROLE.Chart,
    "ChangeView": _ROLE.Grouping,
    "ClaimsPanel": _ROLE.Grouping,
    "ClaimsScreen": _ROLE.Grouping,
    "ConclusionPanel": _ROLE.Grouping,
    "HairLine": _ROLE.Separator,
    "KeyedWords": _ROLE.StaticText,
    "LinkagePanel": _ROLE.Grouping,
    "ReviewPage": _ROLE.Grouping,
    "Ribbon": _ROLE.Graphic,
    "Segments": _ROLE.Grouping,
    "Sheet": _ROLE.Dialog,
    "SourcesPanel": _ROLE.Grouping,
    "StatusBar": _ROLE.StatusBar,
    "Thumbnails": _ROLE.Graphic,
    "TopBar": _ROLE.ToolBar,
    "_KeyField": _ROLE.HotkeyField,
}
"""What a widget of a class is, and of every class below it that says nothing of its own."""

Maker = Callable[[QWidget], QAccessibleWidget]

_makers: dict[str, Maker] = {}
_made: WeakSet[QAccessibleWidget] = WeakSet()


def tell_as(kind: str, maker: Maker) -> None:
    """Let ``maker`` make what assistive programs see of the widgets of a class, and of those below it.

    It may be called while the widget is still being made: it must ask nothing of it.
    """
    if not _makers:
        QAccessible.installFactory(_make)
        atexit.register(_give_up)
    _makers[kind] = maker


def tell_roles() -> None:
    """Tell what our own widgets are, those too that somebody has asked Qt about already."""
    for kind, role in ROLES.items():
        tell_as(kind, partial(QAccessibleWidget, r=role))
    if QAccessible.isActive():
        for widget in QApplication.allWidgets():
            if any(kind.__name__ in ROLES for kind in type(widget).__mro__):
                _ask_anew(widget)


def _ask_anew(widget: QWidget) -> None:
    """Let Qt forget what it has told of a widget."""
    told = QAccessible.queryAccessibleInterface(widget)
    if told is not None and told not in _made:
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(told))


def _make(kind: str, thing: QObject) -> QAccessibleWidget | None:
    maker = _makers.get(kind)
    if maker is None or not isinstance(thing, QWidget):
        return None
    made = maker(thing)
    _made.add(made)
    return made


def _give_up() -> None:
    """Delete what Qt keeps of ours before Python ends: Qt would do it later, and call into Python."""
    for made in tuple(_made):
        if shiboken6.isValid(made):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(made))
