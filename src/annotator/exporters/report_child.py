"""The process that sets one report as PDF. See ``apart`` for what is said to it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from annotator.exporters.apart_child import BROKEN, FINE, frame, serve
from annotator.resources import resource
from annotator.walls.readable import FONTS


def main(arguments: list[str]) -> None:
    """Read a page of the HTML report from standard input, and write it as PDF. ``arguments``: limits of memory and time."""
    import typst  # noqa: F401 loaded before the process is bound

    from annotator.exporters import report_setting  # noqa: F401 likewise

    serve(arguments, answered, readable=_readable(), threads=True)


def answered(source: BinaryIO) -> tuple[int, bytes]:
    """Set the page. Here ends whatever the typesetter may raise."""
    from annotator.exporters.report_setting import set_page

    try:
        return FINE, set_page(frame(source).decode())
    except Exception:
        return BROKEN, b""


def _readable() -> tuple[str, ...]:
    """Return where the faces of the report and of the system are, and how they are drawn."""
    own = (
        resource("fonts"),
        resource("report"),
        resource("themes"),
        Path.home() / ".local/share/fonts",
        Path.home() / ".fonts",
    )
    return (*map(str, own), *FONTS, "/etc/fonts") if sys.platform == "linux" else ()
