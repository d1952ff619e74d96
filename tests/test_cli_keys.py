"""Keys and signatures on the command line, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli import run
from annotator.domain.signing import fingerprint
from annotator.services.settings import FOLDER_VARIABLE
from tests.bundle.builders import members, pack, resealed
from tests.services.desks import Desk


@pytest.fixture
def ada(tmp_path: Path) -> Desk:
    desk = Desk("Ada", tmp_path)
    desk.claims("The wall was dear.")
    return desk


@pytest.fixture
def bo(ada: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Return Bo, at whose computer the commands are typed, and who has opened Ada's bundle and not pinned her key."""
    desk = Desk("Bo", tmp_path)
    bundle = ada.bundle()
    monkeypatch.setenv(FOLDER_VARIABLE, str(desk.folder / "settings"))
    assert run(["open-bundle", str(bundle), str(desk.path)]) == 0
    assert f"Signed by Ada @ {fingerprint(ada.key())}. You have not taken" in capsys.readouterr().out
    return desk


def _run(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> tuple[str, str]:
    capsys.readouterr()
    assert run([str(each) for each in arguments]) == code
    return capsys.readouterr()


def test_an_export_says_with_which_key_it_is_signed(bo: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    bo.claims("Nobody was asked.")
    bundle = bo.folder / "bo.bundle.zip"
    out, said = _run(capsys, "export", bo.path, "bundle", bundle)
    assert out == f"{bundle}\n"
    assert said.startswith(f"Signed by Bo @ {fingerprint(bo.key())}.\n")
    assert json.loads(_run(capsys, "export", bo.path, "bundle", bundle, "--json")[0])["signed"] is True


def test_an_export_of_nobody_is_not_signed_and_says_so(bo: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    _, said = _run(capsys, "export", bo.path, "bundle", bo.folder / "bo.bundle.zip")
    assert said == "Nobody is named, so it is not signed: say who you are, and export it again.\n"
    _, said = _run(capsys, "export", bo.path, "bundle", bo.folder / "bo.bundle.zip", "--annotator", "Bo")
    assert said.startswith(f"Signed by Bo @ {fingerprint(bo.key())}.\n")


def test_merging_tells_the_signature_first_and_accepts_it_when_told_to(
    ada: Desk, bo: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    ada.claims("It was kept secret.")
    bundle = ada.bundle()
    who = f"Ada @ {fingerprint(ada.key())}"
    out, _ = _run(capsys, "merge", bo.path, bundle, "--dry-run")
    assert out.startswith(f"Signed by {who}. You have not taken this key")
    _run(capsys, "merge", bo.path, bundle, "--accept-signature")
    ada.claims("It leaks.")
    told = json.loads(_run(capsys, "merge", bo.path, ada.bundle(), "--json")[0])["signature"]
    assert (told["state"], told["reception"], told["fingerprint"]) == ("known", "next", fingerprint(ada.key()))
    assert f"signed by {who}" in _run(capsys, "exchanges", bo.path)[0]


def test_a_stripped_bundle_is_refused_by_every_command(ada: Desk, bo: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    ada.claims("It was kept secret.")
    bundle = pack(resealed(members(ada.bundle())), bo.folder / "stripped.bundle.zip")
    before = bo.path.read_bytes()
    refused = "stripped.bundle.zip is not taken in: It is not signed, though Ada signed before"
    assert refused in _run(capsys, "merge", bo.path, bundle, code=1)[1]
    _run(capsys, "keys", "pin", "Ada", ada.key())
    assert refused in _run(capsys, "open-bundle", bundle, bo.folder / "new.annotator", code=1)[1]
    out, _ = _run(capsys, "verify", bundle, code=1)
    assert "It is not signed, though Ada signed before" in out
    assert bo.path.read_bytes() == before
    assert _run(capsys, "merge", bo.path, bundle, "--dry-run")[0].startswith("It is not signed, though Ada")
    _run(capsys, "merge", bo.path, bundle, "--accept-signature")


def test_keys_are_shown_pinned_forgotten_and_renewed(ada: Desk, bo: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = _run(capsys, "keys", "mine", "--annotator", "Bo")
    assert out.startswith(f"Bo @ {fingerprint(bo.key())}  yours, since ")
    assert bo.key() in out
    _run(capsys, "keys", "pin", "Ada", ada.bundle())
    told = json.loads(_run(capsys, "keys", "--json")[0])
    assert [each["name"] for each in told["own"]] == ["Bo"]
    assert [(each["name"], each["key"], each["replaced"]) for each in told["known"]] == [("Ada", ada.key(), False)]
    assert _run(capsys, "verify", ada.bundle())[0].endswith("whose key you know.\n")
    assert f"Ada @ {fingerprint(ada.key())}" in _run(capsys, "keys", "forget", "Ada")[0]
    assert json.loads(_run(capsys, "keys", "list", "--json")[0])["known"] == []
    old = bo.key()
    _, said = _run(capsys, "keys", "renew", "--annotator", "Bo")
    assert "Your earlier key states" in said
    assert bo.key() != old
    assert "Allowed" in _run(capsys, "keys", "forget", "Ada", code=1)[1]
    for deed in ("mine", "renew"):
        assert "nobody is named" in _run(capsys, "keys", deed, code=1)[1]
