"""The desk: what lies on it, what is asked and done, and that nothing comes late."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from annotator.domain.change import Change
from annotator.domain.errors import AnnotatorError, NotFoundError
from annotator.domain.ids import EntityId
from annotator.services.project import Project
from annotator.ui.desk import Desk
from annotator.ui.jobs import Jobs, Task


def wait(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=20_000)


def test_everybody_is_told_of_a_change_on_the_windows_thread_before_the_answer(qtbot: QtBot, desk: Desk) -> None:
    told: list[object] = []
    threads: set[threading.Thread] = set()

    def on_change(change: Change) -> None:
        told.append(change.header.label)
        threads.add(threading.current_thread())

    desk.changed.connect(on_change)
    desk.do(lambda project: project.add_claim("It rains."), lambda claim: told.append(claim.text))
    wait(qtbot, desk)
    assert told == ["Add claim", "It rains."]
    assert threads == {threading.main_thread()}
    assert desk.undo_label == "Add claim"
    desk.undo()
    wait(qtbot, desk)
    assert (desk.undo_label, desk.redo_label) == ("", "Add claim")
    desk.redo()
    desk.redo()
    wait(qtbot, desk)
    assert (desk.undo_label, desk.redo_label) == ("Add claim", "")


def test_answers_come_in_the_order_asked_and_only_to_those_who_live(qtbot: QtBot, desk: Desk) -> None:
    answers: list[int] = []
    gone = QObject()
    desk.ask(lambda _: 0, answers.append, owner=gone)
    for number in range(1, 6):
        desk.ask(lambda _, number=number: number, answers.append, owner=desk)  # type: ignore[misc]
    gone.deleteLater()
    wait(qtbot, desk)
    assert [answer for answer in answers if answer] == [1, 2, 3, 4, 5]


def test_an_error_goes_to_whoever_cares_else_to_the_window(qtbot: QtBot, desk: Desk) -> None:
    missing = EntityId("0190a6e0-1111-7abc-8def-0123456789ab")
    cared: list[AnnotatorError] = []
    refused: list[tuple[object, object]] = []
    desk.refused.connect(lambda error, again: refused.append((error, again)))
    desk.ask(lambda project: project.entity(missing), lambda _: None, owner=desk, otherwise=cared.append)
    desk.ask(lambda project: project.entity(missing), lambda _: None, owner=desk)
    desk.do(lambda project: project.delete(missing))
    wait(qtbot, desk)
    assert [type(error) for error in cared] == [NotFoundError]
    assert [(type(error), again) for error, again in refused] == [(NotFoundError, None)] * 2


def test_another_project_takes_the_place_once_it_is_open(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    late: list[object] = []
    selected: list[str] = []
    desk.select_claim(EntityId("something"))
    desk.claim_selected.connect(selected.append)
    first = desk.project
    with qtbot.waitSignals([desk.closed, desk.opened], timeout=20_000, order="strict"):
        desk.open(tmp_path / "other.annotator", annotator="Ada", create=True)
        desk.do(lambda project: project.add_claim("Still in the first."), late.append)
    wait(qtbot, desk)
    assert desk.project is not None
    assert desk.project is not first
    assert selected == [""]
    assert not late, "what was asked of the first project is of no interest now"
    with Project_at(tmp_path / "case.annotator") as again:
        assert [claim.text for claim in again.claims()] == ["Still in the first."], "but it was done"


def Project_at(path: Path) -> Project:  # noqa: N802 reads like what it returns
    from annotator.services.project import open_project

    return open_project(path, annotator="Ines Calder")


def test_closing_lets_what_was_asked_for_end_and_does_not_wait_on_the_windows_thread(
    qtbot: QtBot, desk: Desk, project_path: Path
) -> None:
    going = threading.Event()
    begun = threading.Event()

    def long(project: Project, task: Task[None]) -> None:
        begun.set()
        going.wait(20)
        assert task.is_cancelled()
        project.add_claim("After all.")

    desk.do_long(long, title="Working")
    assert begun.wait(20)
    desk.close_project()
    assert desk.project is None
    assert desk.jobs.busy
    going.set()
    wait(qtbot, desk)
    with Project_at(project_path) as project:
        assert [claim.text for claim in project.claims()] == ["After all."]


def test_questions_that_are_given_up_on_closing_are_no_errors(qtbot: QtBot, desk: Desk) -> None:
    refused: list[object] = []
    gate = threading.Event()
    desk.refused.connect(lambda error, _again: refused.append(error))
    desk.ask(lambda _: gate.wait(20), lambda _: None, owner=desk)
    for _ in range(3):
        desk.ask(lambda project: project.claims(), lambda _: None, owner=desk)
    desk.close_project()
    gate.set()
    wait(qtbot, desk)
    assert not refused


def test_the_size_of_the_text_has_limits(desk: Desk) -> None:
    seen: list[int] = []
    desk.zoomed.connect(seen.append)
    for percent in (120, 120, 10, 1000):
        desk.set_zoom(percent)
    assert seen == [120, 50, 300]


def test_a_bug_is_told_apart_and_the_lane_goes_on(qtbot: QtBot) -> None:
    jobs = Jobs()
    crashed: list[BaseException] = []
    done: list[int] = []
    jobs.crashed.connect(crashed.append)
    jobs.run("read", lambda _: 1 // 0)
    jobs.run("read", lambda _: 7, done.append)
    with qtbot.waitSignal(jobs.idle, timeout=20_000):
        pass
    assert [type(error) for error in crashed] == [ZeroDivisionError]
    assert done == [7]
    jobs.close()


def test_work_with_a_title_is_announced_reports_and_can_be_stopped(qtbot: QtBot) -> None:
    jobs = Jobs()
    started: list[str] = []
    progress: list[tuple[int, int]] = []
    listened, stopped = threading.Event(), threading.Event()
    jobs.started.connect(lambda task: started.append(task.title))

    def work(task: Task[int]) -> int:
        listened.wait(20)
        task.report(1, 2)
        stopped.wait(20)
        assert task.is_cancelled()
        return 1

    jobs.run("read", lambda _: 0)
    task = jobs.run("long", work, title="Importing")
    task.progressed.connect(lambda done, total, _remark: progress.append((done, total)))
    listened.set()
    qtbot.waitUntil(lambda: bool(progress), timeout=20_000)
    task.cancel()
    stopped.set()
    qtbot.waitUntil(lambda: not jobs.busy, timeout=20_000)
    assert started == ["Importing"]
    assert progress == [(1, 2)]
    jobs.close()


@pytest.mark.parametrize("wait_first", [True, False])
def test_waiting_work_that_is_stopped_never_begins(qtbot: QtBot, wait_first: bool) -> None:
    jobs = Jobs()
    gate = threading.Event()
    ran: list[int] = []
    jobs.failed.connect(lambda _error: None)
    jobs.run("long", lambda _: gate.wait(20))
    task = jobs.run("long", lambda _: ran.append(1))
    task.cancel()
    gate.set()
    if wait_first:
        qtbot.waitUntil(lambda: not jobs.busy, timeout=20_000)
    jobs.close()
    assert not ran
