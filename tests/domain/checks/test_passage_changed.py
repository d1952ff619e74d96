"""Judgements on words that changed in the newest version of their source."""

from __future__ import annotations

import pytest

from annotator.domain.anchoring import Anchor, AnchorState, anchor_id_of
from annotator.domain.change import Blob
from annotator.domain.codec import canonical
from annotator.domain.ids import EntityId
from annotator.domain.kinds import Passage, Version
from annotator.domain.structure import Structure
from annotator.domain.text import text_digest
from annotator.services.identity import new_id
from tests.domain.checks.conftest import REPORT, Scene

CODE = "passage-changed"


def revise(scene: Scene, state: AnchorState, sequence: int = 2) -> Anchor:
    """Write a later version of the report, in which the passage that was measured is found in this state."""
    text = REPORT.replace("twice", "once") + f" Version {sequence}."
    old = scene.ada.store.read().get(Version, scene.report)
    structure = Blob("structure", canonical(Structure()))
    version = Version(
        id=new_id(), source_id=old.source_id, text=text_digest(text), structure=structure.digest, sequence=sequence
    )
    passage = scene.ada.store.read().get(Passage, scene.measured)
    anchor = Anchor(
        id=anchor_id_of(passage, version.text),
        passage=passage.id,
        text=version.text,
        state=state,
        made_for=passage.spans,
    )
    scene.outside(version, anchor, blobs=(Blob("text", text.encode()), structure))
    return anchor


@pytest.mark.parametrize(
    ("state", "words"), [(AnchorState.CHANGED, "reads otherwise"), (AnchorState.ORPHANED, "is not in the newest")]
)
def test_a_judgement_on_words_that_changed_is_raised(scene: Scene, state: AnchorState, words: str) -> None:
    linkage = scene.link(scene.measured)
    revise(scene, state)
    (finding,) = scene.found(CODE)
    assert (finding.entity_id, finding.others, finding.level) == (linkage.id, (scene.measured,), "warning")
    assert "“measured it twice in May”" in finding.message
    assert words in finding.message
    assert "“Report”" in finding.message


@pytest.mark.parametrize("state", [AnchorState.EXACT, AnchorState.MOVED, AnchorState.WHITESPACE])
def test_words_that_are_the_same_are_not(scene: Scene, state: AnchorState) -> None:
    scene.link(scene.measured)
    revise(scene, state)
    assert not scene.found(CODE)


def test_only_the_newest_version_counts(scene: Scene) -> None:
    scene.link(scene.measured)
    revise(scene, AnchorState.CHANGED)
    assert scene.found(CODE)
    revise(scene, AnchorState.EXACT, sequence=3)
    assert not scene.found(CODE)


def test_once_somebody_has_decided_it_is_not_raised(scene: Scene) -> None:
    scene.link(scene.measured)
    anchor = revise(scene, AnchorState.CHANGED)
    scene.ada.keep_anchor(anchor.id)
    assert not scene.found(CODE)


def test_a_passage_that_nothing_rests_on_is_not_raised(scene: Scene) -> None:
    revise(scene, AnchorState.CHANGED)
    assert not scene.found(CODE)
    linkage: EntityId = scene.link(scene.measured).id
    scene.ada.withdraw(linkage, reason="A slip.")
    assert not scene.found(CODE)
