"""Fetching a page: the one place in the window from which the program asks anything of another computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from annotator.domain.errors import AnnotatorError, CancelledError
from annotator.domain.source import Version
from annotator.ui.controls import plain_label
from annotator.ui.desk import Desk
from annotator.ui.forms import FormDialog
from annotator.ui.importing.import_list import failure_words

if TYPE_CHECKING:
    from annotator.ui.jobs import Task

_KILO = 1000
_SCHEMES = ("http://", "https://")


def is_web_address(text: str) -> bool:
    """Tell whether words are one web address and nothing else."""
    return text.startswith(_SCHEMES) and not any(c.isspace() for c in text)


class FetchAddress(FormDialog):
    """Asks for an address and says what fetching it means. Nothing is asked of anybody before the button is pressed."""

    def __init__(self, desk: Desk, parent: QWidget, address: str = "") -> None:
        super().__init__(self.tr("Fetch an address"), self.tr("Fetch this page"), parent)
        self._desk = desk
        self._task: Task[Version] | None = None
        self._address = QLineEdit(address)
        self._address.setPlaceholderText("https://")
        self._server = plain_label(muted=True)
        self.add("address", self.tr("Address"), self._address)
        self.column.addWidget(self._server)
        self.column.addWidget(plain_label(self.tr("What will happen"), bold=True))
        self.column.addWidget(
            plain_label(
                self.tr(
                    "This one page is asked for over the internet, now, from this computer. Its server sees where you are "
                    "connected, as it does when you open the page in a browser. All that it answers is kept, byte for byte, as a "
                    "web archive (WARC): the original of the new source."
                )
            )
        )
        self.column.addWidget(plain_label(self.tr("What will not"), bold=True))
        self.column.addWidget(
            plain_label(
                self.tr(
                    "No cookies, no scripts, no pictures, nothing else that the page names. Where the server leads on, each step "
                    "is checked first. No computer of your own network is asked."
                )
            )
        )
        self.column.addWidget(
            plain_label(
                self.tr(
                    "Many pages are put together by scripts, or show themselves to subscribers only. Save those from your "
                    "browser, and import the file."
                ),
                muted=True,
            )
        )
        self.column.addStretch()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(8)
        self._bar.setAccessibleName(self.tr("How much of the page has come"))
        self._bar.hide()
        self._amount = plain_label(muted=True)
        self._amount.hide()
        self.column.addWidget(self._bar)
        self.column.addWidget(self._amount)
        self.resize(560, 460)
        self._address.returnPressed.connect(self.submit)
        self._address.textChanged.connect(self._name_server)
        self._name_server(address)

    @Slot(str)
    def _name_server(self, address: str) -> None:
        """Say which server an address really asks: a long one hides its beginning, and letters can look alike."""
        from annotator.services.fetching import server_asked

        server = server_asked(address)
        self._server.setText(self.tr("Asks the server {0}").format(server) if server else "")
        self._server.setVisible(bool(server))

    @Slot()
    def submit(self) -> None:
        """Fetch the page; this is the click that says so."""
        address = self._address.text().strip()
        wrong = (
            "" if is_web_address(address) else self.tr("Write a whole address that begins with https:// or http://.")
        )
        if self._task is not None or not self.check({"address": wrong}):
            return
        self._show_running(running=True)
        self._task = self._desk.do_long(
            lambda project, task: project.fetch(address, progress=task.report, cancelled=task.is_cancelled),
            self._done,
            owner=self,
            otherwise=self._refused,
            title=self.tr("Fetching"),
        )
        if self._task is not None:
            self._task.progressed.connect(self._tell)

    def reject(self) -> None:
        """Stop what is on its way; leave when nothing is."""
        if self._task is None:
            super().reject()
        else:
            self._task.cancel()

    @Slot(int, int, object)
    def _tell(self, done: int, total: int, _remark: object) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(min(done, total))
        self._amount.setText(self.tr("{0} kB have come").format(max(1, done // _KILO)))

    def _show_running(self, *, running: bool) -> None:
        self._bar.setRange(0, 0)
        self._amount.setText(self.tr("Waiting for the server…"))
        for part in (self._bar, self._amount):
            part.setVisible(running)
        self._address.setEnabled(not running)
        self.send.setEnabled(not running)

    def _done(self, version: Version) -> None:
        self._task = None
        self._desk.show_place(version.id)
        self.accept()

    def _refused(self, error: AnnotatorError) -> None:
        self._task = None
        self._show_running(running=False)
        self._address.setFocus()
        if isinstance(error, CancelledError):
            self.say(self.tr("Stopped. Nothing was kept."))
        else:
            self.check({"address": failure_words(error, self._address.text().strip())})
