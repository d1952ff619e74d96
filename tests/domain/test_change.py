"""What seals a change: altering anything of it or of its revisions gives another id."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace

import pytest

from annotator.domain.change import (
    FORMAT,
    Blob,
    Header,
    content_digest,
    decode_body,
    decode_header,
    encode_body,
    encode_header,
    seal,
)
from annotator.domain.ids import ChangeId, Digest, EntityId, digest_of
from tests.factories import Ids

ID = Ids()()
A, B = ChangeId("a" * 64), ChangeId("b" * 64)
BODY = hashlib.sha256(b"body").digest()
HEADER = Header(
    format=FORMAT, parents=(A, B), generation=3, annotator=ID, at="2026-01-01T00:00:00Z", action="link",
    label="Link to claim", undoes=A, codebook=Digest("c" * 64), revisions=1, content=Digest("d" * 64),
)  # fmt: skip


def test_a_header_comes_back() -> None:
    assert decode_header(encode_header(HEADER)) == HEADER


def test_a_header_of_a_newer_minor_version_can_be_read() -> None:
    assert decode_header(encode_header(HEADER)[:-1] + b',"zone":"+01:00"}') == HEADER


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"format":1}', encode_header(HEADER).replace(b"3", b'"3"')])
def test_what_is_no_header_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode_header(data)


def test_every_part_of_a_header_is_in_its_digest() -> None:
    others = {
        "format": 2, "parents": (A,), "generation": 4, "annotator": EntityId("x"), "at": "", "action": "", "label": "",
        "undoes": None, "codebook": Digest("e" * 64), "revisions": 2, "content": Digest("e" * 64),
    }  # fmt: skip
    assert set(others) == {field.name for field in fields(Header)}
    changed = {digest_of(encode_header(replace(HEADER, **{name: value}))) for name, value in others.items()}  # type: ignore[arg-type]
    assert len(changed | {digest_of(encode_header(HEADER))}) == len(others) + 1


def test_a_body_comes_back_and_its_nonce_hides_it() -> None:
    assert decode_body(encode_body({"text": "Water", "parent": None}, "01")).fields == {"text": "Water", "parent": None}
    assert encode_body({}, "01") != encode_body({}, "02")


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"fields":[]}'])
def test_what_is_no_body_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode_body(data)


def test_every_part_of_a_revision_is_in_its_seal() -> None:
    seals = {
        seal(ID, "claim", [A], BODY),
        seal(Ids(2)(), "claim", [A], BODY),
        seal(ID, "note", [A], BODY),
        seal(ID, "claim", [], BODY),
        seal(ID, "claim", [B], BODY),
        seal(ID, "claim", [A, B], BODY),
        seal(ID, "claim", [A], hashlib.sha256(b"other").digest()),
    }
    assert len(seals) == len(["plain", "entity", "kind", "no parent", "other parent", "two parents", "body"])


def test_a_seal_is_what_is_written_of_it() -> None:
    parents = bytes.fromhex(A + B)
    expected = bytes.fromhex(ID.replace("-", "")) + b"claim\0" + (64).to_bytes(4, "big") + parents + BODY
    assert seal(ID, "claim", [B, A], BODY) == expected


def test_seals_sort_by_entity() -> None:
    ids = Ids()
    seals = [seal(ids(), kind, [A], BODY) for kind in ("source", "claim", "passage")]
    assert sorted(seals) == seals


def test_the_content_digest_tells_where_one_seal_ends() -> None:
    assert content_digest([b"ab", b"c"]) != content_digest([b"a", b"bc"])
    assert content_digest([]) == hashlib.sha256().hexdigest()
    framed = b"\0\0\0\2ab" + b"\0\0\0\1c"
    assert content_digest([b"ab", b"c"]) == hashlib.sha256(framed).hexdigest()


def test_a_blob_is_known_by_its_bytes() -> None:
    assert Blob("text", b"abc").digest == hashlib.sha256(b"abc").hexdigest()
