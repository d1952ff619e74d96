"""Revisions that make an entity by themselves: nearly all that a history holds.

The line of such a one is ``{"body":{"fields":{…},"nonce":"…"},"entity":"…","kind":"…","parents":[]}``. What it is can be told
from its edges (``frame_of``), which is enough to lay it down. Its body is looked at when all is laid down (``reader_of``):
decoded to the form of its kind and encoded again. Where that gives the same bytes, the line is canonical, every field is known
and fits, and nothing that the entity needs is missing.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from annotator.bundle.fields import ids_of, loose_form, whole
from annotator.domain.anchoring import Anchor
from annotator.domain.change import DELETED
from annotator.domain.claim import Appearance
from annotator.domain.codec import Json, canonical, parse
from annotator.domain.ids import is_entity_id
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.kinds import KINDS, Annotator
from annotator.domain.passage import Passage
from annotator.domain.source import BlockMark, Version

OF_CLAIMS = (Appearance.kind, Linkage.kind, Conclusion.kind)
"""Kinds that belong to a claim."""

_KINDS = {kind.encode(): kind for kind in KINDS.keys() - {Anchor.kind, Annotator.kind, BlockMark.kind, Version.kind}}
"""Kinds of which nothing is to be seen but their fields, and whether their words stand in a text."""

_HEAD, _ENTITY, _CLAIM, _TEXT = b'{"body":{"fields":{', b',"entity":"', b'"claim_id":"', b'"text":"'
_BODY = len(b'{"body":')
_TAIL = re.compile(rb',"entity":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})","kind":"([a-z_]+)","parents":\[\]\}\Z')
_TAIL_BYTES, _ID_LENGTH, _ID_BYTES, _DIGEST_LENGTH = 130, 36, 16, 64
_encode = msgspec.json.Encoder(order="deterministic").encode


Frame = tuple[str, bytes, bytes, bytes | None, bytes | None]
"""What a line tells without being read as a whole: its kind, the entity (16 bytes), and the stored bytes of the body.

Then what it says to belong to, a claim (16 bytes), and what it says to stand on, the digits of a text's digest; None for other
kinds.
"""


def frame_of(line: bytes) -> Frame | None:
    """Return what a line (without its line end) tells at its edges; None where it is not one of these."""
    at = line.rfind(_ENTITY, -_TAIL_BYTES)
    tail = _TAIL.match(line, at) if at > 0 else None
    if tail is None or not line.startswith(_HEAD):
        return None
    entity, name = tail.groups()
    kind = _KINDS.get(name)
    if kind is None:
        return None
    claim = text = None
    if kind == Passage.kind:
        text = _value(line, _TEXT, _DIGEST_LENGTH)
    elif kind in OF_CLAIMS:
        try:
            claim = _id(_value(line, _CLAIM, _ID_LENGTH))
        except ValueError:
            return None
    return kind, _id(entity), line[_BODY:at], claim, text


@cache
def reader_of(kind: str) -> Callable[[bytes], Any | None]:
    """Return what reads a body of a kind: its fields by their names; None where it is none of these.

    Whether the text that a passage stands on is known is for the caller to see.
    """
    body_of = msgspec.defstruct(f"body_of_{kind}", [("fields", loose_form(kind)), ("nonce", str)])
    decode, (single, several) = msgspec.json.Decoder(body_of).decode, ids_of(kind)

    def read(body: bytes) -> Any | None:
        try:
            found: Any = decode(body)
            if _encode(found) != body:
                return _unusual(kind, body, parse(body))
        except (ValueError, RecursionError, OverflowError):
            return None
        fields = found.fields
        for name in single:
            id_ = getattr(fields, name)
            if id_ is not None and not is_entity_id(id_):
                return None
        for name in several:
            if not all(map(is_entity_id, getattr(fields, name))):
                return None
        return fields

    return read


def _unusual(kind: str, body: bytes, value: Json) -> Any | None:
    """Return what a body sets that holds more than has to be written down: defaults, or fields that are not known.

    None where one of those has the name of the claim that was told at the edges.
    """
    is_plain = value.keys() == {"fields", "nonce"} and DELETED not in value["fields"] and canonical(value) == body
    return whole(kind, value["fields"]) if is_plain and body.count(_CLAIM) <= 1 else None


def _value(line: bytes, name: bytes, length: int) -> bytes:
    """Return what stands behind the name of a field; no other part of a body has that name, but in fields that are not known."""
    at = line.rfind(name) + len(name)
    return line[at : at + length]


def _id(text: bytes) -> bytes:
    id_ = unhexlify(text.replace(b"-", b""))
    if len(id_) != _ID_BYTES:
        raise ValueError("not an id")
    return id_
