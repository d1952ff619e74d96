"""Reading the original of a version again in another encoding."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from annotator.domain.errors import AnnotatorError, ImportFailedError
from annotator.domain.ids import EntityId
from annotator.domain.source import Version
from annotator.ui.desk import Desk
from annotator.ui.forms import FormDialog
from annotator.ui.importing.import_list import failure_words
from annotator.ui.theme import reading_font

if TYPE_CHECKING:
    from annotator.services.project import Project

_SAMPLE = 4096
"""Bytes of the original that the preview reads."""

_USUAL = (
    ("utf-8", "Unicode"),
    ("windows-1252", "Western European"),
    ("iso-8859-15", "Western European, with €"),
    ("windows-1250", "Central European"),
    ("iso-8859-2", "Central European"),
    ("windows-1251", "Cyrillic"),
    ("koi8-r", "Cyrillic, Russian"),
    ("windows-1253", "Greek"),
    ("windows-1254", "Turkish"),
    ("windows-1255", "Hebrew"),
    ("windows-1256", "Arabic"),
    ("shift_jis", "Japanese"),
    ("euc-jp", "Japanese"),
    ("gb18030", "Chinese, simplified"),
    ("big5", "Chinese, traditional"),
    ("euc-kr", "Korean"),
    ("utf-16", "Unicode, two bytes"),
)


def _sample(project: Project, version_id: EntityId) -> tuple[str, bytes]:
    """Return the encoding that a version was read in, and the beginning of its original."""
    version = project.entity(version_id)
    assert isinstance(version, Version)  # noqa: S101 asked for by the id of a version
    data = project.original(version_id) if version.original else project.text(version_id).encode()
    return version.encoding, data[:_SAMPLE]


def _codec(encoding: str) -> str:
    """Return the one name of an encoding that has several."""
    try:
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return encoding


class ReadAgain(FormDialog):
    """Asks for an encoding, shows how the first lines look in it, and makes a new version."""

    def __init__(self, desk: Desk, version: EntityId, parent: QWidget) -> None:
        super().__init__(self.tr("Read in another encoding"), self.tr("Read again"), parent)
        self._desk, self._version_id = desk, version
        self._data = b""
        self._list = QListWidget()
        self._list.setFixedHeight(170)
        for code, words in _USUAL:
            item = QListWidgetItem(f"{code}   {words}", self._list)
            item.setData(0x100, code)
        self._other = QLineEdit()
        self._preview = QPlainTextEdit(readOnly=True)
        self._preview.setFont(reading_font(15))
        self._preview.setMinimumHeight(150)
        self._preview.setTabChangesFocus(True)
        self.add("encoding", self.tr("Encoding"), self._list)
        self.add("other", self.tr("Another one"), self._other, self.tr("Its name, such as mac-roman or cp437"))
        self.add("preview", self.tr("The first lines, read so"), self._preview)
        self.resize(560, 600)
        self._list.currentItemChanged.connect(self._pick)
        self._other.textChanged.connect(self._look)
        desk.ask(lambda project: _sample(project, version), self._show, owner=self)

    def encoding(self) -> str:
        """Return the encoding asked for."""
        item = self._list.currentItem()
        return self._other.text().strip() or (str(item.data(0x100)) if item else "")

    def _show(self, found: tuple[str, bytes]) -> None:
        encoding, self._data = found
        rows = [number for number, (code, _) in enumerate(_USUAL) if _codec(code) == _codec(encoding)]
        if rows:
            self._list.setCurrentRow(rows[0])
            self._list.setFocus()
        else:
            self._other.setText(encoding)
            self._other.setFocus()
        self._look()

    @Slot()
    def _pick(self) -> None:
        self._other.clear()
        self._look()

    @Slot()
    def _look(self) -> None:
        encoding = self.encoding()
        self.check({})
        try:
            words = self._data.decode(encoding, "replace") if encoding else ""
        except (LookupError, ValueError):
            words = ""
        self.send.setEnabled(bool(words))
        self._preview.setPlainText(words)

    @Slot()
    def submit(self) -> None:
        """Read the version again and show the new one."""
        encoding = self.encoding()
        if not encoding:
            self.check({"encoding": self.tr("Choose one, or write its name below.")})
            return
        self.send.setEnabled(False)
        self._desk.do(
            lambda project: project.read_again(self._version_id, encoding=encoding),
            self._done,
            owner=self,
            otherwise=self.refuse,
        )

    def refuse(self, error: AnnotatorError) -> None:
        """Say what is wrong below the encodings."""
        self.send.setEnabled(True)
        if isinstance(error, ImportFailedError):
            self.check({"encoding": failure_words(error, str(error.data.get("name", "")))})
        else:
            super().refuse(error)

    def _done(self, version: Version) -> None:
        self._desk.show_place(version.id)
        self.accept()
