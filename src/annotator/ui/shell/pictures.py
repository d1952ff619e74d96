"""Takes pictures of the window with a project in it, for those who want to see it without a screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from annotator.domain.errors import AnnotatorError
from annotator.domain.ids import EntityId
from annotator.ui.theme import ThemeChoice, choose_theme

if TYPE_CHECKING:
    from annotator.domain.rows import PassageRow
    from annotator.ui.main_window import MainWindow

_SIZE = 1440, 900
_LOOK_EVERY, _QUIET_LOOKS = 40, 6
"""Milliseconds between two looks, and how many must find nothing under way before a picture is taken."""
_THEMES: tuple[ThemeChoice, ...] = ("light", "dark")
_SCREENS = (("read", "reading"), ("claims", "claims"), ("audit", "audit"), ("history", "history"))


def take_pictures(window: MainWindow, project: Path, folder: Path) -> list[Path]:
    """Open ``project`` in the window and return the pictures of its screens in both themes, made in ``folder``.

    Raises what kept the project from being opened.
    """
    failures: list[AnnotatorError] = []
    window.projects.failed.connect(failures.append)
    window.resize(*_SIZE)
    window.show()
    window.projects.open(project)
    _wait(lambda: bool(failures) or window.standing.now is not None)
    if failures:
        raise failures[0]
    _settle(window)
    _choose_passage(window)
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    for theme in _THEMES:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            choose_theme(app, theme)
        for screen, name in _SCREENS:
            window.show_screen(screen)
            _settle(window)
            pictures.append(folder / f"{name}-{theme}.png")
            window.grab().save(str(pictures[-1]))
    window.close()
    _wait(lambda: not window.isVisible())
    return pictures


def _choose_passage(window: MainWindow) -> None:
    """Choose the first passage that is linked, so that there is something to be seen."""
    desk = window.desk
    version = desk.version_id

    def choose(rows: tuple[PassageRow, ...]) -> None:
        linked = next((row for row in rows if row.stances), None)
        if linked is not None:
            desk.show_place(version, linked.start, linked.end)
            desk.select_passage(EntityId(linked.id))

    if version:
        desk.ask(lambda project: project.passage_rows(version), choose, owner=window)
        _settle(window)


def _settle(window: MainWindow) -> None:
    quiet = 0

    def is_quiet() -> bool:
        nonlocal quiet
        quiet = 0 if window.desk.jobs.busy else quiet + 1
        return quiet >= _QUIET_LOOKS

    _wait(is_quiet)


def _wait(until: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    loop, timer = QEventLoop(), QTimer()
    timer.setInterval(_LOOK_EVERY)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    loop.exec()
