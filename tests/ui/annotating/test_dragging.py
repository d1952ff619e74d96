"""Selected words are dragged onto a claim, which links them to it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from annotator.ui.annotating.link_panel import LinkPanel
from annotator.ui.claiming.claim_view import ClaimView
from annotator.ui.claiming.claims_panel import ClaimsPanel
from annotator.ui.dragging import is_selected_words
from annotator.ui.shell.dropping import takes
from tests.ui.annotating.conftest import Reading
from tests.ui.hands import find

TEXT = "Bills rose by 40 per cent, the residents wrote. Nobody asked to see a bill."
COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@dataclass
class Dragging:
    """A reader with words selected, and the panel of claims beside it."""

    reading: Reading
    claims: ClaimsPanel

    @property
    def list(self) -> ClaimView:
        return find(self.claims, ClaimView)

    def drag(self, target: QWidget, at: QPoint, mime: QMimeData) -> bool:
        """Drag over a widget and let go there, as Qt tells it; return whether it was taken."""
        enter = QDragEnterEvent(at, COPY, mime, LEFT, NONE)
        QApplication.sendEvent(target, enter)
        move = QDragMoveEvent(at, COPY, mime, LEFT, NONE)
        QApplication.sendEvent(target, move)
        if not move.isAccepted():
            return False
        drop = QDropEvent(QPointF(at), COPY, mime, LEFT, NONE)
        QApplication.sendEvent(target, drop)
        return drop.isAccepted()

    @property
    def nothing(self) -> QWidget:
        """What stands where no claim is."""
        shown = self.claims._stack.currentWidget()
        assert shown is not None
        return shown

    def panel(self) -> LinkPanel:
        """Return the panel that links, once it is open."""
        self.reading.wait(lambda: isinstance(self.reading.screen.marking.bubble.panel, LinkPanel))
        panel = self.reading.screen.marking.bubble.panel
        assert isinstance(panel, LinkPanel)
        return panel


@pytest.fixture
def dragging(reading: Reading) -> Dragging:
    """Return a reader with a source open, and the panel of claims."""
    reading.read(TEXT)
    claims = ClaimsPanel(reading.desk, reading.actions)
    dock = QDockWidget()
    dock.setWidget(claims)
    reading.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    return Dragging(reading, claims)


def test_words_dropped_on_a_claim_are_linked_to_it(dragging: Dragging) -> None:
    reading = dragging.reading
    claim = reading.project.add_claim("Bills rose because of the meters.")
    reading.desk.select_version(reading.desk.version_id)
    dragging.claims._toggle.click()
    reading.wait(lambda: dragging.list.model().rowCount() == 1)
    reading.select("Bills rose by 40 per cent")
    at = dragging.list.visualRect(dragging.list.model().index(0, 0)).center()
    assert dragging.drag(dragging.list.viewport(), at, reading.view.drag_data())
    panel = dragging.panel()
    assert panel.judgement.claim == claim.id
    reading.type("s1m")
    reading.type("They say so.")
    reading.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    reading.wait(lambda: len(reading.project.linkages(claim.id)) == 1)
    (passage,) = reading.passages()
    assert passage.quote == "Bills rose by 40 per cent"


def test_words_dropped_where_no_claim_is_are_those_of_a_new_one(dragging: Dragging) -> None:
    reading = dragging.reading
    reading.select("Nobody asked to see a bill")
    nothing = dragging.nothing
    assert dragging.drag(nothing, QPoint(20, 20), reading.view.drag_data())
    assert dragging.panel().judgement.typed == "Nobody asked to see a bill"


def test_other_text_is_no_passage_and_selected_words_are_no_source(dragging: Dragging) -> None:
    foreign = QMimeData()
    foreign.setText("from elsewhere")
    assert not dragging.drag(dragging.list.viewport(), QPoint(20, 20), foreign)
    assert takes(foreign)
    dragging.reading.select("Nobody")
    own = dragging.reading.view.drag_data()
    assert own.text() == "Nobody"
    assert is_selected_words(own)
    assert not takes(own)


def test_where_words_would_go_is_framed(dragging: Dragging) -> None:
    dragging.reading.select("Nobody")
    nothing = dragging.nothing
    before = nothing.grab().toImage()
    mime = dragging.reading.view.drag_data()
    enter = QDragEnterEvent(QPoint(20, 20), COPY, mime, LEFT, NONE)
    QApplication.sendEvent(nothing, enter)
    assert nothing.grab().toImage() != before
