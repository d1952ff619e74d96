"""Correcting what is known of a source; the facts of its version stand below, to be read only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from annotator.domain.evidence import Evidence
from annotator.domain.ids import EntityId
from annotator.domain.rows import SourceRow
from annotator.domain.same_agents import distinct_names, names_of
from annotator.domain.source import Source
from annotator.ui.controls import GRID, HairLine, LinkButton
from annotator.ui.desk import Desk
from annotator.ui.disputes import DisputedLine
from annotator.ui.fields import NamesField
from annotator.ui.forms import FormDialog, WordsField, date_problem, plain_label
from annotator.ui.importing.media import MediumField
from annotator.ui.importing.read_again import ReadAgain
from annotator.ui.importing.version_facts import facts_of

if TYPE_CHECKING:
    from annotator.services.project import Project

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class _Found:
    """The source as it stands, with the names behind its ids, all names there are, and what is kept of the version."""

    source: Source
    authors: tuple[str, ...]
    publishers: tuple[str, ...]
    known: tuple[str, ...]
    kept: Evidence


def _found(project: Project, source_id: EntityId, version_id: EntityId) -> _Found:
    source = project.entity(source_id)
    assert isinstance(source, Source)  # noqa: S101 asked for by the id of a source
    names = names_of(project.agents())
    return _Found(
        source,
        distinct_names(names, source.authors),
        distinct_names(names, source.publishers),
        tuple(dict.fromkeys(names.values())),
        project.evidence(version_id),
    )


class SourceDetails(FormDialog):
    """What is known of a source. Import filled it in; a person confirms or corrects it in one change."""

    def __init__(self, desk: Desk, row: SourceRow, version: EntityId, parent: QWidget) -> None:
        super().__init__(self.tr("Source details"), self.tr("Correct details"), parent)
        self._desk = desk
        self._version = next(each for each in row.versions if each.id == version)
        self._several = len(row.versions) > 1
        self._before: dict[str, Any] = {}
        self._source_id = row.source.id
        self._texts = {
            name: QLineEdit() for name in ("title", "url", "date_published", "language", "genre", "licence", "place")
        }
        self._names = {name: NamesField() for name in ("authors", "publishers")}
        self._medium = MediumField()
        self._notes = WordsField(lines=3)
        self._texts["date_published"].setPlaceholderText("2025-05-14")
        self._texts["language"].setPlaceholderText("en")
        disputed = DisputedLine(desk)
        self.column.addWidget(disputed)
        disputed.show_of(row.source.id, row.disputed)
        self._add_fields()
        self._add_facts()
        self.column.addStretch()
        self.resize(640, 720)
        self.send.setEnabled(False)
        desk.ask(lambda project: _found(project, row.source.id, version), self._show, owner=self)

    def _add_fields(self) -> None:
        texts, names = self._texts, self._names
        self.add("title", self.tr("Title"), texts["title"])
        self.add_beside(
            ("authors", self.tr("Authors"), names["authors"]),
            ("publishers", self.tr("Publishers"), names["publishers"]),
        )
        self.add("url", self.tr("Address"), texts["url"])
        self.add_beside(
            ("date_published", self.tr("Date published"), texts["date_published"]),
            ("language", self.tr("Language"), texts["language"]),
            ("medium", self.tr("Medium"), self._medium),
        )
        self.add_beside(
            ("genre", self.tr("Genre"), texts["genre"]),
            ("licence", self.tr("Licence"), texts["licence"]),
            ("place", self.tr("Place"), texts["place"]),
        )
        self.add("notes", self.tr("Notes"), self._notes)

    def _add_facts(self) -> None:
        self.column.addWidget(HairLine())
        self.column.addWidget(
            plain_label(self.tr("Version {0}, as it was taken in").format(self._version.sequence), bold=True)
        )
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(2 * GRID)
        self._facts.setVerticalSpacing(4)
        self._facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(self._facts)
        again = LinkButton(self.tr("Read in another encoding…"))
        again.setAutoDefault(False)
        again.clicked.connect(self._read_again)
        self.column.addWidget(again)
        if self._several:
            both = LinkButton(self.tr("Compare with its other versions"))
            both.setAutoDefault(False)
            both.clicked.connect(self._compare)
            self.column.addWidget(both)

    def _show(self, found: _Found) -> None:
        source = found.source
        for name, field in self._texts.items():
            field.setText(str(getattr(source, name) or ""))
            field.setCursorPosition(0)
        for name, field in self._names.items():
            field.set_known(found.known)
            field.set_names(getattr(found, name))
            field.setCursorPosition(0)
        self._medium.set_medium(source.medium)
        self._notes.setPlainText(source.notes)
        self._before = self._given()
        for label, words in facts_of(found.kept):
            value = plain_label(words)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addRow(plain_label(label, muted=True), value)
        self.send.setEnabled(True)

    def _given(self) -> dict[str, Any]:
        given: dict[str, Any] = {name: field.text().strip() for name, field in self._texts.items()}
        given["date_published"] = given["date_published"] or None
        given |= {name: field.names() for name, field in self._names.items()}
        return given | {"medium": self._medium.medium(), "notes": self._notes.toPlainText().strip()}

    @Slot()
    def submit(self) -> None:
        """Make one change of all that was corrected."""
        given = self._given()
        problems = {"date_published": date_problem(given["date_published"] or "")}
        if given["language"] and not _LANGUAGE.fullmatch(given["language"]):
            problems["language"] = self.tr("Write a language as en or pt-BR.")
        if not given["title"]:
            problems["title"] = self.tr("A source needs a title.")
        if not self.check(problems):
            return
        changed = {name: value for name, value in given.items() if value != self._before.get(name)}
        if not changed:
            self.accept()
            return
        self.send.setEnabled(False)
        self._desk.do(
            lambda project: project.edit(self._source_id, **changed),
            lambda _: self.accept(),
            owner=self,
            otherwise=self.refuse,
        )

    @Slot()
    def _compare(self) -> None:
        self.reject()
        self._desk.settle_wanted.emit(self._version.id, "")

    @Slot()
    def _read_again(self) -> None:
        ReadAgain(self._desk, self._version.id, self).open()
