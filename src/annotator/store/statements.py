"""SQL made once from the tables, for rows given as tuples: in bulk this is several times faster than rows given as dicts."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Table, delete, insert
from sqlalchemy.dialects.sqlite import dialect


@cache
def insert_into(table: Table) -> str:
    """Return the INSERT of a whole row, columns in the table's order."""
    return str(insert(table).compile(dialect=dialect(paramstyle="qmark")))


@cache
def delete_from(table: Table) -> str:
    """Return the DELETE of the rows that the table's first column names."""
    first = next(iter(table.columns))
    condition = first == 0
    return str(delete(table).where(condition).compile(dialect=dialect(paramstyle="qmark")))
