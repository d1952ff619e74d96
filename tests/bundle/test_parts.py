"""Bundles of a part, as somebody could forge them: what is withheld is stated, whole, and never what all the rest is read by."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.bundle.layout import BAG_INFO, read_bag_info
from annotator.bundle.scope import Extent
from annotator.bundle.verify import verify_bundle
from annotator.domain.codec import canonical
from annotator.domain.errors import BundleRefusedError
from annotator.domain.ids import digest_of
from tests.bundle.builders import ForgedChange, Members, forged, pack

LIMITED = b"Annotator-Limited-To: claims\n"


def withhold(revision: dict[str, object]) -> None:
    """Leave the words of a revision out, its digest in."""
    revision["digest"] = digest_of(canonical(revision.pop("body")))


def edited(changes: list[ForgedChange], kind: str) -> tuple[dict[str, object], dict[str, object]]:
    """Return two revisions of one entity of a kind, of which the later follows the earlier."""
    found: dict[str, dict[str, object]] = {}
    for change in changes:
        for revision in change.revisions:
            first = found.get(str(revision["entity"]))
            if revision["kind"] == kind and first is not None and change.old and revision["parents"]:
                return first, revision
            found.setdefault(str(revision["entity"]), revision)
    raise AssertionError(f"no {kind} was edited")


def refused(parts: Members, alter: Callable[[list[ForgedChange]], None], out: Path, *, stated: bool = True) -> str:
    parts = {**parts, BAG_INFO: parts[BAG_INFO] + (LIMITED if stated else b"")}
    with pytest.raises(BundleRefusedError) as told:
        verify_bundle(pack(forged(parts, alter), out / "forged.zip"))
    return str(told.value)


def test_words_that_follow_withheld_ones_are_refused(parts: Members, tmp_path: Path) -> None:
    said = refused(parts, lambda changes: withhold(edited(changes, "claim")[0]), tmp_path)
    assert "has words that follow words which are withheld" in said


def test_what_is_withheld_is_stated(parts: Members, tmp_path: Path) -> None:
    said = refused(parts, lambda changes: withhold(edited(changes, "claim")[1]), tmp_path, stated=False)
    assert "the words of a claim are withheld, which the bundle does not state" in said


def test_a_basis_that_is_no_part_of_the_history_is_refused(parts: Members, tmp_path: Path) -> None:
    parts[BAG_INFO] += b"Annotator-Limited-To: since\nAnnotator-Basis-Head: " + b"0" * 64 + b"\n"
    said = refused(parts, lambda _: None, tmp_path, stated=False)
    assert "builds on the change 0000" in said


def test_a_bundle_states_its_extent(parts: Members) -> None:
    assert read_bag_info(parts[BAG_INFO]).extent == Extent()
    assert read_bag_info(parts[BAG_INFO] + LIMITED).extent == Extent(limits=("claims",))
