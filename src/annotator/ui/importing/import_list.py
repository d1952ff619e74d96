"""What became of each file of an import, as the lines of a list: failures first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.domain.errors import AnnotatorError
from annotator.domain.ids import EntityId
from annotator.domain.import_warnings import is_about_encoding
from annotator.ui.importing.warning_words import warning_sentences
from annotator.ui.messages import next_step, sentence

if TYPE_CHECKING:
    from annotator.services.importing_batch import ImportLine
    from annotator.services.importing_given import Given

ENTRY = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class State(IntEnum):
    """How far a file is; in the order in which the list shows them."""

    FAILED = 0
    LOOK = 1
    READING = 2
    WAITING = 3
    STOPPED = 4
    IMPORTED = 5


class Step(Enum):
    """What can be done next about a line."""

    NONE = ""
    OPEN = "open"
    TWIN = "twin"
    READ_AGAIN = "read again"
    TRY_AGAIN = "try again"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportEntry:
    """One file: what it is called, how far it is, what there is to say, what can be done about it, and what the job said."""

    number: int
    given: Given
    name: str
    state: State = State.WAITING
    message: str = ""
    step: Step = Step.NONE
    version: EntityId | None = None
    pages: tuple[int, int] = (0, 0)
    line: ImportLine | None = None


TABS: tuple[tuple[State, ...], ...] = (
    tuple(State),
    (State.FAILED,),
    (State.LOOK,),
    (State.IMPORTED,),
    (State.READING, State.WAITING, State.STOPPED),
)
"""What each tab shows: all, not imported, to look at, imported, to come."""


def step_words(step: Step) -> str:
    """Return the words of what can be done next."""
    words = {
        Step.TWIN: QCoreApplication.translate("import", "Same article?"),
        Step.OPEN: QCoreApplication.translate("import", "Open"),
        Step.READ_AGAIN: QCoreApplication.translate("import", "Read in another encoding"),
        Step.TRY_AGAIN: QCoreApplication.translate("import", "Try again"),
    }
    return words.get(step, "")


def failure_words(error: AnnotatorError, name: str) -> str:
    """Return what went wrong and what to do, in two sentences; ``name`` stands beside them and is left out."""
    what = sentence(error).removeprefix(f"{name}: ")
    advice = next_step(error)
    parts = (part[:1].upper() + part[1:] for part in (what, advice) if part)
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)


def finished(entry: ImportEntry, line: ImportLine) -> ImportEntry:
    """Return an entry as it is once its file was tried."""
    if line.error is not None or line.version is None:
        words = failure_words(line.error, line.name) if line.error else ""
        return replace(entry, state=State.FAILED, message=words, step=Step.TRY_AGAIN, line=line)
    remarks: list[str] = []
    if line.known:
        remarks.append(QCoreApplication.translate("import", "You have this already. Nothing was added."))
    elif line.version.sequence > 1:
        words = QCoreApplication.translate("import", "You have this address already. Taken in as version {0}.")
        remarks.append(words.format(line.version.sequence))
    if not line.known:
        remarks += warning_sentences(line.warnings)
    step = Step.READ_AGAIN if not line.known and is_about_encoding(line.warnings) else Step.OPEN
    if line.twin is not None:
        words = QCoreApplication.translate("import", "Its text is {0} per cent the same as that of “{1}”.")
        remarks.append(words.format(line.twin.likeness, line.twin.title))
        step = Step.TWIN
    count = QCoreApplication.translate("import", "{0}, {1:,} words").format(line.title, line.words)
    return replace(
        entry,
        state=State.LOOK if remarks else State.IMPORTED,
        message=" ".join(remarks) or count,
        step=step,
        version=line.version.id,
        line=line,
    )


class ImportList(QAbstractListModel):
    """The lines of an import, sorted by what needs a person first, filtered by tab."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[ImportEntry] = []
        self._shown: list[int] = []
        self._tab = 0

    def clear(self) -> None:
        """Forget all lines."""
        self._all.clear()
        self.refresh()

    def add(self, given: Sequence[Given]) -> list[int]:
        """Add files that wait and return their numbers."""
        first = len(self._all)
        self._all += [
            ImportEntry(number=first + n, given=each, name=each[0] if isinstance(each, tuple) else Path(each).name)
            for n, each in enumerate(given)
        ]
        return list(range(first, len(self._all)))

    def put(self, entry: ImportEntry) -> None:
        """Replace a line; call ``refresh`` once all are put."""
        self._all[entry.number] = entry

    def get(self, number: int) -> ImportEntry:
        """Return a line."""
        return self._all[number]

    def entries(self, states: Iterable[State] = tuple(State)) -> list[ImportEntry]:
        """Return the lines in these states, in the order given."""
        wanted = set(states)
        return [entry for entry in self._all if entry.state in wanted]

    def counts(self) -> list[int]:
        """Return how many lines each tab shows."""
        counted = Counter(entry.state for entry in self._all)
        return [sum(counted[state] for state in states) for states in TABS]

    def set_tab(self, tab: int) -> None:
        """Show the lines of a tab."""
        self._tab = tab
        self.refresh()

    def refresh(self) -> None:
        """Show what was put."""
        shown = sorted(self.entries(TABS[self._tab]), key=lambda entry: (entry.state, entry.number))
        numbers = [entry.number for entry in shown]
        if numbers == self._shown:
            if numbers:
                self.dataChanged.emit(self.index(0), self.index(len(numbers) - 1))
            return
        self.beginResetModel()
        self._shown = numbers
        self.endResetModel()

    def entry(self, index: _Index) -> ImportEntry | None:
        """Return the line at an index."""
        return self._all[self._shown[index.row()]] if index.isValid() else None

    def index_of(self, number: int) -> QModelIndex:
        """Return where a line is shown."""
        return self.index(self._shown.index(number)) if number in self._shown else QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a line, or what a screen reader says of it."""
        entry = self.entry(index)
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole and entry is not None:
            return ": ".join(part for part in (entry.name, entry.message or state_words(entry)) if part)
        return None


def state_words(entry: ImportEntry) -> str:
    """Return the words for a line that has nothing else to say."""
    if entry.state is State.READING:
        done, total = entry.pages
        if total:
            return QCoreApplication.translate("import", "page {0} of {1}").format(done, total)
        return QCoreApplication.translate("import", "Is being read")
    if entry.state is State.STOPPED:
        return QCoreApplication.translate("import", "Not tried: stopped before its turn.")
    return QCoreApplication.translate("import", "Waits") if entry.state is State.WAITING else ""
