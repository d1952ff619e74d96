"""What is written, what is left out, and that the same project gives the same bytes."""

from __future__ import annotations

import getpass
import json
import platform
import socket
import tracemalloc
import zipfile
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from annotator.bundle.archive import open_archive
from annotator.bundle.check import check
from annotator.bundle.layout import BAG_INFO, CRATE, MANIFEST, Progress, silent
from annotator.bundle.read import USUAL
from annotator.bundle.scope import BundleScope
from annotator.bundle.spool import Spool
from annotator.bundle.verify import verify_bundle
from annotator.bundle.write import write_bundle
from annotator.domain.change import Blob
from annotator.domain.errors import CancelledError, ExportFailedError
from annotator.domain.ids import digest_of
from annotator.domain.kinds import Note, Version
from annotator.domain.text import text_digest
from annotator.store.store import Store
from tests.bundle.builders import PART, Members, export, folder, members, only
from tests.bundle.replicas import copy_in_other_order
from tests.factories import Maker, Nonces, commit, created, fill, new_store, reopen


def lines(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.splitlines()]


def test_the_layout(bundle: Path, parts: Members) -> None:
    names = {name.rpartition("/")[0] + "/*" if len(name) > 70 else name for name in parts}
    assert names == {
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "data/ro-crate-metadata.json",
        "data/history/part-00001.jsonl",
        "data/text/*",
        "data/structure/*",
        "data/sources/*",
        "data/annotations/part-00001.jsonl",
        "data/claims.jsonl",
        "data/codebook.json",
    }
    assert folder(bundle) == digest_of(parts[MANIFEST])


def test_what_is_named_by_a_digest_has_it(parts: Members) -> None:
    for start in ("data/text/", "data/structure/", "data/sources/"):
        name = only(parts, start)
        assert digest_of(parts[name]) in name
    assert only(parts, "data/sources/").endswith(".html")


def test_report_and_bag_info_tell_the_checkpoint(project: Path, tmp_path: Path) -> None:
    store = reopen(project)
    with store.snapshot() as view:
        report = write_bundle(view, tmp_path / "a.zip", scope=BundleScope(originals=False))
        standing = list(view.history.changes(standing=True))
    store.close()
    assert report == verify_bundle(tmp_path / "a.zip")
    assert report.changes == len(standing) == report.checkpoint.changes
    assert f"Annotator-Checkpoint-Changes: {report.changes}\n".encode() in members(tmp_path / "a.zip")[BAG_INFO]
    assert report.texts == 1
    assert report.sources == 0


def test_history_is_ordered_and_holds_headers_as_they_are_stored(project: Path, parts: Members) -> None:
    store = reopen(project)
    with store.snapshot() as view:
        stored = [(change.id, header) for change, header in view.history.changes(standing=True)]
    store.close()
    heads = [line for line in parts[PART].splitlines() if line.startswith(b'{"change"')]
    assert heads == [b'{"change":"' + id_.encode() + b'","header":' + header + b"}" for id_, header in stored]


def test_a_change_set_aside_stays_here(project: Path, parts: Members) -> None:
    assert b"Theirs" not in parts[PART]
    store = reopen(project)
    with store.snapshot() as view:
        assert any(change.header.action == "merge" for change, _ in view.history.changes())
    store.close()


def test_same_project_same_bytes(project: Path, bundle: Path, tmp_path: Path) -> None:
    again = export(project, tmp_path / "again.zip", originals=True)
    assert members(again) == members(bundle)
    assert folder(again) == folder(bundle)


def test_same_changes_same_bytes_on_another_replica(project: Path, bundle: Path, tmp_path: Path) -> None:
    other = tmp_path / "replica.annotator"
    copy_in_other_order(project, other)
    assert members(export(other, tmp_path / "replica.zip", originals=True)) == members(bundle)


def test_originals_may_be_left_out(project: Path, tmp_path: Path) -> None:
    path = export(project, tmp_path / "a.zip", originals=False)
    assert not [name for name in members(path) if name.startswith("data/sources/")]
    verify_bundle(path)


def test_an_empty_project_has_a_bundle(tmp_path: Path) -> None:
    new_store(tmp_path / "empty.annotator").close()
    report = verify_bundle(export(tmp_path / "empty.annotator", tmp_path / "empty.zip"))
    assert (report.changes, report.revisions, report.checkpoint.heads) == (0, 0, ())


@pytest.mark.parametrize("private", [True, False])
def test_words_of_private_notes_stay_here(store: Store, make: Maker, tmp_path: Path, private: bool) -> None:
    fill(store, make)
    note = Note(id=make.id(), about=make.claim.id, annotator_id=make.annotator.id, text="CANARY-NOTE", private=True)
    commit(store, make, created(note))
    path = tmp_path / "a.zip"
    with store.snapshot() as view:
        write_bundle(view, path, scope=BundleScope(private=not private))
    assert (b"CANARY-NOTE" not in members(path)[PART]) is private
    assert any(line.get("entity") == note.id for line in lines(members(path)[PART]))
    verify_bundle(path)


def test_an_original_that_is_not_here_is_left_out(store: Store, make: Maker, tmp_path: Path) -> None:
    text = "Somewhere else."
    structure = Blob("structure", b"{}")
    version = Version(
        id=make.id(), source_id=make.source.id, text=text_digest(text), structure=structure.digest,
        original=digest_of(b"withheld from us"),
    )  # fmt: skip
    fill(store, make)
    commit(store, make, created(version), blobs=(Blob("text", text.encode()), structure))
    with store.snapshot() as view:
        report = write_bundle(view, tmp_path / "a.zip", scope=BundleScope(originals=True))
    assert report.sources == 1
    assert verify_bundle(tmp_path / "a.zip") == report


def test_many_lines_are_cut_into_parts(
    store: Store, make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("annotator.bundle.bag", "annotator.bundle.history"):
        monkeypatch.setattr(f"{module}.LINES_A_PART", 7)
    fill(store, make)
    with store.snapshot() as view:
        write_bundle(view, tmp_path / "a.zip")
    found = members(tmp_path / "a.zip")
    counts = [data.count(b"\n") for name, data in sorted(found.items()) if name.startswith("data/history/")]
    assert len(counts) > 2
    assert set(counts[:-1]) == {7}
    with (tmp_path / "a.zip").open("rb") as file, TemporaryFile() as spool:
        check(open_archive(file, USUAL), Spool(spool), USUAL, silent)


def stopping(after: int) -> Progress:
    calls = []

    def progress(_done: int, _total: int) -> None:
        calls.append(1)
        if len(calls) > after:
            raise CancelledError(what="the export")

    return progress


@pytest.mark.parametrize("after", [0, 3, 12, 17])
def test_a_stopped_export_leaves_what_stood_there(project: Path, tmp_path: Path, after: int) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"what stood there")
    store = reopen(project)
    with store.snapshot() as view, pytest.raises(CancelledError):
        write_bundle(view, path, progress=stopping(after))
    store.close()
    assert path.read_bytes() == b"what stood there"
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


def test_a_folder_that_is_not_there(filled_store: Store, tmp_path: Path) -> None:
    with filled_store.snapshot() as view, pytest.raises(ExportFailedError):
        write_bundle(view, tmp_path / "nowhere" / "a.zip")


def test_progress_grows_to_the_end(filled_store: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with filled_store.snapshot() as view:
        write_bundle(view, tmp_path / "a.zip", progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_nothing_local_goes_out(tmp_path: Path) -> None:
    secret = tmp_path / "CANARY-FOLDER"
    secret.mkdir()
    make, store = Maker(), new_store(secret / "CANARY-FILE.annotator")
    fill(store, make)
    store.write_local(lambda reader: reader.local.keep_draft("rationale:new", "t", "CANARY-DRAFT")).result()
    store.write_local(lambda reader: reader.local.set("CANARY-KEY", "CANARY-SETTING")).result()
    with store.snapshot() as view:
        write_bundle(view, secret / "CANARY-OUT.zip", scope=BundleScope(originals=True))
    store.close()
    content = b"\n".join(members(secret / "CANARY-OUT.zip").values()) + folder(secret / "CANARY-OUT.zip").encode()
    host = {name.encode() for name in (socket.gethostname(), platform.node()) if len(name) > 3}
    for canary in {b"CANARY", str(tmp_path).encode(), str(Path.home()).encode() + b"/", *host}:
        assert canary not in content
    user = getpass.getuser().encode()
    assert len(user) < 4 or user not in content


def test_the_zip_has_fixed_times_and_no_comments(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.comment == b""
        assert archive.testzip() is None


def test_the_crate_describes_every_file(parts: Members) -> None:
    graph = {item["@id"]: item for item in json.loads(parts[CRATE])["@graph"]}
    files = {f"data/{id_}" for id_, item in graph.items() if item["@type"] == "File"}
    assert files == {name for name in parts if name.startswith("data/")} - {CRATE}
    assert graph["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert graph["./"]["datePublished"].startswith("2026-01-01")


def test_the_project_is_never_in_memory(tmp_path: Path) -> None:
    """The peak grows by far less than the data."""
    make, store = Maker(), new_store(tmp_path / "big.annotator")
    fill(store, make)
    labels = (Nonces(str(number))(1_600).hex() for number in range(3_000))
    commit(store, make, *(created(make.new_passage([(0, 4)], label=label)) for label in labels))
    size = 3_000 * 3_200
    tracemalloc.start()
    with store.snapshot() as view:
        write_bundle(view, tmp_path / "a.zip")
    written = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    verify_bundle(tmp_path / "a.zip")
    checked = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    store.close()
    assert written < size / 2
    assert checked < size / 2
