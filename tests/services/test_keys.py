"""Keys are made on first use and kept in the keyring, else in a file; whatever a keyring does, work goes on."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

import annotator
from annotator.domain.errors import KeysUnreadableError, WrongArgumentError
from annotator.domain.signing import Kept, fingerprint
from annotator.services import key_keeping
from annotator.services.keyrings import Keyring, NoKeyringError
from annotator.services.keys import Keys
from annotator.services.keys_file import keys_path
from annotator.services.settings import FOLDER_VARIABLE
from tests.services.desks import Desk


class Drawer:
    """A keyring that keeps what it is given in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Broken(Drawer):
    """A keyring that fails whatever it is asked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("the bus is down")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError("the bus is down")


class Forgetful(Drawer):
    """A keyring that takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Asking(Drawer):
    """A keyring that waits for a person to type a password."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait()
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.answered.wait()


def keys_in(drawer: Drawer) -> Keys:
    return Keys(lambda: Keyring(lambda: drawer, seconds=0.2))


def codes(notices: tuple[str, ...]) -> list[str]:
    return [notice.partition(":")[0] for notice in notices]


def test_a_key_is_made_once_and_lies_in_the_keyring() -> None:
    drawer = Drawer()
    pair, told = keys_in(drawer).signing("Ada")
    assert pair is not None
    assert told.own is not None
    assert (told.own.kept, codes(told.notices)) == (Kept.KEYRING, ["made"])
    assert list(drawer.kept) == [("Annotator", told.own.key)]
    assert not key_keeping.private_path(told.own.key).exists()
    again, later = keys_in(drawer).signing("Ada")
    assert again is not None
    assert again.public == pair.public
    assert later.notices == ()
    assert "PRIVATE" not in keys_path().read_text()


def test_two_people_at_one_computer_have_two_keys() -> None:
    keys = keys_in(Drawer())
    assert keys.mine("Ada").key != keys.mine("Bo").key
    assert [each.name for each in keys.own()] == ["Ada", "Bo"]


@pytest.mark.parametrize("drawer", [Broken(), Forgetful(), Asking()], ids=["broken", "forgetful", "asking"])
def test_a_keyring_that_cannot_be_used_gives_way_to_a_file(drawer: Drawer) -> None:
    pair, told = keys_in(drawer).signing("Ada")
    assert pair is not None
    assert told.own is not None
    assert (told.own.kept, codes(told.notices)) == (Kept.FILE, ["made", "in-file"])
    path = key_keeping.private_path(told.own.key)
    assert "PRIVATE KEY" in path.read_text()
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    if isinstance(drawer, Asking):
        drawer.answered.set()


@pytest.mark.skipif(os.name == "nt", reason="rights are those of the profile there")
def test_others_are_shut_out_of_a_key_file_again() -> None:
    keys = Keys(lambda: None)
    path = key_keeping.private_path(keys.mine("Ada").key)
    path.chmod(0o644)
    assert Keys(lambda: None).signing("Ada")[0] is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_in_a_keyring_that_is_locked_later_is_not_replaced() -> None:
    drawer = Drawer()
    own = keys_in(drawer).mine("Ada")
    pair, told = keys_in(Broken()).signing("Ada")
    assert (pair, codes(told.notices)) == (None, ["unreachable"])
    assert "the bus is down" in told.notices[0]
    assert keys_in(drawer).mine("Ada") == own


def test_a_key_that_is_gone_from_the_keyring_is_replaced_and_said_to_be() -> None:
    drawer = Drawer()
    own = keys_in(drawer).mine("Ada")
    drawer.kept.clear()
    _, told = keys_in(drawer).signing("Ada")
    assert told.own is not None
    assert told.own.key != own.key
    assert told.notices[0] == f"lost:{fingerprint(own.key)}"


def test_a_renewed_key_is_vouched_for_and_the_old_one_dropped() -> None:
    drawer = Drawer()
    keys = keys_in(drawer)
    old = keys.mine("Ada")
    new = keys.renew("Ada")
    assert list(drawer.kept) == [("Annotator", new.key)]
    assert len(new.succession) == 1
    assert old.key in new.succession[0]
    drawer.kept.clear()
    assert keys_in(drawer).renew("Ada").succession == ()


def test_no_export_fails_for_want_of_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    with annotator.open_project(tmp_path / "case.annotator", annotator="Ada", create=True) as project:
        project.add_claim("The wall was dear.")
        monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "file" / "settings"))
        bundle = project.export("bundle", tmp_path / "case.bundle.zip")
        assert codes(project.signing().notices) == ["unreadable"]
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))
    assert annotator.verify_bundle(bundle).signed is None


def test_pinned_keys_that_cannot_be_read_never_count_as_none(tmp_path: Path) -> None:
    ada = Desk("Ada", tmp_path)
    ada.claims("The wall was dear.")
    bundle = ada.bundle()
    keys = Keys(lambda: None)
    keys.pin("Ada", bundle)
    keys_path().write_text("known = 3")
    with pytest.raises(KeysUnreadableError, match=r"keys\.toml"):
        annotator.verify_bundle(bundle)
    with pytest.raises(KeysUnreadableError):
        keys.pin("Bo", "0" * 64)
    assert keys_path().read_text() == "known = 3"


def test_keys_are_pinned_by_hand_and_forgotten(tmp_path: Path) -> None:
    ada = Desk("Ada", tmp_path)
    ada.claims("The wall was dear.")
    keys = Keys(lambda: None)
    pinned = keys.pin("Ada", ada.bundle())
    assert pinned.key == ada.key()
    assert keys.known() == (pinned,)
    assert keys.pin("Bo", "AB" * 32).key == "ab" * 32
    assert keys.forget(fingerprint(pinned.key)) == (pinned,)
    with pytest.raises(WrongArgumentError, match="Bo"):
        keys.forget("Ada")
    for name, key in (("Ada", "12"), ("", "0" * 64), ("Ada", str(tmp_path))):
        with pytest.raises(WrongArgumentError):
            keys.pin(name, key)


def test_the_keyring_of_the_system_is_never_asked_where_settings_lie_elsewhere() -> None:
    assert key_keeping.system_keyring() is None


def test_only_keyrings_of_the_system_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    import keyring.core

    keyring.core.init_backend()
    with pytest.raises(NoKeyringError, match="none that the program can use"):
        Keyring().read("anything")
