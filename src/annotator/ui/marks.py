"""Paints the marks that carry judgements: stance lines and signs, verdict chips, confidence bars, key caps.

The same functions serve widgets, delegates and print: they know a painter, a rectangle and a theme.
A stance or verdict that only a project's own codebook knows gets a neutral mark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPainterPath, QPen

from annotator.ui.theme import Theme, draw_frame, panel_font

SIGN = 16
VERDICT_TILE = 20
CHIP_HEIGHT = 20
KEY_HEIGHT = 20
FADED = 0.55
"""The opacity of a mark whose turn has not come, or has passed."""

_LINE_WIDTH, _CHOSEN_WIDTH = 2.0, 2.6
_WAVE_SHARE, _DOT_SHARE = 0.85, 1.2
"""How wide a wave or a dot is painted beside a straight line, to look as strong."""
_HALF_WAVE, _WAVE_HEIGHT = 4.0, 3.0
_DASH, _GAP = 7.0, 3.0
_DOT_STEP = 4.0
_CHIP_TEXT_LEFT, _CHIP_PADDING = 20, 7
_KEY_PADDING = 6
_BADGE = 6.5
_BAR_WIDTH, _BAR_GAP, _BAR_HEIGHT = 4, 2, 12


class Mark(NamedTuple):
    """A mark to be painted in a row of things: its size, and what paints it."""

    size: QSize
    draw: Callable[[QPainter, QRectF, Theme], None]


def stance_mark(stance: str, *, solid: bool = False) -> Mark:
    """Return the sign of a stance on its 16 px tile."""
    return Mark(QSize(SIGN, SIGN), lambda p, r, t: draw_stance_tile(p, r, stance, t, solid=solid))


def verdict_mark(verdict: str, *, solid: bool = False) -> Mark:
    """Return the sign of a verdict on its 20 px tile: tinted for a linkage's, solid for a conclusion's."""
    size = QSize(VERDICT_TILE, VERDICT_TILE)
    return Mark(size, lambda p, r, t: draw_verdict_tile(p, r, verdict, t, solid=solid))


def confidence_mark(level: int) -> Mark:
    """Return the bars of a confidence, 1 to 3."""
    return Mark(confidence_size(), lambda p, r, t: draw_confidence(p, r, level, t))


def draw_stance_line(
    painter: QPainter,
    rect: QRectF,
    stance: str,
    theme: Theme,
    *,
    chosen: bool = False,
    vertical: bool = False,
) -> None:
    """Paint the line of a stance along the middle of ``rect``: solid, wavy, dashed or dotted."""
    width = _CHOSEN_WIDTH if chosen else _LINE_WIDTH
    length = rect.height() if vertical else rect.width()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if vertical:
        painter.translate(rect.center().x(), rect.top())
        painter.rotate(90)
    else:
        painter.translate(rect.left(), rect.center().y())
    painter.setPen(_line_pen(stance, theme, width))
    if stance == "refutes":
        painter.setClipRect(QRectF(0, -_WAVE_HEIGHT, length, 2 * _WAVE_HEIGHT), Qt.ClipOperation.IntersectClip)
        painter.drawPath(_wave(int(length / _HALF_WAVE) + 1))
    else:
        inset = width / 2 if stance == "contextualises" else 0.0
        painter.drawLine(QPointF(inset, 0), QPointF(length - inset, 0))
    painter.restore()


def _line_pen(stance: str, theme: Theme, width: float) -> QPen:
    pen = QPen(theme.stance(stance).line, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if stance == "refutes":
        pen.setWidthF(width * _WAVE_SHARE)
    elif stance == "qualifies":
        pen.setDashPattern([_DASH / width, _GAP / width])
    elif stance == "contextualises":
        pen.setWidthF(width * _DOT_SHARE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.001, _DOT_STEP / pen.widthF()])
    return pen


@cache
def _wave(half_waves: int) -> QPainterPath:
    path = QPainterPath()
    for i in range(half_waves):
        bend = _WAVE_HEIGHT if i % 2 else -_WAVE_HEIGHT
        path.quadTo((i + 0.5) * _HALF_WAVE, bend, (i + 1) * _HALF_WAVE, 0)
    return path


def draw_stance_tile(painter: QPainter, rect: QRectF, stance: str, theme: Theme, *, solid: bool = False) -> None:
    """Paint the sign of a stance on a 16 px tile in the middle of ``rect``; the chosen passage's is solid."""
    colours = theme.stance(stance)
    tile = _centred(rect, SIGN)
    draw_frame(painter, tile, colours.text if solid else colours.tint, None)
    draw_sign(painter, tile, stance, theme.raised if solid else colours.text)


def draw_verdict_tile(painter: QPainter, rect: QRectF, verdict: str, theme: Theme, *, solid: bool = False) -> None:
    """Paint the sign of a verdict on a 20 px tile in the middle of ``rect``."""
    tile = _centred(rect, VERDICT_TILE)
    _draw_verdict_ground(painter, tile, verdict, theme, solid=solid)
    draw_sign(painter, tile, verdict, _verdict_ink(verdict, theme, solid=solid))


def draw_verdict_chip(
    painter: QPainter, rect: QRectF, verdict: str, label: str, theme: Theme, *, solid: bool = False
) -> None:
    """Paint a verdict's sign and word: tinted for a linkage's, solid for a conclusion's."""
    ink = _verdict_ink(verdict, theme, solid=solid)
    _draw_verdict_ground(painter, rect, verdict, theme, solid=solid)
    draw_sign(painter, QRectF(rect.left() + 2, rect.top(), SIGN, rect.height()), verdict, ink)
    _draw_words(painter, rect.adjusted(_CHIP_TEXT_LEFT, 0, 0, 0), label, ink, _LEFT)


def chip_size(label: str) -> QSize:
    """Return the size of a verdict chip with this word."""
    metrics = QFontMetrics(panel_font())
    width = _CHIP_TEXT_LEFT + metrics.horizontalAdvance(label) + _CHIP_PADDING
    return QSize(width, max(CHIP_HEIGHT, metrics.height()))


def _draw_verdict_ground(painter: QPainter, rect: QRectF, verdict: str, theme: Theme, *, solid: bool) -> None:
    colours = theme.verdict(verdict)
    ground = colours.solid if solid else colours.tint
    draw_frame(painter, rect, ground, None if ground.alpha() else theme.hairline)


def _verdict_ink(verdict: str, theme: Theme, *, solid: bool) -> QColor:
    colours = theme.verdict(verdict)
    return colours.on_solid if solid else colours.text


def disputed_mark(words: str) -> Mark:
    """Return the sign and word (in the person's language) that stand beside a value which is one of several."""
    return Mark(chip_size(words), lambda p, r, t: draw_disputed(p, r, words, t))


def draw_disputed(painter: QPainter, rect: QRectF, words: str, theme: Theme) -> None:
    """Paint the sign and word of what is disputed: framed and not filled, so that no verdict looks like it."""
    draw_frame(painter, rect, None, theme.error)
    draw_sign(painter, QRectF(rect.left() + 2, rect.top(), SIGN, rect.height()), "disputed", theme.error)
    _draw_words(painter, rect.adjusted(_CHIP_TEXT_LEFT, 0, 0, 0), words, theme.error, _LEFT)


def draw_disputed_tile(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the sign of what is disputed on a framed 16 px tile in the middle of ``rect``, where a word has no room."""
    tile = _centred(rect, SIGN)
    draw_frame(painter, tile, theme.raised, theme.error)
    draw_sign(painter, tile, "disputed", theme.error)


def draw_disputed_badge(painter: QPainter, at: QPointF, theme: Theme) -> None:
    """Paint the sign of what is disputed as a small disc around ``at``: it hangs on a mark beside which nothing has room."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.surface, 1))
    painter.setBrush(theme.error)
    painter.drawEllipse(at, _BADGE, _BADGE)
    painter.translate(at)
    painter.scale(0.6, 0.6)
    draw_sign(painter, QRectF(-SIGN / 2, -SIGN / 2, SIGN, SIGN), "disputed", theme.surface)
    painter.restore()


def draw_confidence(painter: QPainter, rect: QRectF, level: int, theme: Theme) -> None:
    """Paint three bars in the middle of ``rect``, the first ``level`` of them full."""
    size = confidence_size()
    left = rect.left() + (rect.width() - size.width()) // 2
    top = rect.top() + (rect.height() - size.height()) // 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for i in range(3):
        bar = QRectF(left + i * (_BAR_WIDTH + _BAR_GAP), top, _BAR_WIDTH, _BAR_HEIGHT)
        full = i < level
        painter.setPen(Qt.PenStyle.NoPen if full else QPen(theme.edge, 1))
        painter.setBrush(theme.text if full else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(bar if full else bar.adjusted(0.5, 0.5, -0.5, -0.5), 1, 1)
    painter.restore()


def confidence_size() -> QSize:
    """Return the size of the three bars of a confidence."""
    return QSize(3 * _BAR_WIDTH + 2 * _BAR_GAP, _BAR_HEIGHT)


def draw_keycap(painter: QPainter, rect: QRectF, key: str, theme: Theme, *, on_accent: bool = False) -> None:
    """Paint the name of a key on its cap; on the accent button the cap is only an outline."""
    if on_accent:
        draw_frame(painter, rect, None, theme.on_accent)
    else:
        draw_frame(painter, rect, theme.raised, theme.hairline)
    _draw_words(painter, rect, key, theme.on_accent if on_accent else theme.muted, _MIDDLE)


def keycap_size(key: str) -> QSize:
    """Return the size of a key cap with this name."""
    metrics = QFontMetrics(panel_font())
    height = max(KEY_HEIGHT, metrics.height())
    return QSize(max(height, metrics.horizontalAdvance(key) + 2 * _KEY_PADDING), height)


def key_name(sequence: QKeySequence) -> str:
    """Return how a key cap names a shortcut: ``Ctrl Enter``, in the person's language."""
    portable = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    if portable.endswith("Return"):
        sequence = QKeySequence(portable.removesuffix("Return") + "Enter")
    native = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    return native[:-1].replace("+", " ") + native[-1:]


_LINE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT, _MIDDLE = _LINE | Qt.AlignmentFlag.AlignLeft, _LINE | Qt.AlignmentFlag.AlignHCenter


def _draw_words(painter: QPainter, rect: QRectF, words: str, colour: QColor, alignment: Qt.AlignmentFlag) -> None:
    painter.save()
    painter.setFont(panel_font())
    painter.setPen(colour)
    painter.drawText(rect, alignment, words)
    painter.restore()


def draw_sign(painter: QPainter, rect: QRectF, code: str, colour: QColor) -> None:
    """Paint the sign of a stance or verdict, 16 px, in the middle of ``rect``."""
    sign = _signs().get(code) or _signs()["open"]
    pen = QPen(colour, sign.width, Qt.PenStyle.SolidLine, sign.cap, Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(_centred(rect, SIGN).topLeft())
    painter.strokePath(sign.strokes, pen)
    painter.fillPath(sign.dots, colour)
    painter.restore()


def _centred(rect: QRectF, side: int) -> QRectF:
    left = rect.left() + (rect.width() - side) // 2
    return QRectF(left, rect.top() + (rect.height() - side) // 2, side, side)


class _Sign(NamedTuple):
    strokes: QPainterPath
    dots: QPainterPath = QPainterPath()
    width: float = 1.6
    cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap


def _lines(*lines: Sequence[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath()
    for first, *rest in lines:
        path.moveTo(*first)
        for point in rest:
            path.lineTo(*point)
    return path


def _dot(x: float, y: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _approximately() -> QPainterPath:
    path = QPainterPath()
    for y in (6.3, 9.9):
        path.moveTo(4, y)
        path.cubicTo(5.4, y - 2.4, 6.9, y - 0.9, 8, y)
        path.cubicTo(9.1, y + 0.9, 10.6, y + 2.4, 12, y)
    return path


def _question() -> QPainterPath:
    path = QPainterPath(QPointF(5.9, 6.2))
    path.cubicTo(5.9, 4.6, 6.8, 3.8, 8, 3.8)
    path.cubicTo(9.3, 3.8, 10.2, 4.7, 10.2, 5.9)
    path.cubicTo(10.2, 7.6, 8, 7.5, 8, 9.4)
    return path


_FLAT = Qt.PenCapStyle.FlatCap


@cache
def _signs() -> dict[str, _Sign]:
    return {
        "supports": _Sign(_lines(((4, 8), (12, 8)), ((8, 4), (8, 12))), width=2.0, cap=_FLAT),
        "refutes": _Sign(_lines(((4, 8), (12, 8))), width=2.0, cap=_FLAT),
        "qualifies": _Sign(_approximately()),
        "contextualises": _Sign(_lines(((8, 7), (8, 12))), _dot(8, 4.6, 1.15), width=2.0, cap=_FLAT),
        "supported": _Sign(_lines(((4.2, 8.3), (6.8, 10.9), (11.8, 5.2))), width=1.75),
        "refuted": _Sign(_lines(((5, 5), (11, 11)), ((11, 5), (5, 11))), width=1.75),
        "not_enough_evidence": _Sign(_question(), _dot(8, 12, 1.05)),
        "conflicting_evidence": _Sign(
            _lines(
                ((4.2, 5.8), (11.6, 5.8)),
                ((9.6, 3.8), (11.6, 5.8), (9.6, 7.8)),
                ((11.8, 10.4), (4.4, 10.4)),
                ((6.4, 8.4), (4.4, 10.4), (6.4, 12.4)),
            ),
            width=1.4,
        ),
        "open": _Sign(_dot(8, 8, 3.4)),
        "disputed": _Sign(_lines(((8, 13), (8, 8.6), (4.4, 4)), ((8, 8.6), (11.6, 4))), width=1.75),
    }
