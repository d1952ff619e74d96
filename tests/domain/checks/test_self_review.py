"""Reviews of one's own work."""

from __future__ import annotations

from annotator.domain.ids import EntityId
from annotator.domain.kinds import Review
from annotator.domain.review import Decision
from annotator.services.identity import new_id
from tests.domain.checks.conftest import Scene

CODE = "self-review"


def _review(about: EntityId, by: EntityId) -> Review:
    return Review(id=new_id(), about=about, annotator_id=by, decision=Decision.ACCEPTED)


def test_a_review_of_ones_own_judgement_is_raised(scene: Scene) -> None:
    linkage, conclusion = scene.link(scene.measured, by=scene.ben).id, scene.conclude()
    reviews = [_review(linkage, scene.ben.annotator_id), _review(conclusion, scene.ada.annotator_id)]
    scene.outside(*reviews)
    found = {finding.entity_id: finding for finding in scene.found(CODE)}
    assert {id_: finding.others for id_, finding in found.items()} == {
        linkage: (reviews[0].id,),
        conclusion: (reviews[1].id,),
    }
    assert found[linkage].message.startswith("Ben has reviewed their own linkage on “The wall holds.”")
    assert {finding.level for finding in found.values()} == {"error"}


def test_a_review_by_somebody_else_is_not_raised(scene: Scene) -> None:
    linkage = scene.link(scene.measured, by=scene.ben).id
    scene.outside(_review(linkage, scene.ada.annotator_id), _review(scene.claim, scene.ada.annotator_id))
    assert not scene.found(CODE)
