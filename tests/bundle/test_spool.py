"""What is laid down is found by entity: what is not settled yet, and ids that name two kinds, with tables in small blocks."""

from __future__ import annotations

import random
from itertools import groupby
from tempfile import TemporaryFile

import pytest

from annotator.bundle.spool import Spool, Worth
from annotator.domain import records
from annotator.domain.change import Change, Header
from annotator.domain.ids import ChangeId, Digest, EntityId, from_bytes

_RECORD = 29
_CHANGE = Change(
    ChangeId("a" * 64),
    Header(
        format=1, parents=(), generation=1, annotator=EntityId("0190b0a0-0000-7000-8000-00000000000a"), at="2026", action="",
        label="", undoes=None, codebook=Digest("b" * 64), revisions=0, content=Digest("c" * 64),
    ),
)  # fmt: skip


def spooled(file: object, told: list[tuple[str, int, Worth]]) -> Spool:
    spool = Spool(file)  # type: ignore[arg-type]
    spool.add_change(_CHANGE, b"{}")
    for number, (kind, id_, worth) in enumerate(told):
        spool.add_revision(kind, id_.to_bytes(16, "big"), b"", bytes(32), b"%d" % number, worth)
    spool.finish()
    return spool


@pytest.mark.parametrize("seed", range(40))
def test_the_unsettled_are_found_whatever_lies_around_them(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)  # noqa: S311 reproducible, not secret
    monkeypatch.setattr(records, "_BLOCK", _RECORD * chance.choice((1, 2, 3, 5)))
    worths = [Worth.SOUND] * 6 + [Worth.PLAIN, Worth.DOUBTFUL]
    told = [("note", id_, chance.choice(worths)) for id_ in range(30) for _ in range(chance.choice((1, 1, 1, 1, 2, 3)))]
    with TemporaryFile() as file:
        spool = spooled(file, told)
        for settled in (Worth.PLAIN, Worth.SOUND):
            found = [(id_, worth) for id_, _, worth in spool.unsettled("note", settled)]
            groups = [(id_, [worth for _, _, worth in group]) for id_, group in groupby(told, lambda each: each[1])]
            wanted = [(id_, worth) for id_, worth in groups if len(worth) > 1 or worth[0] < settled]
            assert [(int.from_bytes(id_), sorted(worth)) for id_, worth in found] == [
                (id_, sorted(worth)) for id_, worth in wanted
            ]


@pytest.mark.parametrize("seed", range(40))
def test_the_first_id_of_two_kinds_is_found(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)  # noqa: S311 reproducible, not secret
    monkeypatch.setattr(records, "_BLOCK", _RECORD * chance.choice((1, 2, 3, 5)))
    kinds = {id_: chance.choice(("note", "claim", "linkage")) for id_ in range(60)}
    told = [(kind, id_, Worth.SOUND) for id_, kind in kinds.items() for _ in range(chance.choice((1, 1, 3)))]
    with TemporaryFile() as file:
        assert spooled(file, told).of_two_kinds() is None
    twice = sorted(chance.sample(range(60), 3))
    told += [("source", id_, Worth.SOUND) for id_ in twice]
    with TemporaryFile() as file:
        assert spooled(file, told).of_two_kinds() == from_bytes(twice[0].to_bytes(16, "big"))
