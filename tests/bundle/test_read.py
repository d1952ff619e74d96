"""A bundle that was read shows what the project that it came from shows, and stays what it was when it was checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.bundle.layout import BAG_INFO, CLAIMS, CODEBOOK, CRATE, FORMAT, TAG_MANIFEST, manifest
from annotator.bundle.read import ReadBundle, read_bundle
from annotator.bundle.scope import BundleScope
from annotator.bundle.verify import verify_bundle
from annotator.bundle.write import write_bundle
from annotator.domain.entity import Entity
from annotator.domain.errors import BundleRefusedError, CancelledError, NotFoundError
from annotator.domain.ids import Digest, EntityId, digest_of
from annotator.domain.incoming import Incoming
from annotator.domain.kinds import KINDS, Appearance, Claim, Conclusion, Linkage, Note, Passage, Version
from annotator.store.reader import Reader
from annotator.store.store import Store
from tests.bundle.builders import PART, Members, entries, only, pack, resealed
from tests.factories import Maker, commit, created, fill, reopen


@pytest.fixture
def read(bundle: Path) -> Iterator[ReadBundle]:
    """Return the bundle, open."""
    with read_bundle(bundle) as opened:
        yield opened


@pytest.fixture
def reader(project: Path) -> Iterator[Reader]:
    """Return the project that the bundle was made of."""
    store = reopen(project)
    with store.snapshot() as view:
        yield view
    store.close()


def test_it_is_what_a_merge_takes_in(bundle: Path) -> None:
    incoming: Incoming = read_bundle(bundle)
    incoming.close()
    incoming.close()


def test_the_report_is_that_of_the_check(read: ReadBundle, bundle: Path) -> None:
    assert read.report == verify_bundle(bundle)


def test_changes_with_their_headers_and_revisions(read: ReadBundle, reader: Reader) -> None:
    told = [(change, header, list(revisions)) for change, header, revisions in read.changes()]
    stored = [
        (change, header, list(reader.history.revisions_of_change(change.id)))
        for change, header in reader.history.changes(standing=True)
    ]
    assert told == stored
    assert read.report.changes == len(told) > 10
    assert read.report.revisions == sum(len(revisions) for *_, revisions in told)


def test_revisions_may_be_passed_over(read: ReadBundle) -> None:
    whole = [change for change, _, revisions in read.changes() if list(revisions)]
    assert [change for change, _, _ in read.changes()] == whole
    assert [change for change, _, revisions in read.changes() if next(revisions)] == whole


def test_passes_do_not_disturb_each_other(read: ReadBundle) -> None:
    once = [(change.id, list(revisions)) for change, _, revisions in read.changes()]
    twice = []
    histories = read.histories()
    for change, _, revisions in read.changes():
        next(histories, None)
        list(read.all(Passage))
        twice.append((change.id, list(revisions)))
    assert twice == once


def test_histories_hold_every_revision_parents_first(read: ReadBundle) -> None:
    found = {}
    for id_, history in read.histories():
        seen: set[str] = set()
        for revision, stamp in history:
            assert revision.entity == id_
            assert seen.issuperset(revision.parents)
            seen.add(revision.change)
            found[id_, revision.change] = (revision.kind, revision.parents, revision.fields is None, stamp.created)
    told = {
        (each.entity, change.id): (each.kind, each.parents, each.body is None, change.header.at)
        for change, _, revisions in read.changes()
        for each in revisions
    }
    assert found == told


@pytest.mark.parametrize("kind", KINDS.values())
def test_entities_are_those_of_the_project(read: ReadBundle, reader: Reader, kind: type[Entity]) -> None:
    assert list(read.stamped(kind)) == list(reader.stamped(kind))
    assert list(read.all(kind)) == list(reader.all(kind))
    for entity in read.all(kind):
        assert read.find(kind, entity.id) == entity


def test_what_belongs_to_a_claim(read: ReadBundle, reader: Reader) -> None:
    kinds: tuple[type[Entity], ...] = (Appearance, Linkage, Conclusion)
    found = {kind: [read.of_claim(kind, claim.id) for claim in reader.all(Claim)] for kind in kinds}
    assert found == {kind: [reader.of_claim(kind, claim.id) for claim in reader.all(Claim)] for kind in kinds}
    assert all(map(any, found.values()))


def test_disputes_scales_texts_and_structures(read: ReadBundle, reader: Reader) -> None:
    assert read.disputed() == reader.disputed() != {}
    assert read.codebook() == reader.codebook()
    for version in reader.all(Version):
        assert read.text(version.text) == reader.text(version.text)
        assert read.structure(version.structure) == reader.structure(version.structure)


def test_what_is_not_there_is_not_found(read: ReadBundle) -> None:
    nothing = Digest("0" * 64)
    assert read.find(Claim, EntityId("00000000-0001-7000-8000-00000000ffff")) is None
    assert read.find(Claim, EntityId("nothing")) is None
    assert read.find(Passage, next(read.all(Claim)).id) is None
    assert read.of_claim(Linkage, EntityId("00000000-0001-7000-8000-00000000ffff")) == []
    for look in (read.text, read.structure, lambda digest: read.blob("original", digest)):
        with pytest.raises(NotFoundError):
            look(nothing)


def test_all_stored_bytes_that_came_along(read: ReadBundle, reader: Reader) -> None:
    found = list(read.blobs())
    assert sorted(kind for kind, _ in found) == ["original", "structure", "text"]
    for kind, digest in found:
        assert read.blob(kind, digest) == reader.blob(digest)


def test_originals_that_stayed_behind_are_not_listed(project: Path, tmp_path: Path) -> None:
    store = reopen(project)
    with store.snapshot() as view:
        write_bundle(view, tmp_path / "a.zip", scope=BundleScope(originals=False))
    store.close()
    with read_bundle(tmp_path / "a.zip") as read:
        assert sorted(kind for kind, _ in read.blobs()) == ["structure", "text"]


def test_withheld_words_leave_no_entity(store: Store, make: Maker, tmp_path: Path) -> None:
    fill(store, make)
    note = Note(id=make.id(), about=make.claim.id, annotator_id=make.annotator.id, text="CANARY-NOTE", private=True)
    commit(store, make, created(note))
    with store.snapshot() as view:
        write_bundle(view, tmp_path / "a.zip", scope=BundleScope(originals=False))
    with read_bundle(tmp_path / "a.zip") as read:
        assert read.find(Note, note.id) is None
        assert note.id not in {each.id for each in read.all(Note)}
        revisions = [each for _, _, told in read.changes() for each in told if each.entity == note.id]
        assert [each.body for each in revisions] == [None]
        assert len(revisions[0].digest) == 32


def test_bytes_that_were_altered_after_the_check(bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.bundle.blobs._AT_HAND_BYTES", 0)
    copy = tmp_path / "copy.zip"
    copy.write_bytes(bundle.read_bytes())
    with read_bundle(copy) as read:
        told = [(change, list(revisions)) for change, _, revisions in read.changes()]
        found = dict(read.blobs())
        copy.write_bytes(bytes(copy.stat().st_size))
        assert [(change, list(revisions)) for change, _, revisions in read.changes()] == told
        with pytest.raises(BundleRefusedError):
            read.structure(found["structure"])
        for kind, digest in found.items():
            with pytest.raises(BundleRefusedError):
                read.blob(kind, digest)


def test_a_bundle_replaced_after_the_check_is_not_looked_at(bundle: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.zip"
    copy.write_bytes(bundle.read_bytes())
    with read_bundle(copy) as read:
        copy.unlink()
        for kind, digest in read.blobs():
            assert digest_of(read.blob(kind, digest)) == digest


def test_nothing_is_left_behind(bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, temporary = tmp_path / "there" / "copy.zip", tmp_path / "temporary"
    copy.parent.mkdir()
    temporary.mkdir()
    copy.write_bytes(bundle.read_bytes())
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    with read_bundle(copy) as read:
        assert list(copy.parent.iterdir()) == [copy]
        assert len(list(read.changes()))
    copy.write_bytes(b"no bundle")
    with pytest.raises(BundleRefusedError):
        read_bundle(copy)
    assert list(copy.parent.iterdir()) == [copy]
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("after", [0, 40, 200, 400])
def test_reading_can_be_stopped(bundle: Path, after: int) -> None:
    def stop(done: int, _total: int) -> None:
        if done >= after:
            raise CancelledError(what="the reading")

    with pytest.raises(CancelledError):
        read_bundle(bundle, progress=stop)


def older(parts: Members, format_: int = 1) -> Members:
    """Return a bundle of an earlier format, whose derived members are made in a way that nobody remembers."""
    found = dict(parts)
    for name in (CLAIMS, CODEBOOK, CRATE, "data/annotations/part-00001.jsonl"):
        found[name] = b'{"made":"otherwise"}\n'
    found = resealed(found)
    found[BAG_INFO] = found[BAG_INFO].replace(b"Format: %d" % FORMAT, b"Format: %d" % format_)
    listed = {name: entry for name, entry in entries(found).items() if not name.startswith("data/")}
    return {**found, TAG_MANIFEST: manifest({name: listed[name] for name in listed if name != TAG_MANIFEST})}


@pytest.mark.parametrize("format_", range(1, FORMAT))
def test_derived_members_of_an_earlier_format_are_not_compared(
    bundle: Path, parts: Members, tmp_path: Path, format_: int
) -> None:
    with read_bundle(pack(older(parts, format_), tmp_path / "older.zip")) as old, read_bundle(bundle) as new:
        assert old.report.checkpoint == new.report.checkpoint
        assert list(old.stamped(Linkage)) == list(new.stamped(Linkage))


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        (PART, b'"name":"Ada"', b'"name":"Eve"', "the seal of the change"),
        ("data/text/", b"City", b"Town", "the digest that names it"),
        ("data/structure/", b"blocks", b"b1ocks", "the digest that names it"),
    ],
)
def test_all_else_of_an_earlier_format_is_checked(
    parts: Members, tmp_path: Path, name: str, old: bytes, new: bytes, reason: str
) -> None:
    name = only(parts, name)
    found = {**parts, name: parts[name].replace(old, new, 1)}
    with pytest.raises(BundleRefusedError, match=reason) as caught:
        read_bundle(pack(older(found), tmp_path / "older.zip"))
    assert caught.value.data["member"] == name
