"""In which order the versions of a source come, the same in every copy of a project.

Two that were taken in apart from each other have one number: the one that was made later comes after the other.
"""

from __future__ import annotations

from annotator.domain.ids import EntityId, from_bytes
from annotator.store.reader import Reader

_OF_SOURCE = "FROM version v JOIN entity e ON e.n = v.n WHERE v.source = {0} ORDER BY v.sequence {1}, e.id {1}"
NEWEST = f"(SELECT v.n {_OF_SOURCE.format('{0}', 'DESC')} LIMIT 1)"
"""The local number of the newest version of a source, given the number of that."""


def later(one: str, other: str) -> str:
    """Return SQL that tells whether the version with the alias ``one`` comes after ``other``."""
    first, second = (f"({each}.sequence, (SELECT id FROM entity WHERE n = {each}.n))" for each in (one, other))
    return f"{first} > {second}"


def versions_of(reader: Reader, source: EntityId) -> tuple[EntityId, ...]:
    """Return the versions of a source, the newest one last."""
    found = reader.connection.exec_driver_sql(f"SELECT e.id {_OF_SOURCE.format('?', 'ASC')}", (reader.number(source),))
    return tuple(from_bytes(id_) for (id_,) in found)
