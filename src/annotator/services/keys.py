"""The keys of whoever works on this computer, and those of teammates that were pinned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from annotator.bundle.keypair import KeyPair
from annotator.bundle.signature import Signer, succession
from annotator.bundle.verify import verify_bundle
from annotator.domain.errors import KeysUnreadableError, WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.names import clean_name
from annotator.domain.signing import (
    BundleSignature,
    Kept,
    KnownKey,
    OwnKey,
    PublicKey,
    Sender,
    SignatureState,
    Signing,
    fingerprint,
    public_key,
)
from annotator.services.base import YOUR_NAME
from annotator.services.identity import now
from annotator.services.key_keeping import drop_private, keep_private, read_private, system_keyring
from annotator.services.keyrings import Keyring, NoKeyringError
from annotator.services.keys_file import KeyRing, change_keys, load_keys

NOBODY = Signing(notices=("nobody",))
"""How is signed where nobody is named: not at all."""


class Keys:
    """All that is done about keys. It keeps nothing but the key pairs that it has read, so that a keyring is asked once."""

    def __init__(self, keyring: Callable[[], Keyring | None] = system_keyring) -> None:
        """``keyring`` gives the keyring to use; None: keys lie in files."""
        self._keyring = keyring
        self._pairs: dict[PublicKey, KeyPair] = {}

    # -- looking

    def own(self) -> tuple[OwnKey, ...]:
        """Return the keys of those who work on this computer. Raises ``KeysUnreadableError``."""
        return load_keys().own

    def known(self) -> tuple[KnownKey, ...]:
        """Return the pinned keys of teammates, replaced ones too. Raises ``KeysUnreadableError``."""
        return load_keys().known

    def mine(self, name: str) -> OwnKey:
        """Return the key that ``name`` signs with, made on first use. Raises ``WrongArgumentError``, ``KeysUnreadableError``."""
        if not clean_name(name):
            raise WrongArgumentError(argument="name", problem="nobody is named", allowed=YOUR_NAME)
        own = self.signing(name)[1].own
        if own is None:
            raise WrongArgumentError(
                argument="name", problem=f"{name} has no key that can be used now", allowed=YOUR_NAME
            )
        return own

    # -- signing

    def signing(self, name: str) -> tuple[KeyPair | None, Signing]:
        """Return the key pair that ``name`` signs with, made on first use, and what is to be known of it.

        There is none where nobody is named, or where the key lies in a keyring that does not answer. Whatever is wrong with
        keyrings and files: this says so, and neither waits long, nor asks, nor raises.
        """
        name = clean_name(name)
        if not name:
            return None, NOBODY
        try:
            own = _of(load_keys(), name)
            if own is None:
                return self._make(name, ())
            pair = self._pairs.get(own.key) or read_private(own, self._keyring())
            if pair is None:
                return self._make(name, (f"lost:{fingerprint(own.key)}",))
        except NoKeyringError as error:
            return None, Signing(notices=(f"unreachable:{error}",))
        except KeysUnreadableError as error:
            return None, Signing(notices=(f"unreadable:{error.data['path']}: {error.data['reason']}",))
        self._pairs[own.key] = pair
        return pair, Signing(own=own)

    def signer(self, name: str, annotator: EntityId, *, named: bool = True) -> tuple[Signer | None, Signing]:
        """Return what signs a bundle in the name of an annotator, and what is to be known of it; like ``signing``.

        The name itself stays here unless the bundle is to be ``named``.
        """
        pair, told = self.signing(name)
        if pair is None or told.own is None:
            return None, told
        sender = Sender(annotator=annotator, name=clean_name(name) if named else "")
        return Signer(sender=sender, key=pair.public, sign=pair.sign, succession=told.own.succession), told

    def renew(self, name: str) -> OwnKey:
        """Make a new key for ``name``; the old one, where it can still be read, states that this one takes its place.

        The old one is not kept. Raises ``WrongArgumentError``, ``KeysUnreadableError``.
        """
        name = clean_name(name)
        if not name:
            raise WrongArgumentError(argument="name", problem="nobody is named", allowed=YOUR_NAME)
        old = _of(load_keys(), name)
        pair = None
        if old is not None:
            try:
                pair = self._pairs.get(old.key) or read_private(old, self._keyring())
            except NoKeyringError:
                pair = None
        _, told = self._make(name, (), old=pair)
        if old is not None:
            self._pairs.pop(old.key, None)
            drop_private(old, self._keyring())
        assert told.own is not None  # noqa: S101 just made
        return told.own

    def _make(self, name: str, notices: tuple[str, ...], *, old: KeyPair | None = None) -> tuple[KeyPair, Signing]:
        pair = KeyPair.make()
        kept, why = keep_private(pair, self._keyring())
        earlier = _of(load_keys(), name)
        stated: tuple[str, ...] = ()
        if old is not None and earlier is not None:
            stated = (*earlier.succession, succession(old.public, pair.public, old.sign))
        own = OwnKey(name=name, key=pair.public, made=now(), kept=kept, succession=stated)
        change_keys(lambda ring: ring._replace(own=(*(each for each in ring.own if each.name != name), own)))
        self._pairs[own.key] = pair
        made = f"made:{fingerprint(own.key)}"
        told = (f"in-file:{why}",) if kept is Kept.FILE and why else ()
        return pair, Signing(own=own, notices=(*notices, made, *told))

    # -- teammates

    def pin(self, name: str, key: str | Path) -> KnownKey:
        """Take a key for a teammate's: one in hexadecimal digits, or that of a bundle that it signs.

        Other keys of that name stay. Raises ``WrongArgumentError``, ``BundleRefusedError``, ``KeysUnreadableError``.
        """
        name = clean_name(name)
        if not name:
            raise WrongArgumentError(argument="name", problem="nobody is named", allowed="the name of a teammate")
        found, annotators = _given(key)
        return self._pin(name, found, annotators)

    def accept(self, signature: BundleSignature) -> KnownKey | None:
        """Take the key of a bundle for its sender's, as a person said; what it takes the place of counts as replaced.

        A key that was replaced stays so: such a bundle is taken once. None where there is no key to be pinned.
        """
        key, annotator = signature.key, signature.annotator
        if key is None or signature.state in _NOT_PINNED:
            return None
        annotators = (annotator,) if annotator else ()
        return self._pin(signature.name or _nameless(key), key, annotators, instead=signature.expected)

    def forget(self, which: str) -> tuple[KnownKey, ...]:
        """Unpin the keys of a teammate, given by name, key or fingerprint, and return them. Raises ``WrongArgumentError``."""
        wanted = clean_name(which)
        gone: list[KnownKey] = []

        def alter(ring: KeyRing) -> KeyRing:
            gone[:] = [each for each in ring.known if wanted in (each.name, each.key, fingerprint(each.key))]
            if not gone:
                names = ", ".join(dict.fromkeys(each.name for each in ring.known)) or "none: no key is pinned"
                raise WrongArgumentError(argument="name", problem=f"no key is pinned to “{which}”", allowed=names)
            return ring._replace(known=tuple(each for each in ring.known if each not in gone))

        change_keys(alter)
        return tuple(gone)

    def _pin(
        self, name: str, key: PublicKey, annotators: tuple[EntityId, ...], *, instead: Iterable[PublicKey] = ()
    ) -> KnownKey:
        before = {each.key: each for each in load_keys().known}.get(key)
        ids = tuple(dict.fromkeys((*(before.annotators if before else ()), *annotators)))
        pinned = KnownKey(name=name, key=key, since=now(), annotators=ids)

        def alter(ring: KeyRing) -> KeyRing:
            kept = (each for each in ring.known if each.key != key)
            return ring._replace(known=(*(_retired(each, annotators, instead) for each in kept), pinned))

        change_keys(alter)
        return pinned


_NOT_PINNED = {SignatureState.OWN, SignatureState.RETIRED}

keys = Keys()
"""The keys on this computer."""


def _of(ring: KeyRing, name: str) -> OwnKey | None:
    return next((each for each in ring.own if each.name == name), None)


def _retired(known: KnownKey, annotators: tuple[EntityId, ...], instead: Iterable[PublicKey]) -> KnownKey:
    """Return a key as replaced where it is one of those whose place another takes, and belongs to the same annotator."""
    is_same = not known.annotators or not annotators or bool(set(known.annotators) & set(annotators))
    return replace(known, replaced=True) if known.key in tuple(instead) and is_same else known


def _nameless(key: PublicKey) -> str:
    return f"Key {fingerprint(key)[:4]}"


def _given(key: str | Path) -> tuple[PublicKey, tuple[EntityId, ...]]:
    """Return the key that a caller names, and the annotator where a bundle tells it."""
    path = Path(key)
    try:
        return public_key(str(key).strip().lower()), ()
    except ValueError as error:
        if path.is_file():
            report = verify_bundle(path)
            if report.signed is not None:
                return report.signed.key, (report.sender.annotator,) if report.sender else ()
        raise WrongArgumentError(
            argument="key",
            problem=f"“{key}” is no key, and no bundle that is signed",
            allowed="64 hexadecimal digits as “annotator keys” shows them, or the path of a signed bundle",
        ) from error
