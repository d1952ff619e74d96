"""What is kept of a bundle in little memory is what plain lists and dictionaries would keep."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotator.bundle.known import KnownChanges
from annotator.bundle.read import read_bundle
from annotator.bundle.write import write_bundle
from annotator.domain.change import Write
from annotator.domain.ids import ChangeId, digest_of
from annotator.domain.kinds import Claim, Linkage
from annotator.domain.records import Sorter
from annotator.store.store import Store
from tests.factories import Maker, commit, created, fill


@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 100])
@pytest.mark.parametrize("ascending", [True, False])
def test_records_are_sorted_whatever_their_order(count: int, ascending: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.domain.records._RUN", 7)
    chance = random.Random(count)  # noqa: S311 the same numbers in every run
    records = [chance.randrange(500).to_bytes(2, "big") + bytes((number,)) for number in range(count)]
    sorter = Sorter(3)
    for record in sorted(records) if ascending else records:
        sorter.add(record)
    found = sorter.finish()
    assert list(found) == sorted(records)
    for prefix in {record[:2] for record in records}:
        assert list(found.starting_with(prefix)) == [each for each in sorted(records) if each.startswith(prefix)]
    assert list(found.starting_with(b"\xff")) == []


def test_changes_are_known_with_their_generations_and_heads() -> None:
    ids = [ChangeId(digest_of(str(number).encode())) for number in range(3_000)]
    known = KnownChanges()
    for number, id_ in enumerate(ids):
        assert known.generation(id_) is None
        known.add(id_, number // 2)
        if number >= 10:
            known.build_on(ids[number - 10])
    assert [known.generation(id_) for id_ in ids] == [number // 2 for number in range(3_000)]
    assert list(known.heads()) == ids[-10:]
    assert len(known) == 3_000


def test_a_linkage_belongs_to_the_claim_that_it_judges_now(store: Store, make: Maker, tmp_path: Path) -> None:
    fill(store, make)
    other = Claim(id=make.id(), text="Another.")
    linkage = make.new_linkage([make.passage])
    commit(store, make, created(other), created(linkage))
    commit(store, make, Write(linkage.id, linkage.kind, {"claim_id": other.id}))
    with store.snapshot() as view:
        write_bundle(view, tmp_path / "a.zip")
        expected = [view.of_claim(Linkage, claim) for claim in (make.claim.id, other.id)]
    with read_bundle(tmp_path / "a.zip") as read:
        assert [read.of_claim(Linkage, claim) for claim in (make.claim.id, other.id)] == expected
    assert [each.id for each in expected[1]] == [linkage.id]
