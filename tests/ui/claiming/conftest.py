"""A small case that two annotators have worked on, on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.services.project import Project, open_project
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from tests.ui.hands import is_refreshing

TEXT = (
    "On average bills are 40 per cent higher, the circle says.\n"
    "The auditor examined 5,870 accounts and found 14.2 per cent.\n"
    "528 accounts rose by 40 per cent or more.\n"
    "Nobody linked this sentence 😡 yet.\n"
)
OTHER_TEXT = "Water charges rose by 16.5 per cent for all households.\n"


@dataclass(frozen=True, slots=True)
class Case:
    """The ids of what the case is made of."""

    desk: Desk
    version: EntityId
    other_version: EntityId
    origin: EntityId
    mean: EntityId
    accounts: EntityId
    unlinked: EntityId
    claim: EntityId
    part: EntityId
    ines_mean: EntityId
    jonas_mean: EntityId

    @property
    def project(self) -> Project:
        """The project on the desk."""
        assert self.desk.project is not None
        return self.desk.project


def _spot(text: str, words: str) -> list[tuple[int, int]]:
    start = text.index(words)
    return [(start, start + len(words))]


def _build(path: Path) -> dict[str, EntityId]:
    ids: dict[str, EntityId] = {}
    with open_project(path, annotator="Ines Calder", create=True) as project:
        ids["version"] = project.type_source("The meters", TEXT, date="2025-05-14", person="Lena Marsh").id
        ids["other_version"] = project.type_source("Tariff notice", OTHER_TEXT, person="City Gazette").id
        for key, words in (
            ("origin", "On average bills are 40 per cent higher"),
            ("mean", "The auditor examined 5,870 accounts and found 14.2 per cent"),
            ("accounts", "528 accounts rose by 40 per cent or more"),
            ("unlinked", "Nobody linked this sentence 😡 yet."),
        ):
            ids[key] = project.highlight(ids["version"], _spot(TEXT, words)).id
        tariff = project.highlight(ids["other_version"], _spot(OTHER_TEXT, "16.5 per cent")).id
        project.note(ids["unlinked"], "Ask who could link it.")
        ids["claim"] = project.add_claim("The meters raised bills by 40 per cent.", types=["causal"]).id
        ids["part"] = project.add_claim(
            "Bills rose by 40 per cent on average.",
            types=["numerical"],
            claimants=["Ratepayers’ Circle"],
            parent=ids["claim"],
            relation="part_of",
            location="Port Ansel",
        ).id
        project.appear(ids["mean"], ids["part"], agent=None, agent_name="City Auditor", role="denies", voice="indirect")
        ids["ines_mean"] = project.link(
            ids["mean"], ids["part"], stance="refutes", verdict="refuted", confidence="high",
            rationale="A full count.", reasons=["completeness"], basis="data",
        ).id  # fmt: skip
        project.link(ids["origin"], ids["part"], stance="contextualises", rationale="The claim itself.")
        project.link(ids["accounts"], ids["part"], stance="qualifies", verdict="not_enough_evidence", confidence="low")
        project.link(tariff, ids["part"], stance="contextualises")
    with open_project(path, annotator="Jonas Weld") as project:
        ids["jonas_mean"] = project.link(
            ids["mean"], ids["part"], stance="refutes", verdict="not_enough_evidence", confidence="moderate"
        ).id
        project.link(ids["accounts"], ids["part"], stance="supports", verdict="supported", confidence="low")
        project.conclude(
            ids["part"], verdict="refuted", confidence="moderate", justification="Two counts.", stage="submitted"
        )
    return ids


@pytest.fixture
def case(qtbot: QtBot, project_path: Path) -> Iterator[Case]:
    """Return the case, open for Ines Calder."""
    ids = _build(project_path)
    desk = Desk()
    crashes: list[Exception] = []
    desk.jobs.crashed.connect(crashes.append)
    with qtbot.waitSignal(desk.opened, timeout=20_000):
        desk.open(project_path, annotator="Ines Calder")
    yield Case(desk=desk, **ids)
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=20_000)
    desk.close()
    assert crashes == []


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """Return a window for the panels under test."""
    window = QMainWindow()
    window.resize(1200, 800)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window: QMainWindow) -> Actions:
    """Return the actions of that window."""
    return Actions(window)


def put(qtbot: QtBot, window: QMainWindow, widget: QWidget, desk: Desk) -> None:
    """Show a panel in the window, with the focus, once it has what it asked for."""
    window.setCentralWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    settle(qtbot, desk)


def settle(qtbot: QtBot, desk: Desk) -> None:
    """Wait until all that was asked is answered and shown."""
    for _ in range(3):
        qtbot.wait(1)
        qtbot.waitUntil(lambda: not desk.jobs.busy and not is_refreshing(), timeout=30_000)
