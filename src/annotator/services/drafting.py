"""Words that are being typed, kept so that a crash does not lose them. They belong to this copy and are never exported."""

from __future__ import annotations

from annotator.domain.codec import Json
from annotator.services.base import Job
from annotator.services.identity import now
from annotator.store.local import KeptDraft


class Drafting(Job):
    """Keeps what is not yet said."""

    def keep_draft(self, key: str, body: Json) -> None:
        """Keep plain values under a key that says where they were typed; on the disk when this returns."""
        self.store.write_local(lambda reader: reader.local.keep_draft(key, now(), body)).result()

    def draft(self, key: str) -> Json | None:
        """Return what was kept under a key, or None."""
        found = self.store.read().local.draft(key)
        return found.body if found else None

    def drafts(self) -> tuple[KeptDraft, ...]:
        """Return everything that was kept, newest first."""
        return tuple(self.store.read().local.drafts())

    def drop_draft(self, key: str) -> None:
        """Forget what was kept under a key: it has been said, or given up."""
        if self.draft(key) is not None:
            self.store.write_local(lambda reader: reader.local.drop_draft(key)).result()
