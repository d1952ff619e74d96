"""The keyring of the operating system, asked so that it never holds up the work: in a thread, for seconds, without a prompt.

Only keyrings that the system itself keeps are asked: Windows' Credential Locker, the macOS Keychain, and on Linux the Secret
Service where it is unlocked. Others of the ``keyring`` package ask for passwords in a terminal, or keep them in the open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")

SERVICE = "Annotator"
_SECONDS = 5.0
_OF_THE_SYSTEM = {
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.SecretService.Keyring",
}


class Backend(Protocol):
    """What is asked of a keyring, as the ``keyring`` package has it."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept under a name, None where nothing is."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep something under a name."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Drop what is kept under a name."""
        ...


class NoKeyringError(Exception):
    """There is no keyring, or it did not answer; the reason in a few words."""


class Keyring:
    """The system's keyring. Every method raises ``NoKeyringError`` where it cannot be used, within seconds."""

    def __init__(self, find: Callable[[], Backend] | None = None, *, seconds: float = _SECONDS) -> None:
        """``find`` gives the keyring to use instead of the system's; it is asked for every time, in the thread that waits."""
        self._find = find or _of_the_system
        self._seconds = seconds

    def read(self, name: str) -> str | None:
        """Return what is kept under a name, None where nothing is."""
        return self._ask(lambda backend: backend.get_password(SERVICE, name))

    def keep(self, name: str, text: str) -> None:
        """Keep something under a name, and make sure that it is read again as it was."""

        def job(backend: Backend) -> None:
            backend.set_password(SERVICE, name, text)
            if backend.get_password(SERVICE, name) != text:
                raise NoKeyringError("it does not give back what it was given")

        self._ask(job)

    def drop(self, name: str) -> None:
        """Drop what is kept under a name."""
        self._ask(lambda backend: backend.delete_password(SERVICE, name))

    def _ask(self, job: Callable[[Backend], T]) -> T:
        """Run a job in a thread of its own; one that does not come back in time is left to itself."""
        answers: list[T] = []
        failures: list[str] = []

        def run() -> None:
            try:
                answers.append(job(self._find()))
            except Exception as error:
                failures.append(str(error) or type(error).__name__)

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._seconds)
        if answers:
            return answers[0]
        raise NoKeyringError(failures[0] if failures else f"it did not answer within {self._seconds:.0f} seconds")


def _of_the_system() -> Backend:
    """Return the keyring that the system keeps. Raises ``NoKeyringError`` where there is none that answers without a prompt."""
    import keyring.core
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.core.get_keyring()
    found = chosen.backends if isinstance(chosen, ChainerBackend) else (chosen,)
    for backend in found:
        name = f"{type(backend).__module__}.{type(backend).__qualname__}"
        if name in _OF_THE_SYSTEM:
            if name.startswith("keyring.backends.SecretService"):
                _refuse_a_locked_one()
            return backend
    raise NoKeyringError("this computer has none that the program can use")


def _refuse_a_locked_one() -> None:
    """Raise ``NoKeyringError`` where the Secret Service would ask for its password."""
    import secretstorage

    connection = secretstorage.dbus_init()
    try:
        if secretstorage.get_default_collection(connection).is_locked():
            raise NoKeyringError("it is locked")
    finally:
        connection.close()
