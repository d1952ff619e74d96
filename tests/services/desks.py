"""People who each work on a computer of their own: with their own settings and keys, and a copy of the project."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import annotator
from annotator.domain.merging import Merged
from annotator.domain.signing import BundleSignature, PublicKey
from annotator.services.keys import keys
from annotator.services.project import Project
from annotator.services.settings import FOLDER_VARIABLE


class Desk:
    """One person's computer. What is done ``at`` it knows that person's keys and nobody else's."""

    _count = itertools.count()

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder / f"{name}’s desk"
        self.folder.mkdir()
        self.path = self.folder / "case.annotator"

    @contextmanager
    def at(self) -> Iterator[None]:
        """Sit down at this computer for a while."""
        before = os.environ.get(FOLDER_VARIABLE)
        os.environ[FOLDER_VARIABLE] = str(self.folder / "settings")
        try:
            yield
        finally:
            if before is None:
                del os.environ[FOLDER_VARIABLE]
            else:
                os.environ[FOLDER_VARIABLE] = before

    @contextmanager
    def project(self) -> Iterator[Project]:
        """Open the project here."""
        with self.at(), annotator.open_project(self.path, annotator=self.name, create=True) as opened:
            yield opened

    def claims(self, *texts: str) -> None:
        """Enter claims."""
        with self.project() as project:
            for text in texts:
                project.add_claim(text)

    def bundle(self) -> Path:
        """Return a bundle of everything as it stands."""
        out = self.folder / f"{self.name}-{next(self._count)}.bundle.zip"
        with self.project() as project:
            return project.export("bundle", out)

    def open(self, bundle: Path, *, accept: bool = True) -> None:
        """Make the project of a bundle."""
        with self.at():
            annotator.open_bundle(bundle, self.path, annotator=self.name, accept_signature=accept).close()

    def looks_at(self, bundle: Path) -> BundleSignature:
        """Return what the signature of a bundle comes to here, before anything is taken in."""
        with self.project() as project:
            plan = project.plan_merge(bundle)
            plan.close()
            return plan.signature

    def takes(self, bundle: Path, *, accept: bool = False) -> Merged:
        """Merge a bundle."""
        with self.project() as project:
            plan = project.plan_merge(bundle)
            try:
                return project.merge(plan, accept_signature=accept)
            finally:
                plan.close()

    def key(self) -> PublicKey:
        """Return the key that this person signs with."""
        with self.at():
            return keys.mine(self.name).key

    def loses_the_key(self) -> None:
        """Lose the private part of one's key, as with a keyring that was reset."""
        shutil.rmtree(self.folder / "settings" / "keys")
        keys._pairs.clear()

    def renews(self) -> PublicKey:
        """Make a new key, the old one vouching for it if it is still there."""
        with self.at():
            return keys.renew(self.name).key
