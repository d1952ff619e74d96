"""What a person said that codes of another program become, kept for the next file with the same codes.

It is known by the names of the codes, as some programs give them new ids each time. It counts as long as the import stands that
it was said at: undone with it, it is forgotten, and it comes back when that is done again. It stays in this copy of the project.
"""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain.codec import Json, canonical, parse
from annotator.domain.errors import WrongArgumentError
from annotator.domain.foreign import Foreign
from annotator.domain.foreign_coded import checked, path_key, paths_of
from annotator.domain.ids import ChangeId
from annotator.store.reader import Reader

_KEY = "foreign codes"


def remembered(reader: Reader, foreign: Foreign) -> dict[str, str]:
    """Return what was said of codes of this file at imports that stand, by their keys."""
    kept = _kept(reader)
    stands: dict[str, bool] = {}
    found: dict[str, str] = {}
    for key, path in paths_of(foreign.codes).items():
        becomes, change = kept.get(path_key(path), ("", ""))
        if not becomes:
            continue
        if change not in stands:
            stands[change] = not reader.history.is_undone(ChangeId(change))
        if stands[change]:
            try:
                found[key] = checked(becomes, reader.codebook_in_force())
            except WrongArgumentError:  # a level that is no more
                continue
    return found


def remember(reader: Reader, foreign: Foreign, choices: Mapping[str, str], change: ChangeId) -> None:
    """Keep what was said at an import; this writes to what is local."""
    paths = paths_of(foreign.codes)
    kept = _kept(reader) | {path_key(paths[key]): (becomes, str(change)) for key, becomes in choices.items()}
    body: Json = {name: list(said) for name, said in kept.items()}
    reader.local.set(_KEY, canonical(body).decode())


def _kept(reader: Reader) -> dict[str, tuple[str, str]]:
    value = reader.local.setting(_KEY)
    body = parse(value.encode()) if value is not None else None
    found: dict[str, tuple[str, str]] = {}
    for name, said in body.items() if isinstance(body, dict) else ():
        if isinstance(said, list) and len(said) == 2:
            found[name] = str(said[0]), str(said[1])
    return found
