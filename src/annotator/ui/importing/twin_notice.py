"""Tells after a merge of a source that came in and is nearly one that was here, and makes it a version by a person's word."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.change import Change
from annotator.domain.ids import EntityId
from annotator.domain.source import Source
from annotator.services.importing_twins import Twin
from annotator.ui.desk import Desk
from annotator.ui.importing.twin_question import TwinAnswer, ask_about_twin

_SETTLE = 300
"""Milliseconds that a row of changes is given to end."""

_SOURCES_COME = frozenset({"import", "type", "make_version", "undo", "redo"})
"""The actions after which other sources may be here."""

Found = tuple[tuple[Source, Twin], ...]


class TwinNotice(QObject):
    """Watches for merges while a project is open. Two teams that took in one article apart have two sources of it."""

    told = Signal(str, str)
    """A sentence, and what there is to do: then ``ask`` is what does it."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._known: frozenset[EntityId] | None = None
        self._found: Found = ()
        self._is_merged = False
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE)
        self._timer.timeout.connect(self._look)
        desk.opened.connect(self._begin)
        desk.closed.connect(self._forget)
        desk.changed.connect(self._on_change)
        self._begin()

    def ask(self) -> None:
        """Ask what the first of the sources that were found is; the others follow, one after the other."""
        if self._found:
            (source, twin), *rest = self._found
            self._found = tuple(rest)
            ask_about_twin(source.title, twin, self._window, lambda said: self._settle(source, twin, said))

    def _begin(self) -> None:
        self._desk.ask(lambda project: frozenset(each.id for each in project.sources()), self._know, owner=self)

    def _know(self, known: frozenset[EntityId]) -> None:
        self._known = known

    def _forget(self) -> None:
        self._timer.stop()
        self._known, self._found = None, ()

    def _on_change(self, change: Change | None) -> None:
        """Look once the changes have ended. One that is not named is a merge; of what is imported a person is asked then."""
        self._is_merged = self._is_merged or change is None
        if change is None or change.header.action in _SOURCES_COME:
            self._timer.start()

    def _look(self) -> None:
        known = self._known
        if self._is_merged and known is not None:
            self._desk.ask(lambda project: project.twins(known), self._tell, owner=self)
        self._is_merged = False
        self._begin()

    def _tell(self, found: Found) -> None:
        self._found = found
        if found:
            source, twin = found[0]
            said = self.tr("“{0}” came in and is {1} per cent the same as “{2}”, which is here.")
            if source.title == twin.title:
                said = self.tr("“{0}” came in and is {1} per cent the same as one of that title, which is here.")
            more = self.tr("Is it the same article?")
            count = self.tr("So it is with {0} sources more.").format(len(found) - 1) if len(found) > 1 else ""
            self.told.emit(said.format(source.title, twin.likeness, twin.title), f"{more} {count}".strip())

    def _settle(self, source: Source, twin: Twin, said: TwinAnswer) -> None:
        if said is TwinAnswer.VERSION:
            self._desk.do(
                lambda project: project.make_version(source.id, twin.source_id), lambda _: self.ask(), owner=self
            )
        elif said is TwinAnswer.OUT:
            self._desk.do(lambda project: project.delete(source.id), lambda _: self.ask(), owner=self)
        else:
            self.ask()
