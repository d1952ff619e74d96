"""The audit: findings on the left, the review in the middle, agreement and the queue on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.checks.stands_on_deleted import STANDS_ON_DELETED
from annotator.domain.finding import Finding
from annotator.domain.review_queue import ReviewItem
from annotator.ui.actions import AUDIT, Actions
from annotator.ui.auditing.agreement_panel import AgreementPanel
from annotator.ui.auditing.audit_watch import AuditWatch, Checked
from annotator.ui.auditing.finding_groups import FindingGroups
from annotator.ui.auditing.finding_panel import FindingPanel
from annotator.ui.auditing.review_area import ReviewArea
from annotator.ui.auditing.review_queue_list import QueueList, QueueView
from annotator.ui.controls import GRID, EmptyState, HairLine, SectionHead
from annotator.ui.desk import Desk
from annotator.ui.theme import current_theme
from annotator.ui.when import lately

_WIDE, _NARROW = (304, 352), (264, 272)
"""The widths of what stands left and right of the review."""
_NARROW_FROM = 1280
_REVIEW, _NOTHING = 0, 1


class AuditScreen(QWidget):
    """Shows what the watch found; what is done here is done on the desk."""

    wanted = Signal(str)
    """The id of an entity to be shown where one works on it."""
    history_wanted = Signal(str)
    restore_wanted = Signal(str)
    """The id of a deleted entity whose history is to be shown, so that it can be brought back."""
    status = Signal(str)
    """When the checks ran, for the line below everything; empty when the screen is left."""
    state_changed = Signal()
    """There is something to review, or a finding is chosen, where there was none; or the other way round."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.watch = AuditWatch(desk, self)
        self._queue = QueueList(self)
        self.findings = FindingPanel(actions)
        self.review = ReviewArea(desk, actions, self._queue)
        self.queue = QueueView(self._queue)
        self.agreement = AgreementPanel(desk)
        self._queue_head = SectionHead(self.tr("Queue"))
        self._split_is_own = False
        self.setAccessibleName(self.tr("Audit"))
        self._build()
        actions.place(AUDIT, self.queue)
        self._listen()

    def _build(self) -> None:
        self._nothing = QStackedWidget()
        self._empty = EmptyState(
            "list-checks",
            self.tr("Nothing to audit yet"),
            self.tr(
                "Link passages to claims and conclude. The checks then look over everything here, and you review what "
                "others judged, one key a decision."
            ),
        )
        self._own = EmptyState(
            "list-checks",
            self.tr("Nothing to review"),
            self.tr(
                "A review is a second person’s look: what colleagues judge stands here, the riskiest first. The findings "
                "on the left are about your own work too."
            ),
        )
        for page in (self._empty, self._own):
            self._nothing.addWidget(page)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.review)
        self._middle.addWidget(self._nothing)
        head = QVBoxLayout()
        head.setContentsMargins(2 * GRID, 4, 2 * GRID, 4)
        head.addWidget(self._queue_head)
        queue = QWidget()
        column = QVBoxLayout(queue)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(HairLine())
        column.addWidget(self.queue, 1)
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.addWidget(self.agreement)
        right.addWidget(queue)
        right.setSizes([460, 400])
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        for part in (self.findings, self._middle, right):
            self._split.addWidget(part)
        self._split.setStretchFactor(1, 1)
        self._split.splitterMoved.connect(lambda *_: setattr(self, "_split_is_own", True))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        self._middle.setCurrentIndex(_NOTHING)

    def _listen(self) -> None:
        self.watch.checked.connect(self._take)
        self.watch.forgotten.connect(self._clear)
        self.findings.entered.connect(self._go_to)
        self.findings.picked.connect(self._on_finding)
        self.findings.chosen_changed.connect(self.state_changed)
        self.findings.view.left.connect(self.focus_review)
        self.findings.waived.connect(self._waive)
        self.findings.taken_back.connect(self._take_back)
        self.findings.deleted.connect(self._delete)
        self.review.moved.connect(self._on_moved)
        self.review.shown_wanted.connect(self.wanted)
        self.review.history_wanted.connect(self.history_wanted)
        self.review.failed.connect(self.watch.again)
        self.queue.entered.connect(self._enter)
        self.agreement.shown_wanted.connect(self.wanted)
        self._desk.changed.connect(self._on_change)
        self._taken_back = False

    # -- what others call

    @property
    def reviewing(self) -> bool:
        """Whether there is a judgement on the screen to decide on."""
        return self.isVisible() and self.review.reviewing

    @property
    def queue_items(self) -> tuple[ReviewItem, ...]:
        """What is to be reviewed, in the order in which it is shown."""
        return tuple(self._queue.items)

    @property
    def has_finding(self) -> bool:
        """Whether a finding is chosen on the screen that can be waived."""
        finding = self.findings.chosen()
        return self.isVisible() and finding is not None and finding.waiver is None

    def focus_review(self) -> None:
        """Give the focus to where one decides, or to the findings where there is nothing to decide on."""
        target: QWidget = self.review.page if self.review.reviewing else self.findings.view
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_findings(self) -> None:
        """Give the focus to the findings."""
        self.findings.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what the checks came to

    def _take(self, checked: Checked) -> None:
        self.findings.show_findings(checked.findings, checked.names)
        self.review.show_findings(checked.findings)
        newer = self.watch.stale or self.review.busy
        if not newer or not self._queue.items:
            self._show_queue(checked)
        self._nothing.setCurrentWidget(self._own if checked.linkages else self._empty)
        self._tell_status()
        if self.isVisible():
            self.agreement.refresh()

    def _show_queue(self, checked: Checked) -> None:
        before = {item.entities for item in self._queue.items if item.decision is not None}
        self._queue.show(checked.queue)
        shown, count = len(self._queue.items), len(checked.queue)
        words = self.tr("{0}, riskiest first") if shown == count else self.tr("{1} of {0}, riskiest first")
        self._queue_head.set_remark(words.format(count, shown) if count else "")
        is_new = bool(checked.queue) and self._middle.currentIndex() == _NOTHING
        self._middle.setCurrentIndex(_REVIEW if checked.queue else _NOTHING)
        self.review.refresh()
        focused = QApplication.focusWidget()
        if is_new and focused is not None and self.findings.isAncestorOf(focused) and self.findings.chosen() is None:
            self.focus_review()
        if self._taken_back:
            self._taken_back = False
            opened = (
                n for n, item in enumerate(self._queue.items) if item.entities in before and item.decision is None
            )
            number = next(opened, -1)
            if number >= 0:
                self.review.show_number(number)

    def _clear(self) -> None:
        self._queue.clear()
        self.findings.show_findings(FindingGroups(), {})
        self.review.clear()
        self.agreement.clear()
        self._queue_head.set_remark("")
        self._nothing.setCurrentWidget(self._empty)
        self._middle.setCurrentIndex(_NOTHING)

    def _tell_status(self) -> None:
        now = self.watch.now
        if now is None or not self.isVisible():
            return
        linkages = self.tr("1 linkage") if now.linkages == 1 else self.tr("{0} linkages").format(now.linkages)
        said = self.tr("Checked {0}, {1} in {2} s")
        self.status.emit(said.format(lately(now.at), linkages, f"{max(0.1, now.seconds):.1f}"))

    # -- what is done

    def _on_finding(self, finding: Finding) -> None:
        self.review.show_about((finding.entity_id, *finding.others))

    def _on_moved(self, number: int) -> None:
        self.queue.show_current(number)
        self.state_changed.emit()

    def _go_to(self, finding: Finding) -> None:
        """Go to where one works on it; where it stands on what was deleted, to the history of that."""
        if finding.code == STANDS_ON_DELETED:
            self.restore_wanted.emit(finding.others[0])
        else:
            self.wanted.emit(finding.entity_id)

    def _enter(self, number: int) -> None:
        self.review.show_number(number)
        self.review.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_change(self, change: object) -> None:
        header = getattr(change, "header", None)
        self._taken_back = getattr(header, "undoes", None) is not None

    def _waive(self, finding: Finding, reason: str) -> None:
        self.findings.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.do(lambda project: project.waive(finding, reason=reason))

    def _delete(self, finding: Finding) -> None:
        self._desk.do(lambda project: project.delete(finding.entity_id))

    def _take_back(self, finding: Finding) -> None:
        waiver = finding.waiver
        if waiver is not None:
            self._desk.do(lambda project: project.delete(waiver.id))

    # -- events

    def showEvent(self, event: QShowEvent) -> None:
        """Look again, if something has changed."""
        super().showEvent(event)
        self.watch.see(seen=True)
        self._tell_status()
        if self.watch.now is not None:
            self.agreement.refresh()
        self.state_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the line below everything to others."""
        super().hideEvent(event)
        self.watch.see(seen=False)
        self.status.emit("")
        self.state_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what stands beside the review its width, and less in a narrow window."""
        super().resizeEvent(event)
        if not self._split_is_own:
            sides = _WIDE if self.width() >= _NARROW_FROM else _NARROW
            self._split.setSizes([sides[0], self.width() - sum(sides), sides[1]])

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)
