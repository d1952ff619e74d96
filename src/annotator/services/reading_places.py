"""Where one was reading: kept in this copy of the project alone, never exported, and no change of the project."""

from __future__ import annotations

from annotator.domain.codec import Json, canonical, parse
from annotator.services.base import Job

_KEY = "reading "


class ReadingPlaces(Job):
    """Remembers how things were read, so that one can go on where one stopped."""

    def keep_reading(self, key: str, body: Json) -> None:
        """Keep plain values about how something is read; ``key`` says what: the id of a version, or a part of the window."""
        value = canonical(body).decode()
        self.store.write_local(lambda reader: reader.local.set(_KEY + key, value)).result()

    def reading(self, key: str) -> Json:
        """Return what was kept under a key, or None."""
        value = self.store.read().local.setting(_KEY + key)
        return None if value is None else parse(value.encode())
