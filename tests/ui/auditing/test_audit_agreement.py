"""Agreement on the screen: the figures of the project, the matrix, and the units behind them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.ui.auditing.agreement_units import UNIT
from annotator.ui.auditing.agreement_words import figures, number, short
from annotator.ui.auditing.audit_screen import AuditScreen
from annotator.ui.main_window import MainWindow
from tests.ui.auditing.audits import INES, make_twice_judged, open_audit
from tests.ui.whole import click, press, project_of, settle


def words(screen: AuditScreen) -> str:
    return "\n".join(label.text() for label in screen.agreement.findChildren(QLabel) if label.isVisible())


def test_the_figures_are_those_of_the_project(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    agreement = project_of(window).agreement("linkage")
    said = screen.agreement.scale.accessibleName()
    assert agreement.cohen_kappa is not None
    assert f"Cohen’s kappa: {short(agreement.cohen_kappa)}, between" in said
    assert agreement.percent is not None
    assert f"Raw agreement: {agreement.percent:.0f}%" in said
    assert f"{agreement.n} linkages judged twice or more" in words(screen)
    same = sum(row[at] for at, row in enumerate(agreement.matrix))
    assert f"{same} of {agreement.n_pair} the same" in words(screen)


def test_a_narrow_window_shows_the_whole_scale_and_whole_names(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    window.resize(1000, 650)
    screen = open_audit(qtbot, window, case)
    panel = screen.agreement
    room = panel.scale.parentWidget()
    assert room is not None
    viewport = room.parentWidget()
    assert viewport is not None
    assert room.width() <= viewport.width(), "nothing lies behind the scroll bar"
    scale = panel.scale
    for figure in scale._figures:
        assert scale._room_for(scale._words(figure)) <= scale._scale_left(), figure.words


def test_another_field_is_compared(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    click(screen.agreement._field.button(2))
    settle(qtbot, window)
    agreement = project_of(window).agreement("linkage", field="confidence")
    [alpha] = [figure for figure in figures(agreement) if figure.name == "alpha_ordinal"]
    assert f"Krippendorff’s alpha: {number(alpha)}" in screen.agreement.scale.accessibleName()


def test_what_has_no_value_says_why(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    screen = open_audit(qtbot, window, make_twice_judged(tmp_path / "bills.annotator", 2))
    click(screen.agreement._unit.button(0))
    settle(qtbot, window)
    assert project_of(window).agreement("conclusion").n == 0, "nobody has concluded"
    assert "Nothing was judged by two people." in words(screen)
    assert not screen.agreement.scale.isVisible()
    assert not screen.agreement.matrix.isVisible()


def test_one_value_alone_has_no_kappa(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    screen = open_audit(qtbot, window, make_twice_judged(tmp_path / "bills.annotator", 3))
    assert "Cohen’s kappa: no value. Everybody gave one and the same value" in screen.agreement.scale.accessibleName()
    assert "Everybody gave one and the same value" in words(screen)


def test_units_stand_behind_the_figures_and_jump_to_their_place(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    click(screen.agreement._show)
    model = screen.agreement.view.model()
    units = [model.index(row, 0).data(UNIT)[0] for row in range(model.rowCount())]
    agreement = project_of(window).agreement("linkage")
    assert len(units) == agreement.n
    assert not units[0].agrees, "those who differ come first"
    screen.agreement.view.setFocus()
    press(window, "Home")
    press(window, "Return")
    settle(qtbot, window)
    assert window.top_bar.shown_screen == "claims"
    assert window.desk.claim_id == units[0].claim_id


def test_a_cell_of_the_matrix_shows_its_units(qtbot: QtBot, window: MainWindow, case: Path) -> None:
    screen = open_audit(qtbot, window, case)
    agreement = project_of(window).agreement("linkage")
    matrix = screen.agreement.matrix
    row, column = next(
        (row, column)
        for row, counts in enumerate(agreement.matrix)
        for column, count in enumerate(counts)
        if row != column and count
    )
    place = matrix.cell_rect(row, column).center().toPoint()
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place)
    model = screen.agreement.view.model()
    units = [model.index(at, 0).data(UNIT)[0] for at in range(model.rowCount())]
    assert len(units) == agreement.matrix[row][column]
    ids = [person.id for person in agreement.annotators]
    pair = [agreement.categories[row], agreement.categories[column]]
    assert all([unit.values[id_] for id_ in ids] == pair for unit in units)
    click(screen.agreement._back)
    assert matrix.isVisible()


def test_a_lone_annotator_is_told_that_there_is_nothing_to_compare(
    qtbot: QtBot, window: MainWindow, case_path: Path
) -> None:
    screen = open_audit(qtbot, window, case_path, who=INES)
    assert "Nothing was judged by two people." in words(screen)
