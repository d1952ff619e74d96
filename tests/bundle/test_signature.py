"""The signature member of a bundle: what holds, what does not, and that it is the check of it that holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.bundle import dsse, signature
from annotator.bundle.archive import open_archive
from annotator.bundle.dsse import Envelope
from annotator.bundle.keypair import KeyPair
from annotator.bundle.layout import SIGNATURE, SUCCESSION, TAG_MANIFEST
from annotator.bundle.refusal import Limits, Refusal
from annotator.bundle.signature import Signer, check_signature, succession
from annotator.domain.ids import EntityId
from annotator.domain.signing import Sender, Signed
from tests.bundle.builders import Members, pack

ME = Sender(annotator=EntityId("00000000-0001-7000-8000-000000000001"), name="Ada")


def checked(parts: Members, tmp_path: Path) -> Signed | None:
    with pack(parts, tmp_path / "case.bundle.zip").open("rb") as file:
        return check_signature(open_archive(file, Limits()))


def signed(parts: Members, pair: KeyPair, *statements: str, over: bytes | None = None) -> Members:
    signer = Signer(sender=ME, key=pair.public, sign=pair.sign, succession=statements)
    return {**parts, **dict(signer.members(parts[TAG_MANIFEST] if over is None else over))}


def test_a_signature_over_the_tag_manifest_holds(parts: Members, tmp_path: Path) -> None:
    pair = KeyPair.make()
    assert checked(parts, tmp_path) is None
    assert checked(signed(parts, pair), tmp_path) == Signed(key=pair.public)


def test_keys_lead_to_each_other_also_in_a_circle(parts: Members, tmp_path: Path) -> None:
    one, two, three, other = (KeyPair.make() for _ in range(4))
    statements = (
        succession(one.public, two.public, one.sign),
        succession(two.public, three.public, two.sign),
        succession(three.public, one.public, three.sign),
        succession(other.public, one.public[::-1], other.sign),  # type: ignore[arg-type]
    )
    found = checked(signed(parts, three, *statements), tmp_path)
    assert found is not None
    assert found.vouching == {one.public, two.public}


def test_nobody_speaks_for_another_key(parts: Members, tmp_path: Path) -> None:
    one, two, thief = (KeyPair.make() for _ in range(3))
    for statement in (
        succession(one.public, thief.public, thief.sign),
        succession(one.public, two.public, one.sign).replace(one.public, thief.public),
        "{}",
        "\x00",
    ):
        with pytest.raises(Refusal) as refusal:
            checked(signed(parts, thief, statement), tmp_path)
        assert refusal.value.member == SUCCESSION


def test_a_signature_of_another_bundle_is_caught_by_comparing(
    parts: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = KeyPair.make()
    swapped = signed(parts, pair, over=b"another tag manifest")
    with pytest.raises(Refusal, match="another bundle"):
        checked(swapped, tmp_path)
    blind = Envelope(parts[TAG_MANIFEST], pair.public)
    monkeypatch.setattr(signature, "open_envelope", lambda *_: blind)
    assert checked(swapped, tmp_path) is not None, "the planted fault lets it through"


def test_a_signature_with_another_key_is_caught_by_checking_it(
    parts: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forged = signed(parts, KeyPair.make())
    told = json.loads(forged[SIGNATURE])
    told["signatures"][0]["keyid"] = KeyPair.make().public
    forged[SIGNATURE] = json.dumps(told).encode()
    with pytest.raises(Refusal, match="does not hold"):
        checked(forged, tmp_path)
    monkeypatch.setattr(dsse, "_holds", lambda *_: True)
    assert checked(forged, tmp_path) is not None, "the planted fault lets it through"
