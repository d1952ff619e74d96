"""The one serialisation: its bytes are those of RFC 8785, and what comes back is what went in."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.codec import Json, canonical, from_plain, parse, to_plain
from annotator.domain.entity import KINDS
from annotator.domain.kinds import Claim, Passage
from tests.factories import Ids, Maker

SAFE_INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(max_codepoint=0x7F))
VALUES = st.recursive(
    st.none() | st.booleans() | SAFE_INTEGERS | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)

_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def _rfc8785(value: Json) -> str:
    """Write JSON as RFC 8785, section 3.2, says it, without numbers that are not whole."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        escaped = (_ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in value)
        return '"' + "".join(escaped) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(_rfc8785, value)) + "]"
    in_order = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be"))
    return "{" + ",".join(f"{_rfc8785(name)}:{_rfc8785(each)}" for name, each in in_order) + "}"


@given(VALUES)
def test_bytes_are_those_of_rfc_8785(value: Json) -> None:
    assert canonical(value) == _rfc8785(value).encode()


@given(VALUES)
def test_what_comes_back_is_what_went_in(value: Json) -> None:
    assert parse(canonical(value)) == value == json.loads(canonical(value))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_entity_comes_back(kind: str, make: Maker) -> None:
    entity = make.of_kind(kind)
    assert from_plain(parse(canonical(entity)), type(entity)) == entity
    assert to_plain(entity) == parse(canonical(entity))


@pytest.mark.parametrize(
    "read",
    [
        lambda: parse(b"{"),
        lambda: parse(b'"\xff"'),
        lambda: from_plain({"id": "x"}, Claim),
        lambda: from_plain({"id": "x", "text": 3}, Claim),
        lambda: from_plain({"id": "x", "text": "t", "fidelity": "exactly"}, Passage),
    ],
)
def test_what_does_not_fit_is_a_value_error(read: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read()


def test_members_that_are_not_known_are_left_out() -> None:
    id_ = Ids()()
    assert from_plain({"id": id_, "text": "Water", "colour": "blue"}, Claim) == Claim(id=id_, text="Water")
