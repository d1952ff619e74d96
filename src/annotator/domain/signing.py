"""Who signed a bundle, what is known of the key, and how the bundle stands to what came from there before."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from annotator.domain.ids import EntityId
from annotator.domain.names import NameWarning

PublicKey = NewType("PublicKey", str)
"""An Ed25519 public key (RFC 8032): its 32 bytes in small hexadecimal digits."""

_KEY = re.compile("[0-9a-f]{64}")
_FINGERPRINT_BYTES = 10
_GROUP = 4


def public_key(text: str) -> PublicKey:
    """Return a key given as text; raises ``ValueError`` where it is none."""
    if not _KEY.fullmatch(text):
        raise ValueError("is no Ed25519 key in hexadecimal digits")
    return PublicKey(text)


def fingerprint(key: PublicKey) -> str:
    """Return what people compare aloud: the first 80 bits of the key's SHA-256, as ``K7QF-2M4X-PL3D-QW5A``."""
    digest = hashlib.sha256(bytes.fromhex(key)).digest()[:_FINGERPRINT_BYTES]
    letters = base64.b32encode(digest).decode()
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def signed_name(name: str, key: PublicKey) -> str:
    """Return a name beside the key that proves it: ``Ada @ K7QF-2M4X-PL3D-QW5A``."""
    return f"{name or '?'} @ {fingerprint(key)}"


class Kept(StrEnum):
    """Where a private key lies."""

    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKey:
    """A key of somebody who works on this computer: the name they work under, when it was made (UTC), where it lies.

    ``succession`` are the statements by which earlier keys of theirs name it as the next one.
    """

    name: str
    key: PublicKey
    made: str
    kept: Kept
    succession: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKey:
    """A key that a person on this computer took for a teammate's: pinned to a name.

    ``annotators`` are the ids that the teammate works under, ``since`` is when it was pinned (UTC). ``replaced`` tells that a
    later key took its place: what it signs is not taken in any more unless a person says so.
    """

    name: str
    key: PublicKey
    since: str
    annotators: tuple[EntityId, ...] = ()
    replaced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """How a person's exports are signed: with ``own``, or not at all; ``notices`` are codes of what they should know of it."""

    own: OwnKey | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who states to have sent a bundle: their id in the project, and their name where it goes out."""

    annotator: EntityId
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature that holds: the key, and those keys that name it as their successor, all the way, each proven."""

    key: PublicKey
    vouching: frozenset[PublicKey] = frozenset()


class SignatureState(StrEnum):
    """What the signature of a bundle comes to on this computer. One that does not hold is no state: the bundle is refused."""

    UNSIGNED = "unsigned"
    """There is none, and nobody whose work it brings is known to sign."""
    STRIPPED = "stripped"
    """There is none, though it states a sender or brings work of somebody who signs."""
    UNKNOWN = "unknown"
    """It holds; the key is pinned to nobody."""
    KNOWN = "known"
    """It holds, by a key that is pinned."""
    OWN = "own"
    """It holds, by a key of somebody who works on this computer."""
    CHANGED = "changed"
    """It holds, by another key than the one that is pinned to this name, or that this project knows the sender by."""
    RENEWED = "renewed"
    """As ``CHANGED``, and the pinned key names this one as its successor."""
    RETIRED = "retired"
    """It holds, by a key that another one has replaced since."""


REFUSED_STATES = frozenset(
    {SignatureState.STRIPPED, SignatureState.CHANGED, SignatureState.RENEWED, SignatureState.RETIRED}
)
"""What is taken in only when a person says so."""


_UNPROVEN = frozenset({SignatureState.CHANGED, SignatureState.RETIRED})


class Reception(StrEnum):
    """How a bundle stands to the one that came from the same sender before."""

    FIRST = "first"
    NEXT = "next"
    AGAIN = "again"
    OLDER = "older"
    SHORTENED = "shortened"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleSignature:
    """Who signed a bundle and whether that can be believed, told before anything is taken in.

    ``name`` and ``annotator`` are those of the sender (their words, unless the key is known), ``key`` is empty where there is no
    signature. ``expected`` are the keys that were known for this name or sender. ``signers`` are, where the signature is missing,
    the people it brings work of who sign. ``previous`` and ``previous_at`` name the bundle that came from this sender before,
    ``missing`` counts the changes that it held and this one does not, ``missed`` names a few. ``warnings`` are
    names that could deceive.
    """

    state: SignatureState
    name: str = ""
    annotator: EntityId | None = None
    key: PublicKey | None = None
    expected: tuple[PublicKey, ...] = ()
    signers: tuple[str, ...] = ()
    reception: Reception = Reception.FIRST
    previous: str = ""
    previous_at: str = ""
    missing: int = 0
    missed: tuple[str, ...] = ()
    warnings: tuple[NameWarning, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether nothing is taken in until a person says so."""
        return self.state in REFUSED_STATES

    def proves(self, name: str) -> bool:
        """Tell whether the key that signed is that of an author: only the sender's work is, the rest is passed on."""
        return self.key is not None and name == self.name and self.state not in _UNPROVEN

    @property
    def who(self) -> str:
        """The sender beside the key: ``Ada @ K7QF-2M4X-PL3D-QW5A``; without a signature the bare name."""
        return signed_name(self.name, self.key) if self.key else self.name
