"""The tools beside the pages: which page, how large, the small pictures, marking an area, and back to the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QIntValidator, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget
from shiboken6 import isValid

from annotator.ui.actions import Actions
from annotator.ui.controls import KeyCap, plain_label
from annotator.ui.icons import icon
from annotator.ui.pages.pages_view import PagesView
from annotator.ui.pages.sheets import Fit
from annotator.ui.theme import panel_font

_HEIGHT, _SIDE = 28, 26
_ICON = QSize(16, 16)


class PageTools(QWidget):
    """Steers the view that it follows; without one it is hidden."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._view: PagesView | None = None
        self._full = 0
        self.up = self._button("chevron-up", "previous_page", lambda view: view.show_page(view.page - 1))
        self.down = self._button("chevron-down", "next_page", lambda view: view.show_page(view.page + 1))
        self.smaller = self._button("zoom-out", "zoom_out", lambda view: view.zoom_asked.emit(-1))
        self.larger = self._button("zoom-in", "zoom_in", lambda view: view.zoom_asked.emit(1))
        self.fit = self._button("", "whole_page", PagesView.turn_fit)
        self.thumbnails = self._button("panel-left", "thumbnails", _turn_thumbnails)
        self.area = self._button("square-dashed", "area", self._turn_area)
        for button in (self.thumbnails, self.area):
            button.setCheckable(True)
        self.number, self._count = self._field(), plain_label(muted=True, wrap=False)
        self._lay_out()
        self.setFixedHeight(_HEIGHT + 2)
        self.follow(None)
        actions.keys_changed.connect(self._name_buttons)
        self._name_buttons()

    def _button(self, image: str, action: str, does: object) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(image) if image else QIcon())
        button.setIconSize(_ICON)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setFont(panel_font())
        button.setObjectName(action)
        button.setFixedHeight(_HEIGHT)
        if image:
            button.setFixedWidth(_SIDE)
        button.clicked.connect(lambda: self._do(does))
        return button

    def _field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(self.tr("Page number"))
        field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        field.setFixedHeight(_HEIGHT - 4)
        field.returnPressed.connect(self._go)
        field.installEventFilter(self)
        return field

    def _lay_out(self) -> None:
        self.text = self._button("", "pages_or_text", lambda _view: self._actions["pages_or_text"].trigger())
        self.text.setText(self.tr("Text"))
        self._cap = QWidget(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for group in (
            (self.up, self.number, self._count, self.down),
            (self.smaller, self.fit, self.larger),
            (self.thumbnails, self.area),
            (self.text,),
        ):
            for widget in group:
                row.addWidget(widget)
            row.addSpacing(8)
        self._row = row

    def sizeHint(self) -> QSize:
        """Return room for all tools."""
        return QSize(max(self._full, self.minimumSizeHint().width()), self.height())

    def minimumSizeHint(self) -> QSize:
        """Return room for the tools without those that only say more."""
        spare = sum(widget.sizeHint().width() + self._row.spacing() for widget in self._spare)
        return QSize(max(self._full - spare, 0), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what only says more where there is no room for it."""
        super().resizeEvent(event)
        self._show_spare(shown=self.width() >= self._full)

    @property
    def _spare(self) -> tuple[QWidget, ...]:
        return self._count, self.fit, self._cap

    def _show_spare(self, *, shown: bool) -> None:
        for widget in self._spare:
            widget.setVisible(shown)

    def _measure(self) -> None:
        """Find out how wide all tools are together."""
        self._show_spare(shown=True)
        self._full = self._row.sizeHint().width()
        self._show_spare(shown=self.width() >= self._full)
        self.updateGeometry()

    # -- which view

    def follow(self, view: PagesView | None) -> None:
        """Show and steer this view from now on; None hides the tools."""
        before = self._view
        if before is view and view is not None:
            return
        if before is not None and isValid(before):
            before.page_changed.disconnect(self._show_page)
            before.area_mode_changed.disconnect(self._show_area)
            before.laid_out.disconnect(self._show_fit)
        self._view = view
        self.setVisible(view is not None)
        if view is not None:
            view.page_changed.connect(self._show_page)
            view.area_mode_changed.connect(self._show_area)
            view.laid_out.connect(self._show_fit)
            count = len(view.sheets)
            self.number.setValidator(QIntValidator(1, max(count, 1), self))
            self.number.setFixedWidth(self.number.fontMetrics().horizontalAdvance(f"0{count}") + 20)
            self._count.setText(self.tr("of {0}").format(f"{count:,}"))
            self._show_page(view.page)
            self._show_fit()
            self._show_area(on=view.picking.is_on)
            self._measure()

    def ask_page(self) -> None:
        """Let the number of a page be typed."""
        self.number.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.number.selectAll()

    # -- inside

    def _do(self, does: object) -> None:
        if self._view is not None and callable(does):
            does(self._view)
            self._show_fit()

    def _turn_area(self, view: PagesView) -> None:
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._actions["area"].trigger()

    def _go(self) -> None:
        view = self._view
        if view is not None and self.number.hasAcceptableInput():
            view.show_page(int(self.number.text()) - 1)
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_page(self, page: int) -> None:
        count = len(self._view.sheets) if self._view is not None else 0
        self.number.setText(str(page + 1))
        self.up.setEnabled(page > 0)
        self.down.setEnabled(page + 1 < count)

    def _show_area(self, on: bool) -> None:  # noqa: FBT001 a signal's slot
        self.area.setChecked(on)

    def _show_fit(self) -> None:
        view = self._view
        if view is None:
            return
        words = self.tr("Page width") if view.fit is Fit.WIDTH else self.tr("Whole page")
        words = words if view.zoom == 100 else f"{words} · {view.zoom} %"
        if words != self.fit.text():
            self.fit.setText(words)
            self._measure()
        self.thumbnails.setChecked(not view.thumbnails.isHidden())

    def _name_buttons(self) -> None:
        for button in self.findChildren(QToolButton):
            action = self._actions[button.objectName()]
            key = self._actions.key(button.objectName())
            words = action.text().removesuffix("…")
            button.setToolTip(f"{words} ({key})" if key else words)
            button.setAccessibleName(words)
        self._row.removeWidget(self._cap)
        self._cap.deleteLater()
        key = self._actions.key("pages_or_text")
        self._cap = KeyCap(key, self) if key else QLabel(self)
        self._row.addWidget(self._cap)
        self._measure()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the field with Esc, back to the pages."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self.number and event.type() == QEvent.Type.KeyPress and is_escape and self._view is not None:
            self._show_page(self._view.page)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)


def _turn_thumbnails(view: PagesView) -> None:
    view.show_thumbnails(shown=view.thumbnails.isHidden())
