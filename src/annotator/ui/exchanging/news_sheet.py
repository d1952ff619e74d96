"""What is new since a person last looked: by whom, of which kind; one key goes there and marks it as seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.merging import News
from annotator.ui.actions import Actions
from annotator.ui.auditing.field_words import kind_words
from annotator.ui.controls import GRID, PlainButton, plain_label
from annotator.ui.desk import Desk
from annotator.ui.exchanging.conflict_list import _Index
from annotator.ui.exchanging.merge_words import number
from annotator.ui.exchanging.news_reading import read_news
from annotator.ui.painting import RowPainter, text_size
from annotator.ui.shell.sheet import Sheet
from annotator.ui.theme import current_theme, panel_font, reading_font
from annotator.ui.when import moment

_AT_MOST = 500
_ROWS = 12
_KIND_WIDTH = 112
_QUOTE = 15
_NEWS = Qt.ItemDataRole.UserRole
