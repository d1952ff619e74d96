"""People and organisations, over the window: which look like one, and which are; nothing is joined but by a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.domain.people import Agent
from annotator.domain.same_agents import SameAgents
from annotator.ui.actions import Actions
from annotator.ui.claiming.keyed_lines import KeyedLines
from annotator.ui.controls import plain_label
from annotator.ui.desk import Desk
from annotator.ui.fields import FilterField, KeyedWords
from annotator.ui.shell.sheet import Sheet

if TYPE_CHECKING:
    from annotator.services.joining import AgentRow
    from annotator.services.project import Project

_PAIRS, _ROWS = 6, 10
"""Lines that show at once."""


@dataclass(frozen=True, slots=True)
class _Found:
    pairs: tuple[SameAgents, ...]
    rows: tuple[AgentRow, ...]


def _read(project: Project) -> _Found:
    return _Found(project.same_agents(), project.agent_rows())


class AgentsSheet(Sheet):
    """Above, the pairs that look like one; below, everybody, with the names that count as theirs."""

    def __init__(self, window: QWidget, actions: Actions, desk: Desk) -> None:
        super().__init__(window, actions, self.tr("People and organisations"), width=760)
        self._desk = desk
        self._rows: tuple[AgentRow, ...] = ()
        self._picked: Agent | None = None
        self.pairs = KeyedLines(self.tr("These look like one"), "JKN")
        self.everybody = KeyedLines(self.tr("Everybody"), "JP")
        self.filter = FilterField(self.tr("Filter people and organisations"))
        self._asked = plain_label(bold=True)
        self._pair_keys = KeyedWords(
            self.tr("{0} join, the first name counts · {1} join, the second counts · {2} they are not the same"),
            ("J", "K", "N"),
        )
        self._row_keys = KeyedWords("")
        self.said = plain_label(self.tr("Looking…"), muted=True)
        for widget in (
            self._asked,
            self.pairs,
            self._pair_keys,
            self.said,
            self.filter,
            self.everybody,
            self._row_keys,
        ):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.pairs.pressed.connect(self._answer)
        self.everybody.pressed.connect(self._do)
        self.filter.textChanged.connect(self._show_rows)
        self.filter.left.connect(lambda: self.everybody.setFocus(Qt.FocusReason.OtherFocusReason))
        desk.changed.connect(self._ask)
        for widget in (self.pairs, self._pair_keys, self.everybody, self._asked):
            widget.hide()
        self._tell_keys()
        self._ask()

    def focus_first(self) -> None:
        """Give the focus to what is asked, else to the list of everybody."""
        for widget in (self.pairs, self.everybody):
            if not widget.isHidden():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        super().focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let go of who was picked with Esc, before the sheet closes; undo what was joined or parted."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._desk.undo()
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self._picked is not None:
            self._pick(None)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self._desk.ask(_read, self._take, owner=self)

    def _take(self, found: _Found) -> None:
        is_first = not self._rows
        had_focus = self.pairs.hasFocus()
        self._rows = found.rows
        self.pairs.fill([(_pair_words(pair), pair) for pair in found.pairs], most=_PAIRS)
        count = len(found.pairs)
        self._asked.setText(
            self.tr("One pair looks like the same")
            if count == 1
            else self.tr("{0} pairs look like the same").format(count)
        )
        for widget in (self._asked, self._pair_keys):
            widget.setVisible(bool(found.pairs))
        self.said.setText(
            self.tr("No names look alike.")
            if found.rows
            else self.tr("Nobody yet: import a source, or say who says it.")
        )
        self.said.setVisible(not found.pairs)
        self.filter.setVisible(bool(found.rows))
        self._show_rows()
        QTimer.singleShot(0, self, self._follow)
        if is_first or (had_focus and not found.pairs):
            QTimer.singleShot(0, self, self.focus_first)

    def _show_rows(self) -> None:
        words = self.filter.text().casefold().split()
        lines: list[tuple[str, object]] = []
        for row in self._rows:
            names = " ".join(agent.name for agent in (row.agent, *row.joined)).casefold()
            if all(word in names for word in words):
                lines.append((_row_words(row), row))
        self.everybody.fill(lines, most=_ROWS)

    def _answer(self, key: str, pair: SameAgents) -> None:
        """Do what a person says about a pair."""
        first, second = pair.one.id, pair.other.id
        if key == "J":
            self._desk.do(lambda project: project.join_agents(first, second), owner=self)
        elif key == "K":
            self._desk.do(lambda project: project.join_agents(second, first), owner=self)
        else:
            self._desk.do(lambda project: project.part_agents(first, second), owner=self)

    def _do(self, key: str, row: AgentRow) -> None:
        """Pick one to be joined, join the picked one to another, or part what was joined last."""
        if key == "P" and row.joined:
            agent, other = row.agent.id, row.joined[-1].id
            self._desk.do(lambda project: project.part_agents(agent, other), owner=self)
        elif key == "J" and (self._picked is None or self._picked.id == row.agent.id):
            self._pick(None if self._picked else row.agent)
        elif key == "J" and self._picked is not None:
            kept, gone = row.agent.id, self._picked.id
            self._pick(None)
            self._desk.do(lambda project: project.join_agents(kept, gone), owner=self)

    def _pick(self, agent: Agent | None) -> None:
        self._picked = agent
        self._tell_keys()

    def _tell_keys(self) -> None:
        if self._picked is not None:
            words = self.tr("“{0}” is picked: go to who it is and press {{0}}. {{1}} lets go of it.")
            self._row_keys.set_words(words.format(self._picked.name), ("J", self.tr("Esc")))
        else:
            words = self.tr(
                "{0} picks one to be joined to another · {1} parts the name that was joined last · {2} undoes"
            )
            self._row_keys.set_words(words, ("J", "P", self.tr("Ctrl Z")))


def _pair_words(pair: SameAgents) -> str:
    words = QCoreApplication.translate("agents", "{0}  =  {1}?   ({2})")
    return words.format(pair.one.name, pair.other.name, why_words(pair.why))


def why_words(why: str) -> str:
    """Return what is alike in two names, in the person's language."""
    words = {
        "case": QCoreApplication.translate("agents", "the same letters"),
        "order": QCoreApplication.translate("agents", "the same words in another order"),
        "form": QCoreApplication.translate("agents", "the same without articles and legal forms"),
        "initials": QCoreApplication.translate("agents", "a first name may be cut to its initial"),
        "short form": QCoreApplication.translate("agents", "the first letters of the words"),
        "spelling": QCoreApplication.translate("agents", "nearly the same spelling"),
    }
    return words.get(why, why)


def _row_words(row: AgentRow) -> str:
    translate = QCoreApplication.translate
    counted = (
        (row.sources, translate("agents", "1 source"), translate("agents", "{0} sources")),
        (row.claims, translate("agents", "1 claim"), translate("agents", "{0} claims")),
        (row.appearances, translate("agents", "quoted once"), translate("agents", "quoted {0} times")),
    )
    parts = [one if count == 1 else several.format(count) for count, one, several in counted if count]
    also = translate("agents", "also {0}").format(", ".join(agent.name for agent in row.joined))
    parts += [also] if row.joined else []
    return f"{row.agent.name}   {' · '.join(parts)}".rstrip()
