"""DSSE envelopes (Dead Simple Signing Envelope 1.0) with one Ed25519 signature, whose key id is the public key itself."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from annotator.domain.codec import canonical
from annotator.domain.signing import PublicKey, public_key

_SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an envelope holds, and the key whose signature over it was checked."""

    payload: bytes
    key: PublicKey


def pae(payload_type: str, payload: bytes) -> bytes:
    """Return the bytes that are signed: DSSE's pre-authentication encoding of type and payload."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def envelope(payload_type: str, payload: bytes, key: PublicKey, sign: Callable[[bytes], bytes]) -> bytes:
    """Return an envelope as canonical JSON on one line."""
    signature = base64.b64encode(sign(pae(payload_type, payload))).decode()
    return canonical(
        {
            "payload": base64.b64encode(payload).decode(),
            "payloadType": payload_type,
            "signatures": [{"keyid": key, "sig": signature}],
        }
    )


def open_envelope(data: bytes, payload_type: str) -> Envelope:
    """Return what an envelope holds, once its signature was checked; fields that are not known are passed over.

    Raises ``ValueError`` saying what does not hold.
    """
    try:
        found = msgspec.json.decode(data, type=_Envelope)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ValueError("is no DSSE envelope") from error
    if found.payload_type != payload_type:
        raise ValueError(f"signs something of the kind “{found.payload_type[:80]}”, not “{payload_type}”")
    if len(found.signatures) != 1:
        raise ValueError("has not exactly one signature")
    payload, (signature,) = _decoded(found.payload), found.signatures
    key = public_key(signature.keyid)
    if not _holds(key, pae(payload_type, payload), _decoded(signature.sig)):
        raise ValueError("the signature does not hold")
    return Envelope(payload, key)


def _holds(key: PublicKey, message: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(signature) != _SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _decoded(text: str) -> bytes:
    """Return base64 decoded, in its plain or its URL-safe letters, as DSSE allows; there is one way to write any bytes."""
    plain = text.replace("-", "+").replace("_", "/")
    try:
        data = base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("has something in it that is no base64") from error
    if base64.b64encode(data).decode() != plain:
        raise ValueError("has base64 in it that is written otherwise than it should be")
    return data


class _Signature(msgspec.Struct):
    sig: str
    keyid: str = ""


class _Envelope(msgspec.Struct, rename="camel"):
    payload: str
    payload_type: str
    signatures: list[_Signature]
