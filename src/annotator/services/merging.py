"""Taking in what colleagues did: a dry run, the merge, taking it back, and what of it is new to the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from annotator.bundle.layout import HISTORY, Progress, silent
from annotator.bundle.read import ReadBundle, read_bundle
from annotator.domain.change import DELETED
from annotator.domain.entity import Entity
from annotator.domain.errors import (
    BundleBasisError,
    BundleRefusedError,
    NotFoundError,
    ProjectError,
    WrongArgumentError,
)
from annotator.domain.exchanging import ExchangeNote
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.living import living
from annotator.domain.merging import Exchanged, Merged, MergePlan, News
from annotator.domain.signing import BundleSignature, SignatureState, signed_name
from annotator.domain.wording import called
from annotator.services.allowing import limits_with
from annotator.services.base import Step, entity_id
from annotator.services.conflicting import Conflicting
from annotator.services.identity import now
from annotator.services.keys import keys
from annotator.services.labels import LABELS
from annotator.services.mapping_levels import Choices, MappingLevels, check_choices
from annotator.services.planning import planned
from annotator.services.scoping import known_team
from annotator.services.taking_back import bring_merge_back, set_merge_aside
from annotator.services.trusting import is_news, refuse
from annotator.store import backup as copies
from annotator.store import queries, schema
from annotator.store.exchanges import Direction, Exchanges, LoggedExchange
from annotator.store.history import History
from annotator.store.merge import merge
from annotator.store.ranges import Ranges
from annotator.store.reader import Reader
from annotator.store.senders import LoggedSender, Senders
from annotator.store.store import Store


class Merging(Conflicting, MappingLevels):
    """The job of bringing together what was done apart."""

    def plan_merge(self, path: str | Path, *, allow: Sequence[str] = (), progress: Progress | None = None) -> MergePlan:
        """Read and check a bundle in full and return what merging it would do. Nothing is written.

        The plan holds the bundle open until it is merged or closed. ``allow`` names limits that are ten times as high for this
        bundle, as ``BundleOverLimitError`` told them. ``progress`` may stop the work by raising ``CancelledError``.
        Raises ``BundleRefusedError`` naming member and reason, ``BundleBasisError`` where an earlier bundle is missing.
        """
        path = Path(path)
        refuse_a_project(path)
        incoming = read_bundle(path, limits=limits_with(allow), progress=progress or silent)
        try:
            with self.store.snapshot() as reader:
                check_basis(reader, incoming, path)
                return planned(reader, incoming, path)
        except BaseException:
            incoming.close()
            raise

    def merge(
        self,
        plan: MergePlan,
        *,
        team: str = "",
        levels: Choices | None = None,
        accept_signature: bool = False,
        progress: Progress | None = None,
    ) -> Merged:
        """Take in what a plan names, as one step that undo takes back; a backup whose history is verified is made before.

        ``team`` is who gave the bundle, for the log: by default whom its key is pinned to. ``levels`` are mapped or raised
        then (``map_levels``). A plan with nothing new changes nothing. Fields that both sides changed hold both values until
        they are settled.
        ``accept_signature`` is a person's word for ``plan.signature``: its key is pinned to its sender, or the lack of one is put
        up with. Without it ``SignatureRefusedError`` is raised where a signature is missing or other than expected, and the plan
        stays open. Else it is closed. Raises ``BundleRefusedError``, ``ProjectNotWritableError``; the project is then as it was.
        """
        incoming = plan.incoming
        assert isinstance(incoming, ReadBundle)  # noqa: S101 made by ``plan_merge``
        if not incoming.is_open:
            problem = "it was merged or closed already"
            raise WrongArgumentError(argument="plan", problem=problem, allowed="a plan that was just made")
        check_choices(self.codebook, plan.levels, levels or {})
        if accept_signature:
            keys.accept(plan.signature)
        else:
            refuse(plan.signature, plan.path)
        with incoming:
            disputed = self.conflict_count()
            backup = copies.write_backup(self.store.path, at=now(), derived=False) if plan.brings else None
            kinds = {each.kind: each.new + each.changed for each in plan.tallies if each.new or each.changed}
            giver = known_team(self.store.read(), team or _pinned(plan.signature, accepted=accept_signature))
            note = ExchangeNote(team=giver, limits=plan.limits, kinds=kinds)
            line = take_in(self.store, incoming, plan.path, Direction.IN, progress or silent, plan.signature, note)
        if line is not None and line.changes:
            self.done.append(Step(ChangeId(""), f"{LABELS['merge']} {line.name}", exchange=line.number))
            self.undone.clear()
        if plan.brings:
            self._tell(None)
        if levels:
            self.map_levels(levels)
        return Merged(
            number=line.number if line else 0,
            backup=backup,
            changes=len(line.changes) if line else 0,
            new=len(plan.new),
            changed=len(plan.changed),
            conflicts=max(self.conflict_count() - disputed, 0),
        )

    def take_back(self, number: int) -> None:
        """Set aside what came in with one merge, whichever it is. It stays in the history; merging again brings it back.

        Raises ``MergeStandsError`` when something that stands builds on it, ``WrongArgumentError``.
        """
        set_merge_aside(self.store, number)
        history = self.store.read().history
        for stack in (self.done, self.undone):
            stack[:] = [step for step in stack if step.exchange != number and not _is_gone(history, step)]
        self._tell(None)

    def bring_back(self, number: int) -> None:
        """Let a merge count again that was taken back. Raises ``WrongArgumentError``, ``MergeLeansError``."""
        bring_merge_back(self.store, number)
        self._tell(None)

    # -- looking

    def exchanges(self) -> tuple[Exchanged, ...]:
        """Return the log of bundles that were merged or given away, newest first."""
        reader = self.store.read()
        log = Exchanges(reader.connection)
        unseen: dict[int, set[int]] = {}
        for line, entity, _, _ in log.unseen():
            unseen.setdefault(line, set()).add(entity)
        senders = {each.number: signed_name(each.name, each.key) for each in Senders(reader.connection).all()}
        return tuple(
            _exchanged(reader, line, len(unseen.get(line.number, ())), senders.get(line.number, ""))
            for line in reversed(log.all())
        )

    def news(self, *, limit: int = 500) -> tuple[News, ...]:
        """Return what came in with bundles and was not looked at yet, newest first, at most ``limit`` entities."""
        reader = self.store.read()
        unseen = Exchanges(reader.connection).unseen()
        return _news(reader, ((entity, change, is_new) for _, entity, change, is_new in unseen), limit)

    def look_at(self, entity: EntityId | None = None) -> None:
        """Note that what came in was looked at: one entity, or everything. This is of this copy alone and is no change."""

        def job(reader: Reader) -> None:
            log = Exchanges(reader.connection)
            lines = log.all()
            if entity is not None:
                looked_at = reader.number(entity_id("entity", entity))
                if not looked_at:
                    raise NotFoundError(kind="entity", id=entity)
                log.look_at([looked_at], lines[-1].number if lines else 0)
                return
            for line in lines:
                if line.direction is Direction.IN and not line.seen:
                    log.add(line.as_seen())

        self.store.write_local(job).result()
        self._tell(None)

    def seen_since(self, change: ChangeId, *, limit: int = 500) -> tuple[News, ...]:
        """Return what was made or changed since a change, newest first, in the order in which it came to this copy.

        Raises ``NotFoundError``.
        """
        reader = self.store.read()
        number = reader.history.number(change)
        if not number:
            raise NotFoundError(kind="change", id=change)
        later = [line.changes for line in Exchanges(reader.connection).all() if line.after >= number]
        runs = [run for changes in later for run in changes.runs]
        since = Ranges([*runs, (number + 1, max(number + 1, reader.history.count()))])
        return _news(reader, reader.history.touched_in(since.runs), limit)


def check_basis(reader: Reader, incoming: ReadBundle, path: Path) -> None:
    """Raise ``BundleBasisError`` where changes are not here that the bundle’s receiver is to have: it leaves their words out."""
    basis = incoming.report.extent.basis
    if all(reader.history.number(head) for head in basis):
        return
    headers = {change.id: change.header for change, _, _ in incoming.changes()}
    needed: set[ChangeId] = set()
    waiting = list(basis)
    while waiting:
        id_ = waiting.pop()
        if id_ not in needed:
            needed.add(id_)
            waiting += headers[id_].parents
    missing = [header for id_, header in headers.items() if id_ in needed and not reader.history.number(id_)]
    raise BundleBasisError(path=path, count=len(missing), example=missing[0].label, at=missing[0].at[:10])


def refuse_a_project(path: Path) -> None:
    """Raise ``BundleRefusedError`` for a project where a bundle is wanted: only a bundle says what it holds."""
    with suppress(ProjectError):
        schema.check(path)
        raise BundleRefusedError(
            path=path, member=path.name, reason="is a project; export a bundle from it and merge that"
        )


def take_in(
    store: Store,
    incoming: ReadBundle,
    path: Path,
    direction: Direction,
    progress: Progress,
    signature: BundleSignature,
    note: ExchangeNote | None = None,
) -> LoggedExchange | None:
    """Merge a bundle that was read and checked, and log it; None where there was nothing to take in or to remember.

    Nothing new is logged too where a team is named in ``note``: it has what it gave. Raises ``BundleBasisError``.
    """
    note = note or ExchangeNote(limits=incoming.report.extent.limits)
    total = max(incoming.report.revisions, 1)
    done = 0

    def tick(revisions: int) -> None:
        nonlocal done
        done += revisions
        progress(min(done, total), total)

    def job(reader: Reader) -> LoggedExchange | None:
        log = Exchanges(reader.connection)
        check_basis(reader, incoming, path)
        after = reader.history.count()
        taken = merge(reader.connection, incoming, tick)
        if not taken.changes and not note.team and not is_news(reader, signature, incoming.report):
            return None
        line = LoggedExchange(
            number=log.next_number(),
            direction=direction,
            at=now(),
            name=path.name,
            bundle=incoming.report.bundle_id,
            checkpoint=incoming.report.checkpoint,
            after=after,
            changes=taken.changes,
            seen=not taken.changes,
            note=note,
        )
        log.add(line)
        if signature.key is not None and signature.annotator is not None:
            sender = LoggedSender(
                number=line.number, annotator=signature.annotator, name=signature.name, key=signature.key
            )
            Senders(reader.connection).add(sender)
        return line

    try:
        return store.rewrite(job).result()
    except (KeyError, ValueError, TypeError) as error:
        reason = f"it does not fit what is here: {error}"
        raise BundleRefusedError(path=path, member=HISTORY, reason=reason) from error


def _pinned(signature: BundleSignature, *, accepted: bool) -> str:
    """Return the name that a bundle's key is pinned to, by now or by being accepted."""
    is_pinned = signature.state is SignatureState.KNOWN or (accepted and signature.key is not None)
    return signature.name if is_pinned else ""


def _is_gone(history: History, step: Step) -> bool:
    """Tell whether what a step did was set aside."""
    return bool(step.change) and history.is_aside(history.number(step.change))


def _exchanged(reader: Reader, line: LoggedExchange, unseen: int, sender: str) -> Exchanged:
    return Exchanged(
        number=line.number,
        direction=line.direction.value,
        name=line.name,
        at=line.at,
        bundle_id=line.bundle,
        changes=line.checkpoint.changes if line.direction is Direction.OUT else len(line.changes),
        heads=line.checkpoint.heads,
        people=tuple(sorted(queries.name_of(reader, id_) for id_ in reader.history.people(line.changes.runs))),
        stands=not line.changes or reader.history.stands(line.changes.runs),
        unseen=unseen,
        whole=all(reader.history.number(head) for head in line.checkpoint.heads),
        note=line.note,
        sender=sender,
    )


def _news(reader: Reader, found: Iterable[tuple[int, bytes, bool]], limit: int) -> tuple[News, ...]:
    """Return the newest entities of (entity, change, is new); of one that is there twice the newest change is told."""
    newest: dict[int, tuple[bytes, bool]] = {}
    for entity, digest, is_new in found:
        was_new = newest.pop(entity, (digest, False))[1]
        newest[entity] = (digest, is_new or was_new)
    news = []
    for entity, (digest, is_new) in reversed(newest.items()):
        change = reader.history.change(ChangeId(digest.hex()))
        id_, kind = reader.known(entity)
        found_now = reader.find_any(id_)
        shown = found_now or _last(reader, id_)
        if change is None or shown is None:
            continue
        news.append(
            News(
                entity_id=id_,
                kind=kind,
                label=called(shown, reader.find_any),
                annotator=queries.name_of(reader, change.header.annotator),
                at=change.header.at,
                change=change.id,
                is_new=is_new,
                is_deleted=found_now is None,
            )
        )
        if len(news) >= limit:
            break
    return tuple(news)


def _last(reader: Reader, id_: EntityId) -> Entity | None:
    """Return an entity as it was before it was deleted, None where its words were withheld."""
    revisions = reader.history.revisions_of(id_)
    kept = [replace(each, fields={n: v for n, v in (each.fields or {}).items() if n != DELETED}) for each in revisions]
    try:
        return living(kept)
    except ValueError:
        return None
