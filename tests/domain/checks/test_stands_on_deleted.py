"""What stands on something that was deleted."""

from __future__ import annotations

import pytest

from annotator.domain.change import DELETED, Draft, Write
from annotator.domain.entity import Entity
from annotator.domain.ids import EntityId
from annotator.domain.kinds import (
    Annotator,
    Appearance,
    Conclusion,
    Linkage,
    Note,
    Passage,
    Review,
    Source,
    Version,
    Waiver,
)
from annotator.domain.review import Decision
from annotator.services.identity import new_id
from tests.domain.checks.conftest import Scene

CODE = "stands-on-deleted"


def remove(scene: Scene, id_: EntityId, *, by: Annotator | None = None) -> None:
    """Delete something and nothing that stands on it, as it is where two people did not know of each other."""
    kind = scene.ada.entity(id_).kind
    author = by.id if by else scene.ada.annotator_id
    draft = Draft(action="test", label="Test", annotator=author, writes=(Write(id_, kind, {DELETED: True}),))
    scene.ada.store.commit(lambda _: draft)


def sentences(scene: Scene) -> dict[EntityId, str]:
    return {each.entity_id: each.sentence.format(**each.data) for each in scene.found(CODE)}


def test_a_linkage_and_a_conclusion_on_a_deleted_claim(scene: Scene) -> None:
    linkage = scene.link(scene.measured, by=scene.ben).id
    conclusion = scene.conclude(by=scene.ben)
    remove(scene, scene.claim)
    assert sentences(scene) == {
        linkage: "The linkage of “measured it twice in May” by Ben stands on the claim “The wall holds.” that Ada deleted.",
        conclusion: "The conclusion on “The wall holds.” by Ben stands on the claim “The wall holds.” that Ada deleted.",
    }
    for finding in scene.found(CODE):
        assert finding.others == (scene.claim,)
        assert finding.claim_id is None, "what is gone cannot be gone to"
    assert {each.code for each in scene.all_found()} == {CODE}


def test_what_is_deleted_along_with_it_is_not_found(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.conclude()
    scene.ada.delete(scene.claim)
    assert scene.all_found() == ()


def test_it_goes_once_the_deleted_thing_is_restored_or_this_is_deleted_too(scene: Scene) -> None:
    linkage = scene.link(scene.measured, by=scene.ben).id
    made = scene.ada.history(scene.claim)[0].change.id
    remove(scene, scene.claim)
    assert len(scene.found(CODE)) == 1
    scene.ada.restore(scene.claim, made)
    assert scene.found(CODE) == ()
    remove(scene, scene.claim)
    scene.ada.delete(linkage)
    assert scene.found(CODE) == ()


def test_what_was_withdrawn_is_left_alone(scene: Scene) -> None:
    linkage = scene.link(scene.measured).id
    scene.ada.withdraw(linkage, reason="A mistake.")
    scene.conclude(stage="withdrawn")
    remove(scene, scene.claim)
    assert scene.found(CODE) == ()


def test_a_passage_of_a_deleted_source_names_its_version_and_who_made_it(scene: Scene) -> None:
    version = scene.ada.store.read().get(Version, scene.report)
    remove(scene, scene.report)
    remove(scene, version.source_id)
    assert sentences(scene) == {
        passage: f"The passage “{words}” by Ada stands on version 1 of “Report” that Ada deleted."
        for passage, words in (
            (scene.measured, "measured it twice in May"),
            (scene.unmoved, "it had not moved at all"),
        )
    }
    assert {finding.others for finding in scene.found(CODE)} == {(scene.report,)}


def test_a_passage_stands_as_long_as_one_version_has_its_text(scene: Scene) -> None:
    version = scene.ada.store.read().get(Version, scene.report)
    source = Source(id=new_id(), title="Copy")
    scene.outside(source, Version(id=new_id(), source_id=source.id, text=version.text, structure=version.structure))
    remove(scene, scene.report)
    assert scene.found(CODE) == ()


def test_a_version_of_a_deleted_source(scene: Scene) -> None:
    source = scene.ada.store.read().get(Version, scene.report).source_id
    remove(scene, source, by=Annotator(id=new_id(), name="Cy"))
    assert sentences(scene) == {
        scene.report: "Version 1 of “Report” by Ada stands on the source “Report” that somebody unnamed deleted."
    }


def test_a_linkage_of_several_passages_names_all_that_is_gone(scene: Scene) -> None:
    linkage = scene.ada.link((scene.measured, scene.unmoved), scene.claim, stance="supports", rationale="So.")
    remove(scene, scene.unmoved)
    remove(scene, scene.claim)
    [found] = scene.found(CODE)
    assert found.others == tuple(sorted((scene.unmoved, scene.claim)))
    assert sentences(scene)[linkage.id] == (
        "The linkage of “measured it twice in May … it had not moved at all” by Ada stands on "
        "the passage “it had not moved at all” that Ada deleted and the claim “The wall holds.” that Ada deleted."
    )


def _made(scene: Scene, kind: type[Entity], about: EntityId) -> Entity:
    ben = scene.ben.annotator_id
    match kind.kind:
        case "note":
            return Note(id=new_id(), about=about, annotator_id=ben, text="Look here.")
        case "review":
            return Review(id=new_id(), about=about, annotator_id=ben, decision=Decision.NEEDS_WORK)
        case "waiver":
            return Waiver(id=new_id(), check="quote-mismatch", about=about, annotator_id=ben, reason="We know.")
        case "appearance":
            return Appearance(id=new_id(), passage_id=about, claim_id=scene.claim)
        case _:
            return Linkage(
                id=new_id(), passage_ids=(about,), claim_id=scene.claim, annotator_id=ben, stance="contextualises"
            )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Note, "The note “Look here.” by Ben"),
        (Review, "The review “needs work” by Ben"),
        (Waiver, "The waiver “quote-mismatch: We know.” by Ben"),
        (Appearance, "The appearance of somebody unknown by Ada"),
        (Linkage, "The linkage of “measured it twice in May” by Ben"),
    ],
)
def test_everything_that_is_about_something_is_looked_at(scene: Scene, kind: type[Entity], words: str) -> None:
    made = _made(scene, kind, scene.measured)
    scene.ben.add_claim("Ben is here.")
    scene.outside(made)
    assert scene.found(CODE) == ()
    remove(scene, scene.measured)
    assert sentences(scene) == {made.id: f"{words} stands on the passage “measured it twice in May” that Ada deleted."}


def test_what_is_not_here_is_not_called_deleted(scene: Scene) -> None:
    ben = scene.ben.annotator_id
    scene.outside(
        Note(id=new_id(), about=new_id(), annotator_id=ben, text="On something withheld."),
        Conclusion(id=new_id(), claim_id=new_id(), annotator_id=ben, verdict="supported"),
        Passage(id=new_id(), text="0" * 64),  # type: ignore[arg-type]
    )
    assert scene.found(CODE) == ()


def test_a_deletion_that_is_in_conflict_has_not_deleted(scene: Scene) -> None:
    scene.link(scene.measured, by=scene.ben)
    history = scene.ada.history(scene.claim)
    remove(scene, scene.claim)
    assert len(scene.found(CODE)) == 1
    reopened = Write(scene.claim, "claim", {}, {DELETED: [True, False]})
    draft = Draft(action="test", label="Test", annotator=scene.ada.annotator_id, writes=(reopened,))
    scene.ada.store.commit(lambda _: draft)
    assert scene.ada.entity(scene.claim).kind == history[0].kind
    assert scene.found(CODE) == ()
