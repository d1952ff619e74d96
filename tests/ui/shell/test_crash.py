"""One crash dialog, whose report holds nothing of anybody's work."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.main_window import MainWindow
from annotator.ui.shell.catching import catch_all
from annotator.ui.shell.crash import CrashDialog, report_of
from tests.ui.whole import settle

ID = "0190a6e0-1111-7abc-8def-0123456789ab"


def look_up() -> None:
    empty: dict[str, str] = {}
    try:
        empty[f"Bills rose by 40% in /home/ines/secret.annotator {ID}"]
    except KeyError as error:
        raise RuntimeError("The auditor says") from error


def broken() -> BaseException:
    with pytest.raises(RuntimeError) as caught:
        look_up()
    return caught.value


def test_a_report_holds_ids_and_places_but_no_words() -> None:
    report = report_of(broken())
    assert "RuntimeError" in report
    assert "KeyError" in report
    assert ID in report
    assert "test_crash.py:" in report
    for word in ("Bills", "auditor", "/home", "ines", "secret", __file__):
        assert word not in report


def dialogs() -> list[CrashDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()]


def test_what_breaks_in_a_job_is_told_once(
    qtbot: QtBot, opened: MainWindow, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(_project: object) -> None:
        raise ZeroDivisionError("a secret")

    opened.desk.do(breaks)
    opened.desk.do(breaks)
    settle(qtbot, opened)
    [dialog] = dialogs()
    assert dialog.report.count("ZeroDivisionError") == 2
    assert "secret" not in dialog.report + capsys.readouterr().err
    dialog.accept()
    assert opened.desk.project is not None, "one can go on"


def test_what_breaks_in_any_thread_comes_to_the_window(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    catch_all(window)
    thread = threading.Thread(target=lambda: [][1])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(dialogs()), timeout=5000)
    assert "IndexError" in dialogs()[0].report
    assert "IndexError" in capsys.readouterr().err
    dialogs()[0].accept()
