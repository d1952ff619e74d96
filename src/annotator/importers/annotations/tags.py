"""Tags of programs that have no codebook: each is a code that is known by its name."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.foreign import ForeignCode, ForeignCoding


class Tags:
    """Collects the tags of a file, and what bears them."""

    def __init__(self) -> None:
        self._codes: dict[str, ForeignCode] = {}
        self._codings: dict[tuple[str, str], ForeignCoding] = {}

    @property
    def codes(self) -> tuple[ForeignCode, ...]:
        """Each tag once, in the order of the file."""
        return tuple(self._codes.values())

    @property
    def codings(self) -> tuple[ForeignCoding, ...]:
        """What bears which tag."""
        return tuple(self._codings.values())

    def put(self, passage: str, names: Iterable[str], by: str) -> None:
        """Put tags on a passage."""
        for name in filter(None, (" ".join(each.split()) for each in names)):
            key = f"tag:{name}"
            self._codes.setdefault(key, ForeignCode(key=key, name=name))
            self._codings.setdefault((passage, key), ForeignCoding(passage=passage, code=key, by=by))
