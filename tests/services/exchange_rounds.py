"""Three people who exchange signed bundles, in any order: what each must be told at every step, and what nobody may get through.

Orders that begin alike are gone through once: after each exchange the three computers are kept, and come back for the next one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import pytest

import annotator
from annotator.bundle.layout import SIGNATURE, SUCCESSION
from annotator.domain.errors import SignatureRefusedError
from annotator.domain.ids import ChangeId
from annotator.domain.signing import BundleSignature, PublicKey, Reception, SignatureState
from annotator.domain.signing_words import signature_sentences
from annotator.services.project import Project
from tests.bundle.builders import members, pack, resealed
from tests.services.desks import Desk

NAMES = ("Ada", "Bo", "Cy")
Gift = tuple[int, int]
"""Who gives to whom."""
Order = tuple[Gift, ...]
ORDERS: tuple[Order, ...] = tuple(permutations(permutations(range(3), 2), 6))
"""Everybody gives to everybody once, in every order."""

LOSES, RENEWS = 2, 3
"""At which exchange whoever gives has lost the key, and at which one it is renewed."""


@dataclass
class Known:
    """What one person has, and whose keys they took for whose.

    ``got`` are the bundles that came, by giver, oldest first, each with the key and the changes that were in it.
    """

    changes: dict[ChangeId, str] = field(default_factory=dict)
    pinned: dict[int, PublicKey] = field(default_factory=dict)
    replaced: set[PublicKey] = field(default_factory=set)
    got: dict[int, list[Got]] = field(default_factory=dict)


Got = tuple[Path, PublicKey, frozenset[ChangeId]]


class Round:
    """The computers of three people, and what each of them should know."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "now"
        self._folder.mkdir()
        self._aside = folder
        self._kept = 0
        self._bundles = 0
        self.desks = [Desk(name, self._folder) for name in NAMES]
        self.known = [Known() for _ in NAMES]
        self.vouching: list[set[PublicKey]] = [set() for _ in NAMES]
        self.keys: list[PublicKey] = []
        with self.desks[0].project() as ada:
            version = ada.type_source("A call", "The wall cost twice as much. Nobody was told.")
            for start, words in ((0, "The wall was dear."), (29, "It was kept secret.")):
                ada.highlight(version.id, [(start, start + 10)])
                ada.add_claim(words)
        first = self._bundle(0)
        for desk in self.desks[1:]:
            desk.open(first)
        self.keys = [desk.key() for desk in self.desks]
        for who in range(3):
            self._look_around(who)
        for who in (1, 2):
            self.known[who].pinned[0] = self.keys[0]
            self.known[who].got[0] = [(first, self.keys[0], frozenset(self.known[0].changes))]

    def run(self, orders: Iterable[Order], so_far: Order = ()) -> int:
        """Go through orders that begin with what is done, and return how many ended well."""
        left: dict[Gift, list[Order]] = {}
        for order in orders:
            left.setdefault(order[len(so_far)], []).append(order)
        done = 0
        for gift, those in left.items():
            kept = self._keep()
            self.give(*gift, len(so_far))
            if len(so_far) + 1 < len(those[0]):
                done += self.run(those, (*so_far, gift))
            else:
                self.end()
                done += 1
            self._bring_back(kept)
        return done

    # -- one exchange

    def give(self, giver: int, taker: int, place: int) -> None:
        """Let somebody work, give all they have to somebody else, and let that one look, refuse, take, and work on."""
        before = self._folder / "before.annotator"
        shutil.copy(self.desks[giver].path, before)
        self._work(giver, place)
        if place == LOSES:
            self.desks[giver].loses_the_key()
            self._has_another_key(giver, set())
        elif place == RENEWS:
            self.desks[giver].renews()
            self._has_another_key(giver, self.vouching[giver] | {self.keys[giver]})
        bundle = self._bundle(giver)
        shortened = self._shortened(giver, before)
        key = self.keys[giver]
        with self.desks[taker].project() as project:
            self._refuses_without_signature(project, bundle, giver, taker)
            state = self._state(giver, taker)
            found = _meets(project, bundle, takes=True)
            assert (found.state, found.reception, found.key) == (state, self._reception(giver, taker), key)
            self._takes_note(giver, taker, bundle)
            self._meets_what_came_before(project, giver, taker)
            found = _meets(project, shortened)
            assert (found.state, found.reception) == (SignatureState.KNOWN, Reception.SHORTENED)
            _edit(project, place, f"{NAMES[taker]} at {place}")
        self._look_around(taker)

    def end(self) -> None:
        """Let everybody have everything, to one and from one to all, and check that all is the same."""
        for giver, taker in ((1, 0), (2, 0), (0, 1), (0, 2)):
            bundle = self._bundle(giver)
            with self.desks[taker].project() as project:
                found = _meets(project, bundle, takes=True)
                assert (found.state, found.reception) == (self._state(giver, taker), self._reception(giver, taker))
            self._takes_note(giver, taker, bundle)
            self._look_around(taker)
        ends = set()
        for desk in self.desks:
            with desk.project() as project:
                project.verify()
                sides = ((each.entity_id, each.field, str(each.sides)) for each in project.conflicts())
                checkpoint = project.store.read().checkpoint()
                ends.add((project.state_digest(), checkpoint, len(tuple(sides))))
                texts = {claim.text for claim in project.claims()}
                assert texts >= {f"{NAMES[who]} was here." for who in range(3)}
        assert len(ends) == 1, "not all have the same in the end"

    # -- what is expected

    def _state(self, giver: int, taker: int) -> SignatureState:
        pinned, key = self.known[taker].pinned.get(giver), self.keys[giver]
        if pinned is None:
            return SignatureState.UNKNOWN
        if pinned == key:
            return SignatureState.KNOWN
        return SignatureState.RENEWED if pinned in self.vouching[giver] else SignatureState.CHANGED

    def _reception(self, giver: int, taker: int) -> Reception:
        got = self.known[taker].got.get(giver)
        if not got:
            return Reception.FIRST
        is_there = any(changes == self.known[giver].changes.keys() for *_, changes in got)
        return Reception.AGAIN if is_there else Reception.NEXT

    def _takes_note(self, giver: int, taker: int, bundle: Path) -> None:
        known, key = self.known[taker], self.keys[giver]
        if known.pinned.get(giver, key) != key:
            known.replaced.add(known.pinned[giver])
        known.pinned[giver] = key
        known.got.setdefault(giver, []).append((bundle, key, frozenset(self.known[giver].changes)))

    def _has_another_key(self, giver: int, vouching: set[PublicKey]) -> None:
        before, self.keys[giver], self.vouching[giver] = self.keys[giver], self.desks[giver].key(), vouching
        assert self.keys[giver] != before

    def _look_around(self, who: int) -> None:
        """Note which changes somebody has now, and whose they are."""
        with self.desks[who].project() as project:
            reader = project.store.read()
            names = {each.id: each.name for each in project.annotators()}
            self.known[who].changes = {c.id: names[c.header.annotator] for c, _ in reader.history.changes()}

    # -- what nobody gets through

    def _refuses_without_signature(self, project: Project, bundle: Path, giver: int, taker: int) -> None:
        """See a bundle from which the signature was taken, alone or with all that tells of it."""
        known = self.known[taker]
        fresh = self.known[giver].changes.items() - known.changes.items()
        signs = {name for _, name in fresh} & {NAMES[who] for who in known.pinned}
        for kept, expected in (
            (resealed(members(bundle)), signs),
            ({n: d for n, d in members(bundle).items() if n not in (SIGNATURE, SUCCESSION)}, signs | {NAMES[giver]}),
        ):
            without = pack(kept, self._folder / "without.bundle.zip")
            found = _meets(project, without)
            assert found.state is (SignatureState.STRIPPED if expected else SignatureState.UNSIGNED)
            assert set(found.signers) == expected

    def _meets_what_came_before(self, project: Project, giver: int, taker: int) -> None:
        """See the bundle that just came, and the one before from the same giver: that is told, and they change nothing."""
        known, before = self.known[taker], project.state_digest()
        for (bundle, key, _), reception in zip(
            known.got[giver][::-1], (Reception.AGAIN, Reception.OLDER), strict=False
        ):
            state = SignatureState.RETIRED if key in known.replaced else SignatureState.KNOWN
            found = _meets(project, bundle, takes=True)
            assert (found.state, found.reception) == (state, reception)
        assert project.state_digest() == before

    def _shortened(self, giver: int, before: Path) -> Path:
        """Return a bundle of somebody who went back to an older file of theirs, and went on from there."""
        with self.desks[giver].at(), annotator.open_project(before, annotator=NAMES[giver]) as project:
            project.add_claim("All is well.")
            return project.export("bundle", self._next())

    # -- work and what is kept

    def _work(self, who: int, place: int) -> None:
        with self.desks[who].project() as project:
            if f"{NAMES[who]} was here." not in {claim.text for claim in project.claims()}:
                project.add_claim(f"{NAMES[who]} was here.")
            _edit(project, place + 1, f"{NAMES[who]} before {place}")
        self._look_around(who)

    def _bundle(self, who: int) -> Path:
        with self.desks[who].project() as project:
            return project.export("bundle", self._next())

    def _next(self) -> Path:
        self._bundles += 1
        return self._aside / f"{self._bundles}.bundle.zip"

    def _keep(self) -> tuple[Path, object]:
        self._kept += 1
        kept = self._aside / f"kept-{self._kept}"
        shutil.copytree(self._folder, kept, ignore=shutil.ignore_patterns("*.backup-*", "*.bundle.zip"))
        return kept, deepcopy((self.known, self.vouching, self.keys))

    def _bring_back(self, kept: tuple[Path, object]) -> None:
        folder, facts = kept
        shutil.rmtree(self._folder)
        folder.rename(self._folder)
        self.known, self.vouching, self.keys = facts  # type: ignore[misc]


def _edit(project: Project, number: int, words: str) -> None:
    """Write what others write too: the words of a claim, or settle what came of that."""
    conflicts = project.conflicts()
    if conflicts and number % 3 == 0:
        project.settle(conflicts[0].entity_id, conflicts[0].field, conflicts[0].sides[0].value)
        return
    claims = sorted(claim.id for claim in project.claims())
    project.edit(claims[number % 2], text=words)
    if number % 2:
        project.conclude(claims[0], verdict="refuted", confidence="low", justification=words)
        project.undo()


def _meets(project: Project, bundle: Path, *, takes: bool = False) -> BundleSignature:
    """Look at a bundle, see it refused where it is not to be believed, and take it if a person says so."""
    before = (project.state_digest(), project.exchanges())
    plan = project.plan_merge(bundle)
    found = plan.signature
    assert signature_sentences(found)
    if found.refused:
        with pytest.raises(SignatureRefusedError):
            project.merge(plan)
    assert (project.state_digest(), project.exchanges()) == before
    if takes:
        project.merge(plan, accept_signature=found.state is not SignatureState.KNOWN)
    plan.close()
    return found
