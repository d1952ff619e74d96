"""The window goes before long work behind it."""

from __future__ import annotations

import threading

from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from annotator.ui.turns import Turns


def test_work_waits_while_the_window_is_at_work_but_not_for_ever(qtbot: QtBot) -> None:
    turns, passed = Turns(), threading.Event()

    def work() -> None:
        turns.give_way()
        passed.set()

    waited: list[bool] = []

    def keep_the_window_at_work() -> None:
        thread = threading.Thread(target=work)
        thread.start()
        waited.append(not passed.wait(0.005))
        waited.append(passed.wait(5))
        thread.join()
        loop.quit()

    loop = QEventLoop()
    QTimer.singleShot(0, keep_the_window_at_work)
    loop.exec()
    assert waited == [True, True]


def test_work_does_not_wait_while_the_window_has_nothing_to_do(qtbot: QtBot) -> None:
    turns, loop = Turns(), QEventLoop()
    taken: list[float] = []

    def work() -> None:
        from time import monotonic, sleep

        sleep(0.05)
        began = monotonic()
        for _ in range(50):
            turns.give_way()
        taken.append(monotonic() - began)

    thread = threading.Thread(target=work)
    thread.start()
    QTimer.singleShot(500, loop.quit)
    loop.exec()
    thread.join()
    assert taken[0] < 0.2, "fifty times waited for would be more"
