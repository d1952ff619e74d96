"""The merge screen: a bundle is read and checked, a dry run shows what it would bring, and a person decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.errors import AnnotatorError, BundleOverLimitError, BundleRefusedError, CancelledError
from annotator.domain.merging import Merged, MergePlan
from annotator.ui.actions import Actions
from annotator.ui.controls import AccentButton, PlainButton
from annotator.ui.desk import Desk
from annotator.ui.exchanging.merge_foot import MergeFoot
from annotator.ui.exchanging.merge_notice import MergeNotice
from annotator.ui.exchanging.merge_preview import MergePreview, Preview, preview
from annotator.ui.exchanging.merge_report import MergeReport
from annotator.ui.exchanging.merge_words import changes_words, number, people_words
from annotator.ui.exchanging.refusal_words import refused_headline, refused_sentences
from annotator.ui.exchanging.signature_view import KEY, SignatureView
from annotator.ui.fields import KeyedWords
from annotator.ui.jobs import Task
from annotator.ui.messages import next_step, sentence
from annotator.ui.theme import current_theme

if TYPE_CHECKING:
    from annotator.services.project import Project

_REPORT, _PREVIEW = 400, 800


class MergeScreen(QWidget):
    """One bundle at a time. Whoever leaves the screen lets go of the bundle; nothing is changed before “Merge”."""

    left = Signal()
    """The person is done with the bundle."""
    conflicts_wanted = Signal()
    news_wanted = Signal()
    ended_unseen = Signal(str, str)
    """A merge came to its end while another screen was shown: what came of it, in a line and in more words."""

    def __init__(self, desk: Desk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._asked = 0
        self._task: Task[Preview] | Task[Merged] | None = None
        self._plan: MergePlan | None = None
        self._main: QPushButton | None = None
        self._is_merging = False
        self.notice = MergeNotice()
        self.report: MergeReport | None = None
        self.preview: MergePreview | None = None
        self._dry_run = QSplitter()
        self._dry_run.setChildrenCollapsible(False)
        self.foot = MergeFoot()
        self.foot.cancelled.connect(self.cancel)
        self.foot.wanted.connect(self.merge)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._dry_run, 1)
        column.addWidget(self.foot)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.notice)
        self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        desk.closed.connect(self.leave)

    # -- the dry run

    def start(self, path: Path, allow: tuple[str, ...] = ()) -> None:
        """Read and check a bundle, and show what it would bring; while another is being merged, that is waited for.

        ``allow`` are limits that a person raised for this bundle.
        """
        if self._is_merging:
            return
        self.leave()
        asked = self._asked
        self._say(
            "package-open",
            self.tr("Reading {0}").format(path.name),
            (self.tr("Everything in it is checked before anything is shown. Nothing is changed."),),
            (self._button(self.tr("Cancel"), self.cancel, self.tr("Esc")),),
            working=True,
        )
        self._task = self._desk.do_long(
            lambda project, task: _read(project, path, allow, task),
            lambda shown: self._take_plan(asked, shown),
            owner=self,
            otherwise=lambda error: self._refuse(asked, error, allow),
            title=self.tr("Reading a bundle"),
        )
        self._follow(asked)

    def _follow(self, asked: int) -> None:
        def show(done: int, total: int, _remark: object) -> None:
            if asked == self._asked:
                self.notice.show_progress(done, total)

        if self._task is not None:
            self._task.progressed.connect(show)

    def _take_plan(self, asked: int, shown: Preview) -> None:
        self._task = None
        if asked != self._asked:
            self._close(shown.plan)
        elif not shown.plan.brings:
            self._remember(shown.plan)
            self._say(
                "check",
                self.tr("Everything in it is here already"),
                (
                    self.tr("{0} holds {1}; all of them are in this project. There is nothing to merge.").format(
                        shown.plan.name, changes_words(shown.plan.known)
                    ),
                    SignatureView(shown.plan.signature, asks=False),
                ),
                (self._button(self.tr("Close"), self.left.emit, self.tr("Esc")),),
            )
        else:
            self._plan = shown.plan
            self._show_plan(shown)

    def _remember(self, plan: MergePlan) -> None:
        """Note what a sender has, also where it brought nothing; what is not to be believed is let go of."""
        if plan.signature.refused:
            self._close(plan)
        else:
            self._desk.do_long(lambda project, _task: project.merge(plan), owner=self)

    def _show_plan(self, shown: Preview) -> None:
        for old in (self.report, self.preview):
            if old is not None:
                old.setParent(None)
                old.deleteLater()
        self.report, self.preview = MergeReport(shown.plan, shown.size, shown.ours), MergePreview(shown)
        self._dry_run.addWidget(self.report)
        self._dry_run.addWidget(self.preview)
        self._dry_run.setSizes([_REPORT, _PREVIEW])
        self._dry_run.setStretchFactor(1, 1)
        self.foot.show_plan(shown.plan)
        signed = self.report.signed
        self.foot.allow(signed.may_be_taken)
        signed.accepted.connect(lambda _: self.foot.allow(signed.may_be_taken))
        self._desk.ask(lambda project: project.teams(), self.foot.offer, owner=self)
        self._main = self.foot.merge
        self._pages.setCurrentIndex(1)
        self.focus_first()

    # -- the merge

    def merge(self) -> None:
        """Take in what the dry run shows."""
        signed = self.report.signed if self.report is not None else None
        if signed is None or not signed.may_be_taken:
            return
        accepted = signed.is_accepted
        plan, self._plan = self._plan, None
        if plan is None:
            return
        self._asked += 1
        asked, self._is_merging = self._asked, True
        team, levels = self.foot.team.text(), self.report.levels.choices if self.report else {}

        def refuse(error: AnnotatorError) -> None:
            self._close(plan)
            self._refuse(asked, error)

        self._say(
            "git-merge",
            self.tr("Merging {0}").format(plan.name),
            (self.tr("A backup is made first. Until everything is in, nothing of it is."),),
            (self._button(self.tr("Stop"), self.cancel, self.tr("Esc")),),
            working=True,
        )
        self._task = self._desk.do_long(
            lambda project, task: project.merge(
                plan, team=team, levels=levels, accept_signature=accepted, progress=_watch(task)
            ),
            lambda merged: self._take_result(plan, merged),
            owner=self,
            otherwise=refuse,
            title=self.tr("Merging"),
        )
        self._follow(asked)

    def _take_result(self, plan: MergePlan, merged: Merged) -> None:
        self._task, self._is_merging = None, False
        said: list[str | QWidget] = [self._counted(merged)]
        if merged.backup is not None:
            said.append(self.tr("The project as it was before is kept in {0}.").format(merged.backup))
        undo = self._actions.key("undo")
        if undo:
            said.append(KeyedWords(self.tr("{0} takes the merge back."), [undo]))
        news = self.tr("See what is new")
        buttons: list[QPushButton] = [
            self._button(news, self.news_wanted.emit),
            self._button(self.tr("Close"), self.left.emit, "Esc"),
        ]
        if merged.conflicts:
            settle = AccentButton(self.tr("Settle now"))
            settle.clicked.connect(self.conflicts_wanted)
            buttons.insert(0, settle)
        who = people_words(plan.people)
        headline = self.tr("Merged: {0} of {1}").format(changes_words(merged.changes), who)
        self._say("check", headline, tuple(said), tuple(buttons))
        if not self.isVisible():
            self.ended_unseen.emit(headline, "\n".join(each for each in said if isinstance(each, str)))

    def _counted(self, merged: Merged) -> str:
        said = self.tr("New: {0}. Changed: {1}.").format(number(merged.new), number(merged.changed))
        if not merged.conflicts:
            return self.tr("{0} Nothing is in conflict.").format(said)
        if merged.conflicts == 1:
            return self.tr("{0} 1 field is in conflict; both values are kept until it is settled.").format(said)
        more = self.tr("{0} {1} fields are in conflict; all values are kept until they are settled.")
        return more.format(said, number(merged.conflicts))

    def _refuse(self, asked: int, error: AnnotatorError, allowed: tuple[str, ...] = ()) -> None:
        self._task, self._is_merging = None, False
        if asked != self._asked:
            return
        close = self._button(self.tr("Close"), self.left.emit, self.tr("Esc"))
        if isinstance(error, CancelledError):
            self._say("info", self.tr("Stopped"), (self.tr("Nothing was changed."),), (close,))
            return
        buttons = [self._button(self.tr("Choose another…"), self._actions["merge"].trigger), close]
        if isinstance(error, BundleRefusedError):
            head, said = refused_headline(error), refused_sentences(error)
            if isinstance(error, BundleOverLimitError):
                path, more = Path(str(error.data["path"])), (*allowed, str(error.data["limit"]))
                buttons.insert(1, self._button(self.tr("Allow more for this one"), lambda: self.start(path, more)))
        else:
            head, said = sentence(error), (next_step(error) or self.tr("Nothing was changed."),)
        self._say("circle-x", head, said, tuple(buttons), is_error=True)

    # -- leaving

    def cancel(self) -> None:
        """Go away without merging; while a merge is under way, stop it."""
        if self._is_merging:
            if self._task is not None:
                self._task.cancel()
            return
        self.leave()
        self.left.emit()

    def leave(self) -> None:
        """Let go of the bundle; a merge that is under way is brought to its end."""
        if self._is_merging:
            return
        self._asked += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._plan is not None:
            self._close(self._plan)
            self._plan = None

    def _close(self, plan: MergePlan) -> None:
        self._desk.jobs.run("long", lambda _task: plan.close())

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the bundle when another screen is shown."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.leave()

    # -- showing

    def _say(
        self,
        sign: str,
        headline: str,
        sentences: tuple[str | QWidget, ...] = (),
        buttons: tuple[QPushButton, ...] = (),
        *,
        working: bool = False,
        is_error: bool = False,
    ) -> None:
        self.notice.say(sign, headline, sentences, buttons, role="error" if is_error else "accent", working=working)
        self._main = buttons[0] if buttons else None
        self._pages.setCurrentWidget(self.notice)
        self.focus_first()

    @staticmethod
    def _button(words: str, does: Callable[[], object], key: str = "") -> PlainButton:
        button = PlainButton(words, key=key)
        button.clicked.connect(does)
        return button

    @property
    def is_dry_run(self) -> bool:
        """Whether a dry run is shown."""
        return self._plan is not None

    def focus_first(self) -> None:
        """Give the focus to what can be read, or to the first button."""
        if not self.isVisible():
            return
        target = self.preview if self._plan is not None else self._main
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel with Esc; press the button that has the focus, else the main one, with Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif self.is_dry_run and self.report is not None and event.text().upper() == KEY:
            self.report.signed.turn()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            button = focused if isinstance(focused, QPushButton) else self._main
            if button is not None and button.isEnabled():
                button.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().surface)


def _read(project: Project, path: Path, allow: tuple[str, ...], task: Task[Preview]) -> Preview:
    plan = project.plan_merge(path, allow=allow, progress=_watch(task))
    try:
        return preview(project, plan)
    except BaseException:
        plan.close()
        raise


def _watch(task: Task[Preview] | Task[Merged]) -> Callable[[int, int], None]:
    """Return a progress that tells the window, and stops the work where that is wanted."""

    def progress(done: int, total: int) -> None:
        if task.is_cancelled():
            raise CancelledError(what="the merge")
        task.report(done, total)

    return progress
