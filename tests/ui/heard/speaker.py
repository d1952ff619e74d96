"""Shows the whole window with a small case on a real display, for a screen reader to read, until it is told to end."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from annotator.app import make_application, make_window
from annotator.services.settings import Settings
from tests.ui.whole import ME, make_case


def main(folder: Path) -> int:
    """Show the window with the reader in it; the standard input ends it."""
    app = make_application()
    window = make_window(Settings(name=ME, theme="light"), kept=False)
    window.resize(1200, 800)
    window.show()
    window.projects.open(make_case(folder / "Smart meters.annotator"))
    ready = QTimer(window, interval=50)

    def look() -> None:
        view = window.rooms.reading.view if window.rooms is not None else None
        if view is not None and not window.desk.jobs.busy:
            ready.stop()
            window.activateWindow()
            view.setFocus()
            sys.stdout.write("ready\n")
            sys.stdout.flush()

    ready.timeout.connect(look)
    ready.start()
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
