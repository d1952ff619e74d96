"""Writing down a source that has no file: a phone call, a broadcast, a visit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from annotator.domain.same_agents import names_of
from annotator.domain.source import Medium, Version
from annotator.ui.desk import Desk
from annotator.ui.drafts import Drafts
from annotator.ui.forms import FormDialog, WordsField, date_problem
from annotator.ui.importing.media import MediumField

_DRAFT = "typed-source"


class TypedSource(FormDialog):
    """Asks for the words, and who said them when and where. What is typed is kept until it is written down."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(self.tr("Write down a source"), self.tr("Write down"), parent)
        self._desk = desk
        self._drafts = Drafts(desk, self)
        self._title, self._date, self._place = QLineEdit(), QLineEdit(), QLineEdit()
        self._words = WordsField(self.tr("What was said, as nearly word for word as you can"), lines=10)
        self._person = QLineEdit()
        self._medium = MediumField()
        self._medium.set_medium(Medium.OTHER)
        self._date.setPlaceholderText("2025-05-14")
        self.add("title", self.tr("Title"), self._title, self.tr("Such as “Phone call with the water board”"))
        self.add("text", self.tr("Words"), self._words)
        self.add_beside(("date", self.tr("Date"), self._date), ("place", self.tr("Place"), self._place))
        self.add_beside(("person", self.tr("Who said it"), self._person), ("medium", self.tr("Medium"), self._medium))
        self.column.addStretch()
        self.resize(640, 560)
        for field in (self._title, self._date, self._place, self._person, self._words):
            field.textChanged.connect(self._keep)
        self._drafts.fetch(_DRAFT, self._take_up, self)
        desk.ask(lambda project: sorted(set(names_of(project.agents()).values())), self._offer, owner=self)

    def _offer(self, names: list[str]) -> None:
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._person.setCompleter(completer)

    def _take_up(self, body: Any) -> None:
        """Go on where somebody stopped typing."""
        if not isinstance(body, dict) or self._words.toPlainText():
            return
        for name, field in self._texts().items():
            field.setText(str(body.get(name, "")))
        self._words.setPlainText(str(body.get("text", "")))

    def _texts(self) -> dict[str, QLineEdit]:
        return {"title": self._title, "date": self._date, "place": self._place, "person": self._person}

    @Slot()
    def _keep(self) -> None:
        body = {name: field.text() for name, field in self._texts().items()}
        self._drafts.keep(_DRAFT, {**body, "text": self._words.toPlainText()})

    @Slot()
    def submit(self) -> None:
        """Write the source down and show it."""
        text = self._words.toPlainText()
        problems = {"date": date_problem(self._date.text())}
        if not text.strip():
            problems["text"] = self.tr("Write down what was said.")
        if not self.check(problems):
            return
        given = {name: field.text().strip() for name, field in self._texts().items()}
        title, medium = given.pop("title"), self._medium.medium()
        self.send.setEnabled(False)
        self._desk.do(
            lambda project: project.type_source(title, text, medium=medium, **given),
            self._done,
            owner=self,
            otherwise=self.refuse,
        )

    def _done(self, version: Version) -> None:
        self._drafts.drop(_DRAFT)
        self._desk.show_place(version.id)
        self.accept()

    def done(self, result: int) -> None:
        """Keep what was typed when the panel is left."""
        if not result:
            self._drafts.flush()
        super().done(result)
