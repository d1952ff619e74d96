"""What merging a bundle would do: a comparison of what comes in with what is here, entity by entity. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from annotator.bundle.layout import HISTORY
from annotator.bundle.read import ReadBundle
from annotator.domain.batches import batched
from annotator.domain.change import Revision
from annotator.domain.conflict import Conflict
from annotator.domain.entity import Entity
from annotator.domain.errors import BundleRefusedError
from annotator.domain.fixed import changed_fixed
from annotator.domain.foreign_scales import foreign_levels
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.kinds import KINDS, Annotator
from annotator.domain.living import is_withheld, living
from annotator.domain.merging import Entities, MergePlan, News, Tally
from annotator.domain.people import pseudonym
from annotator.domain.register import State, fold
from annotator.domain.scales import Scale
from annotator.domain.signing import BundleSignature
from annotator.domain.view import Stamp
from annotator.domain.wording import called
from annotator.services.conflicting import Who, conflicts_in, recorded
from annotator.services.trusting import Held, judged, received, with_names
from annotator.store.reader import Reader

_ENTITIES_AT_ONCE = 500
_EXAMPLES_A_KIND = 5

History = list[tuple[Revision, Stamp]]


def planned(reader: Reader, incoming: ReadBundle, path: Path) -> MergePlan:
    """Return what merging would do to the project as ``reader`` sees it.

    Raises ``BundleRefusedError`` where an id names an entity of another kind here.
    """
    return _Comparison(reader, incoming, path).plan()


class _Comparison:
    def __init__(self, reader: Reader, incoming: ReadBundle, path: Path) -> None:
        self._reader = reader
        self._incoming = incoming
        self._path = path
        self._here: dict[ChangeId, bool] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._new, self._changed, self._same = Entities(), Entities(), Entities()
        self._conflicts: list[Conflict] = []
        self._examples: list[News] = []
        self._scales: list[str] = []
        self._withheld = self._stale = 0
        self._people: set[EntityId] = set()
        self._stamps: dict[ChangeId, Stamp] = {}
        self._recorded: Who = recorded(reader)
        self._lacks_bodies = reader.lacks_bodies()

    def plan(self) -> MergePlan:
        """Compare everything."""
        for batch in batched(self._incoming.histories(), _ENTITIES_AT_ONCE):
            kinds = self._reader.kinds(id_ for id_, _ in batch)
            for id_, history in batch:
                self._compare(id_, history, kinds.get(id_))
        new_changes = sum(not here for here in self._here.values())
        return MergePlan(
            path=self._path,
            bundle_id=self._incoming.report.bundle_id,
            people=tuple(sorted(map(self._name, self._people))),
            changes=new_changes,
            known=self._incoming.report.changes - new_changes,
            tallies=tuple(self._tally(kind) for kind in KINDS if any(key[0] == kind for key in self._counts)),
            new=self._new,
            changed=self._changed,
            same=self._same,
            conflicts=tuple(self._conflicts),
            examples=tuple(self._examples),
            files=sum(not self._reader.has_blob(digest, kind) for kind, digest in self._incoming.blobs()),
            scales=tuple(self._scales),
            withheld=self._withheld,
            stale=self._stale,
            limits=self._incoming.report.extent.limits,
            signature=self._signature(),
            levels=tuple(foreign_levels(self._reader.codebook_in_force(), self._incoming.codebook())),
            incoming=self._incoming,
        )

    def _signature(self) -> BundleSignature:
        report = self._incoming.report
        found = judged(report, {id_: self._name(id_) for id_ in self._people}, self._reader)
        brings_unknown = any(not here and not self._reader.history.number(id_) for id_, here in self._here.items())
        found = with_names(found, self._incoming, self._reader)
        return received(found, report, Held(self._here.keys(), brings_unknown), self._reader)

    def _tally(self, kind: str) -> Tally:
        counts = {what: self._counts[kind, what] for what in ("new", "changed", "deleted", "conflicts", "same")}
        return Tally(kind=kind, **counts)

    def _compare(self, id_: EntityId, history: History, known_as: str | None) -> None:
        kind = history[0][0].kind
        if known_as not in (None, kind):
            reason = f"{id_} is a {kind}, and a {known_as} in this project"
            raise BundleRefusedError(path=self._path, member=HISTORY, reason=reason)
        fresh = [(revision, stamp) for revision, stamp in history if not self._is_here(revision.change)]
        if not fresh:
            self._compare_known(id_, kind, history)
            return
        self._people.update(stamp.annotator for _, stamp in fresh)
        if kind == Scale.kind:
            self._note_scale(history)
        ours = self._reader.history.revisions_of(id_) if known_as else []
        union = [*ours, *(revision for revision, _ in fresh)]
        if is_withheld(union):
            self._withheld += 1
            return
        self._stale += any(revision.fields is None for revision, _ in fresh)
        self._check_whole(union)
        after = fold(union)
        if not ours:
            if not after.deleted:
                self._count(kind, "new", self._new, id_)
                self._show(union, fresh[-1], is_new=True)
            return
        before = fold(ours)
        if _same(before, after):
            self._count(kind, "same", self._same, id_)
            return
        self._count(kind, "changed", self._changed, id_)
        is_deleted = after.deleted and not before.deleted
        self._counts[kind, "deleted"] += is_deleted
        self._show(ours if is_deleted else union, fresh[-1], is_new=False, is_deleted=is_deleted)
        self._dispute(union, before, after, fresh)

    def _compare_known(self, id_: EntityId, kind: str, history: History) -> None:
        """Compare an entity whose changes are all here: words may come that were withheld."""
        if not self._lacks_bodies or not self._is_filled(id_, history):
            self._count(kind, "same", self._same, id_)
        elif is_withheld(self._reader.history.revisions_of(id_)):
            self._count(kind, "new", self._new, id_)
            self._show([revision for revision, _ in history], history[-1], is_new=True)
        else:
            self._count(kind, "changed", self._changed, id_)

    def _is_filled(self, id_: EntityId, history: History) -> bool:
        """Tell whether a body comes that was withheld from this copy."""
        lacking = {each.change for each in self._reader.history.revisions_of(id_) if each.fields is None}
        return any(revision.change in lacking and revision.fields is not None for revision, _ in history)

    def _check_whole(self, union: Sequence[Revision]) -> None:
        """Refuse what makes no whole together with what is here, although it may on its own."""
        try:
            living(union)
        except ValueError as error:
            raise self._misfit(union, str(error)) from error
        if field := changed_fixed(union):
            raise self._misfit(union, f"“{field}” never changes, and has another value here")

    def _misfit(self, union: Sequence[Revision], problem: str) -> BundleRefusedError:
        reason = f"{union[0].kind} {union[0].entity} does not fit what is here: {problem}"
        return BundleRefusedError(path=self._path, member=HISTORY, reason=reason)

    def _dispute(self, union: Sequence[Revision], before: State, after: State, fresh: History) -> None:
        """Note the fields that would be in conflict and are not yet, or with other values."""
        if after.conflicts.keys() <= before.conflicts.keys() and after.conflicts == before.conflicts:
            return
        self._stamps = {revision.change: stamp for revision, stamp in fresh}
        found = conflicts_in(union, called(living(union), self._find), self._who)
        new = [each for each in found if after.conflicts.get(each.field) != before.conflicts.get(each.field)]
        if new:
            self._conflicts += new
            self._counts[union[0].kind, "conflicts"] += 1

    def _show(
        self,
        revisions: Sequence[Revision],
        newest: tuple[Revision, Stamp],
        *,
        is_new: bool,
        is_deleted: bool = False,
    ) -> None:
        """Take an entity as an example, as these revisions describe it, while there are few of its kind."""
        revision, stamp = newest
        if self._counts[revision.kind, "new" if is_new else "changed"] > _EXAMPLES_A_KIND:
            return
        label = called(living(revisions), self._find)
        self._examples.append(
            News(
                entity_id=revision.entity,
                kind=revision.kind,
                label=label,
                annotator=self._name(stamp.annotator),
                at=stamp.created,
                change=revision.change,
                is_new=is_new,
                is_deleted=is_deleted,
            )
        )

    def _note_scale(self, history: History) -> None:
        """Note a scale that differs, as it comes, from the one in force here under the same name."""
        scale = living([revision for revision, _ in history])
        ours = {each.name: each for each in reversed(self._reader.codebook_in_force().scales)}
        if isinstance(scale, Scale) and scale.name in ours and ours[scale.name].digest != scale.digest:
            levels = ", ".join(level.label or level.code for level in scale.levels)
            self._scales.append(f"{scale.label or scale.name}: {levels}")

    def _count(self, kind: str, what: str, entities: Entities, id_: EntityId) -> None:
        self._counts[kind, what] += 1
        entities.add(id_)

    def _is_here(self, change: ChangeId) -> bool:
        """Tell whether a change is here and stands."""
        here = self._here.get(change)
        if here is None:
            number = self._reader.history.number(change)
            here = self._here[change] = bool(number) and not self._reader.history.is_aside(number)
        return here

    def _who(self, change: ChangeId) -> tuple[Stamp, str, bool]:
        stamp = self._stamps.get(change)
        return (stamp, self._name(stamp.annotator), True) if stamp else self._recorded(change)

    def _name(self, annotator: EntityId) -> str:
        found = self._reader.find(Annotator, annotator) or self._incoming.find(Annotator, annotator)
        return found.name if found else pseudonym(annotator)

    def _find(self, id_: EntityId) -> Entity | None:
        found = self._reader.find_any(id_)
        return found or next((there for kind in KINDS.values() if (there := self._incoming.find(kind, id_))), None)


def _same(before: State, after: State) -> bool:
    return (before.fields, before.deleted, before.conflicts) == (after.fields, after.deleted, after.conflicts)
