"""The long lists: any number of sources, passages, claims or linkages, in any order, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from annotator.domain.errors import WrongArgumentError
from annotator.domain.folding import phrases
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Stage
from annotator.domain.listing import LISTS, Counts, Line, Order, Wanted
from annotator.domain.long_lists import ClaimOrder, Offer, SourceOrder
from annotator.domain.rows import ClaimRow, SourceRow
from annotator.services.base import Job, choice, entity_id
from annotator.store import claim_rows, list_lines, listing, panel_orders, source_rows

_RANKED = ("stance", "verdict", "confidence")


class Listing(Job):
    """Lists of any length. Safe from any thread, like all that only reads."""

    def rows(
        self,
        kind: str,
        *,
        sort: str = "",
        falling: bool | None = None,
        words: str = "",
        only: Iterable[str] = (),
        start: int = 0,
        limit: int = 200,
    ) -> tuple[Line, ...]:
        """Return up to ``limit`` rows of the list ``kind`` from the row ``start`` (counted from 0) on.

        ``sort`` is a column (default: when they were made), ``falling`` whether the largest comes first (default: as suits the
        column); what is not known comes last. ``words`` must all occur, as their beginnings; ``only`` narrows it, for passages to
        those that are ``unlinked``, ``mine`` or ``disputed``. Raises ``WrongArgumentError``.
        """
        if start < 0 or limit < 0:
            raise WrongArgumentError(argument="start, limit", problem="one is negative", allowed="0 and more")
        found = self.row_order(kind, sort=sort, falling=falling, words=words, only=only)
        return self.rows_of(kind, found.numbers[start : start + limit])

    def row_order(
        self,
        kind: str,
        *,
        sort: str = "",
        falling: bool | None = None,
        words: str = "",
        only: Iterable[str] = (),
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Order:
        """Return the local numbers of a whole list in order, as ``rows`` would show it; none of its rows is read.

        Raises ``WrongArgumentError``, and ``CancelledError`` soon after ``cancelled`` tells so.
        """
        choice("kind", kind, LISTS)
        listable = LISTS[kind]
        sort = choice("sort", sort or listable.columns[-1], listable.columns)
        chosen = tuple(choice("only", each, listable.narrowings) for each in only)
        wanted = Wanted(
            kind=kind,
            sort=sort,
            words=tuple(phrases(words)),
            only=chosen,
            mine=self.annotator_id if "mine" in chosen else None,
            ranks=self._ranks(),
        )
        found = listing.order(self.store.read().connection, wanted, cancelled)
        falls = sort in listable.falling if falling is None else falling
        return found.falling() if falls else found

    def rows_of(self, kind: str, numbers: Sequence[int]) -> tuple[Line, ...]:
        """Return the rows with these local numbers, in their order; what does not live any more is left out."""
        choice("kind", kind, LISTS)
        found = list_lines.Lines(self.store.read()).of(kind, numbers)
        return tuple(found[number] for number in numbers if number in found)

    def row_number(self, entity: EntityId) -> int:
        """Return the local number by which lists know an entity, 0 where it is not here.

        A claim that was joined to another is listed as that one.
        """
        reader = self.store.read()
        return reader.number(reader.standing(entity_id("entity", entity)))

    def unconfirmed_sources(self) -> tuple[SourceRow, ...]:
        """Return the sources whose details are as import found them and nobody has confirmed, oldest first."""
        numbers = self.row_order("sources", only=("unconfirmed",), falling=False).numbers
        return tuple(source_rows.source_rows(self.store.read(), numbers).values())

    def source_row(self, version: EntityId) -> SourceRow | None:
        """Return the source that a version is of, with all its versions and progress; None when it is not here (any more)."""
        return source_rows.row_of_version(self.store.read(), entity_id("version", version))

    def claim_rows_of(self, claims: Iterable[EntityId]) -> tuple[ClaimRow, ...]:
        """Return the rows of these claims, oldest first, as ``claim_rows`` returns those of all."""
        reader = self.store.read()
        return claim_rows.claim_rows(reader, (reader.number(entity_id("claim", claim)) for claim in claims))

    def source_order(self, words: str = "", *, cancelled: Callable[[], bool] = lambda: False) -> SourceOrder:
        """Return the local numbers of the sources with all these ``words``, grouped by how far one is with them."""
        return panel_orders.source_order(self.store.read().connection, phrases(words), cancelled)

    def claim_order(
        self, words: str = "", *, tree: bool = False, cancelled: Callable[[], bool] = lambda: False
    ) -> ClaimOrder:
        """Return the local numbers of the claims with all these ``words``, oldest first; as a ``tree`` below their parents."""
        return panel_orders.claims_in_order(self.store.read().connection, phrases(words), cancelled, tree=tree)

    def sources_numbered(self, numbers: Iterable[int]) -> dict[int, SourceRow]:
        """Return the rows of the sources with these local numbers; there is none for what does not live any more."""
        return source_rows.source_rows(self.store.read(), numbers)

    def claims_numbered(self, numbers: Sequence[int]) -> dict[int, ClaimRow]:
        """Return the rows of the claims with these local numbers; there is none for what does not live any more."""
        reader = self.store.read()
        found = {row.claim.id: row for row in claim_rows.claim_rows(reader, numbers)}
        ids = panel_orders.ids_of(reader.connection, numbers)
        return {number: found[id_] for number, id_ in ids.items() if id_ in found}

    def claims_offered(
        self, words: str = "", *, limit: int = 100, cancelled: Callable[[], bool] = lambda: False
    ) -> Offer:
        """Return up to ``limit`` claims with all these ``words``, as their beginnings, those worked on last first."""
        reader = self.store.read()
        numbers = panel_orders.claims_worked_on_last(reader.connection, phrases(words), limit, cancelled)
        rows = sorted(claim_rows.claim_rows(reader, numbers), key=lambda row: row.changed, reverse=True)
        whole = not words and len(numbers) == listing.total(reader.connection, "claims")
        return Offer(tuple(rows), panel_orders.parents_of(reader.connection, numbers), whole)

    def how_many(self, kind: str) -> int:
        """Return how many sources, passages, claims or linkages there are. Raises ``WrongArgumentError``."""
        return listing.total(self.store.read().connection, choice("kind", kind, LISTS))

    def counts(self) -> Counts:
        """Return how much there is: sources, passages and how many are linked, claims and how many are open."""
        return listing.counts(self.store.read().connection)

    def _ranks(self) -> dict[str, tuple[str, ...]]:
        """Return the codes of the scales in the order in which they are offered."""
        known = {scale.name for scale in self.codebook.scales}
        scales = {name: self.codebook.scale(name) for name in _RANKED if name in known}
        ranks = {name: tuple(level.code for level in scale.levels) for name, scale in scales.items()}
        return {**ranks, "stage": tuple(stage.value for stage in Stage)}
