"""The colours, fonts and style that all widgets stand on; the values are in ``resources/themes``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from annotator.resources import resource

ThemeChoice = Literal["light", "dark", "system"]

RADIUS = 4.0
FOCUS_WIDTH = 2.0

_PANEL_SIZE = 13
_READING_FAMILY = "Source Serif 4"


class StanceColours(NamedTuple):
    """The colours of one stance: its line, its sign and words, and the tint behind them."""

    line: QColor
    text: QColor
    tint: QColor


class VerdictColours(NamedTuple):
    """The colours of one verdict: words on a tint (a linkage's), or on a solid ground (a conclusion's)."""

    text: QColor
    tint: QColor
    solid: QColor
    on_solid: QColor


class Theme(NamedTuple):
    """All colours of the window; the names are those of the tokens in ``resources/themes``."""

    name: str
    dark: bool
    surface: QColor
    raised: QColor
    text: QColor
    muted: QColor
    dim: QColor
    hairline: QColor
    edge: QColor
    accent: QColor
    on_accent: QColor
    selection: QColor
    row: QColor
    row_unfocused: QColor
    hover: QColor
    error: QColor
    stances: Mapping[str, StanceColours]
    verdicts: Mapping[str, VerdictColours]

    def stance(self, code: str) -> StanceColours:
        """Return the colours of a stance; one that only a project's own codebook knows is neutral."""
        return self.stances.get(code) or StanceColours(self.edge, self.muted, self.row_unfocused)

    def verdict(self, code: str) -> VerdictColours:
        """Return the colours of a verdict; not-rated ones and a codebook's own look like ``open``."""
        return self.verdicts.get(code) or self.verdicts["open"]


@cache
def load_theme(name: str) -> Theme:
    """Read the theme ``resources/themes/<name>.toml``.

    Raises ``FileNotFoundError`` for an unknown name and ``TypeError`` for missing or unknown tokens.
    """
    table = tomllib.loads(resource("themes", f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(
        name=name,
        dark=table["dark"],
        stances={code: StanceColours(**_colours(row)) for code, row in table["stances"].items()},
        verdicts={code: VerdictColours(**_colours(row)) for code, row in table["verdicts"].items()},
        **_colours(table["colours"]),
    )


def _colours(table: Mapping[str, str]) -> dict[str, QColor]:
    return {token: QColor(value) for token, value in table.items()}


class ThemeNotifier(QObject):
    """Knows the theme in force and says when it ``changed``; widgets need it only for what they cache."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = load_theme("light")
        self.follows_system = False

    def on_system_scheme(self, scheme: Qt.ColorScheme) -> None:
        """Take over the system's new colour scheme, if that is what was chosen."""
        app = QApplication.instance()
        if self.follows_system and isinstance(app, QApplication):
            apply_theme(app, load_theme(_name_of(scheme)))


@cache
def theme_notifier() -> ThemeNotifier:
    """Return the one notifier of the program."""
    return ThemeNotifier()


def current_theme() -> Theme:
    """Return the theme in force."""
    return theme_notifier().theme


def choose_theme(app: QApplication, choice: ThemeChoice) -> None:
    """Put the chosen theme in force now; ``system`` also follows the system's later changes."""
    notifier = theme_notifier()
    hints = app.styleHints()
    notifier.follows_system = choice == "system"
    hints.colorSchemeChanged.connect(notifier.on_system_scheme, Qt.ConnectionType.UniqueConnection)
    if choice == "system":
        hints.unsetColorScheme()
        apply_theme(app, load_theme(_name_of(hints.colorScheme())))
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)
        apply_theme(app, load_theme(choice))


def _name_of(scheme: Qt.ColorScheme) -> str:
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the program the theme's palette, our style and the panels' font.

    Qt hands the palette to the widgets, which then repaint, in the next turn of the event loop.
    """
    if not isinstance(app.style(), FlatStyle):
        app.setStyle(FlatStyle())
        app.setFont(panel_font())
    theme_notifier().theme = theme
    palette = palette_of(theme)
    app.setPalette(palette)
    QToolTip.setPalette(palette)
    theme_notifier().changed.emit()


def palette_of(theme: Theme) -> QPalette:
    """Translate the theme's tokens to Qt's roles; ``PlaceholderText`` is the muted text of labels too."""
    role = QPalette.ColorRole
    roles = {
        role.Window: theme.surface,
        role.Base: theme.raised,
        role.Button: theme.raised,
        role.AlternateBase: theme.hover,
        role.ToolTipBase: theme.raised,
        role.WindowText: theme.text,
        role.Text: theme.text,
        role.ButtonText: theme.text,
        role.ToolTipText: theme.text,
        role.HighlightedText: theme.text,
        role.PlaceholderText: theme.muted,
        role.BrightText: theme.error,
        role.Highlight: theme.selection,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.hover,
        role.Mid: theme.hairline,
        role.Dark: theme.edge,
        role.Shadow: theme.edge,
    }
    palette = QPalette()
    for one, colour in roles.items():
        palette.setColor(one, colour)
    palette.setColor(QPalette.ColorGroup.Inactive, role.Highlight, theme.row_unfocused)
    for one in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, theme.muted)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Base, theme.surface)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, theme.row_unfocused)
    return palette


@cache
def load_fonts() -> None:
    """Register the reading face, once; ``reading_font`` does it when it is first needed."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def reading_font(px: int, weight: QFont.Weight = QFont.Weight.Normal, *, italic: bool = False) -> QFont:
    """Return the face of what was published; it has ``Normal`` and ``DemiBold``, and an italic."""
    load_fonts()
    font = QFont([_READING_FAMILY, "serif"])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(px)
    font.setWeight(weight)
    font.setItalic(italic)
    return font


def panel_font(px: int = _PANEL_SIZE, *, bold: bool = False) -> QFont:
    """Return the system's face for what we say: 13, 16 or 20 px, all larger where the system's text is.

    It is asked for with every word that is painted, so all share it: whoever changes it takes a copy.
    """
    return _panel_font(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont), px, bold)


@cache
def _panel_font(system: QFont, px: int, bold: bool) -> QFont:  # noqa: FBT001
    font = QFont(system)
    font.setPixelSize(round(px * max(1.0, QFontInfo(system).pixelSize() / _PANEL_SIZE)))
    font.setBold(bold)
    return font


def draw_frame(painter: QPainter, rect: QRectF, fill: QColor | None, line: QColor | None, width: float = 1.0) -> None:
    """Paint a rectangle with our rounded corners; the line stays inside ``rect``."""
    if fill is None and line is None:
        return
    inset = width / 2 if line else 0.0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), RADIUS - inset, RADIUS - inset)
    painter.restore()


class FlatStyle(QProxyStyle):
    """Fusion where its palette cannot reach: accent focus frames, flat panels, thin scroll bars."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Return our measures, and Fusion's for the rest."""
        ours = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if ours is None else ours

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint fields, frames, buttons, check marks and chosen rows flat, with the focus in the accent."""
        if ours := _PRIMITIVES.get(element):
            ours(painter, option, current_theme(), widget)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint tabs, tool bars and progress bars flat."""
        if ours := _CONTROLS.get(element):
            ours(painter, option, current_theme(), widget)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint scroll bars as a thin handle, and pick lists as a field."""
        if control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            painter.fillRect(option.rect, current_theme().surface)
            handle = QRectF(_scroll_handle(option)).adjusted(4, 4, -4, -4)
            draw_frame(painter, handle, current_theme().edge, None)
        elif control == QStyle.ComplexControl.CC_ComboBox:
            _draw_field(painter, option, current_theme(), widget)
            arrow = QRectF(option.rect.right() - 20, option.rect.center().y() - 7.5, 16, 16)
            _draw_strokes(painter, arrow, current_theme().text, ((0.25, 0.38), (0.5, 0.63), (0.75, 0.38)))
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        sub_control: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Return where the parts of a scroll bar are: it has no arrow buttons."""
        if control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return _scroll_part(option, sub_control)
        return self.baseStyle().subControlRect(control, option, sub_control, widget)


_METRICS = {
    QStyle.PixelMetric.PM_DefaultFrameWidth: 2,
    QStyle.PixelMetric.PM_ScrollBarExtent: 16,
    QStyle.PixelMetric.PM_ScrollView_ScrollBarSpacing: 0,
    QStyle.PixelMetric.PM_ButtonIconSize: 16,
    QStyle.PixelMetric.PM_SmallIconSize: 16,
    QStyle.PixelMetric.PM_ToolBarIconSize: 16,
    QStyle.PixelMetric.PM_SplitterWidth: 1,
    QStyle.PixelMetric.PM_DockWidgetSeparatorExtent: 1,
}


def _has(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def _draw_frame_of_field(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None) -> None:
    if _has(option, QStyle.StateFlag.State_HasFocus):
        draw_frame(painter, QRectF(option.rect), None, theme.accent, FOCUS_WIDTH)
    else:
        enabled = _has(option, QStyle.StateFlag.State_Enabled)
        draw_frame(painter, QRectF(option.rect), None, theme.edge if enabled else theme.hairline)


def _draw_field(painter: QPainter, option: QStyleOption, theme: Theme, widget: QWidget | None) -> None:
    framed = not isinstance(option, QStyleOptionFrame) or option.lineWidth > 0
    draw_frame(painter, QRectF(option.rect), theme.raised, None)
    if framed:
        _draw_frame_of_field(painter, option, theme, widget)


def _draw_push_button(painter: QPainter, option: QStyleOption, theme: Theme, widget: QWidget | None) -> None:
    lit = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Sunken
    draw_frame(painter, QRectF(option.rect), theme.hover if option.state & lit else theme.raised, None)
    _draw_frame_of_field(painter, option, theme, widget)


def _draw_tool_button(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None) -> None:
    if option.state & (QStyle.StateFlag.State_On | QStyle.StateFlag.State_Sunken):
        draw_frame(painter, QRectF(option.rect), theme.row, None)
    elif _has(option, QStyle.StateFlag.State_MouseOver):
        draw_frame(painter, QRectF(option.rect), theme.hover, None)


def _draw_focus(painter: QPainter, option: QStyleOption, theme: Theme, widget: QWidget | None) -> None:
    shown_otherwise = isinstance(widget, QPushButton) or _has(option, QStyle.StateFlag.State_Selected)
    if not shown_otherwise:
        draw_frame(painter, QRectF(option.rect), None, theme.accent, FOCUS_WIDTH)


def _draw_check_box(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None) -> None:
    on = _has(option, QStyle.StateFlag.State_On)
    edge = theme.edge if _has(option, QStyle.StateFlag.State_Enabled) else theme.hairline
    box = QRectF(option.rect)
    draw_frame(painter, box, theme.accent if on else theme.raised, None if on else edge)
    if on:
        _draw_strokes(painter, box, theme.on_accent, ((0.25, 0.52), (0.43, 0.70), (0.76, 0.32)))


def _draw_radio(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None) -> None:
    on, can = _has(option, QStyle.StateFlag.State_On), _has(option, QStyle.StateFlag.State_Enabled)
    ring = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    ink = (theme.accent if on else theme.edge) if can else theme.hairline
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(ink)
    painter.setBrush(theme.raised)
    painter.drawEllipse(ring)
    if on:
        painter.setBrush(ink)
        painter.drawEllipse(ring.adjusted(3.5, 3.5, -3.5, -3.5))
    painter.restore()


def _draw_row(painter: QPainter, option: QStyleOption, theme: Theme, widget: QWidget | None) -> None:
    focused = widget is not None and widget.hasFocus()
    if _has(option, QStyle.StateFlag.State_Selected):
        painter.fillRect(option.rect, theme.row if focused else theme.row_unfocused)
        later = isinstance(option, QStyleOptionViewItem) and option.viewItemPosition in _LATER_IN_ROW
        indented = widget is not None and widget.inherits("QTreeView") and option.rect.left() > 0
        if not later and not indented:
            bar = QRect(option.rect)
            bar.setWidth(3)
            painter.fillRect(bar, theme.accent if focused else theme.edge)
    elif _has(option, QStyle.StateFlag.State_MouseOver):
        painter.fillRect(option.rect, theme.hover)


_LATER_IN_ROW = (
    QStyleOptionViewItem.ViewItemPosition.Middle,
    QStyleOptionViewItem.ViewItemPosition.End,
)


def _draw_tab(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None) -> None:
    chosen = _has(option, QStyle.StateFlag.State_Selected)
    rect = option.rect
    painter.fillRect(rect, theme.raised if chosen else theme.surface)
    painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.hairline)
    if chosen:
        painter.fillRect(rect.left(), rect.top(), rect.width(), 3, theme.accent)
    else:
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.hairline)


def _draw_tool_bar(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None) -> None:
    painter.fillRect(option.rect, theme.surface)


def _draw_separator(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None) -> None:
    painter.fillRect(option.rect, theme.hairline)


def _draw_groove(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None) -> None:
    painter.fillRect(_progress_bar(option.rect), theme.hairline)


def _draw_progress(painter: QPainter, option: QStyleOption, theme: Theme, _: QWidget | None) -> None:
    if isinstance(option, QStyleOptionProgressBar) and option.maximum > option.minimum:
        bar = _progress_bar(option.rect)
        done = (option.progress - option.minimum) / (option.maximum - option.minimum)
        bar.setWidth(round(bar.width() * max(0.0, done)))
        painter.fillRect(bar, theme.accent)


def _progress_bar(rect: QRect) -> QRect:
    height = min(8, rect.height())
    return QRect(rect.left(), rect.center().y() - height // 2, rect.width(), height)


def _scroll_handle(option: QStyleOptionSlider) -> QRect:
    rect, vertical = option.rect, option.orientation == Qt.Orientation.Vertical
    length, span = rect.height() if vertical else rect.width(), option.maximum - option.minimum
    handle = min(length, max(32, length * option.pageStep // max(1, span + option.pageStep)))
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - handle, option.upsideDown
    )
    if vertical:
        return QRect(rect.left(), rect.top() + start, rect.width(), handle)
    return QRect(rect.left() + start, rect.top(), handle, rect.height())


def _scroll_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    before, handle, after = QRect(option.rect), _scroll_handle(option), QRect(option.rect)
    if option.orientation == Qt.Orientation.Vertical:
        before.setBottom(handle.top() - 1)
        after.setTop(handle.bottom() + 1)
    else:
        before.setRight(handle.left() - 1)
        after.setLeft(handle.right() + 1)
    if option.upsideDown:
        before, after = after, before
    parts = {
        QStyle.SubControl.SC_ScrollBarSlider: handle,
        QStyle.SubControl.SC_ScrollBarGroove: option.rect,
        QStyle.SubControl.SC_ScrollBarSubPage: before,
        QStyle.SubControl.SC_ScrollBarAddPage: after,
    }
    return parts.get(part, QRect())


def _draw_strokes(painter: QPainter, box: QRectF, colour: QColor, points: Sequence[tuple[float, float]]) -> None:
    pen = QPen(colour, 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.drawPolyline([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points])
    painter.restore()


_Draw = Callable[[QPainter, QStyleOption, Theme, QWidget | None], None]

_PRIMITIVES: dict[QStyle.PrimitiveElement, _Draw] = {
    QStyle.PrimitiveElement.PE_PanelLineEdit: _draw_field,
    QStyle.PrimitiveElement.PE_FrameLineEdit: _draw_frame_of_field,
    QStyle.PrimitiveElement.PE_Frame: _draw_field,
    QStyle.PrimitiveElement.PE_PanelButtonCommand: _draw_push_button,
    QStyle.PrimitiveElement.PE_PanelButtonTool: _draw_tool_button,
    QStyle.PrimitiveElement.PE_FrameFocusRect: _draw_focus,
    QStyle.PrimitiveElement.PE_IndicatorCheckBox: _draw_check_box,
    QStyle.PrimitiveElement.PE_IndicatorRadioButton: _draw_radio,
    QStyle.PrimitiveElement.PE_IndicatorDockWidgetResizeHandle: _draw_separator,
    QStyle.PrimitiveElement.PE_PanelItemViewRow: _draw_row,
    QStyle.PrimitiveElement.PE_PanelItemViewItem: _draw_row,
}

_CONTROLS: dict[QStyle.ControlElement, _Draw] = {
    QStyle.ControlElement.CE_TabBarTabShape: _draw_tab,
    QStyle.ControlElement.CE_ToolBar: _draw_tool_bar,
    QStyle.ControlElement.CE_Splitter: _draw_separator,
    QStyle.ControlElement.CE_ProgressBarGroove: _draw_groove,
    QStyle.ControlElement.CE_ProgressBarContents: _draw_progress,
}
