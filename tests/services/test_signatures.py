"""Who signed a bundle is told before anything of it is taken in; what cannot be believed is refused until a person says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.bundle.layout import BAG_INFO, SIGNATURE, SUCCESSION, TAG_MANIFEST
from annotator.domain.errors import BundleRefusedError, SignatureRefusedError
from annotator.domain.signing import BundleSignature, Reception, SignatureState, fingerprint
from annotator.domain.signing_words import signature_sentences
from annotator.services import trusting
from annotator.services.keys import keys
from annotator.services.keys_file import KeyRing
from annotator.services.opening import read_to_open
from tests.bundle.builders import members, pack, resealed
from tests.services.desks import Desk


@dataclass
class Pair:
    """Ada, and Bo who began with a bundle of hers and accepted her key."""

    ada: Desk
    bo: Desk
    first: Path


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    ada, bo = Desk("Ada", tmp_path), Desk("Bo", tmp_path)
    ada.claims("The wall was dear.")
    first = ada.bundle()
    bo.open(first)
    bo.claims("Nobody was asked.")
    return Pair(ada, bo, first)


def stripped(bundle: Path) -> Path:
    """Return a bundle without its signature, as somebody makes it who covers their traces."""
    return pack(resealed(members(bundle)), bundle.with_name(f"stripped-{bundle.name}"))


def unsigned(bundle: Path) -> Path:
    """Return a bundle from which only the signature was taken."""
    kept = {name: data for name, data in members(bundle).items() if name not in (SIGNATURE, SUCCESSION)}
    return pack(kept, bundle.with_name(f"unsigned-{bundle.name}"))


def state(desk: Desk, bundle: Path) -> str:
    return desk.looks_at(bundle).state


def untouched(desk: Desk, bundle: Path, kind: type[Exception] = SignatureRefusedError) -> str:
    """Check that a bundle is refused and the project stays byte for byte as it was; return why."""
    before = desk.path.read_bytes()
    with pytest.raises(kind) as refusal:
        desk.takes(bundle)
    assert desk.path.read_bytes() == before
    return str(refusal.value)


def told(signature: BundleSignature) -> str:
    return " ".join(signature_sentences(signature))


# -- whose key it is


def test_a_teammates_bundle_is_told_by_name_and_key(pair: Pair) -> None:
    pair.ada.claims("It was kept secret.")
    found = pair.bo.looks_at(pair.ada.bundle())
    assert (found.state, found.reception, found.refused) == (SignatureState.KNOWN, Reception.NEXT, False)
    assert found.who == f"Ada @ {fingerprint(pair.ada.key())}"
    assert found.who in told(found)


def test_a_key_that_nobody_knows_is_told_and_is_pinned_only_by_a_persons_word(pair: Pair) -> None:
    bundle = pair.bo.bundle()
    found = pair.ada.looks_at(bundle)
    assert (found.state, found.refused, found.name) == (SignatureState.UNKNOWN, False, "Bo")
    assert fingerprint(pair.bo.key()) in told(found)
    pair.ada.takes(bundle)
    pair.bo.claims("More.")
    assert state(pair.ada, pair.bo.bundle()) == SignatureState.UNKNOWN
    pair.ada.takes(pair.bo.bundle(), accept=True)
    assert state(pair.ada, pair.bo.bundle()) == SignatureState.KNOWN


def test_ones_own_bundle_is_told_as_ones_own(pair: Pair) -> None:
    assert state(pair.ada, pair.first) == SignatureState.OWN


def test_somebody_else_who_signs_under_a_known_name_is_refused(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    mallory = Desk("Ada", tmp_path / "elsewhere")
    mallory.open(pair.first)
    mallory.claims("All is well.")
    bundle = mallory.bundle()
    found = pair.bo.looks_at(bundle)
    assert (found.state, found.expected) == (SignatureState.CHANGED, (pair.ada.key(),))
    assert fingerprint(pair.ada.key()) in untouched(pair.bo, bundle)


def test_the_key_that_a_project_met_counts_before_anybody_pins_one(pair: Pair, tmp_path: Path) -> None:
    pair.ada.takes(pair.bo.bundle())
    pair.bo.loses_the_key()
    pair.bo.claims("More.")
    assert state(pair.ada, pair.bo.bundle()) == SignatureState.CHANGED
    untouched(pair.ada, pair.bo.bundle())


# -- signatures that are missing or do not hold


@pytest.mark.parametrize("strip", [stripped, unsigned])
def test_a_bundle_stripped_of_its_signature_is_refused_where_its_people_sign(
    pair: Pair, strip: Callable[[Path], Path]
) -> None:
    pair.ada.claims("It was kept secret.")
    bundle = strip(pair.ada.bundle())
    found = pair.bo.looks_at(bundle)
    assert (found.state, found.signers) == (SignatureState.STRIPPED, ("Ada",))
    assert "Ada" in untouched(pair.bo, bundle)
    assert pair.bo.takes(bundle, accept=True).new == 1


def test_a_bundle_of_people_who_never_signed_is_taken_and_said_to_be_unsigned(pair: Pair) -> None:
    found = pair.ada.looks_at(stripped(pair.bo.bundle()))
    assert (found.state, found.refused, found.key) == (SignatureState.UNSIGNED, False, None)
    assert "not signed" in told(found)
    assert pair.ada.takes(stripped(pair.bo.bundle())).changes > 0


def test_a_stripped_bundle_is_not_opened_as_a_project_either(pair: Pair) -> None:
    bundle, path = stripped(pair.first), pair.bo.path
    path.unlink()
    with pytest.raises(SignatureRefusedError):
        pair.bo.open(bundle, accept=False)
    assert not path.exists()
    pair.bo.open(bundle, accept=True)


def test_the_signature_of_another_bundle_is_refused(pair: Pair) -> None:
    pair.ada.claims("It was kept secret.")
    bundle = pair.ada.bundle()
    swapped = {**members(bundle), SIGNATURE: members(pair.first)[SIGNATURE]}
    why = untouched(pair.bo, pack(swapped, bundle.with_name("swapped.bundle.zip")), BundleRefusedError)
    assert "is the signature of another bundle" in why


def test_one_byte_changed_anywhere_is_refused(pair: Pair, tmp_path: Path) -> None:
    pair.ada.claims("It was kept secret.")
    with pair.ada.at():
        keys.renew("Ada")
    bundle = pair.ada.bundle()
    parts = members(bundle)
    assert {SIGNATURE, SUCCESSION, TAG_MANIFEST, BAG_INFO} < parts.keys()
    for name, data in parts.items():
        at = len(data) // 2
        altered = {**parts, name: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]}
        untouched(pair.bo, pack(altered, tmp_path / "altered.bundle.zip"), BundleRefusedError)


def test_digests_made_to_fit_again_do_not_help(pair: Pair, tmp_path: Path) -> None:
    pair.ada.claims("It was kept secret.")
    parts = members(pair.ada.bundle())
    renamed = {**resealed(parts), SIGNATURE: parts[SIGNATURE]}
    untouched(pair.bo, pack(renamed, tmp_path / "renamed.bundle.zip"), BundleRefusedError)


# -- what came before


def test_the_same_bundle_again_is_told(pair: Pair) -> None:
    pair.ada.claims("It was kept secret.")
    bundle = pair.ada.bundle()
    pair.bo.takes(bundle)
    found = pair.bo.looks_at(bundle)
    assert (found.state, found.reception, found.previous) == (SignatureState.KNOWN, Reception.AGAIN, bundle.name)
    assert "the one that came before" in told(found)


def test_an_older_bundle_is_told(pair: Pair) -> None:
    pair.ada.claims("It was kept secret.")
    older = pair.ada.bundle()
    pair.ada.claims("It leaks.", "It fell.")
    newer = pair.ada.bundle()
    pair.bo.takes(newer)
    found = pair.bo.looks_at(older)
    assert (found.reception, found.missing, found.previous) == (Reception.OLDER, 2, newer.name)
    assert "older" in told(found)
    assert pair.bo.looks_at(pair.first).reception is Reception.OLDER


def test_after_an_older_bundle_the_newer_one_is_still_what_came_before(pair: Pair) -> None:
    pair.ada.claims("It was kept secret.")
    older = pair.ada.bundle()
    pair.ada.claims("It leaks.", "It fell.")
    newer = pair.ada.bundle()
    pair.bo.takes(newer)
    pair.bo.takes(older)
    for bundle, missing in ((older, 2), (pair.first, 3)):
        found = pair.bo.looks_at(bundle)
        assert (found.reception, found.missing, found.previous) == (Reception.OLDER, missing, newer.name)
    assert pair.bo.looks_at(newer).reception is Reception.AGAIN


def test_a_shortened_history_is_told_with_what_is_missing(pair: Pair) -> None:
    kept = shutil.copy(pair.ada.path, pair.ada.folder / "kept.annotator")
    with pair.ada.project() as project:
        claim = project.claims()[0]
        project.conclude(claim.id, verdict="refuted", confidence="low", justification="So far.")
    pair.bo.takes(pair.ada.bundle())
    shutil.copy(kept, pair.ada.path)
    pair.ada.claims("All is well.")
    bundle = pair.ada.bundle()
    found = pair.bo.looks_at(bundle)
    assert (found.state, found.reception, found.missing) == (SignatureState.KNOWN, Reception.SHORTENED, 1)
    assert found.missed == ("Conclude",)
    assert "shortened" in told(found)
    pair.bo.takes(bundle)
    with pair.bo.project() as project:
        assert project.conclusions(claim.id)
    pair.ada.claims("Still.")
    assert pair.bo.looks_at(pair.ada.bundle()).reception is Reception.SHORTENED


def test_what_came_by_way_of_somebody_else_is_remembered_once_it_comes_from_its_sender(
    pair: Pair, tmp_path: Path
) -> None:
    cy = Desk("Cy", tmp_path)
    cy.open(pair.first)
    pair.ada.claims("It was kept secret.")
    direct = pair.ada.bundle()
    pair.bo.takes(direct)
    cy.takes(pair.bo.bundle(), accept=True)
    assert cy.takes(direct).changes == 0
    assert cy.looks_at(direct).reception is Reception.AGAIN
    assert cy.looks_at(pair.first).reception is Reception.OLDER
    with cy.project() as project:
        assert [each.sender.partition(" @ ")[0] for each in project.exchanges()] == ["Ada", "Bo", "Ada"]
        project.verify()


# -- keys that are lost and renewed


def test_a_renewed_key_that_the_old_one_vouches_for_is_accepted_by_an_act(pair: Pair) -> None:
    old, new = pair.ada.key(), pair.ada.renews()
    pair.ada.claims("It was kept secret.")
    bundle = pair.ada.bundle()
    found = pair.bo.looks_at(bundle)
    assert (found.state, found.key, found.expected) == (SignatureState.RENEWED, new, (old,))
    assert fingerprint(old) in untouched(pair.bo, bundle)
    pair.bo.takes(bundle, accept=True)
    pair.ada.claims("It leaks.")
    assert pair.bo.looks_at(pair.ada.bundle()).state is SignatureState.KNOWN


def test_keys_vouch_for_each_other_all_the_way(pair: Pair) -> None:
    pair.ada.renews()
    pair.ada.renews()
    assert state(pair.bo, pair.ada.bundle()) == SignatureState.RENEWED


def test_what_a_replaced_key_signs_is_refused(pair: Pair) -> None:
    pair.ada.claims("Signed with the old one.")
    old = pair.ada.bundle()
    pair.ada.renews()
    pair.bo.takes(pair.ada.bundle(), accept=True)
    assert state(pair.bo, old) == SignatureState.RETIRED
    untouched(pair.bo, old)
    pair.bo.takes(old, accept=True)
    assert state(pair.bo, old) == SignatureState.RETIRED
    assert state(pair.bo, pair.ada.bundle()) == SignatureState.KNOWN


def test_a_lost_key_is_replaced_by_one_that_nothing_vouches_for(pair: Pair) -> None:
    old = pair.ada.key()
    pair.ada.loses_the_key()
    with pair.ada.project() as project:
        signing = project.signing()
    assert [notice.partition(":")[0] for notice in signing.notices] == ["lost", "made"]
    bundle = pair.ada.bundle()
    assert pair.ada.key() != old
    assert state(pair.bo, bundle) == SignatureState.CHANGED
    untouched(pair.bo, bundle)
    pair.bo.takes(bundle, accept=True)
    assert state(pair.bo, pair.ada.bundle()) == SignatureState.KNOWN


def test_nobody_can_vouch_for_a_key_but_the_one_it_replaces(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    mallory = Desk("Ada", tmp_path / "elsewhere")
    mallory.open(pair.first)
    mallory.claims("All is well.")
    mallory.key()
    mallory.renews()
    bundle = mallory.bundle()
    assert SUCCESSION in members(bundle)
    assert state(pair.bo, bundle) == SignatureState.CHANGED


# -- names


def test_a_name_that_looks_like_a_teammates_is_told(pair: Pair, tmp_path: Path) -> None:
    twin = Desk("Аda", tmp_path)
    twin.open(pair.first)
    twin.claims("All is well.")
    found = pair.bo.looks_at(twin.bundle())
    assert found.state is SignatureState.UNKNOWN
    assert [each.like for each in found.warnings] == ["Ada"]
    assert "looks like “Ada”" in told(found)


def test_agents_and_sources_that_look_like_those_here_are_told(pair: Pair, tmp_path: Path) -> None:
    with pair.bo.project() as project:
        project.type_source("The Council", "The wall was dear.")
        project.agent("Harbour Board")
    twin = Desk("Cy", tmp_path)
    twin.open(pair.first)
    with twin.project() as project:
        project.type_source("The Соuncil", "The wall was cheap.")
        project.type_source("the council", "No more is known.")
        project.agent("Harbоur Board")
        project.agent("Tidе Office")
    bundle = twin.bundle()
    found = pair.bo.looks_at(bundle)
    assert [(each.name, each.like) for each in found.warnings] == [
        ("Harbоur Board", "Harbour Board"),
        ("Tidе Office", ""),
        ("The Соuncil", "The Council"),
    ]
    with pair.bo.at(), read_to_open(bundle) as ready:
        assert {each.name for each in ready.signature.warnings} >= {"Harbоur Board", "Tidе Office", "The Соuncil"}


# -- each guard is what holds


FAULTS: dict[str, tuple[str, object]] = {
    "stripped": ("_unsigned", lambda *_: BundleSignature(state=SignatureState.UNSIGNED)),
    "another key": ("_expected", lambda *_: ()),
    "replaced key": ("load_keys", lambda: KeyRing()),
    "older": ("_missing", lambda *_: {}),
}
"""For each guard, what takes its place when it is taken away."""


@pytest.mark.parametrize("guard", FAULTS)
def test_without_its_guard_the_attack_gets_through(pair: Pair, guard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.ada.claims("It was kept secret.")
    older = pair.ada.bundle()
    pair.ada.claims("It leaks.")
    newer = pair.ada.bundle()
    if guard == "stripped":
        bundle = stripped(newer)
    elif guard == "another key":
        pair.ada.loses_the_key()
        bundle = pair.ada.bundle()
    elif guard == "replaced key":
        pair.ada.renews()
        pair.bo.takes(pair.ada.bundle(), accept=True)
        bundle = older
    else:
        pair.bo.takes(newer)
        bundle = older

    def caught() -> bool:
        found = pair.bo.looks_at(bundle)
        return found.reception is Reception.OLDER if guard == "older" else found.refused

    assert caught()
    monkeypatch.setattr(trusting, *FAULTS[guard])
    assert not caught()
