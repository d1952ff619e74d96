"""Takes the pictures of the user guide: drives the real window, without a display, on the sample case.

``python tools/guide_pictures.py [NAME …]`` writes docs/guide/pictures/*.png, all of them or those named. Nothing of
the settings or projects of whoever runs it is touched.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"
_ROOM = tempfile.TemporaryDirectory(prefix="annotator-pictures-", ignore_cleanup_errors=True)
os.environ["ANNOTATOR_CONFIG"] = str(Path(_ROOM.name) / "settings")

from tools.reading_scenes import SCENES  # noqa: E402
from tools.report_scene import report  # noqa: E402
from tools.shrinking import shrink  # noqa: E402
from tools.version_scene import versions  # noqa: E402

from annotator.app import make_application, make_window  # noqa: E402 the variables above must stand first
from annotator.domain.ids import EntityId  # noqa: E402
from annotator.services.project import open_bundle  # noqa: E402
from annotator.services.sample import build_sample  # noqa: E402
from annotator.services.settings import Recent, Settings  # noqa: E402

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from annotator.services.project import Project
    from annotator.ui.main_window import MainWindow

PICTURES = ROOT / "docs" / "guide" / "pictures"
SIZE = (1440, 900)
_PATIENCE = 60.0
_QUIET = 0.4
_ME = "Ines Calder"
_COLLEAGUE = "Jonas Weld"
_WORDS = "None of the four had asked to see the bills."


class Camera:
    """One window and what is done to it. Pictures that are not wanted are not taken."""

    def __init__(self, wanted: set[str]) -> None:
        self._wanted = wanted
        self.taken: list[str] = []
        self.folder = Path(_ROOM.name)
        self.app = make_application()
        self.sample = build_sample(self.folder / "Cases")
        recent = (Recent(str(self.sample), time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), 5, 6, 4),)
        self.window: MainWindow = make_window(Settings(name=_ME, theme="light", recent=recent), kept=False)
        self.window.resize(*SIZE)
        self.window.show()
        self.wait()

    # -- doing

    def run(self, action: str) -> None:
        """Run one action of the window."""
        self.window.actions_table[action].trigger()
        self.wait()

    def open(self, path: Path, *, create: bool = False) -> None:
        """Open a project and wait until it lies on the desk."""
        self.window.projects.open(path, create=create)
        self.until(lambda: self.window.desk.project is not None and self.window.desk.project.path == path)
        self.wait()

    @property
    def project(self) -> Project:
        """The project on the desk."""
        project = self.window.desk.project
        assert project is not None  # noqa: S101 a picture of a project is taken after one was opened
        return project

    def type(self, keys: str) -> None:
        """Type into whatever has the focus."""
        from PySide6.QtTest import QTest

        for key in keys:
            QTest.keyClicks(self._focused(), key)
            self.wait(0.05)

    def press(self, key: str) -> None:
        """Press a key that types nothing, such as ``Escape``."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(self._focused(), Qt.Key[f"Key_{key}"])
        self.wait()

    def _focused(self) -> QWidget:
        return self.app.focusWidget() or self.window.focusWidget() or self.window

    def clear(self) -> None:
        """Close what lies over the window, and give up what was begun and not sent."""
        from PySide6.QtWidgets import QDialog

        from annotator.ui.shell.sheet import Sheet

        for sheet in self.window.findChildren(Sheet):
            sheet.close()
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.window.activateWindow()
        if self.window.rooms is not None:
            self.window.rooms.reading.marking.close()
            self.window.rooms.reading.marking.discard()
        self.wait()

    def select(self, start: int, end: int) -> None:
        """Select code points of the text that is read, as a mouse would: the bubble comes."""
        screen = self.window.rooms.reading if self.window.rooms else None
        view = screen.view if screen else None
        assert screen is not None  # noqa: S101 a project is open
        assert view is not None  # noqa: S101 and a text in it
        view.select(start, end)
        view.setFocus()
        screen.marking.offer()
        self.wait()

    # -- waiting

    def wait(self, seconds: float = _QUIET) -> None:
        """Let the window come to rest."""
        end = time.monotonic() + seconds
        while time.monotonic() < end or self.window.desk.jobs.busy:
            self.app.processEvents()
            time.sleep(0.005)

    def until(self, there: Callable[[], bool]) -> None:
        """Wait for something; give up after a minute."""
        end = time.monotonic() + _PATIENCE
        while not there():
            if time.monotonic() > end:
                raise TimeoutError(there)
            self.app.processEvents()
            time.sleep(0.01)

    # -- taking

    def take(self, name: str) -> None:
        """Save the window, and over it the dialog that is open, as a picture of this name."""
        from PySide6.QtCore import QPoint
        from PySide6.QtGui import QPainter
        from PySide6.QtWidgets import QDialog

        if self._wanted and name not in self._wanted:
            return
        self.wait()
        picture = self.window.grab()
        painter = QPainter(picture)
        for widget in self.app.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                middle = self.window.rect().center() - widget.rect().center()
                painter.fillRect(widget.rect().translated(middle).adjusted(-1, -1, 1, 1), widget.palette().mid())
                painter.drawPixmap(QPoint(middle), widget.grab())
        painter.end()
        self.keep(name, picture)

    def keep(self, name: str, picture: QPixmap) -> None:
        """Save a picture that is not of the window."""
        if self._wanted and name not in self._wanted:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        picture.save(str(path))
        shrink(path)
        self.taken.append(name)

    def close(self) -> None:
        """Close the project and the window."""
        self.window.desk.close_project()
        self.wait()
        self.window.close()
        self.wait()


def _article(camera: Camera) -> tuple[EntityId, str]:
    """Return the version of the article that the case is about, and its text."""
    row = next(row for row in camera.project.source_rows() if row.source.title.startswith("What the water meters"))
    version = row.versions[-1].id
    return version, camera.project.text(version)


def _read(camera: Camera) -> None:
    """Show the article at its first disputed figure, with a linked passage chosen."""
    version, text = _article(camera)
    camera.window.desk.show_place(version)
    camera.wait()
    start = text.index("her office took every pilot account")
    passages = camera.project.passages(version)
    chosen = next(passage for passage in passages if passage.fragments[0].start == start)
    camera.window.desk.show_place(version, start, start + 20)
    camera.window.desk.select_passage(chosen.id)
    linkage = camera.project.linkage_rows(passage=chosen.id)[0].linkage
    camera.window.desk.select_claim(linkage.claim_id)
    camera.window.desk.select_linkage(linkage.id)
    camera.wait(1.5)


def _reading(camera: Camera) -> None:
    _read(camera)
    camera.take("read-light")
    camera.window.switch_theme()
    camera.wait()
    camera.take("read-dark")
    camera.window.switch_theme()
    camera.wait()


def _linking(camera: Camera) -> None:
    version, text = _article(camera)
    start = text.index(_WORDS)
    camera.window.desk.show_place(version, start, start + len(_WORDS))
    camera.wait(1.5)
    camera.select(start, start + len(_WORDS))
    camera.run("link")
    camera.type("average")
    camera.take("link-claim-light")
    camera.press("Return")
    camera.type("R2M")
    camera.type("The figure was passed on four times; nobody looked at the bills.")
    camera.take("link-judge-light")
    camera.clear()


def _claims(camera: Camera) -> None:
    rows = camera.project.claim_rows()
    busiest = max(rows, key=lambda row: sum(count for _, count in row.stances))
    camera.window.desk.select_claim(busiest.claim.id)
    camera.run("show_claims")
    camera.take("claims-light")
    camera.window.switch_theme()
    camera.wait()
    camera.take("claims-dark")
    camera.window.switch_theme()
    camera.wait()


def _history(camera: Camera) -> None:
    """Correct a linkage, so that there is something before and after, and show what was done."""
    own = [row.linkage for row in camera.project.linkage_rows() if row.annotator == _ME]
    linkage = own[0]
    other = "moderate" if linkage.confidence != "moderate" else "high"
    why = linkage.rationale.replace("the claim itself", "the claim and nothing else,") + " It names no bill."

    def correct(project: Project) -> None:
        project.edit(linkage.id, confidence=other, rationale=why)

    camera.window.desk.do(correct, owner=camera.window)
    camera.wait()
    rooms = camera.window.rooms
    assert rooms is not None  # noqa: S101 a project is open
    camera.window.desk.select_linkage(linkage.id)
    rooms.show_history_of(linkage.id)
    camera.wait()
    camera.take("history-light")
    camera.run("undo")
    camera.run("show_read")


def _auditing(camera: Camera) -> None:
    """Choose the gravest finding, with the review of what it is about beside it."""
    rooms = camera.window.rooms
    assert rooms is not None  # noqa: S101 a project is open
    camera.run("show_audit")
    camera.until(lambda: rooms.audit.watch.now is not None)
    camera.wait(1.0)
    rooms.audit.focus_findings()
    camera.press("Down")
    camera.take("audit-light")
    camera.window.switch_theme()
    camera.wait()
    camera.take("audit-dark")
    camera.window.switch_theme()
    camera.run("show_read")


def _bundle_of_colleague(camera: Camera) -> Path:
    """Return the bundle of a colleague who began with ours and went on."""
    ours, theirs = camera.folder / "Cases" / "meters-20-may.bundle.zip", camera.folder / "Jonas"
    theirs.mkdir()
    camera.project.export("bundle", ours)
    bundle = camera.folder / "meters-jonas-21-may.bundle.zip"
    with open_bundle(ours, theirs / "Meters.annotator", annotator=_COLLEAGUE) as project:
        whole, part = (row.claim for row in project.claim_rows()[:2])
        project.edit(whole.id, text=f"On average, {whole.text[0].lower()}{whole.text[1:]}", date="2025-03-04")
        own = [row.linkage for row in project.linkage_rows() if row.annotator == _COLLEAGUE]
        project.edit(own[0].id, confidence="low", rationale="Nobody has separated the tariff from the arrears.")
        project.note(part.id, "Ask the auditor for the list of accounts.")
        project.add_claim("The council bought the meters without a vote.", date="2025-03")
        again = project.add_claim(f"{part.text[0].lower()}{part.text[1:].rstrip('.')}")
        project.conclude(again.id, verdict="not_enough_evidence", confidence="low", stage="submitted")
        post = next(row.source for row in project.source_rows() if row.source.title.startswith("Look what they"))
        project.edit(post.id, title="Look what they have done to our bills")
        project.export("bundle", bundle)
    return bundle


def _merging(camera: Camera) -> None:
    """Merge what a colleague did meanwhile, settle one field in conflict, and show what is new and the bundles."""
    from annotator.ui.auditing.history_head import HistoryHead

    bundle = _bundle_of_colleague(camera)
    whole = camera.project.claim_rows()[0].claim
    post = next(row.source for row in camera.project.source_rows() if row.source.title.startswith("Look what they"))
    shorter = "The new meters made bills rise by 40% on average in the pilot."

    def edit(project: Project) -> None:
        project.edit(whole.id, text=shorter, date="2025-03-05")
        project.edit(post.id, title="Look what they did to our bills!")

    camera.window.desk.do(edit, owner=camera.window)
    camera.wait()
    rooms = camera.window.rooms
    assert rooms is not None  # noqa: S101 a project is open
    camera.window.merge(bundle)
    camera.until(lambda: rooms.merging.is_dry_run)
    camera.wait(1.0)
    camera.take("merge-light")
    rooms.merging.merge()
    camera.until(lambda: bool(camera.project.conflicts()))
    camera.wait(1.0)
    rooms.show_conflict(whole.id)
    camera.wait(1.0)
    camera.run("take_theirs")
    camera.wait(1.0)
    camera.take("conflicts-light")
    camera.run("news")
    camera.wait()
    camera.take("news-light")
    camera.clear()
    camera.run("same_claims")
    camera.wait(1.0)
    camera.take("same-claims-light")
    camera.clear()
    camera.window.desk.select_claim(whole.id)
    camera.run("show_claims")
    camera.take("disputed-light")
    camera.run("show_history")
    for head in rooms.history.findChildren(HistoryHead):
        head.parts.button(1).click()
    camera.take("bundles-light")


def _details(camera: Camera) -> None:
    _read(camera)
    camera.run("source_details")
    camera.take("source-details-light")
    camera.clear()


def _sheets(camera: Camera) -> None:
    from annotator.ui.exchanging.export_sheet import ExportSheet

    camera.run("export")
    for sheet in camera.window.findChildren(ExportSheet):
        sheet.place.setText(str(Path("/home/ines/Documents", Path(sheet.place.text()).name)))
        camera.until(partial(getattr, sheet.outgoing, "preview"))
        camera.wait()
    camera.take("export-light")
    camera.clear()
    camera.run("keys")
    camera.take("keys-light")
    camera.clear()


def _importing(camera: Camera) -> None:
    """Import a folder with one good file and one without words."""
    folder = camera.folder / "From the council"
    folder.mkdir()
    minutes = "Minutes of the works committee\n\nThe committee heard the auditor on the meter pilot.\n"
    (folder / "minutes.txt").write_text(minutes, encoding="utf-8")
    (folder / "annex.pdf").write_bytes(b"%PDF-1.7\nThis file was cut off while it was sent.\n")
    rooms = camera.window.rooms
    assert rooms is not None  # noqa: S101 a project is open
    rooms.imports.import_paths([folder])
    camera.until(lambda: len(camera.project.sources()) > 0)
    camera.wait(1.0)
    camera.take("import-light")


def main(names: list[str]) -> int:
    """Take the pictures and say which, and how large they are together."""
    camera = Camera(set(names))
    camera.take("start-light")
    camera.open(camera.sample)
    for scene in (
        _reading,
        *SCENES,
        versions,
        report,
        _linking,
        _claims,
        _auditing,
        _history,
        _details,
        _sheets,
        _merging,
    ):
        scene(camera)
    camera.open(camera.folder / "Cases" / "Harbour wall.annotator", create=True)
    camera.take("empty-light")
    _importing(camera)
    camera.close()
    size = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    sys.stdout.write(f"{len(camera.taken)} pictures, {size / 1e6:.1f} MB: {', '.join(camera.taken)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
