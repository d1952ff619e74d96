"""A project as it is published: claims that were joined are one, with all that rests on any of them."""

from __future__ import annotations

from annotator.domain.as_one import AsOne
from annotator.domain.ids import Digest, EntityId
from annotator.domain.register import State
from annotator.exporters.base import ProjectView, RevisionHistory


class Published(AsOne[ProjectView]):
    """A ``ProjectView`` of another one in which claims that were joined are one."""

    @property
    def history(self) -> RevisionHistory:
        """The revisions and changes."""
        return self._view.history

    def blob(self, digest: Digest, /) -> bytes:
        """Return stored bytes, such as an original; raises ``NotFoundError`` where they are not here."""
        return self._view.blob(digest)

    def has_blob(self, digest: Digest, kind: str, /) -> bool:
        """Return whether these bytes are here."""
        return self._view.has_blob(digest, kind)

    def state(self, id_: EntityId, /) -> State | None:
        """Return what an entity's revisions add up to, with the values that conflict."""
        return self._view.state(id_)
