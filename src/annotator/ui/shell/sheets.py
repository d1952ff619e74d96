"""Opens what lies over the window for a while. Each is loaded when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.ui.shell.sheet import Sheet

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


def open_sheet(name: str, window: MainWindow) -> None:
    """Open what an action of this name shows."""
    _OPENERS[name](window)


def _search(window: MainWindow) -> None:
    from annotator.ui.shell.palette import Palette

    Palette(window, window.desk, window.actions_table, window.go_to).open()


def _keys(window: MainWindow) -> None:
    from annotator.ui.shell.keys_help import KeysHelp

    _lay(KeysHelp(window, window.actions_table))


def _settings(window: MainWindow) -> None:
    from annotator.ui.shell.settings_sheet import SettingsSheet

    _lay(SettingsSheet(window, window.actions_table, window.preferences))


def _about(window: MainWindow) -> None:
    from annotator.ui.shell.about import About

    _lay(About(window, window.actions_table, window.desk))


def _to_do(window: MainWindow) -> None:
    from annotator.ui.shell.to_do import ToDoSheet

    _lay(ToDoSheet(window, window.actions_table, window.desk, window.go_to))


def _news(window: MainWindow) -> None:
    from annotator.ui.exchanging.news_sheet import NewsSheet

    if window.rooms is not None:
        _lay(NewsSheet(window, window.actions_table, window.desk, window.rooms.go_to_news))


def _agents(window: MainWindow) -> None:
    from annotator.ui.claiming.agents_sheet import AgentsSheet

    _lay(AgentsSheet(window, window.actions_table, window.desk))


def _same_claims(window: MainWindow) -> None:
    from annotator.ui.claiming.same_claims_sheet import SameClaimsSheet

    _lay(SameClaimsSheet(window, window.actions_table, window.desk))


def _signing_keys(window: MainWindow) -> None:
    from annotator.ui.exchanging.keys_sheet import KeysSheet

    _lay(KeysSheet(window, window.actions_table, window.desk, window.preferences.settings.name))


def _history(window: MainWindow) -> None:
    desk = window.desk
    on_claims = window.top_bar.shown_screen == "claims"
    nearest = (desk.linkage_id, desk.claim_id) if on_claims else (desk.linkage_id, desk.passage_id, desk.claim_id)
    chosen = next((id_ for id_ in (*nearest, desk.version_id) if id_), None)
    if window.rooms is not None and chosen:
        window.rooms.show_history_of(chosen)


def _export(window: MainWindow) -> None:
    from annotator.ui.exchanging.export_sheet import ExportSheet

    _lay(ExportSheet(window, window.actions_table, window.desk))


def _import_annotations(window: MainWindow) -> None:
    from annotator.ui.exchanging.foreign_sheet import ForeignSheet

    sheet = ForeignSheet(window, window.actions_table, window.desk)
    _lay(sheet)
    sheet.choose()


def _verify(window: MainWindow) -> None:
    from annotator.ui.auditing.verify_sheet import VerifySheet

    _lay(VerifySheet(window, window.actions_table, window.desk))


def _settle_all(window: MainWindow) -> None:
    from annotator.ui.exchanging.settle_all_sheet import SettleAllSheet

    _lay(SettleAllSheet(window, window.actions_table, window.desk))


def _lay(sheet: Sheet) -> None:
    sheet.open()


_OPENERS: dict[str, Callable[[MainWindow], None]] = {
    "search": _search,
    "keys": _keys,
    "settings": _settings,
    "about": _about,
    "to_do": _to_do,
    "news": _news,
    "agents": _agents,
    "same_claims": _same_claims,
    "signing_keys": _signing_keys,
    "history": _history,
    "export": _export,
    "import_annotations": _import_annotations,
    "verify": _verify,
    "settle_all": _settle_all,
}
