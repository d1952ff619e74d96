"""Keeps the search index in step with the rules of folding, which come with Python and may differ between computers."""

from __future__ import annotations

from sqlalchemy import Connection

from annotator.domain.folding import RULES
from annotator.domain.register import fold
from annotator.domain.source import Version
from annotator.store.history import History
from annotator.store.local import FOLDING, Local
from annotator.store.projections import PROJECTIONS
from annotator.store.reader import Reader
from annotator.store.search_index import row_number, words_of


def is_folded_alike(connection: Connection) -> bool:
    """Tell whether the index was made under this computer's rules."""
    return Local(connection).setting(FOLDING) == RULES


def refold(connection: Connection) -> None:
    """Make the index anew and note the rules, in a transaction that the caller began."""
    connection.exec_driver_sql("INSERT INTO search(search) VALUES ('delete-all')")
    history, reader = History(connection), Reader(connection)
    for kind, projection in PROJECTIONS.items():
        if projection.searched:
            for number, revisions in history.all_revisions(kind):
                state = fold(revisions)
                if state.deleted:
                    continue
                text = reader.text(state.fields["text"]) if kind == Version.kind else ""
                rows = [(row_number(number, place), words) for place, words in words_of(kind, state.fields, text)]
                if rows:
                    connection.exec_driver_sql("INSERT INTO search(rowid, words) VALUES (?, ?)", rows)
    Local(connection).set(FOLDING, RULES)
