"""The picture of the guide that shows a new version: the article as it was, and as it was corrected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.guide_pictures import Camera

    from annotator.services.project import Project

_CORRECTED = (
    (r"makes up 11\s+points", "makes up 9 points"),
    (r"one in eleven", "one in twelve"),
    (r"Estuary Radio.*?at all\.", ""),
    (r"three smaller ones did not reply", "two smaller ones did not reply"),
)


def versions(camera: Camera) -> None:
    """Take the corrected article in, and show what became of the passages; then take it back."""
    row = next(row for row in camera.project.source_rows() if row.source.title.startswith("What the water meters"))
    version = row.versions[-1]
    page = camera.project.original(version.id).decode()
    for before, after in _CORRECTED:
        page, found = re.subn(before, after, page, count=1, flags=re.DOTALL)
        assert found, before  # noqa: S101 the sample case is ours

    def take_in(project: Project) -> None:
        project.add_version(row.source.id, (version.name, page.encode()))

    camera.window.desk.do(take_in, owner=camera.window)
    camera.until(lambda: any(each.waiting for each in camera.project.revised_rows()))
    camera.run("show_versions")
    rooms = camera.window.rooms
    assert rooms is not None  # noqa: S101 a project is open
    camera.until(lambda: rooms.versions.settling.can_settle and rooms.versions.beside.diff is not None)
    camera.window.error_bar.hide()
    camera.wait(1.5)
    camera.take("versions-light")
    camera.run("undo")
    camera.run("show_read")
