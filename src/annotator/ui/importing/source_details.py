"""Confirming or correcting what is known of a source; the facts of its version stand below, to be read only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QGridLayout, QLineEdit, QWidget

from annotator.domain.evidence import Evidence
from annotator.domain.ids import EntityId
from annotator.domain.rows import SourceRow
from annotator.domain.same_agents import distinct_names, names_of
from annotator.domain.source import Detail, Source
from annotator.ui.controls import GRID, HairLine, LinkButton, PlainButton
from annotator.ui.desk import Desk
from annotator.ui.disputes import DisputedLine
from annotator.ui.fields import NamesField
from annotator.ui.forms import FormDialog, WordsField, date_problem, plain_label
from annotator.ui.importing.media import MediumField
from annotator.ui.importing.originals import Originals
from annotator.ui.importing.read_again import ReadAgain
from annotator.ui.importing.source_entries import version_words
from annotator.ui.importing.version_facts import facts_of

if TYPE_CHECKING:
    from annotator.services.project import Project

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SKIP = "Ctrl+PgDown"


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
    """What is known of a source. Import filled it in; a person confirms or corrects it in one change.

    ``confirmed`` tells that this one is done, ``skipped`` that the person wants to go on with the next.
    """

    confirmed = Signal()
    skipped = Signal()

    def __init__(
        self, desk: Desk, row: SourceRow, version: EntityId, parent: QWidget, *, place: tuple[int, int] = (1, 1)
    ) -> None:
        """``place``: which of how many that are to be confirmed one after the other."""
        is_open = not row.source.confirmed
        super().__init__(
            self.tr("Confirm source details") if is_open else self.tr("Source details"),
            self.tr("Confirm details") if is_open else self.tr("Correct details"),
            parent,
        )
        self._desk = desk
        self._is_open, self._place = is_open, place
        self._version = next(each for each in row.versions if each.id == version)
        self._several = len(row.versions) > 1
        self._before: dict[str, Any] = {}
        self._source_id = row.source.id
        self._originals = Originals(desk, self)
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
        if is_open:
            self._add_head()
        self._add_fields()
        self._add_facts()
        self.column.addStretch()
        self.resize(640, 720)
        self.send.setEnabled(False)
        desk.ask(lambda project: _found(project, row.source.id, version), self._show, owner=self)

    def _add_head(self) -> None:
        """Say what is asked, which of several this is, and how to go on without answering."""
        number, total = self._place
        words = self.tr("This is what import found, and how. Nothing of it counts as confirmed before you say so.")
        self.column.addWidget(plain_label(words, muted=True))
        if total > 1:
            self.setWindowTitle(self.tr("Confirm source details, {0} of {1}").format(number, total))
            skip = PlainButton(self.tr("Not now, next"), key=self.tr("Ctrl PgDn"))
            skip.setAutoDefault(False)
            skip.clicked.connect(self._skip)
            QShortcut(QKeySequence(_SKIP), self, self._skip)
            self.foot.insertWidget(self.foot.count() - 2, skip)

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
        version = self._version
        self.column.addWidget(HairLine())
        self.column.addWidget(
            plain_label(
                self.tr("Version {0}, as it was taken in").format(version.sequence)
                if version.sequence
                else version_words(version),
                bold=True,
            )
        )
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(2 * GRID)
        self._facts.setVerticalSpacing(4)
        self._facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(self._facts)
        ways = {self.tr("Read in another encoding…"): self._read_again}
        if version.original is not None:
            ways |= {
                self.tr("Show the original…"): lambda: self._originals.show(version.id),
                self.tr("Save the original as…"): lambda: self._originals.save(version.id, version.name),
                self.tr("Check the original"): lambda: self._originals.check(version.id),
            }
        if self._several:
            ways[self.tr("Compare with its other versions")] = self._compare
        links = QGridLayout()
        links.setHorizontalSpacing(2 * GRID)
        links.setColumnStretch(2, 1)
        for place, (words, does) in enumerate(ways.items()):
            link = LinkButton(words)
            link.setAutoDefault(False)
            link.clicked.connect(does)
            links.addWidget(link, place // 2, place % 2, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(links)

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
        if self._is_open:
            self._show_bases()
        self.send.setEnabled(True)

    def _show_bases(self) -> None:
        """Say below each field how what stands in it is known."""
        for name, words in _bases(self._version.suggested).items():
            if name in self.fields:
                self.fields[name].set_hint(self.tr("from {0}").format(words))

    def _given(self) -> dict[str, Any]:
        given: dict[str, Any] = {name: field.text().strip() for name, field in self._texts.items()}
        given["date_published"] = given["date_published"] or None
        given |= {name: field.names() for name, field in self._names.items()}
        return given | {"medium": self._medium.medium(), "notes": self._notes.toPlainText().strip()}

    @Slot()
    def submit(self) -> None:
        """Make one change of all that was corrected, and say that the details are right."""
        given = self._given()
        problems = {"date_published": date_problem(given["date_published"] or "")}
        if given["language"] and not _LANGUAGE.fullmatch(given["language"]):
            problems["language"] = self.tr("Write a language as en or pt-BR.")
        if not given["title"]:
            problems["title"] = self.tr("A source needs a title.")
        if not self.check(problems):
            return
        changed = {name: value for name, value in given.items() if value != self._before.get(name)}
        if self._is_open:
            changed["confirmed"] = True
        if not changed:
            self.accept()
            return
        self.send.setEnabled(False)
        self._desk.do(
            lambda project: project.edit(self._source_id, **changed),
            lambda _: self._done(),
            owner=self,
            otherwise=self.refuse,
        )

    def _done(self) -> None:
        self.accept()
        self.confirmed.emit()

    @Slot()
    def _skip(self) -> None:
        self.reject()
        self.skipped.emit()

    @Slot()
    def _compare(self) -> None:
        self.reject()
        self._desk.settle_wanted.emit(self._version.id, "")

    @Slot()
    def _read_again(self) -> None:
        ReadAgain(self._desk, self._version.id, self).open()


def _bases(suggested: tuple[Detail, ...]) -> Mapping[str, str]:
    """Return how each detail is known; several bases of one field stand beside each other."""
    found: dict[str, dict[str, None]] = {}
    for detail in suggested:
        found.setdefault(detail.field, {})[detail.basis] = None
    return {name: ", ".join(bases) for name, bases in found.items()}
