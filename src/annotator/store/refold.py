"""Keeps the search index in step with the rules of folding, which come with Python and may differ between computers."""

from __future__ import annotations

from sqlalchemy import Connection

from annotator.domain.folding import RULES
from annotator.store.connection import driver_of
from annotator.store.current import rows_from_history
from annotator.store.history import History
from annotator.store.local import FOLDING, Local
from annotator.store.numbering import Numbering
from annotator.store.projections import PROJECTIONS
from annotator.store.search_index import row_number


def is_folded_alike(connection: Connection) -> bool:
    """Tell whether the index was made under this computer's rules."""
    return Local(connection).setting(FOLDING) == RULES


def refold(connection: Connection) -> None:
    """Make the index anew and note the rules, in a transaction that the caller began."""
    connection.exec_driver_sql("INSERT INTO search(search) VALUES ('delete-all')")
    history, numbering = History(connection), Numbering(driver_of(connection))
    for kind, projection in PROJECTIONS.items():
        if projection.searched:
            for number, revisions in history.all_revisions(kind):
                _, found = rows_from_history(revisions, numbering, numbering.text)
                rows = [(row_number(number, place), words) for place, words in found.words] if found else []
                if rows:
                    connection.exec_driver_sql("INSERT INTO search(rowid, words) VALUES (?, ?)", rows)
    Local(connection).set(FOLDING, RULES)
