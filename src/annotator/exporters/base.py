"""What an exporter is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from annotator.domain.change import Change, Revision
from annotator.domain.claim import Claim
from annotator.domain.errors import NotFoundError
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.register import State
from annotator.domain.view import AuditView, Stamp, View

Progress = Callable[[int, int], None]
"""Told (done, total) from time to time; stops the work by raising ``CancelledError``."""


def silent(_done: int, _total: int) -> None:
    """A progress that nobody watches."""


class RevisionHistory(Protocol):
    """How entities came to be what they are."""

    def revisions_of(self, entity: EntityId, /) -> list[Revision]:
        """Return an entity's standing revisions, parents first."""
        ...

    def change(self, id_: ChangeId, /) -> Change | None:
        """Return a change."""
        ...


class ProjectView(AuditView, Protocol):
    """What exporters see of a project: the view of one moment, with its history."""

    @property
    def history(self) -> RevisionHistory:
        """The revisions and changes."""
        ...

    def blob(self, digest: Digest, /) -> bytes:
        """Return stored bytes, such as an original; raises ``NotFoundError`` where they are not here."""
        ...

    def has_blob(self, digest: Digest, kind: str, /) -> bool:
        """Return whether these bytes are here; an original may have been withheld, and only its digest is known."""
        ...

    def also(self, claim: EntityId, /) -> tuple[Claim, ...]:
        """Return the claims that were joined to one, oldest first."""
        ...

    def state(self, id_: EntityId, /) -> State | None:
        """Return what an entity's revisions add up to, with the values that conflict."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What is asked for: only these ``claims`` with what bears on them (all where there are none), under this ``title``."""

    claims: tuple[EntityId, ...] = ()
    title: str = ""


ALL = ExportOptions()


class Exporter(Protocol):
    """One format.

    ``code`` names it on the command line, ``label`` to people; ``suffix`` is that of its files, with the dot; ``lacks`` says in
    one sentence what of a project it cannot carry.
    """

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def suffix(self) -> str: ...  # noqa: D102
    @property
    def media_type(self) -> str: ...  # noqa: D102
    @property
    def lacks(self) -> str: ...  # noqa: D102

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the project to ``out``; raises ``NotFoundError`` for a claim that is not there."""
        ...


def chosen_claims(view: View, options: ExportOptions) -> Iterable[Claim]:
    """Return the claims that are asked for; raises ``NotFoundError`` for one that is not there."""
    if not options.claims:
        return view.all(Claim)
    found = []
    for id_ in options.claims:
        claim = view.find(Claim, id_)
        if claim is None:
            raise NotFoundError(kind=Claim.kind, id=id_)
        found.append(claim)
    return found


def chosen_linkages(view: View, options: ExportOptions) -> Iterator[tuple[Linkage, Stamp]]:
    """Yield the linkages of the claims that are asked for, with their stamps, sorted by id."""
    wanted = {claim.id for claim in chosen_claims(view, options)} if options.claims else None
    for linkage, stamp in view.stamped(Linkage):
        if wanted is None or linkage.claim_id in wanted:
            yield linkage, stamp
