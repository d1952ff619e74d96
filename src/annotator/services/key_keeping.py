"""Where the private part of a key lies: in the system's keyring, else in a file that only its owner may read."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from annotator.bundle.keypair import KeyPair
from annotator.domain.errors import KeysUnreadableError
from annotator.domain.signing import Kept, OwnKey, PublicKey
from annotator.services.keyrings import Keyring, NoKeyringError
from annotator.services.settings import FOLDER_VARIABLE, settings_path

_OWNER_ONLY = 0o600
_FOLDER = 0o700


def system_keyring() -> Keyring | None:
    """Return the system's keyring; None where the settings lie in a folder of their own, which then holds the keys too."""
    return None if os.environ.get(FOLDER_VARIABLE) else Keyring()


def keep_private(pair: KeyPair, keyring: Keyring | None) -> tuple[Kept, str]:
    """Keep a private key and return where it lies, and why it is not in the keyring (empty where it is, or none was asked).

    Raises ``KeysUnreadableError`` where the file cannot be written either.
    """
    why = ""
    if keyring is not None:
        try:
            keyring.keep(pair.public, pair.text())
        except NoKeyringError as error:
            why = str(error)
        else:
            return Kept.KEYRING, ""
    _write(private_path(pair.public), pair.text())
    return Kept.FILE, why


def read_private(own: OwnKey, keyring: Keyring | None) -> KeyPair | None:
    """Return a key pair, None where its private part is gone or is not that of this key.

    Raises ``NoKeyringError`` where it lies in a keyring that does not answer.
    """
    if own.kept is Kept.FILE:
        text = _read(private_path(own.key))
    elif keyring is None:
        raise NoKeyringError("the settings lie in another folder")
    else:
        text = keyring.read(own.key)
    try:
        pair = KeyPair.read(text) if text else None
    except ValueError:
        return None
    return pair if pair is not None and pair.public == own.key else None


def drop_private(own: OwnKey, keyring: Keyring | None) -> None:
    """Drop a private key that is not to be used any more."""
    if own.kept is Kept.FILE:
        private_path(own.key).unlink(missing_ok=True)
    elif keyring is not None:
        with suppress(NoKeyringError):
            keyring.drop(own.key)


def private_path(key: PublicKey) -> Path:
    """Return where the private part of a key lies that is in no keyring."""
    return settings_path().parent / "keys" / f"{key[:32]}.pem"


def _write(path: Path, text: str) -> None:
    """Write a file that never was readable for others: it is made with its rights, not given them later."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.name != "nt":  # a Windows profile is its owner's already
            path.parent.chmod(_FOLDER)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise KeysUnreadableError(path=path, reason=error.strerror or str(error)) from error


def _read(path: Path) -> str | None:
    """Return what a file holds; where others were let at it, they are shut out again."""
    try:
        if os.name != "nt" and path.stat().st_mode & 0o077:
            path.chmod(_OWNER_ONLY)
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
