"""What came, or would come, of another program's file."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.foreign_coded import CodeUse
from annotator.domain.foreign_levels import MatchedLevel
from annotator.domain.foreign_reasons import LeftOut
from annotator.domain.ids import EntityId
from annotator.domain.names import NameWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCount:
    """How many of one kind (``passage``, ``claim`` …) come in, and how many are here already."""

    kind: str
    new: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingSource:
    """A source that the file speaks of and the project does not have: what it is called there, and how much rests on it."""

    key: str
    words: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignReport:
    """What a file of ``format`` brings: ``counts`` by kind, ``levels`` that were matched or kept, what was ``left_out``, why.

    ``codes`` are its codes and tags that something comes of, with what that is.

    ``waiting`` are passages that come in but whose place is in doubt, so that a person settles it, with the reason.

    ``missing`` are the sources to import first, or to choose by hand; ``by`` the names of the people it is by. ``sources`` are
    those of the project that the file speaks of. ``names`` are those it brings that could be taken for others.
    """

    name: str
    format: str
    counts: tuple[ForeignCount, ...] = ()
    levels: tuple[MatchedLevel, ...] = ()
    codes: tuple[CodeUse, ...] = ()
    missing: tuple[MissingSource, ...] = ()
    waiting: tuple[LeftOut, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    by: tuple[str, ...] = ()
    sources: tuple[EntityId, ...] = ()
    names: tuple[NameWarning, ...] = ()

    @property
    def new(self) -> int:
        """How much comes in, of all kinds."""
        return sum(count.new for count in self.counts)

    @property
    def known(self) -> int:
        """How much was here already."""
        return sum(count.known for count in self.counts)

    def count(self, kind: str) -> ForeignCount:
        """Return the count of one kind."""
        return next((count for count in self.counts if count.kind == kind), ForeignCount(kind=kind))
