"""Plain revisions: what is told from the edges of a line, and that looking at it later finds what looking at once finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from msgspec import Raw

from annotator.bundle import check as checking
from annotator.bundle.archive import open_archive
from annotator.bundle.entities import EntityCheck, NotPlainError
from annotator.bundle.fixity import check_bag
from annotator.bundle.layout import CLAIMS, FORMAT, silent
from annotator.bundle.lines import RevisionLine, encode_line
from annotator.bundle.plain import frame_of, reader_of
from annotator.bundle.read import USUAL, read_bundle
from annotator.bundle.references import References
from annotator.bundle.spool import Spool
from annotator.domain.change import DELETED, Body, encode_body
from annotator.domain.codec import canonical
from annotator.domain.entity import fields_of
from annotator.domain.errors import BundleRefusedError
from annotator.domain.ids import Digest, EntityId, to_bytes
from annotator.domain.kinds import Linkage, Passage, Scale
from annotator.domain.passage import Fragment
from tests.bundle import hostile_work as work
from tests.bundle.builders import ForgedChange, Members, described, fields, forged, of_kind, pack
from tests.bundle.hostile import EDGES

_ID = EntityId("0190b0a0-0000-7000-8000-00000000000a")
_CLAIM = EntityId("0190b0a0-0000-7000-8000-00000000000c")
_TEXT = "ab" * 32
_FRAGMENT = Fragment(start=1, end=3, quote='a" ü', prefix="", suffix='","nonce":"')
_PASSAGE = Passage(id=_ID, text=_TEXT, fragments=(_FRAGMENT,), label='"text":"')  # type: ignore[arg-type]
_LINKAGE = Linkage(id=_ID, passage_ids=(_ID,), claim_id=_CLAIM, annotator_id=_ID, stance="supports")


def _body(entity: Passage | Linkage) -> bytes:
    return encode_body(fields_of(entity), "ab" * 16)


def _line(kind: str, body: bytes) -> bytes:
    return encode_line(RevisionLine(body=Raw(body), entity=_ID, kind=kind, parents=()))


def test_the_edges_of_a_line_tell_what_it_is() -> None:
    passage = frame_of(_line("passage", _body(_PASSAGE)))
    assert passage == ("passage", to_bytes(_ID), _body(_PASSAGE), None, _TEXT.encode())
    linkage = frame_of(_line("linkage", _body(_LINKAGE)))
    assert linkage == ("linkage", to_bytes(_ID), _body(_LINKAGE), to_bytes(_CLAIM), None)


def test_a_body_is_read_by_its_fields() -> None:
    passage = reader_of("passage")(_body(_PASSAGE))
    assert passage is not None
    assert (passage.text, passage.label, passage.area) == (_TEXT, _PASSAGE.label, None)
    assert passage.fragments[0].suffix == _FRAGMENT.suffix
    linkage = reader_of("linkage")(_body(_LINKAGE))
    assert linkage is not None
    assert (linkage.claim_id, linkage.reasons) == (_CLAIM, ())


def test_a_default_that_is_written_down_and_a_field_of_a_later_program_are_let_be() -> None:
    fields = fields_of(_LINKAGE)
    for more in ({"rationale": ""}, {"later": [1]}):
        found = reader_of("linkage")(encode_body({**fields, **more}, "ab"))
        assert found is not None
        assert found.stance == "supports"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(_body(_LINKAGE).replace(b'"stance"', b' "stance"'), id="a blank"),
        pytest.param(_body(_LINKAGE).replace(b"supports", b"s\\u0075pports"), id="an escape that none needs"),
        pytest.param(_body(_LINKAGE).replace(b'"stance":', b'"stance":"refutes","stance":'), id="a field twice"),
        pytest.param(_body(_LINKAGE).replace(_CLAIM.encode(), _CLAIM.upper().encode()), id="an id in capitals"),
        pytest.param(_body(_LINKAGE).replace(_CLAIM.encode(), b"x" * 36), id="no id"),
        pytest.param(_body(_LINKAGE).replace(b'["0190', b'["xxxx'), id="no id among several"),
        pytest.param(encode_body({"claim_id": _CLAIM}, "ab"), id="fields missing"),
        pytest.param(encode_body({**fields_of(_LINKAGE), "z": {"claim_id": _ID}}, "ab"), id="a second claim"),
        pytest.param(encode_body({**fields_of(_LINKAGE), DELETED: True}, "ab"), id="deleted"),
        pytest.param(canonical({"fields": fields_of(_LINKAGE), "nonce": 5}), id="a nonce that is none"),
        pytest.param(canonical({"fields": fields_of(_LINKAGE), "nonce": "", "z": 1}), id="more than fields and nonce"),
        pytest.param(b"{", id="no JSON"),
    ],
)
def test_other_bodies_are_left_to_who_says_what_is_wrong(body: bytes) -> None:
    assert reader_of("linkage")(body) is None


def test_maps_that_are_not_sorted_are_left_to_who_says_what_is_wrong() -> None:
    body = encode_body(fields_of(Scale(id=_ID, name="stance", maps={"a": {}, "b": {}})), "ab")
    assert reader_of("scale")(body) is not None
    assert reader_of("scale")(body.replace(b'"a":{},"b":{}', b'"b":{},"a":{}')) is None


def test_a_claim_of_another_length_is_left_to_who_says_what_is_wrong() -> None:
    assert frame_of(_line("linkage", _body(_LINKAGE).replace(_CLAIM.encode(), b"0" * 36))) is None


def test_an_appearance_that_hides_its_claim_is_missed_among_the_claims(parts: Members, tmp_path: Path) -> None:
    def alter(changes: list[ForgedChange]) -> None:
        seen = of_kind(changes, "appearance")
        told = {**seen["body"]["fields"], "later": {"claim_id": work.NOBODY}}
        work.added(changes, {**seen, "entity": work.NEW, "body": {"fields": told, "nonce": ""}})

    path = pack(described(forged(parts, alter)), tmp_path / "evil.zip")
    with pytest.raises(BundleRefusedError, match="differs from what the history gives") as refused:
        read_bundle(path)
    assert refused.value.data["member"] == CLAIMS


def test_a_passage_that_is_an_area_is_plain(parts: Members, tmp_path: Path) -> None:
    def alter(changes: list[ForgedChange]) -> None:
        told = {"text": fields(changes, "passage")["text"], "area": dict.fromkeys(EDGES, 1)}
        added = {"entity": work.NEW, "kind": "passage", "parents": [], "body": {"fields": told, "nonce": ""}}
        work.added(changes, added)

    path = pack(forged(parts, alter), tmp_path / "area.zip")
    with path.open("rb") as file, TemporaryFile() as spool:
        archive = open_archive(file, USUAL)
        info, payload = check_bag(archive)
        bag = checking.Bag(replace(info, format=FORMAT - 1), payload, None)
        assert checking._Check(archive, Spool(spool), USUAL, silent, bag).run().report.revisions


def test_looking_later_finds_what_looking_at_once_finds(bundle: Path) -> None:
    def look(*, at_once: bool) -> checking.Checked:
        with bundle.open("rb") as file, TemporaryFile() as spool:
            archive = open_archive(file, USUAL)
            bag = checking.Bag(*check_bag(archive), None)
            return checking._Check(archive, Spool(spool), USUAL, silent, bag, at_once=at_once).run()

    later, at_once = look(at_once=False), look(at_once=True)
    assert later.report == at_once.report
    assert later.disputed == at_once.disputed


def test_when_one_is_none_after_all_everything_is_looked_at_at_once(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[bytes]()

    def none(_self: EntityCheck, _kind: str) -> Callable[[bytes], None]:
        def look_at(data: bytes) -> None:
            looked.append(data)
            raise NotPlainError

        return look_at

    monkeypatch.setattr(EntityCheck, "looking_at", none)
    with bundle.open("rb") as file, TemporaryFile() as spool:
        found = checking.check(open_archive(file, USUAL), Spool(spool), USUAL, silent)
    assert len(looked) == 1
    assert found.report.revisions == len(found.spool)


def test_what_is_done_once_more_goes_further_for_who_watches(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compare, compared = checking._Check._compare, list[bool]()

    def failing_once(self: checking._Check, last_time: str) -> None:
        compare(self, last_time)
        compared.append(self._at_once)
        if not self._at_once:
            raise NotPlainError

    monkeypatch.setattr(checking._Check, "_compare", failing_once)
    told = list[tuple[int, int]]()
    with bundle.open("rb") as file, TemporaryFile() as spool:
        checking.check(open_archive(file, USUAL), Spool(spool), USUAL, lambda *step: told.append(step))
    assert compared == [False, True]
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_a_passage_refers_to_its_text_alone_whether_that_is_known_or_not() -> None:
    body = Body({"text": "1" * 64, "structure": "2" * 64, "original": "3" * 64})
    found = References()
    for _ in range(2):
        found.see("passage", body)
        assert found.seen().texts == [Digest("1" * 64)]
        assert not found.structures | found.originals.keys()
