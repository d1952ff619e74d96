"""The pictures of the guide that show reading: pages, two sources side by side, finding, a card, a quotation, the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.guide_pictures import Camera

    from annotator.domain.ids import EntityId

_FIGURE = "an average rise of 14.2"
_QUOTED = "Across the 5,870 accounts the mean rise was 24.2 per cent"


def _version(camera: Camera, beginning: str) -> tuple[EntityId, str]:
    row = next(row for row in camera.project.source_rows() if row.source.title.startswith(beginning))
    version = row.versions[-1].id
    return version, camera.project.text(version)


def _in_both_themes(camera: Camera, name: str) -> None:
    camera.take(f"{name}-light")
    camera.window.switch_theme()
    camera.wait()
    camera.take(f"{name}-dark")
    camera.window.switch_theme()
    camera.wait()


def pages(camera: Camera) -> None:
    """Show the report as it was published, with a passage chosen on the page."""
    version, _ = _version(camera, "Review of the ClearFlow")
    chosen = camera.project.passages(version)[1]
    fragment = chosen.fragments[0]
    camera.window.desk.show_place(version, fragment.start, fragment.end)
    camera.wait(1.0)
    camera.window.desk.select_passage(chosen.id)
    camera.wait(1.5)
    _in_both_themes(camera, "pages")


def side_by_side(camera: Camera) -> None:
    """Show the article and, beside it, the report that it quotes."""
    article, text = _version(camera, "What the water meters")
    start = text.index(_FIGURE)
    camera.window.desk.show_place(article, start, start + len(_FIGURE))
    camera.wait(1.0)
    camera.run("split")
    report, _ = _version(camera, "Review of the ClearFlow")
    camera.window.desk.show_place(report)
    camera.wait(1.5)
    camera.take("split-light")
    camera.run("split")
    camera.window.desk.show_place(article)
    camera.wait(1.0)


def finding(camera: Camera) -> None:
    """Find every place where the average is spoken of."""
    article, _ = _version(camera, "What the water meters")
    camera.window.desk.show_place(article)
    camera.wait(1.0)
    camera.run("find")
    camera.type("average")
    camera.wait(1.0)
    camera.take("find-light")
    camera.press("Escape")
    camera.press("Escape")


def card(camera: Camera) -> None:
    """Show what is judged about the passages at a place."""
    article, _ = _version(camera, "What the water meters")
    rows = camera.project.passage_rows(article)
    chosen = next(row for row in rows if any(o.start < row.end and row.start < o.end for o in rows if o is not row))
    camera.window.desk.show_place(article, chosen.start, chosen.end)
    camera.wait(1.0)
    camera.window.desk.select_passage(chosen.id)
    camera.wait()
    camera.run("show_card")
    camera.wait(1.0)
    camera.take("card-light")
    camera.press("Escape")


def quotation(camera: Camera) -> None:
    """Check words that somebody quotes with another figure."""
    article, _ = _version(camera, "What the water meters")
    camera.window.desk.show_place(article)
    camera.wait(1.0)
    camera.run("check_quotation")
    camera.wait()
    camera.type(_QUOTED)
    camera.press("Return")
    camera.wait(1.5)
    camera.take("quotation-light")
    camera.clear()


def lists(camera: Camera) -> None:
    """Show all linkages in one list."""
    camera.run("show_lists")
    camera.press("4")
    camera.wait(1.0)
    _in_both_themes(camera, "lists")
    camera.run("show_read")


SCENES = (pages, side_by_side, finding, card, quotation, lists)
