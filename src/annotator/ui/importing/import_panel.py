"""The panel of an import: how far it is, and what became of each file, failures first."""

from __future__ import annotations

import time

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QListView, QProgressBar, QVBoxLayout, QWidget

from annotator.ui.controls import GRID, AccentButton, ElidedLabel, HairLine, PlainButton
from annotator.ui.fields import KeyedWords, Segments
from annotator.ui.folders import first_folder
from annotator.ui.forms import plain_label
from annotator.ui.icon_drawing import draw_icon
from annotator.ui.importing.import_delegate import ImportDelegate
from annotator.ui.importing.import_list import ImportEntry, ImportList, State, Step
from annotator.ui.importing.page_preview import PagePreview
from annotator.ui.theme import panel_font

_WIDTH, _HEIGHT = 1152, 664
_REFRESH = 150
"""Milliseconds between two looks at what has come in: many small files do not flicker."""
_MANY = 150
"""More lines than this are all of one height: to find that of each takes longer than a frame."""
_ESTIMATE_AFTER = 5.0
_DONE = (State.FAILED, State.LOOK, State.IMPORTED)


class _Lines(QListView):
    """The lines; Enter or a click on the link takes the next step."""

    stepped = Signal(object)

    def __init__(self, model: ImportList, parent: QWidget) -> None:
        super().__init__(parent)
        self._list, self._paints = model, ImportDelegate(self)
        self.setFont(panel_font())
        self.setModel(model)
        self.setItemDelegate(self._paints)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("What became of each file"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the next step of the current line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the next step when its words were clicked."""
        super().mouseReleaseEvent(event)
        if self._on_step(event.position().toPoint()):
            self._take(self.indexAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over the next step."""
        super().mouseMoveEvent(event)
        hand = self._on_step(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def _on_step(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        entry = self._list.entry(index)
        if entry is None or entry.step is Step.NONE:
            return False
        line = self.visualRect(index)
        step = self._paints.step_rect(entry, line)
        return at.x() >= step.left() - 72 if self.isLeftToRight() else at.x() <= line.width() - step.left() + 72

    def _take(self, index: QModelIndex) -> None:
        entry = self._list.entry(index)
        if entry is not None and entry.step is not Step.NONE:
            self.stepped.emit(entry)


class _Shield(QWidget):
    """A shield, in the colours of the theme in force."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(16, 16)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the shield."""
        draw_icon(QPainter(self), self.rect(), "shield-check", "muted")


class ImportPanel(QDialog):
    """Shows one import from its beginning to its last line. It only asks: ``ImportFlow`` does."""

    stopped = Signal()
    stepped = Signal(object)
    sources_wanted = Signal()
    rest_wanted = Signal()
    confirm_wanted = Signal()
    report_wanted = Signal(str)
    """The report is to be written to this file."""

    def __init__(self, model: ImportList, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._origin = ""
        self._running = False
        self._began = 0.0
        self._refreshing = QTimer(self, singleShot=True, interval=_REFRESH)
        self._refreshing.timeout.connect(self._show)
        self.setWindowTitle(self.tr("Import sources"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._make()
        self._lay_out()
        self._connect()
        window = parent.window()
        self.resize(min(_WIDTH, window.width() - 64), min(_HEIGHT, window.height() - 96))

    # -- what the flow calls

    def begin(self, origin: str) -> None:
        """Show that an import began; ``origin`` says where from, such as a folder."""
        if not self._running:
            self._began = time.monotonic()
        self._running = True
        self._origin = origin
        self._tabs.choose(0)
        self._model.set_tab(0)
        self._show()
        self._lines.setFocus()

    def update_soon(self) -> None:
        """Show what has come in, in a moment."""
        if not self._refreshing.isActive():
            self._refreshing.start()

    def finish(self) -> None:
        """Show that all is done."""
        self._running = False
        self.preview.clear()
        self._show()
        if not self._lines.currentIndex().isValid() and self._model.rowCount():
            self._lines.setCurrentIndex(self._model.index(0))

    # -- building

    def _make(self) -> None:
        self._title = plain_label(bold=True, size=16)
        self._title.setWordWrap(False)
        self._from = ElidedLabel(muted=True)
        self._left = ElidedLabel(muted=True)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(8)
        self._bar.setAccessibleName(self.tr("How far the import is"))
        self._count = ElidedLabel()
        self._stop = PlainButton(self.tr("Stop"), key=self.tr("Esc"), height=24)
        self._tabs = Segments([""] * 5, self.tr("Which lines to show"))
        self._goes_on = ElidedLabel(self.tr("Goes on in the status bar"), muted=True)
        self._hide = PlainButton(self.tr("Hide"), key=self.tr("Ctrl H"), height=24)
        self._rest = PlainButton(self.tr("Go on with the rest"), key=self.tr("Ctrl G"), height=24)
        self._lines = _Lines(self._model, self)
        self._nothing = KeyedWords("")
        self.preview = PagePreview(self)
        self._report = PlainButton(self.tr("Save the report…"), icon_name="download")
        self._confirm = PlainButton(self.tr("Confirm details…"), key=self.tr("Ctrl D"))
        self._copy = PlainButton(self.tr("Copy the list of failures"), icon_name="copy")
        self._sources = AccentButton(self.tr("Show sources"), key=self.tr("Ctrl Enter"))
        self._sealed = ElidedLabel(
            self.tr("Each source is opened in a sealed process of its own. Nothing that it names is fetched."),
            muted=True,
        )
        for button in (self._stop, self._hide, self._rest, self._report, self._copy, self._confirm, self._sources):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        head = _row(self._title, self._from, None, self._left)
        progress = _row(self._bar, self._count, self._stop)
        tabs = _row(self._tabs, None, self._goes_on, self._hide, self._rest)
        foot = _row(_Shield(), self._sealed, self._report, self._copy, self._confirm, self._sources)
        foot.setStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2 * GRID, 0, 2 * GRID)
        whole.setSpacing(GRID)
        for part in (head, progress, tabs):
            whole.addLayout(part)
        whole.addSpacing(GRID)
        whole.addWidget(HairLine())
        whole.addWidget(self._lines, 1)
        inset = QHBoxLayout()
        inset.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        inset.addWidget(self._nothing)
        whole.addLayout(inset)
        whole.addWidget(self.preview)
        whole.addWidget(HairLine())
        whole.addSpacing(GRID)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self._stop.clicked.connect(self._stop_or_close)
        self._hide.clicked.connect(self.hide)
        self._tabs.chosen.connect(self._choose_tab)
        self._lines.stepped.connect(self.stepped)
        self._copy.clicked.connect(self._copy_failures)
        self._rest.clicked.connect(self.rest_wanted)
        self._report.clicked.connect(self._ask_where)
        self._confirm.clicked.connect(self._leave_to_confirm)
        self._sources.clicked.connect(self._show_sources)

    # -- showing

    @Slot()
    def _show(self) -> None:
        current = self._model.entry(self._lines.currentIndex())
        self._model.refresh()
        self._lines.setUniformItemSizes(self._running or self._model.rowCount() > _MANY)
        if current is not None:
            self._lines.setCurrentIndex(self._model.index_of(current.number))
        total, failed, look, imported, to_come = counts = self._model.counts()
        done = total - to_come
        self._title.setText(self._headline(counts))
        self._from.setText(self._origin)
        self._left.setText(self._time_left(done, total) if self._running else "")
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self._count.setText(self.tr("{0} of {1}").format(done, total))
        self._stop.setText(self.tr("Stop") if self._running else self.tr("Close"))
        for part in (self._goes_on, self._hide):
            part.setVisible(self._running)
        texts = (self.tr("All {0}"), self.tr("Not imported {0}"), self.tr("To look at {0}"), self.tr("Imported {0}"),
                 self.tr("To come {0}") if self._running else self.tr("Not tried {0}"))  # fmt: skip
        self._tabs.set_texts([text.format(count) for text, count in zip(texts, counts, strict=True)])
        self._tabs.button(4).setVisible(bool(to_come))
        self._rest.setVisible(not self._running and to_come > 0)
        self._report.setEnabled(not self._running and done > 0)
        self._confirm.setEnabled(not self._running and look + imported > 0)
        self._copy.setEnabled(failed > 0)
        self._sources.setEnabled(look + imported > 0)
        self._nothing.setVisible(not self._model.rowCount())
        self._nothing.set_words(self.tr("Nothing here.") if total else self.tr("Looking which files there are…"))

    def _headline(self, counts: list[int]) -> str:
        total, failed, look, imported, to_come = counts
        if self._running:
            return self.tr("Importing 1 source") if total == 1 else self.tr("Importing {0} sources").format(total)
        taken = look + imported
        words = [self.tr("1 source imported") if taken == 1 else self.tr("{0} sources imported").format(taken)]
        if failed:
            words.append(self.tr("{0} not imported").format(failed))
        if to_come:
            words.append(self.tr("{0} not tried").format(to_come))
        return ", ".join(words)

    def _time_left(self, done: int, total: int) -> str:
        took = time.monotonic() - self._began
        if not done or took < _ESTIMATE_AFTER:
            return ""
        seconds = took / done * (total - done)
        if seconds < 60:
            return self.tr("about {0} s left").format(max(1, round(seconds)))
        return self.tr("about {0} min left").format(round(seconds / 60))

    # -- doing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops, or closes when all is done; Ctrl+H hides, Ctrl+G goes on; Ctrl+D confirms, Ctrl+Enter shows the sources."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self._stop_or_close()
        elif control and event.key() == Qt.Key.Key_H and self._running:
            self.hide()
        elif control and event.key() == Qt.Key.Key_G and self._rest.isVisible():
            self.rest_wanted.emit()
        elif control and event.key() == Qt.Key.Key_D and self._confirm.isEnabled():
            self._leave_to_confirm()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._sources.isEnabled():
            self._show_sources()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _stop_or_close(self) -> None:
        if self._running:
            self.stopped.emit()
        else:
            self.hide()

    @Slot(int)
    def _choose_tab(self, tab: int) -> None:
        self._model.set_tab(tab)
        self._show()

    @Slot()
    def _copy_failures(self) -> None:
        failures: list[ImportEntry] = self._model.entries((State.FAILED,))
        QGuiApplication.clipboard().setText("".join(f"{entry.name}: {entry.message}\n" for entry in failures))

    @Slot()
    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the report as"), str(first_folder() / self.tr("import-report.csv")))
        dialog.setNameFilters([self.tr("Table (*.csv)"), self.tr("Text (*.txt)")])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self.report_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _leave_to_confirm(self) -> None:
        self.hide()
        self.confirm_wanted.emit()

    @Slot()
    def _show_sources(self) -> None:
        self.hide()
        self.sources_wanted.emit()


def _row(*parts: QWidget | None) -> QHBoxLayout:
    """Return widgets in a row; None is the room between."""
    row = QHBoxLayout()
    row.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
    row.setSpacing(GRID)
    for part in parts:
        if part is None:
            row.addStretch()
        else:
            row.addWidget(part)
    return row
