"""The scales of a project: which are in force, and what is without one whose words are not here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.kinds import Scale
from annotator.store.exchanges import Direction, Exchanges, LoggedExchange
from annotator.store.ranges import Ranges
from annotator.store.reader import Reader
from annotator.store.store import Store
from tests.factories import Maker, commit, created, fill, reopen
from tests.store.rich import conflict, raw


def call_merged(store: Store, number: int) -> None:
    """Let a change count as one that came with a bundle."""

    def job(reader: Reader) -> None:
        Exchanges(reader.connection).add(
            LoggedExchange(
                number=1, direction=Direction.IN, at="2026-01-01T00:00:00Z", name="bo", after=0,
                bundle=reader.codebook().digest, checkpoint=reader.checkpoint(), changes=Ranges([(number, number)]),
            )
        )  # fmt: skip

    store.write_local(job).result()


@pytest.mark.parametrize("label", ["Aaa", "Zzz"])
def test_of_a_scale_made_in_two_places_ours_is_in_force(store: Store, make: Maker, label: str) -> None:
    """Whichever value sorts first."""
    scale = make.of_kind("scale")
    assert isinstance(scale, Scale)
    commit(store, make, created(make.annotator))
    conflict(store, make, created(replace(scale, label="Mmm")), created(replace(scale, label=label)))
    call_merged(store, store.read().history.count())
    assert [each.label for each in store.read().codebook_in_force().scales] == ["Mmm"]
    (shared,) = store.read().codebook().scales
    assert shared.label == min("Mmm", label), "the same on every copy"


def test_a_scale_that_only_others_made_is_as_it_came(store: Store, make: Maker) -> None:
    scale = make.of_kind("scale")
    commit(store, make, created(make.annotator))
    commit(store, make, created(scale))
    call_merged(store, 2)
    assert store.read().codebook_in_force().scales == (scale,)


def test_a_scale_without_words_stops_no_change(store: Store, make: Maker) -> None:
    fill(store, make)
    scale = make.of_kind("scale")
    commit(store, make, created(scale))
    path = Path(store.path)
    store.close()
    with raw(path) as database:
        database.execute(
            "UPDATE revision SET body = NULL WHERE entity = (SELECT n FROM entity WHERE id = ?)",
            (bytes.fromhex(scale.id.replace("-", "")),),
        )
        database.execute(
            "DELETE FROM scale WHERE n = (SELECT n FROM entity WHERE id = ?)",
            (bytes.fromhex(scale.id.replace("-", "")),),
        )
    store = reopen(path)
    commit(store, make, created(make.of_kind("note")))
    assert scale.id not in {each.id for each in store.read().codebook().scales}
    store.close()
