"""What the keys for pages do to the pages that are worked in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

from annotator.ui.actions import Actions
from annotator.ui.annotating.open_pages import OpenPages
from annotator.ui.annotating.reading_page import PAGES

if TYPE_CHECKING:
    from annotator.ui.pages.pages_view import PagesView


def bind_pages(actions: Actions, open_pages: OpenPages, tell: Callable[[str], object]) -> None:
    """Bind the actions for pages; where a text is shown, ``tell`` gets a sentence instead."""

    def go_to(_view: PagesView) -> None:
        tools = open_pages.halves.active.tools
        if tools is not None:
            tools.ask_page()

    def area(view: PagesView) -> None:
        view.turn_area()
        if view.picking.is_on:
            tell(
                QCoreApplication.translate(
                    "pages",
                    "Draw an area with the mouse, or move it with the arrow keys (with Shift: its size). Esc: none",
                )
            )

    does: dict[str, Callable[[PagesView], None]] = {
        "next_page": lambda view: view.show_page(view.page + 1),
        "previous_page": lambda view: view.show_page(view.page - 1),
        "go_to_page": go_to,
        "whole_page": lambda view: view.turn_fit(),
        "thumbnails": lambda view: view.show_thumbnails(shown=view.thumbnails.isHidden()),
        "area": area,
    }

    def bound(do: Callable[[PagesView], None]) -> Callable[[], None]:
        def run() -> None:
            page = open_pages.page
            if page is not None and page.shows == PAGES:
                do(cast("PagesView", page.widget))
            else:
                words = QCoreApplication.translate(
                    "pages", "This is the text: {0} shows the pages, where there are any"
                )
                tell(words.format(actions.key("pages_or_text")))

        return run

    for name, do in does.items():
        actions.bind(name, bound(do))
