"""Shows one text and its passages. A plain text field to Qt and to screen readers; what is painted lies under the words."""

from __future__ import annotations

import html
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QToolTip, QWidget

from annotator.domain.text import snap_to_graphemes
from annotator.ui.annotating.folding import visible_block
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.layout import ReaderLayout
from annotator.ui.annotating.looks import BAR, MARGIN, MEASURE, NARROW_MARGIN
from annotator.ui.annotating.margin import draw_bar
from annotator.ui.annotating.opened import Opened
from annotator.ui.annotating.underlay import Shown, Span, Underlay
from annotator.ui.theme import current_theme, theme_notifier
