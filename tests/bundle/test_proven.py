"""A process that a stranger's bundle speaks for says something else than was signed: nothing of it is believed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import msgspec
import pytest

from annotator.bundle import proven
from annotator.bundle import read as reading
from annotator.bundle.answers import Passed
from annotator.bundle.apart import check_apart
from annotator.bundle.keypair import KeyPair
from annotator.bundle.layout import (
    BAG_INFO,
    FORMAT,
    MANIFEST,
    TAG_MANIFEST,
    BundleReport,
    Progress,
    bag_info,
    manifest,
    read_bag_info,
    silent,
)
from annotator.bundle.read import USUAL, ReadBundle, read_bundle
from annotator.bundle.refusal import Limits
from annotator.bundle.scope import Extent
from annotator.bundle.signature import Signer
from annotator.domain.change import Checkpoint
from annotator.domain.errors import BundleRefusedError
from annotator.domain.ids import EntityId, to_bytes
from annotator.domain.signing import BundleSignature, Sender, SignatureState, Signed
from tests.bundle.builders import Members, entries, fields, forged, pack

ADA = Sender(annotator=EntityId("00000000-0001-7000-8000-000000000001"), name="Ada")
EVE = Sender(annotator=EntityId("00000000-0001-7000-8000-00000000000e"), name="Eve")


def sent(parts: Members, path: Path, sender: Sender, pair: KeyPair) -> Path:
    """Write a bundle that states who sent it and is signed, in an earlier format, whose derived members are not compared."""
    told = read_bag_info(parts[BAG_INFO])
    payload = {name: entry for name, entry in entries(parts).items() if name.startswith("data/")}
    info = bag_info(told.checkpoint, payload, told.extent, sender)
    stated = {**parts, BAG_INFO: info.replace(b"Bundle-Format: %d" % FORMAT, b"Bundle-Format: %d" % (FORMAT - 1))}
    listed = {name: entry for name, entry in entries(stated).items() if name in (BAG_INFO, MANIFEST, "bagit.txt")}
    stated[TAG_MANIFEST] = manifest(listed)
    signer = Signer(sender=sender, key=pair.public, sign=pair.sign)
    return pack({**stated, **dict(signer.members(stated[TAG_MANIFEST]))}, path)


@pytest.fixture(scope="module")
def ada() -> KeyPair:
    """Return Ada's key."""
    return KeyPair.make()


@pytest.fixture
def hers(parts: Members, tmp_path: Path, ada: KeyPair) -> Path:
    """Return a bundle that Ada signed."""
    return sent(parts, tmp_path / "hers.bundle.zip", ADA, ada)


@pytest.fixture
def eves(parts: Members, tmp_path: Path) -> Path:
    """Return a bundle with other words in it, which Eve signed."""

    def alter(changes: list[object]) -> None:
        fields(changes, "claim")["text"] = "What Eve would have everybody read."  # type: ignore[arg-type]

    altered = forged(parts, alter)  # type: ignore[arg-type]
    return sent(altered, tmp_path / "eves.bundle.zip", EVE, KeyPair.make())


def answering(monkeypatch: pytest.MonkeyPatch, say: Callable[[Passed], Passed]) -> None:
    """Let the process that checks bundles say something else than it found."""

    def answer(bundle: BinaryIO, spool: BinaryIO, limits: Limits, progress: Progress) -> Passed:
        return say(check_apart(bundle, spool, limits, progress))

    monkeypatch.setattr(reading, "check_apart", answer)


def reporting(monkeypatch: pytest.MonkeyPatch, **said: object) -> None:
    """Let it report something else."""
    answering(monkeypatch, lambda p: msgspec.structs.replace(p, report=replace(p.report, **said)))  # type: ignore[arg-type]


def taken_in(bundle: ReadBundle) -> None:
    """Go through a bundle as a merge does."""
    deque(chain.from_iterable(revisions for _, _, revisions in bundle.changes()), maxlen=0)


def test_what_was_signed_is_read(hers: Path, eves: Path, ada: KeyPair) -> None:
    for bundle in (hers, eves):
        with read_bundle(bundle) as read:
            taken_in(read)
            assert read.report.signed is not None
            assert (read.report.signed.key == ada.public) is (bundle is hers)


LIES: dict[str, Callable[[BundleReport], object]] = {
    "sender": lambda _: ADA,
    "extent": lambda _: Extent(limits=("nothing",)),
    "checkpoint": lambda report: Checkpoint(heads=report.checkpoint.heads, changes=1),
    "bundle_id": lambda _: "0" * 64,
    "signature": lambda _: BundleSignature(state=SignatureState.KNOWN, name="Ada"),
}


@pytest.mark.parametrize("lie", ["signed", *LIES])
def test_a_process_that_reports_something_else_is_not_believed(
    eves: Path, ada: KeyPair, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    with read_bundle(eves) as read:
        said = Signed(key=ada.public) if lie == "signed" else LIES[lie](read.report)
    reporting(monkeypatch, **{lie: said})
    with pytest.raises(BundleRefusedError, match="is not as it was checked"):
        read_bundle(eves)
    monkeypatch.setattr(reading, "check_signed", lambda *_: None)
    with read_bundle(eves) as read:
        assert getattr(read.report, lie) == said, "the planted fault lets it through"


def test_a_signature_that_lies_elsewhere_in_the_file_is_of_another_payload(
    hers: Path, eves: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = tmp_path / "both.bundle.zip"
    both.write_bytes(hers.read_bytes() + eves.read_bytes())
    with hers.open("rb") as file, TemporaryFile() as spool:
        said = check_apart(file, spool, USUAL, silent)
    with eves.open("rb") as file, TemporaryFile() as spool:
        theirs = check_apart(file, spool, USUAL, silent)
        behind = {
            name: msgspec.structs.replace(place, start=place.start + hers.stat().st_size)
            for name, place in theirs.places.items()
        }
        signed = {name: said.places[name] for name in (TAG_MANIFEST, "signature.dsse.json", BAG_INFO)}
        mixed = msgspec.structs.replace(theirs, report=said.report, places={**behind, **signed})
        monkeypatch.setattr(reading, "check_apart", lambda *_: mixed)
        with pytest.raises(BundleRefusedError, match="is not as it was checked"):
            read_bundle(both)


@pytest.fixture
def swapped(hers: Path, eves: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the process that was given Ada's bundle lay down Eve's history."""
    with hers.open("rb") as file, TemporaryFile() as spool:
        said = check_apart(file, spool, USUAL, silent)
    with eves.open("rb") as file, TemporaryFile() as spool:
        laid = check_apart(file, spool, USUAL, silent)
        spool.seek(0)
        history = spool.read()

    def answer(_bundle: BinaryIO, spool: BinaryIO, *_: object) -> Passed:
        spool.write(history)
        spool.flush()
        return msgspec.structs.replace(said, laid=laid.laid, disputed=laid.disputed)

    monkeypatch.setattr(reading, "check_apart", answer)
    return hers


def test_a_history_that_nobody_signed_is_refused_when_it_is_taken_in(
    swapped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with read_bundle(swapped) as read, pytest.raises(BundleRefusedError, match="is not as it was checked"):
        taken_in(read)
    monkeypatch.setattr(proven.Chain, "finish", lambda *_: None)
    with read_bundle(swapped) as read:
        taken_in(read)


def test_a_revision_of_no_kind_is_refused(hers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with read_bundle(hers) as read:
        entity = next(next(revisions).entity for _, _, revisions in read.changes())

    def answer(bundle: BinaryIO, spool: BinaryIO, limits: Limits, progress: Progress) -> Passed:
        passed = check_apart(bundle, spool, limits, progress)
        spool.seek(0)
        number_and_length = 5
        spool.seek(spool.read().index(to_bytes(entity)) - number_and_length)
        spool.write(b"\xff")
        spool.flush()
        return passed

    monkeypatch.setattr(reading, "check_apart", answer)
    with read_bundle(hers) as read, pytest.raises(BundleRefusedError, match="is not as it was checked"):
        taken_in(read)


def test_revisions_that_a_change_does_not_seal_are_refused(hers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hers.open("rb") as file, TemporaryFile() as spool:
        passed = check_apart(file, spool, USUAL, silent)
        spool.seek(0)
        laid = spool.read()
    with read_bundle(hers) as read:
        entity = next(next(revisions).entity for _, _, revisions in read.changes())
    moved = laid.replace(bytes.fromhex(entity.replace("-", "")), bytes(16), 1)
    assert moved != laid

    def answer(_bundle: BinaryIO, spool: BinaryIO, *_: object) -> Passed:
        spool.write(moved)
        spool.flush()
        return passed

    monkeypatch.setattr(reading, "check_apart", answer)
    with read_bundle(hers) as read, pytest.raises(BundleRefusedError, match="is not as it was checked"):
        taken_in(read)
    monkeypatch.setattr(reading, "as_sealed", lambda _header, revisions: revisions)
    with read_bundle(hers) as read:
        taken_in(read)
