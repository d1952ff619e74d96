"""What is known of keys on this computer: one's own (their public parts) and those of teammates, in a file beside the settings.

It is local on purpose: whom a person trusts is their own word, and goes out with no project and no bundle.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from annotator.domain.codec import from_plain, to_plain
from annotator.domain.errors import KeysUnreadableError
from annotator.domain.signing import KnownKey, OwnKey, public_key
from annotator.services.settings import settings_path

_WAIT_SECONDS = 10.0


class KeyRing(NamedTuple):
    """All keys that are known on this computer."""

    own: tuple[OwnKey, ...] = ()
    known: tuple[KnownKey, ...] = ()


def keys_path() -> Path:
    """Return where the keys are kept."""
    return settings_path().with_name("keys.toml")


def load_keys() -> KeyRing:
    """Return what is known of keys. Raises ``KeysUnreadableError``: a file that cannot be read never counts as an empty one."""
    path = keys_path()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        ring = KeyRing(
            tuple(from_plain(each, OwnKey) for each in table.get("own", ())),
            tuple(from_plain(each, KnownKey) for each in table.get("known", ())),
        )
        for key in (*(each.key for each in ring.own), *(each.key for each in ring.known)):
            public_key(key)
    except FileNotFoundError:
        return KeyRing()
    except (OSError, ValueError, TypeError) as error:
        raise KeysUnreadableError(path=path, reason=str(error)) from error
    return ring


def change_keys(alter: Callable[[KeyRing], KeyRing]) -> KeyRing:
    """Put what ``alter`` makes of the keys in their place, one process at a time, and return it.

    Raises ``KeysUnreadableError`` where the file cannot be read or written; it is then as before.
    """
    import tomli_w

    path = keys_path()
    with _alone(path):
        ring = alter(load_keys())
        table: dict[str, Any] = {
            "own": [to_plain(each) for each in ring.own],
            "known": [to_plain(each) for each in ring.known],
        }
        draft = path.with_name(path.name + ".new")
        draft.write_text(tomli_w.dumps(table), encoding="utf-8")
        draft.replace(path)
    return ring


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes from the file while it is altered."""
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(path.name + ".lock"), timeout=_WAIT_SECONDS):
            yield
    except (OSError, Timeout) as error:
        with suppress(OSError):
            path.with_name(path.name + ".new").unlink(missing_ok=True)
        raise KeysUnreadableError(path=path, reason=str(error)) from error
