"""Giving work away, checking what was given, and keeping copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.bundle.atomic import replacing
from annotator.bundle.layout import BundleReport as BundleReport
from annotator.bundle.layout import Progress, silent
from annotator.bundle.read import read_bundle
from annotator.bundle.scope import WHOLE as WHOLE
from annotator.bundle.scope import BundleScope as BundleScope
from annotator.bundle.signature import Signer
from annotator.bundle.write import write_bundle
from annotator.domain.claim import Claim
from annotator.domain.errors import CancelledError, WrongArgumentError
from annotator.domain.exchanging import ExchangeNote, ExportPreview
from annotator.domain.ids import EntityId
from annotator.domain.people import Annotator
from annotator.domain.signing import Signing
from annotator.exporters.as_one import Published
from annotator.exporters.base import ExportOptions
from annotator.exporters.nameless import Nameless
from annotator.exporters.registry import exporters
from annotator.services.allowing import limits_with
from annotator.services.base import Job, existing
from annotator.services.identity import now
from annotator.services.keys import NOBODY, keys
from annotator.services.previewing import noted, previewed
from annotator.services.scoping import known_team, selected
from annotator.services.settings import load_settings
from annotator.services.trusting import judged_alone
from annotator.store import backup as copies
from annotator.store import schema
from annotator.store.exchanges import Direction, Exchanges, LoggedExchange
from annotator.store.lock import ProjectLock
from annotator.store.ranges import Ranges
from annotator.store.reader import Reader
from annotator.store.verify import VerifyReport as VerifyReport
from annotator.store.verify import verify as verify_store

_ZIP = b"PK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One form in which work is given away: ``lacks`` says in a sentence what it cannot carry."""

    code: str
    label: str
    suffix: str
    lacks: str


BUNDLE = Format(
    code="bundle",
    label="Bundle",
    suffix=".bundle.zip",
    lacks="Carries everything but the words of private notes, and what you leave out.",
)


def formats() -> tuple[Format, ...]:
    """Return the forms in which work can be given away, the bundle first."""
    others = (
        Format(code=one.code, label=one.label, suffix=one.suffix, lacks=one.lacks) for one in exporters().values()
    )
    return (BUNDLE, *others)


class Exchanging(Job):
    """The job of giving work away. Exports show one moment, whatever is written meanwhile."""

    def export(
        self,
        format: str,  # noqa: A002 the word of the scripting face
        out: str | Path,
        *,
        claim: EntityId | None = None,
        scope: BundleScope = WHOLE,
        team: str = "",
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Path:
        """Write the project to ``out`` in a format of ``formats()`` and return the path.

        ``claim`` limits it to one claim. ``scope`` and ``team`` are for bundles: what goes out and what is withheld, and for whom
        it is, for the log; what came since the last exchange with a team is for that team. Of ``scope``, ``names`` is for every
        format. What stood at ``out`` stays until the new file is whole. Raises ``ExportFailedError``, ``ReportNotSetError``,
        ``CancelledError``, ``NotFoundError``, ``WrongArgumentError`` naming what exists.
        """
        path = Path(out)
        watch = _watch(path, progress, cancelled)
        chosen = (existing(self.store.read(), Claim, claim).id,) if claim else ()
        if format == BUNDLE.code:
            limited = replace(scope, claims=(*scope.claims, *chosen))
            with self.store.snapshot() as view:
                limited = replace(limited, since=known_team(view, limited.since))
                selection = selected(view, limited)
                signer = self._signer(limited)[0]
                report = write_bundle(view, path, scope=limited, selection=selection, signer=signer, progress=watch)
                note = noted(view, limited, selection, report, known_team(view, team) or limited.since)
            self._log(path, report, note)
            return path
        if replace(scope, names=True) != WHOLE or team:
            raise WrongArgumentError(argument="scope", problem="it is for bundles", allowed="the format “bundle”")
        known = exporters()
        if format not in known:
            allowed = ", ".join(one.code for one in formats())
            raise WrongArgumentError(argument="format", problem=f"“{format}” is not known", allowed=allowed)
        with self.store.snapshot() as view, replacing(path) as file:
            options = ExportOptions(claims=tuple(map(view.standing, chosen)), title=self.store.path.stem)
            seen = Published(view) if scope.names else Nameless(view)
            known[format].write(seen, file, options, watch)
        return path

    def preview_export(
        self,
        scope: BundleScope = WHOLE,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ExportPreview:
        """Return what a bundle of this scope would hold, what it withholds and why, and its size. Nothing is written.

        Raises ``CancelledError``, ``NotFoundError``, ``WrongArgumentError`` as ``export`` does.
        """
        watch = _watch(self.store.path, progress, cancelled)
        with self.store.snapshot() as view:
            limited = replace(scope, since=known_team(view, scope.since))
            return previewed(view, limited, self._signer(limited)[0], watch)

    def teams(self) -> tuple[str, ...]:
        """Return the names of those with whom bundles were exchanged, the last one first."""
        log = Exchanges(self.store.read().connection).all()
        return tuple(dict.fromkeys(line.note.team for line in reversed(log) if line.note.team))

    def signing(self) -> Signing:
        """Return with which key the bundles of this person are signed, made on first use, and what they should know of it."""
        return self._signer(WHOLE)[1]

    def _signer(self, scope: BundleScope) -> tuple[Signer | None, Signing]:
        person = self._person or self._only_person()
        return keys.signer(person.name, person.id, named=scope.names) if person else (None, NOBODY)

    def _only_person(self) -> Annotator | None:
        """Return who works on this computer where nobody is named: the one person in the project who does."""
        here = load_settings().people
        found = [each for each in self.store.read().all(Annotator) if here.get(each.name) == each.id]
        return found[0] if len(found) == 1 else None

    def _log(self, path: Path, report: BundleReport, note: ExchangeNote) -> None:
        """Note in the log that a bundle was given away, and what its checkpoint was."""

        def job(reader: Reader) -> None:
            log = Exchanges(reader.connection)
            line = LoggedExchange(
                number=log.next_number(),
                direction=Direction.OUT,
                at=now(),
                name=path.name,
                bundle=report.bundle_id,
                checkpoint=report.checkpoint,
                after=reader.history.count(),
                changes=Ranges(),
                seen=True,
                note=note,
            )
            log.add(line)

        self.store.write_local(job).result()

    def verify(self, *, progress: Progress | None = None) -> VerifyReport:
        """Compute everything again over the stored bytes. Raises ``AlteredError`` naming the first thing altered."""
        return verify_store(self.store.path, progress)

    def backup(self) -> Path:
        """Write a verified copy beside the project and return its path; the newest three are kept."""
        return copies.write_backup(self.store.path, at=now())


def verify_bundle(path: str | Path, *, allow: Sequence[str] = (), progress: Progress | None = None) -> BundleReport:
    """Check everything about a bundle and return what it holds, and what its signature comes to on this computer.

    ``allow`` raises limits, as for ``Project.plan_merge``.
    Raises ``BundleRefusedError`` naming member and reason, ``KeysUnreadableError``.
    """
    with read_bundle(Path(path), limits=limits_with(allow), progress=progress or silent) as incoming:
        return replace(incoming.report, signature=judged_alone(incoming))


def verify_file(
    path: Path, *, allow: Sequence[str] = (), progress: Progress | None = None
) -> VerifyReport | BundleReport:
    """Check a project or a bundle, whichever the file is. Raises as ``verify_bundle`` and ``Exchanging.verify`` do."""
    if _is_zip(path):
        return verify_bundle(path, allow=allow, progress=progress)
    schema.check(path)
    return verify_store(path, progress)


def backup(path: Path) -> Path:
    """Write a verified copy of a project beside it. Raises ``ProjectNotWritableError``, ``AlteredError``."""
    schema.check(path)
    return copies.write_backup(path, at=now())


def repair(path: Path) -> list[str]:
    """Make the current tables of a closed project anew from its history; return in words what could not be saved.

    Raises ``ProjectInUseError``, ``AlteredError``, ``ProjectNotWritableError``.
    """
    schema.check(path)
    lock = ProjectLock.acquire(path, "a repair")
    try:
        return copies.repair(path).lost
    finally:
        lock.release()


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def _watch(path: Path, progress: Progress | None, cancelled: Callable[[], bool] | None) -> Progress:
    def watch(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise CancelledError(what=f"exporting {path.name}")
        if progress is not None:
            progress(done, total)

    return watch
