"""Envelopes as the DSSE specification has them."""

from __future__ import annotations

import base64
import json

import pytest

from annotator.bundle.dsse import envelope, open_envelope, pae
from annotator.bundle.keypair import KeyPair

KIND = "http://example.com/HelloWorld"
WORDS = b"hello world"


def test_what_is_signed_is_what_the_specification_says() -> None:
    assert pae(KIND, WORDS) == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert pae("ä", b"") == b"DSSEv1 2 \xc3\xa4 0 "


def test_a_key_signs_as_rfc_8032_says() -> None:
    """The first test vector of RFC 8032: an empty message."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    head = bytes.fromhex("302e020100300506032b657004220420")
    pem = f"-----BEGIN PRIVATE KEY-----\n{base64.b64encode(head + seed).decode()}\n-----END PRIVATE KEY-----\n"
    pair = KeyPair.read(pem)
    assert pair.public == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert pair.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert KeyPair.read(pair.text()).public == pair.public
    assert pair.sign(b"x").hex() not in repr(pair)


def test_an_envelope_gives_back_what_it_holds_and_names_the_key() -> None:
    pair = KeyPair.make()
    data = envelope(KIND, WORDS, pair.public, pair.sign)
    opened = open_envelope(data, KIND)
    assert (opened.payload, opened.key) == (WORDS, pair.public)
    told = json.loads(data)
    assert told["payloadType"] == KIND
    assert base64.b64decode(told["payload"]) == WORDS
    assert open_envelope(json.dumps({**told, "later": [1]}, indent=1).encode(), KIND).payload == WORDS


@pytest.mark.parametrize(
    ("alter", "why"),
    [
        (lambda told: told.update(payloadType="text/plain"), "signs something of the kind"),
        (lambda told: told.update(payload=base64.b64encode(b"hello w0rld").decode()), "does not hold"),
        (lambda told: told.update(payload="*"), "no base64"),
        (lambda told: told.update(payload="aGVsbG8gd29ybGR="), "written otherwise"),
        (lambda told: told.update(signatures=[]), "exactly one"),
        (lambda told: told["signatures"].append(told["signatures"][0]), "exactly one"),
        (lambda told: told["signatures"][0].update(keyid=KeyPair.make().public), "does not hold"),
        (lambda told: told["signatures"][0].update(keyid="somebody"), "no Ed25519 key"),
        (lambda told: told["signatures"][0].update(sig="AAAA"), "does not hold"),
        (lambda told: told.pop("payloadType"), "no DSSE envelope"),
    ],
)
def test_an_envelope_that_does_not_hold_is_refused(alter: object, why: str) -> None:
    pair = KeyPair.make()
    told = json.loads(envelope(KIND, WORDS, pair.public, pair.sign))
    alter(told)  # type: ignore[operator]
    with pytest.raises(ValueError, match=why):
        open_envelope(json.dumps(told).encode(), KIND)


def test_no_change_of_a_single_byte_goes_unnoticed() -> None:
    pair = KeyPair.make()
    data = envelope(KIND, WORDS, pair.public, pair.sign)
    for at in range(len(data)):
        for bit in (1, 32):
            with pytest.raises(ValueError, match=r".+"):
                open_envelope(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :], KIND)
