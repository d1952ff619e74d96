"""Who signed a bundle, in the window: before a merge, before a project is made of it, in the log; and the keys themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.signing import fingerprint
from annotator.services.keys import keys
from annotator.services.project import open_project
from annotator.ui.exchanging.keys_sheet import KeysSheet
from annotator.ui.exchanging.open_sheet import OpenSheet
from annotator.ui.main_window import MainWindow
from tests.bundle.builders import members, pack, resealed
from tests.services.desks import Desk
from tests.ui.exchanging.conftest import COLLEAGUE, dry_run
from tests.ui.whole import ME, find, focused, press, project_of, settle


@pytest.fixture
def colleague(case_path: Path, tmp_path: Path) -> Desk:
    """Return a colleague at a computer of their own, with a copy of the case."""
    given = tmp_path / "given.bundle.zip"
    with open_project(case_path, annotator=ME) as project:
        project.export("bundle", given)
    desk = Desk(COLLEAGUE, tmp_path)
    desk.open(given)
    desk.claims("The meters were paid for by the county.")
    return desk


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def signed_by(desk: Desk) -> str:
    return f"{desk.name} @ {fingerprint(desk.key())}"


def test_a_new_key_is_told_and_accepted_with_one_key(qtbot: QtBot, colleague: Desk, opened: MainWindow) -> None:
    screen = dry_run(qtbot, opened, colleague.bundle())
    said = words(screen)
    assert f"Signed by {signed_by(colleague)}. You have not taken this key" in said
    assert f"Changes of {COLLEAGUE} @ {fingerprint(colleague.key())[:4]}" in said
    assert screen.foot.merge.isEnabled()
    press(opened, "A")
    assert screen.report is not None
    assert screen.report.signed.is_accepted
    press(opened, "Return")
    qtbot.waitUntil(lambda: "Merged" in screen.notice.words(), timeout=60_000)
    settle(qtbot, opened)
    assert [each.key for each in keys.known()] == [colleague.key()]
    assert project_of(opened).exchanges()[0].sender == signed_by(colleague)
    assert project_of(opened).exchanges()[0].team == COLLEAGUE
    colleague.claims("And more.")
    screen = dry_run(qtbot, opened, colleague.bundle())
    assert f"Signed by {signed_by(colleague)}, whose key you know." in words(screen)
    press(opened, "Esc")
    settle(qtbot, opened)


def _stripped(colleague: Desk) -> Path:
    bundle = colleague.bundle()
    return pack(resealed(members(bundle)), bundle.with_name("stripped.bundle.zip"))


def _renewed(colleague: Desk) -> Path:
    colleague.renews()
    return colleague.bundle()


def _lost(colleague: Desk) -> Path:
    colleague.loses_the_key()
    return colleague.bundle()


@pytest.mark.parametrize(
    ("attack", "why"),
    [
        (_stripped, "It is not signed, though Jonas Weld signed before"),
        (_renewed, "states that this one takes its place"),
        (_lost, "somebody else may have made it"),
    ],
)
def test_what_cannot_be_believed_waits_for_a_word(
    qtbot: QtBot, colleague: Desk, opened: MainWindow, attack: Callable[[Desk], Path], why: str
) -> None:
    keys.pin(COLLEAGUE, colleague.bundle())
    screen = dry_run(qtbot, opened, attack(colleague))
    assert why in words(screen)
    assert not screen.foot.merge.isEnabled()
    before = project_of(opened).state_digest()
    press(opened, "Return")
    settle(qtbot, opened)
    assert screen.is_dry_run
    assert project_of(opened).state_digest() == before
    press(opened, "A")
    assert screen.foot.merge.isEnabled()
    press(opened, "A")
    assert not screen.foot.merge.isEnabled()
    press(opened, "A")
    press(opened, "Return")
    qtbot.waitUntil(lambda: "Merged" in screen.notice.words(), timeout=60_000)
    settle(qtbot, opened)


def test_a_bundle_that_came_before_says_so(qtbot: QtBot, colleague: Desk, opened: MainWindow) -> None:
    older = colleague.bundle()
    colleague.claims("And more.")
    project = project_of(opened)
    project.merge(project.plan_merge(colleague.bundle()), accept_signature=True)
    settle(qtbot, opened)
    opened.merge(older)
    assert opened.rooms is not None
    screen = opened.rooms.merging
    qtbot.waitUntil(lambda: "Everything in it is here already" in screen.notice.words(), timeout=60_000)
    settle(qtbot, opened)
    assert "It is older than what came before" in words(screen)


@pytest.fixture
def asked(qtbot: QtBot, colleague: Desk, window: MainWindow, tmp_path: Path) -> Iterator[OpenSheet]:
    """Return the question before a colleague's bundle becomes a project."""
    window.bundles.make(colleague.bundle(), tmp_path / "theirs.annotator")
    qtbot.waitUntil(lambda: bool(window.findChildren(OpenSheet)), timeout=60_000)
    settle(qtbot, window)
    yield find(window, OpenSheet)
    settle(qtbot, window)


def test_a_project_is_made_of_a_strangers_bundle_after_a_question(
    qtbot: QtBot, asked: OpenSheet, colleague: Desk, window: MainWindow, tmp_path: Path
) -> None:
    assert f"Signed by {signed_by(colleague)}" in words(asked)
    assert not (tmp_path / "theirs.annotator").exists()
    assert focused() is asked.signed.box
    begun: list[str] = []
    window.desk.jobs.started.connect(lambda task: begun.append(task.title))
    press(window, "A")
    press(window, "Return")
    qtbot.waitUntil(lambda: window.desk.project is not None, timeout=60_000)
    assert begun == ["Opening a bundle"], "it is not read a second time"
    settle(qtbot, window)
    assert project_of(window).exchanges()[0].sender == signed_by(colleague)
    assert [each.name for each in keys.known()] == [COLLEAGUE]


def test_esc_makes_no_project(qtbot: QtBot, asked: OpenSheet, window: MainWindow, tmp_path: Path) -> None:
    press(window, "Esc")
    settle(qtbot, window)
    assert window.desk.project is None
    assert not (tmp_path / "theirs.annotator").exists()


def test_keys_are_shown_renewed_and_forgotten(qtbot: QtBot, colleague: Desk, window: MainWindow) -> None:
    keys.pin(COLLEAGUE, colleague.bundle())
    own = keys.mine(ME)
    window.actions_table["signing_keys"].trigger()
    sheet = find(window, KeysSheet)
    qtbot.waitUntil(lambda: fingerprint(own.key) in sheet.mine.text(), timeout=20_000)
    settle(qtbot, window)
    assert signed_by(colleague) in sheet.known.item(0).text()
    assert focused() is sheet.known
    press(window, "F")
    qtbot.waitUntil(lambda: not keys.known(), timeout=20_000)
    settle(qtbot, window)
    assert sheet.nobody.isVisible()
    sheet.copy.click()
    assert QGuiApplication.clipboard().text() == own.key
    sheet.renew.click()
    assert keys.mine(ME) == own
    sheet.renew.click()
    qtbot.waitUntil(lambda: keys.mine(ME) != own, timeout=20_000)
    qtbot.waitUntil(lambda: fingerprint(keys.mine(ME).key) in sheet.mine.text(), timeout=20_000)
    settle(qtbot, window)
    press(window, "Esc")
    settle(qtbot, window)
