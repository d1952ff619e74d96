"""Fetching from the window: it is offered and explained, and nothing is asked of anybody before the button is pressed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QLineEdit, QMainWindow, QProgressBar
from pytestqt.qtbot import QtBot

from annotator.fetching import network as networks
from annotator.ui.actions import Actions
from annotator.ui.desk import Desk
from annotator.ui.importing.fetch_address import FetchAddress
from annotator.ui.importing.import_flow import ImportFlow
from tests.fetching.servers import Server, page, reached, serving
from tests.ui.hands import CTRL, click, find, press, write
from tests.ui.importing.conftest import PAGE, project_of, put, settle


def slowly(path: str) -> Iterator[bytes | float] | bytes:
    if path == "/slow":
        pieces: list[bytes | float] = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>Words", 5.0]
        return iter(pieces)
    return page(PAGE.encode()) if path == "/meters" else page(b"gone", status="410 Gone")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Return a server that may be asked in this test."""
    with serving(slowly) as server:
        monkeypatch.setattr(networks, "NETWORK", reached(server))
        yield server


@pytest.fixture
def flow(qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk) -> ImportFlow:
    """Return what takes sources in, in a window that is shown."""
    flow = ImportFlow(desk, actions, window)
    put(qtbot, window, QMainWindow(), desk)
    return flow


def typed(qtbot: QtBot, window: QMainWindow, actions: Actions, address: str) -> FetchAddress:
    """Open the dialog with its action and type an address."""
    actions["fetch_address"].trigger()
    dialog = find(window, FetchAddress)
    qtbot.waitUntil(dialog.isVisible)
    write(find(dialog, QLineEdit), address)
    return dialog


def test_enter_fetches_the_page_and_shows_it(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, flow: ImportFlow, server: Server
) -> None:
    assert flow
    dialog = typed(qtbot, window, actions, server.url("/meters"))
    assert not server.asked
    with qtbot.waitSignal(dialog.finished, timeout=30_000):
        press(find(dialog, QLineEdit), Qt.Key.Key_Return)
    settle(qtbot, desk)
    (source,) = project_of(desk).sources()
    assert (source.title, len(server.asked)) == ("Meters", 1)
    assert desk.version_id == project_of(desk).source_rows()[0].versions[0].id


def test_a_refusal_is_said_and_the_address_can_be_corrected(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, flow: ImportFlow, server: Server
) -> None:
    assert flow
    dialog = typed(qtbot, window, actions, "ledger.example/meters")
    click(dialog.send)
    assert dialog.fields["address"].problem.startswith("Write a whole address")
    find(dialog, QLineEdit).setText(server.url("/gone"))
    press(dialog.form, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "410 (Gone)" in dialog.fields["address"].problem, timeout=30_000)
    assert dialog.send.isEnabled()
    assert project_of(desk).sources() == ()
    press(dialog.form, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_escape_stops_what_is_on_its_way(
    qtbot: QtBot, window: QMainWindow, actions: Actions, desk: Desk, flow: ImportFlow, server: Server
) -> None:
    assert flow
    dialog = typed(qtbot, window, actions, server.url("/slow"))
    click(dialog.send)
    qtbot.waitUntil(lambda: "come" in dialog._amount.text(), timeout=30_000)
    assert find(dialog, QProgressBar).isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: dialog._problem.text() == "Stopped. Nothing was kept.", timeout=30_000)
    assert dialog.isVisible()
    assert project_of(desk).sources() == ()


@pytest.mark.parametrize("dropped", [True, False])
def test_a_link_that_is_dropped_or_pasted_is_offered_and_not_fetched(
    qtbot: QtBot, window: QMainWindow, desk: Desk, flow: ImportFlow, server: Server, *, dropped: bool
) -> None:
    link = QMimeData()
    if dropped:
        link.setUrls([QUrl(server.url("/meters"))])
    else:
        link.setText(f" {server.url('/meters')}\n")
    flow.take(link)
    dialog = find(window, FetchAddress)
    qtbot.waitUntil(dialog.isVisible)
    assert find(dialog, QLineEdit).text() == server.url("/meters")
    dialog.reject()
    settle(qtbot, desk)
    assert not server.asked


def test_the_server_that_is_asked_is_named_as_it_is(
    qtbot: QtBot, window: QMainWindow, actions: Actions, flow: ImportFlow
) -> None:
    assert flow
    dialog = typed(qtbot, window, actions, "")
    find(dialog, QLineEdit).setText("https://ledger.exаmple/meters")  # a Cyrillic letter
    assert dialog._server.text() == "Asks the server ledger.xn--exmple-4nf"
    find(dialog, QLineEdit).setText("no address")
    assert not dialog._server.isVisible()
