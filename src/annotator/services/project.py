"""An open project: every job a person does on it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from annotator.bundle.layout import Progress
from annotator.domain.errors import ProjectMissingError, WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.names import clean_name
from annotator.domain.people import Annotator
from annotator.domain.scales import Scale, scales_from
from annotator.resources import resource
from annotator.services import identity
from annotator.services.annotating import Annotating
from annotator.services.auditing import Auditing
from annotator.services.base import YOUR_NAME, Outcome, created
from annotator.services.claiming import Claiming
from annotator.services.comparing import Comparing
from annotator.services.drafting import Drafting
from annotator.services.editing import Editing
from annotator.services.exchanging import Exchanging
from annotator.services.fetching import Fetching
from annotator.services.foreign import TakingAnnotations
from annotator.services.importing_typed import TypingSources
from annotator.services.joining import Joining
from annotator.services.joining_claims import JoiningClaims
from annotator.services.keeping import Keeping
from annotator.services.labels import LABELS
from annotator.services.listing import Listing
from annotator.services.looking import Looking
from annotator.services.marking_blocks import MarkingBlocks
from annotator.services.merging import Merging
from annotator.services.opening import read_to_open
from annotator.services.paging import Paging
from annotator.services.quoting import Quoting
from annotator.services.reading_places import ReadingPlaces
from annotator.services.remembering import Remembering
from annotator.services.settings import load_settings, person
from annotator.services.text_finding import TextFinding
from annotator.services.undoing import Undoing
from annotator.services.versioning import Versioning
from annotator.store.reader import Reader
from annotator.store.store import Store


class Project(
    Fetching,
    TypingSources,
    TakingAnnotations,
    Versioning,
    Annotating,
    MarkingBlocks,
    Claiming,
    Joining,
    JoiningClaims,
    Editing,
    Undoing,
    Drafting,
    ReadingPlaces,
    Quoting,
    Looking,
    Keeping,
    TextFinding,
    Listing,
    Paging,
    Exchanging,
    Merging,
    Remembering,
    Comparing,
    Auditing,
):
    """A project held by this process. Use it as a context manager, or call ``close``."""

    @property
    def path(self) -> Path:
        """Where the project is kept."""
        return self.store.path

    @property
    def name(self) -> str:
        """What the project is called: the name of its file."""
        return self.store.path.stem

    def begin(self, scales: Sequence[Scale]) -> None:
        """Enter the scales of a new project: a change that is not to be undone."""

        def plan(_reader: Reader) -> Outcome[None]:
            return Outcome(None, tuple(map(created, scales)))

        self._commit("create", LABELS["create"], plan)

    def close(self) -> None:
        """Wait until everything is on the disk and let go of the file."""
        self.close_worker()
        self.drop_copies()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_project(
    path: str | Path, *, annotator: str = "", create: bool = False, codebook: str | Path | None = None
) -> Project:
    """Open the project at ``path``; with ``create`` a missing one is made.

    ``annotator`` names the person: made on first use, found again by name; without it the name in the settings is used, and
    where there is none the project can only be looked at. ``codebook`` is a TOML file with the scales of a new project.
    Raises the ``ProjectError`` family, and ``WrongArgumentError`` when the codebook does not fit or a new project is nobody's.
    """
    name = clean_name(annotator or load_settings().name)
    return open_as(_path(path), name, lambda: person(name, identity.new_id), create=create, codebook=codebook)


def open_as(
    path: Path,
    name: str,
    find_id: Callable[[], EntityId],
    *,
    create: bool = False,
    codebook: str | Path | None = None,
) -> Project:
    """Open a project as the person called ``name``, whose id ``find_id`` gives. Otherwise as ``open_project``."""
    is_new = not path.exists()
    if is_new and not create:
        raise ProjectMissingError(path=path)
    if is_new and not name:
        raise WrongArgumentError(argument="annotator", problem="nobody is named", allowed=YOUR_NAME)
    scales = read_scales(codebook) if is_new else ()
    make = Store.create if is_new else Store.open
    store = make(path, nonce=identity.nonce, now=identity.now, holder=f"{name or 'a reader'}, process {os.getpid()}")
    try:
        project = Project(store, _person(store, name, find_id) if name else None)
        if scales:
            project.begin(scales)
    except BaseException:
        store.close()
        raise
    return project


def open_bundle(
    bundle: str | Path,
    path: str | Path,
    *,
    annotator: str = "",
    accept_signature: bool = False,
    allow: Sequence[str] = (),
    progress: Progress | None = None,
) -> Project:
    """Make a project at ``path`` of all that a bundle holds, and open it. The bundle is read and checked in full first.

    ``accept_signature`` is a person's word for its signature, as for ``Project.merge``. ``allow`` raises limits, as for
    ``Project.plan_merge``. To ask a person in between, ``read_to_open``.
    Raises ``SignatureRefusedError``, ``BundleRefusedError`` naming member and reason, ``ProjectExistsError``,
    ``ProjectNotWritableError``; nothing is then left at ``path``.
    """
    path = _path(path)
    with read_to_open(bundle, allow=allow, progress=progress) as ready:
        ready.make(path, accept_signature=accept_signature, progress=progress)
    return open_project(path, annotator=annotator)


def read_scales(codebook: str | Path | None = None) -> tuple[Scale, ...]:
    """Return the scales of a codebook file, by default those that ship with the program.

    Raises ``WrongArgumentError`` when it cannot be read or an entry does not fit.
    """
    path = Path(codebook) if codebook else resource("scales", "default.toml")
    try:
        return scales_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise WrongArgumentError(
            argument="codebook", problem=f"{path.name} cannot be read: {error}", allowed="a TOML file of scales"
        ) from error


def _path(path: str | Path) -> Path:
    if isinstance(path, str) and "://" in path:
        scheme, _, rest = path.partition("://")
        if scheme != "sqlite":
            raise WrongArgumentError(
                argument="path", problem=f"{scheme} databases are not supported", allowed="a path, or sqlite:///path"
            )
        path = rest.removeprefix("/")
    return Path(path).expanduser().absolute()


def _person(store: Store, name: str, find_id: Callable[[], EntityId]) -> Annotator:
    """Return who works: the one in the project with this computer's id for the name, else with the name, else a new one."""
    known = {found.id: found for found in store.read().all(Annotator)}
    id_ = find_id()
    by_name = (found for found in known.values() if found.name == name)
    return known.get(id_) or next(by_name, None) or Annotator(id=id_, name=name)
