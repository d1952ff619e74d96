"""What is dropped on the window, wherever it falls, is imported; a bundle is merged, or opened where no project is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer

from annotator.ui.dragging import is_selected_words
from annotator.ui.exchanging.merge_opening import bundles_in

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


def takes(mime: QMimeData) -> bool:
    """Tell whether something can be a source: what is selected in one is none."""
    return not is_selected_words(mime) and (mime.hasUrls() or mime.hasText() or mime.hasHtml())


def drop(window: MainWindow, mime: QMimeData) -> None:
    """Import what was dropped; without a project, the person says where a new one is to be.

    A bundle is shown as a dry run of its merge, or becomes a project; of several the first, and that is said.
    """
    bundles = bundles_in(mime)
    if bundles:
        if len(bundles) > 1:
            said = window.tr("One bundle at a time: {0} is opened.").format(bundles[0].name)
            window.error_bar.tell(said, window.tr("Drop the others one by one, once this one is done."))
        does = window.merge if window.desk.project is not None else window.open_bundle
        QTimer.singleShot(0, window, lambda: does(bundles[0]))
        return
    if window.desk.project is not None:
        _take(window, mime)
        return
    kept = QMimeData()
    for form in mime.formats():
        kept.setData(form, mime.data(form))
    name = Path(mime.urls()[0].toLocalFile()).stem if mime.urls() else window.tr("Untitled project")
    QTimer.singleShot(0, window, lambda: window.projects.new_for(name, lambda: _take(window, kept)))


def _take(window: MainWindow, mime: QMimeData) -> None:
    if window.rooms is not None:
        window.rooms.take(mime)
