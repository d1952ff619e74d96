"""Three people with keys of their own work apart and exchange signed bundles in every order."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from annotator.domain.signing import Reception, SignatureState
from tests.services.desks import Desk

NAMES = ("Ada", "Bo", "Cy")
ORDERS = list(itertools.permutations(itertools.permutations(range(3), 2), 6))[::103]
"""Who gives to whom, in which order: each to each other once; seven of all 720."""


def _all_together(desks: list[Desk]) -> None:
    """Let everybody have everything: to one, and from one to all."""
    for desk in desks[1:]:
        desks[0].takes(desk.bundle())
    for desk in desks[1:]:
        desk.takes(desks[0].bundle())


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: " ".join(f"{a}{b}" for a, b in order))
def test_every_order_of_exchange_is_known_and_comes_to_the_same(
    tmp_path: Path, order: tuple[tuple[int, int], ...]
) -> None:
    desks = [Desk(name, tmp_path) for name in NAMES]
    desks[0].claims("The wall was dear.")
    start = desks[0].bundle()
    for desk in desks[1:]:
        desk.open(start)
    for desk in desks:
        desk.claims(f"{desk.name} was here.")
    met: set[tuple[int, int]] = {(0, 1), (0, 2)}
    for giver, taker in order:
        bundle = desks[giver].bundle()
        found = desks[taker].looks_at(bundle)
        known = (giver, taker) in met
        assert found.state is (SignatureState.KNOWN if known else SignatureState.UNKNOWN)
        assert found.reception is (Reception.NEXT if known else Reception.FIRST)
        desks[taker].takes(bundle, accept=not known)
        met.add((giver, taker))
        desks[giver].claims(f"{desks[giver].name} went on.")
    _all_together(desks)
    digests = set()
    for desk in desks:
        with desk.project() as project:
            digests.add(project.store.read().history.count())
            assert {claim.text for claim in project.claims()} >= {f"{name} was here." for name in NAMES}
            project.verify()
    assert len(digests) == 1
