"""What the tests of the audit share: a reviewer who opens the sample case, and what they see of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.domain.review import Review
from annotator.services.project import Project, open_project
from annotator.ui.auditing.audit_screen import AuditScreen
from annotator.ui.auditing.finding_list import ENTRY, FindingEntry
from annotator.ui.auditing.review_judgement import ReviewReading
from annotator.ui.auditing.review_marks import ClaimWords
from annotator.ui.main_window import MainWindow
from tests.ui.whole import press, project_of, settle

REVIEWER = "Priya Anand"
INES, JONAS = "Ines Calder", "Jonas Weld"
WORDS = "The utility says that bill number {0} was wrong and that nobody noticed it for a year."


def open_audit(qtbot: QtBot, window: MainWindow, path: Path, *, who: str = REVIEWER) -> AuditScreen:
    """Open a project as somebody and go to the audit; return it once the checks have run."""
    window.preferences.change(name=who)
    window.projects.open(path)
    qtbot.waitUntil(lambda: window.standing.now is not None and window.rooms is not None, timeout=20_000)
    settle(qtbot, window)
    press(window, "Ctrl+3")
    assert window.rooms is not None
    screen = window.rooms.audit
    checked(qtbot, window, screen)
    return screen


def checked(qtbot: QtBot, window: MainWindow, screen: AuditScreen) -> None:
    """Wait until the checks have run on what there is now, and everything asked is on the screen."""
    settle(qtbot, window)
    qtbot.waitUntil(lambda: screen.watch.now is not None and not screen.watch.stale, timeout=20_000)
    settle(qtbot, window)


def reading(screen: AuditScreen) -> ReviewReading:
    """Return what is being reviewed."""
    found = screen.review.reading
    assert found is not None
    return found


def entries(screen: AuditScreen) -> list[FindingEntry]:
    """Return the rows of the findings."""
    model = screen.findings.view.model()
    return [model.index(row, 0).data(ENTRY) for row in range(model.rowCount())]


def labels(screen: AuditScreen) -> str:
    """Return all words on the page of the review."""
    page = screen.review.page
    claims = [claim.accessibleName() for claim in page.findChildren(ClaimWords)]
    return "\n".join((*claims, *(label.text() for label in page.findChildren(QLabel))))


def my_reviews(window: MainWindow) -> list[Review]:
    """Return the reviews by whoever has the project open, oldest first."""
    project = project_of(window)
    return [review for review in project.reviews() if review.annotator_id == project.annotator_id]


def make_twice_judged(path: Path, count: int) -> Path:
    """Make a project with so many passages of one claim that two people judged alike, with little confidence."""
    with open_project(path, annotator=INES, create=True) as project:
        text = "\n".join(WORDS.format(number) for number in range(10, 10 + count))
        version = project.type_source("The bills", text)
        claim = project.add_claim("The utility billed wrongly.")
        passages = [project.highlight(version.id, [(start, start + 40)]) for start in _starts(text)]
        ids = [passage.id for passage in passages]
        _judge(project, ids, claim.id)
    with open_project(path, annotator=JONAS) as project:
        _judge(project, ids, claim.id)
    return path


def _starts(text: str) -> list[int]:
    lengths = [len(line) + 1 for line in text.split("\n")]
    return [sum(lengths[:number]) for number in range(len(lengths))]


def _judge(project: Project, passages: list[EntityId], claim: EntityId) -> None:
    for passage in passages:
        project.link(
            (passage,),
            claim,
            stance="supports",
            verdict="supported",
            confidence="low",
            rationale="The utility says so itself.",
        )
