"""Tests of taking sources in: batches with failures, stopping, drops, pasting, the next steps."""

from __future__ import annotations

from pathlib import Path, PurePath

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QListView, QMainWindow, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.domain.imported import NO_TEXT
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.importing.import_flow import ImportFlow
from annotator.ui.importing.import_list import ENTRY, ImportEntry, State, Step
from annotator.ui.importing.import_panel import ImportPanel
from annotator.ui.importing.read_again import ReadAgain
from annotator.ui.importing.source_notices import SourceNotices
from annotator.ui.importing.warning_words import warning_sentences
from tests.importers.captures import answer, packed, page
from tests.importers.samples import SAMPLES
from tests.ui.hands import CTRL, click, find, press
from tests.ui.importing.conftest import PAGE, project_of, put, settle


def _flow(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> ImportFlow:
    flow = ImportFlow(desk, actions, window)
    put(qtbot, window, QMainWindow(), desk)
    return flow


def _panel(window: QMainWindow) -> ImportPanel:
    return find(window, ImportPanel)


def _lines(window: QMainWindow) -> list[ImportEntry]:
    model = find(_panel(window), QListView).model()
    return [model.index(row, 0).data(ENTRY) for row in range(model.rowCount())]


def _finish(qtbot: QtBot, window: QMainWindow, desk: Desk) -> None:
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: not _panel(window)._running and not _panel(window)._refreshing.isActive(), timeout=30_000)


def _button(window: QMainWindow, words: str) -> QAbstractButton:
    return next(each for each in _panel(window).findChildren(QAbstractButton) if each.text().startswith(words))


def test_a_batch_shows_failures_first_then_what_to_look_at(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path
) -> None:
    flow = _flow(qtbot, window, actions, desk)
    progress: list[tuple[int, int]] = []
    flow.progress.connect(lambda done, total: progress.append((done, total)))
    flow.import_paths([files])
    _finish(qtbot, window, desk)
    lines = _lines(window)
    assert [(line.name, line.state) for line in lines] == [
        ("b-empty.txt", State.FAILED), ("d-picture.gif", State.FAILED), ("e-old.txt", State.LOOK),
        ("a-letter.txt", State.IMPORTED), ("c-page.html", State.IMPORTED), ("f-letter.txt", State.IMPORTED),
    ]  # fmt: skip
    assert lines[0].message == "It holds nothing but blank lines. Save or download it again."
    assert lines[0].step is Step.TRY_AGAIN
    assert lines[2].message.startswith("Its letters were read as ")
    assert lines[2].step is Step.READ_AGAIN
    assert len(project_of(desk).sources()) == 4
    assert (6, 6) in progress
    assert _panel(window).isVisible()


def test_one_file_of_each_format_comes_in(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, tmp_path: Path
) -> None:
    samples = {PurePath(sample.name).suffix: sample for sample in SAMPLES}
    folder = tmp_path / "formats"
    folder.mkdir()
    for sample in samples.values():
        (folder / sample.name).write_bytes(sample.data)
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"))
    flow = _flow(qtbot, window, actions, desk)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    assert flow.take(mime)
    _finish(qtbot, window, desk)
    lines = {line.name: line for line in _lines(window)}
    assert lines.pop("old.doc").message.startswith("It is an old Word document (.doc). Open it in Word or LibreOffice")
    assert set(lines) == {sample.name for sample in samples.values()}
    assert {line.state for line in lines.values()} <= {State.IMPORTED, State.LOOK}
    versions = [version for row in project_of(desk).source_rows() for version in row.versions]
    assert {version.name: version.importer for version in versions} == {
        sample.name: sample.importer for sample in samples.values()
    }


def test_tabs_filter_and_count(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path) -> None:
    _flow(qtbot, window, actions, desk).import_paths([files])
    _finish(qtbot, window, desk)
    click(_button(window, "Not imported 2"))
    assert {line.state for line in _lines(window)} == {State.FAILED}
    click(_button(window, "Imported 3"))
    assert len(_lines(window)) == 3
    click(_button(window, "All 6"))
    assert len(_lines(window)) == 6


def test_each_page_of_an_archive_has_its_line(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, tmp_path: Path
) -> None:
    archive = tmp_path / "all.warc.gz"
    pages = (("wall", "Wall"), ("ferry", "Ferry"))
    archive.write_bytes(
        b"".join(
            packed(answer(f"https://ledger.example/{name}", page(f"It is a {name}.", title))) for name, title in pages
        )
    )
    _flow(qtbot, window, actions, desk).import_paths([archive])
    _finish(qtbot, window, desk)
    assert [(line.name, line.line.title if line.line else "") for line in _lines(window)] == [
        ("all.warc.gz", "Wall"),
        ("all.warc.gz", "Ferry"),
    ]
    assert _button(window, "Imported 2").isVisible()
    assert len({line.version for line in _lines(window)}) == 2


def test_the_list_of_failures_is_copied(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path
) -> None:
    _flow(qtbot, window, actions, desk).import_paths([files])
    _finish(qtbot, window, desk)
    click(_button(window, "Copy the list"))
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split(":")[0] for line in lines] == ["b-empty.txt", "d-picture.gif"]


def test_esc_stops_a_batch_and_what_waited_can_be_tried_again(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"letter-{number:02}.txt").write_text(f"Letter {number} about the meters.\n", encoding="utf-8")
    flow = _flow(qtbot, window, actions, desk)
    flow.import_paths([folder])
    qtbot.waitUntil(lambda: any(line.state is State.IMPORTED for line in flow._list.entries()), timeout=30_000)
    press(_panel(window), Qt.Key.Key_Escape)
    _finish(qtbot, window, desk)
    imported, stopped = (len(flow._list.entries((state,))) for state in (State.IMPORTED, State.STOPPED))
    assert imported + stopped == 60
    assert stopped > 0
    assert len(project_of(desk).sources()) == imported
    assert _panel(window).isVisible()
    flow._step(flow._list.entries((State.STOPPED,))[0])
    _finish(qtbot, window, desk)
    assert len(project_of(desk).sources()) == imported + 1
    press(_panel(window), Qt.Key.Key_Escape)
    assert not _panel(window).isVisible()


def test_one_file_without_a_remark_is_opened_at_once(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path
) -> None:
    flow = _flow(qtbot, window, actions, desk)
    with qtbot.waitSignal(desk.shown, timeout=30_000):
        flow.import_paths([files / "a-letter.txt"])
    assert not _panel(window).isVisible()
    assert desk.version_id == project_of(desk).source_rows()[0].versions[0].id


def test_a_known_file_and_a_known_address_are_told(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path
) -> None:
    flow = _flow(qtbot, window, actions, desk)
    flow.import_paths([files / "c-page.html"])
    _finish(qtbot, window, desk)
    changed = files / "changed.html"
    changed.write_text(PAGE.replace("14.2", "14.3"), encoding="utf-8")
    flow.import_paths([files / "c-page.html", changed])
    _finish(qtbot, window, desk)
    messages = {line.name: line.message for line in _lines(window)}
    assert messages["c-page.html"] == "You have this already. Nothing was added."
    assert messages["changed.html"].startswith("You have this address already. Taken in as version 2.")
    assert len(project_of(desk).source_rows()[0].versions) == 2


def test_enter_takes_the_next_step(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path
) -> None:
    flow = _flow(qtbot, window, actions, desk)
    flow.import_paths([files])
    _finish(qtbot, window, desk)
    view = find(_panel(window), QListView)
    view.setFocus()
    assert view.currentIndex().row() == 0
    for _ in range(2):
        press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Return)
    settle(qtbot, desk)
    dialog = find(_panel(window), ReadAgain)
    assert dialog.isVisible()
    dialog.reject()
    press(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.shown):
        press(view, Qt.Key.Key_Return)
    assert not _panel(window).isVisible()


def test_a_click_on_the_step_takes_it(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path
) -> None:
    _flow(qtbot, window, actions, desk).import_paths([files])
    _finish(qtbot, window, desk)
    view = find(_panel(window), QListView)
    line = view.visualRect(view.model().index(3, 0))
    with qtbot.waitSignal(desk.shown):
        click(view.viewport(), QPoint(line.right() - 24, line.center().y()))


def test_ctrl_enter_shows_the_sources(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path
) -> None:
    flow = _flow(qtbot, window, actions, desk)
    flow.import_paths([files])
    _finish(qtbot, window, desk)
    with qtbot.waitSignal(flow.sources_wanted):
        press(_panel(window), Qt.Key.Key_Return, CTRL)
    assert not _panel(window).isVisible()


def test_dropped_files_and_pasted_html_and_text_come_in(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path
) -> None:
    flow = _flow(qtbot, window, actions, desk)
    drop = QMimeData()
    drop.setUrls([QUrl.fromLocalFile(str(files / "a-letter.txt"))])
    assert flow.accepts(drop)
    assert flow.take(drop)
    _finish(qtbot, window, desk)
    page = QMimeData()
    page.setHtml(PAGE)
    page.setText("Meters\nThe auditor")
    flow.take(page)
    _finish(qtbot, window, desk)
    words = QMimeData()
    words.setText("They told us: “No reading has been sold.”\nThat was all 😡.")
    flow.take(words)
    _finish(qtbot, window, desk)
    rows = project_of(desk).source_rows()
    assert [row.versions[0].media_type for row in rows] == ["text/plain", "text/html", "text/plain"]
    assert rows[1].source.url == "https://ledger.example/meters"
    assert rows[2].source.title == "They told us “No reading has been sold.”"
    assert "😡" in project_of(desk).text(rows[2].versions[0].id)


def test_addresses_that_come_together_are_not_fetched(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk
) -> None:
    flow = _flow(qtbot, window, actions, desk)
    links = QMimeData()
    links.setUrls([QUrl("https://ledger.example/meters"), QUrl("https://ledger.example/wall")])
    flow.take(links)
    assert [line.state for line in _lines(window)] == [State.FAILED] * 2
    assert _lines(window)[0].message.startswith("Only one web address at a time can be fetched.")
    assert project_of(desk).sources() == ()


def test_an_empty_clipboard_is_refused(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> None:
    flow = _flow(qtbot, window, actions, desk)
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(desk.refused) as refused:
        flow.paste()
    assert "it holds no text" in str(refused.args[0])


def test_the_file_dialog_leads_to_the_import(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path
) -> None:
    _flow(qtbot, window, actions, desk)
    actions["import"].trigger()
    dialog = find(window, QFileDialog)
    dialog.filesSelected.emit([str(files / "f-letter.txt")])
    dialog.close()
    settle(qtbot, desk)
    assert [row.source.title for row in project_of(desk).source_rows()] == ["f-letter"]


def test_warnings_become_sentences() -> None:
    found = warning_sentences(("page-without-text:3", "page-without-text:4", "page-without-text:9", "new-code:x"))
    assert found == ("Pages that hold pictures only, no text: 3–4, 9.", "Noticed: new-code: x.")
    assert "mark areas of its pages" in warning_sentences((NO_TEXT,))[0]


_STORY = (
    "The harbour wall held all night, the council says, although the water rose by two metres before dawn. Engineers had "
    "measured it twice in May and found that it had not moved. The auditor, who was asked to look at the bills, says that "
    "the repairs cost twice as much as the council had promised, and nobody can say where the rest of the money went. "
)


def _twins(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, tmp_path: Path) -> ImportFlow:
    (tmp_path / "ledger.txt").write_text(_STORY, encoding="utf-8")
    (tmp_path / "post.txt").write_text(_STORY.replace("two metres", "three metres"), encoding="utf-8")
    flow = _flow(qtbot, window, actions, desk)
    flow.import_paths([tmp_path / "ledger.txt", tmp_path / "post.txt"])
    _finish(qtbot, window, desk)
    assert [(line.name, line.step) for line in _lines(window)] == [("post.txt", Step.TWIN), ("ledger.txt", Step.OPEN)]
    press(find(_panel(window), QListView), Qt.Key.Key_Return)
    return flow


def _answer(qtbot: QtBot, window: QMainWindow, desk: Desk, words: str) -> ImportEntry:
    box = find(_panel(window), QMessageBox)
    assert "of “ledger”" in box.text()
    click(next(button for button in box.buttons() if button.text().replace("&", "") == words))
    _finish(qtbot, window, desk)
    return _lines(window)[0]


def test_a_twin_is_made_a_version_by_a_person_s_word(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, tmp_path: Path
) -> None:
    _twins(qtbot, window, actions, desk, tmp_path)
    line = _answer(qtbot, window, desk, "Make it a version")
    (row,) = project_of(desk).source_rows()
    assert ([version.sequence for version in row.versions], line.version) == ([1, 2], row.versions[1].id)
    assert line.message == "Made version 2 of “ledger”."
    assert desk.undo_label == "Make it a version"


def test_a_twin_is_kept_or_taken_out_by_a_person_s_word(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, tmp_path: Path
) -> None:
    flow = _twins(qtbot, window, actions, desk, tmp_path)
    twin = next(line for line in _lines(window) if line.step is Step.TWIN)
    assert _answer(qtbot, window, desk, "Keep both").step is Step.OPEN
    assert len(project_of(desk).sources()) == 2
    flow._list.put(twin)
    flow._step(twin)
    _answer(qtbot, window, desk, "Take it out again")
    assert [source.title for source in project_of(desk).sources()] == ["ledger"]


def test_a_stopped_batch_is_gone_on_with_from_the_panel_and_after_a_restart(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"letter-{number:02}.txt").write_text(f"Letter {number} on meter {number * 77}.\n", encoding="utf-8")
    flow = _flow(qtbot, window, actions, desk)
    flow.import_paths([folder])
    qtbot.waitUntil(lambda: any(line.state is State.IMPORTED for line in flow._list.entries()), timeout=30_000)
    press(_panel(window), Qt.Key.Key_Escape)
    _finish(qtbot, window, desk)
    assert len(project_of(desk).sources()) < 60
    notices = SourceNotices(desk)
    qtbot.addWidget(notices)
    notices.show()
    settle(qtbot, desk)
    assert any(label.text() == "Stopped: “many”" for label in notices.findChildren(QLabel) if label.isVisible())
    wanted: list[list[Path]] = []
    notices.go_on_wanted.connect(wanted.append)
    click(next(link for link in notices.findChildren(QAbstractButton) if link.text() == "Go on"))
    assert wanted == [[folder]]
    flow.progress.connect(lambda done, total: notices.refresh() if done == total else None)
    press(_panel(window), Qt.Key.Key_G, CTRL)
    _finish(qtbot, window, desk)
    assert len(project_of(desk).sources()) == 60
    assert {line.state for line in flow._list.entries()} == {State.IMPORTED}
    assert project_of(desk).unfinished_imports() == ()
    settle(qtbot, desk)
    assert not any(label.isVisible() for label in notices.findChildren(QLabel) if label.text().startswith("Stopped"))


def test_the_report_is_saved_failures_first(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, files: Path, tmp_path: Path
) -> None:
    _flow(qtbot, window, actions, desk).import_paths([files])
    _finish(qtbot, window, desk)
    click(_button(window, "Save the report"))
    dialog = find(_panel(window), QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "report.csv"))
    dialog.reject()
    settle(qtbot, desk)
    lines = (tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("b-empty.txt,not imported,It holds nothing but blank lines.")
    assert len(lines) == 7
