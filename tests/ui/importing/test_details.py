"""Tests of the panels for one source: writing one down, its details, reading it in another encoding."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from annotator.domain.source import Medium
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.importing.read_again import ReadAgain
from annotator.ui.importing.source_details import SourceDetails
from annotator.ui.importing.sources_panel import SourcesPanel
from annotator.ui.importing.typed_source import TypedSource
from tests.ui.hands import CTRL, click, find, press, write
from tests.ui.importing.conftest import PAGE, project_of, put, settle

_OLD = "Größe und Maß der Straße, für Bürger übermäßig.\n".encode("latin-1") * 8
_SEND = (Qt.Key.Key_Return, CTRL)


def _typed(qtbot: QtBot, window: QMainWindow, desk: Desk) -> TypedSource:
    dialog = TypedSource(desk, window)
    dialog.open()
    settle(qtbot, desk)
    return dialog


def _details(qtbot: QtBot, window: QMainWindow, desk: Desk) -> SourceDetails:
    project_of(desk).import_source(("page.html", PAGE.encode()))
    row = project_of(desk).source_rows()[0]
    dialog = SourceDetails(desk, row, row.versions[0].id, window)
    dialog.open()
    settle(qtbot, desk)
    return dialog


def _line(dialog: SourceDetails, name: str) -> QLineEdit:
    field = dialog.fields[name].field
    assert isinstance(field, QLineEdit)
    return field


def test_a_source_without_a_file_is_written_down(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    dialog = _typed(qtbot, window, desk)
    write(dialog._title, "Call with the water board")
    write(dialog._words, "No reading has been sold.")
    write(dialog._date, "2025-05")
    write(dialog._place, "Port Ansel")
    write(dialog._person, "Tamsin Orrell")
    dialog._medium.set_medium(Medium.AUDIO)
    with qtbot.waitSignal(desk.shown, timeout=20_000):
        press(dialog._words, *_SEND)
    settle(qtbot, desk)
    row = project_of(desk).source_rows()[0]
    source = row.source
    assert (source.title, source.date_published, source.place, source.medium, row.publisher) == (
        "Call with the water board", "2025-05", "Port Ansel", Medium.AUDIO, "Tamsin Orrell",
    )  # fmt: skip
    assert project_of(desk).text(row.versions[0].id).startswith("No reading has been sold.")
    assert project_of(desk).draft("typed-source") is None


def test_what_is_missing_is_said_beside_its_field(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    dialog = _typed(qtbot, window, desk)
    write(dialog._date, "14 May")
    click(dialog.send)
    assert dialog.fields["text"].problem == "Write down what was said."
    assert "2025-05-14" in dialog.fields["date"].problem
    assert dialog.isVisible()
    assert project_of(desk).sources() == ()
    write(dialog._words, "Something.")
    dialog._date.setText("2025")
    click(dialog.send)
    settle(qtbot, desk)
    assert len(project_of(desk).sources()) == 1


def test_words_being_typed_are_there_again_after_esc(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    dialog = _typed(qtbot, window, desk)
    write(dialog._words, "No reading has")
    press(dialog._words, Qt.Key.Key_Escape)
    settle(qtbot, desk)
    again = _typed(qtbot, window, desk)
    assert again._words.toPlainText() == "No reading has"
    again.reject()
    settle(qtbot, desk)


def test_details_show_what_import_found_and_the_facts(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    dialog = _details(qtbot, window, desk)
    assert _line(dialog, "title").text() == "Meters"
    assert _line(dialog, "publishers").text() == "The Ledger"
    assert _line(dialog, "url").text() == "https://ledger.example/meters"
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "page.html" in words
    assert "Ines Calder" in words
    assert any("known from" in word for word in words)


def test_details_are_corrected_in_one_change(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    dialog = _details(qtbot, window, desk)
    before = len(project_of(desk).changes())
    _line(dialog, "title").setText("What the meters do")
    _line(dialog, "authors").setText("Lena Marsh; Post newsroom")
    _line(dialog, "date_published").setText("2025-05-14")
    press(_line(dialog, "title"), *_SEND)
    settle(qtbot, desk)
    row = project_of(desk).source_rows()[0]
    names = {agent.id: agent.name for agent in project_of(desk).agents()}
    assert (row.source.title, row.source.date_published) == ("What the meters do", "2025-05-14")
    assert [names[id_] for id_ in row.source.authors] == ["Lena Marsh", "Post newsroom"]
    assert len(project_of(desk).changes()) == before + 1
    desk.undo()
    settle(qtbot, desk)
    assert project_of(desk).source_rows()[0].source.title == "Meters"


def test_nothing_corrected_is_no_change(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    project = project_of(desk)
    version = project.import_source(("page.html", PAGE.encode()))
    project.edit(version.source_id, confirmed=True)
    dialog = SourceDetails(desk, project.source_rows()[0], version.id, window)
    dialog.open()
    settle(qtbot, desk)
    before = len(project.changes())
    dialog.submit()
    settle(qtbot, desk)
    assert len(project.changes()) == before


def test_wrong_details_are_said_inline(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    dialog = _details(qtbot, window, desk)
    _line(dialog, "date_published").setText("2025-13")
    _line(dialog, "language").setText("English!")
    _line(dialog, "title").setText(" ")
    dialog.submit()
    assert all(dialog.fields[name].problem for name in ("date_published", "language", "title"))
    assert _line(dialog, "title").hasFocus()
    dialog.reject()


def test_known_names_are_offered_for_the_last_of_several(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    dialog = _details(qtbot, window, desk)
    field = _line(dialog, "authors")
    field.clear()
    write(field, "Ada; ledg")
    completer = field.completer()
    assert completer.completionCount() == 1
    assert completer.pathFromIndex(completer.completionModel().index(0, 0)) == "Ada; The Ledger"
    dialog.reject()


def test_a_version_is_read_in_another_encoding(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    version = project_of(desk).import_source(("old.txt", _OLD), encoding="windows-1251")
    dialog = ReadAgain(desk, version.id, window)
    dialog.open()
    settle(qtbot, desk)
    assert dialog.encoding() == "windows-1251"
    dialog._list.setCurrentRow(1)
    assert "Größe" in dialog._preview.toPlainText()
    with qtbot.waitSignal(desk.shown, timeout=20_000):
        press(dialog._list, *_SEND)
    settle(qtbot, desk)
    versions = project_of(desk).source_rows()[0].versions
    assert [each.sequence for each in versions] == [1, 2]
    assert project_of(desk).text(versions[1].id).startswith("Größe")
    assert desk.version_id == versions[1].id


def test_an_encoding_that_does_not_fit_is_said_inline(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    version = project_of(desk).import_source(("old.txt", _OLD))
    dialog = ReadAgain(desk, version.id, window)
    dialog.open()
    settle(qtbot, desk)
    dialog._other.clear()
    write(dialog._other, "asci")
    assert not dialog.send.isEnabled()
    write(dialog._other, "i")
    dialog.submit()
    settle(qtbot, desk)
    assert "byte 3 does not fit" in dialog.fields["encoding"].problem
    assert dialog.isVisible()
    dialog.reject()


def test_ctrl_d_opens_the_details_of_what_is_read(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    version = project_of(desk).import_source(("page.html", PAGE.encode()))
    panel = SourcesPanel(desk, actions)
    put(qtbot, window, panel, desk)
    desk.select_version(version.id)
    settle(qtbot, desk)
    press(window, Qt.Key.Key_D, CTRL)
    settle(qtbot, desk)
    dialog = find(window, SourceDetails)
    assert dialog.isVisible()
    dialog.reject()
