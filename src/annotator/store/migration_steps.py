"""What each format added, in the words of its time: a step never changes once a file of its format may exist."""

from __future__ import annotations

from sqlalchemy import Connection


def add_reviewing_and_exchanging(connection: Connection) -> None:
    """Format 2: reviews and waivers, the log of bundles, and what of them was looked at."""
    judged = ("n INTEGER NOT NULL", "about INTEGER NOT NULL", "annotator INTEGER NOT NULL")
    keys = ("PRIMARY KEY (n)", _entity("n"), _entity("about"), _entity("annotator"))
    _make(connection, "review", *judged, "decision TEXT NOT NULL", *keys)
    connection.exec_driver_sql("CREATE INDEX review_by_about ON review (about)")
    _make(connection, "waiver", *judged, '"check" TEXT NOT NULL', *keys)
    connection.exec_driver_sql("CREATE INDEX waiver_by_about ON waiver (about)")
    log = ("n INTEGER", "direction TEXT", "at TEXT", "name TEXT", "bundle BLOB", "checkpoint TEXT", '"after" INTEGER',
           "changes TEXT", "seen INTEGER", "seal BLOB")  # fmt: skip
    _make(connection, "exchange", *(f"{column} NOT NULL" for column in log), "PRIMARY KEY (n)")
    looked_at = ("entity INTEGER", "until INTEGER", "seal BLOB")
    columns = (f"{column} NOT NULL" for column in looked_at)
    _make(connection, "looked_at", *columns, "PRIMARY KEY (entity)", _entity("entity"))


def add_anchors_and_marks(connection: Connection) -> None:
    """Format 3: where passages stand in other versions, and which blocks people mark as the article."""
    _make_anchors(connection)
    mark = ("n INTEGER NOT NULL", "text INTEGER", "start INTEGER NOT NULL", "article INTEGER NOT NULL")
    _make(connection, "block_mark", *mark, "PRIMARY KEY (n)", _entity("n"), _text())
    connection.exec_driver_sql("CREATE INDEX block_mark_by_text ON block_mark (text, start)")


def add_what_anchors_were_made_for(connection: Connection) -> None:
    """Format 4: which spans of its passage an anchor was made for; of those that are there nobody knows."""
    connection.exec_driver_sql("CREATE TEMP TABLE kept AS SELECT * FROM anchor")
    connection.exec_driver_sql("DROP TABLE anchor")
    _make_anchors(connection, "made_for TEXT")
    connection.exec_driver_sql("INSERT INTO anchor SELECT *, NULL FROM kept")
    connection.exec_driver_sql("DROP TABLE kept")


def _make_anchors(connection: Connection, *later: str) -> None:
    keys = ("PRIMARY KEY (n)", _entity("n"), _entity("passage"), _text())
    anchor = ("n INTEGER NOT NULL", "passage INTEGER NOT NULL", "text INTEGER", "state TEXT NOT NULL", "score INTEGER NOT NULL",
              "decision TEXT NOT NULL", "start INTEGER NOT NULL", '"end" INTEGER NOT NULL', "spans TEXT", *later)  # fmt: skip
    _make(connection, "anchor", *anchor, *keys)
    connection.exec_driver_sql("CREATE INDEX anchor_by_passage ON anchor (passage)")
    connection.exec_driver_sql("CREATE INDEX anchor_by_text ON anchor (text, start)")


def add_senders(connection: Connection) -> None:
    """Format 5: who signed the bundles that came in."""
    columns = ("n INTEGER", "annotator TEXT", "name TEXT", '"key" TEXT', "seal BLOB")
    line = "FOREIGN KEY(n) REFERENCES exchange (n) DEFERRABLE INITIALLY DEFERRED"
    _make(connection, "exchange_sender", *(f"{column} NOT NULL" for column in columns), "PRIMARY KEY (n)", line)


def add_ways_to_what_is_rare(connection: Connection) -> None:
    """Format 6: scales and people, entities in conflict and revisions whose words were withheld are found without reading all."""
    connection.exec_driver_sql("CREATE INDEX entity_by_kind ON entity (kind, id)")
    connection.exec_driver_sql("CREATE INDEX entity_in_conflict ON entity (n) WHERE conflicted = 1")
    connection.exec_driver_sql("CREATE INDEX revision_withheld ON revision (entity) WHERE body IS NULL")


def add_joined_claims(connection: Connection) -> None:
    """Format 7: which claims were joined to others, and which stand for them; of those that are there none is."""
    connection.exec_driver_sql("CREATE TEMP TABLE kept AS SELECT * FROM claim")
    connection.exec_driver_sql("DROP TABLE claim")
    named = ("parent", "merged_into", "stands")
    columns = ("n INTEGER NOT NULL", "text TEXT NOT NULL", *(f"{name} INTEGER" for name in named))
    _make(connection, "claim", *columns, "PRIMARY KEY (n)", *map(_entity, ("n", *named)))
    for name in named:
        connection.exec_driver_sql(f"CREATE INDEX claim_by_{name} ON claim ({name})")
    connection.exec_driver_sql("INSERT INTO claim SELECT *, NULL, NULL FROM kept")
    connection.exec_driver_sql("DROP TABLE kept")


def _text() -> str:
    return "FOREIGN KEY(text) REFERENCES blob (n) DEFERRABLE INITIALLY DEFERRED"


def _entity(column: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES entity (n) DEFERRABLE INITIALLY DEFERRED"


def _make(connection: Connection, name: str, *parts: str) -> None:
    connection.exec_driver_sql(f"CREATE TABLE {name} (\n\t" + ", \n\t".join(parts) + "\n)")
