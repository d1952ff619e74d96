"""Three people with keys of their own work apart and exchange signed bundles in every order."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.services.exchange_rounds import ORDERS, Order, Round

RUNS = int(os.environ.get("ANNOTATOR_ORDERS", "4"))
"""How many of the 720 orders are gone through; each day others, so that all have their turn."""


def _sample() -> list[Order]:
    """Return the orders of the day, spread over all."""
    step = len(ORDERS) // RUNS
    return list(ORDERS[datetime.now(UTC).toordinal() % step :: step][:RUNS])


def _begun_alike() -> dict[str, list[Order]]:
    found: dict[str, list[Order]] = {}
    is_all = len(ORDERS) == RUNS
    for order in _sample():
        name = " ".join(f"{giver}{taker}" for giver, taker in (order[:2] if is_all else order))
        found.setdefault(name, []).append(order)
    return found


@pytest.mark.parametrize("orders", _begun_alike().values(), ids=_begun_alike().keys())
def test_in_every_order_all_is_told_and_all_have_the_same_in_the_end(tmp_path: Path, orders: list[Order]) -> None:
    assert Round(tmp_path).run(orders) == len(orders)
