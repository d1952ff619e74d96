"""All checks at once: order, waivers, words."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.anchoring import AnchorState
from annotator.domain.checks.case import Case
from annotator.domain.checks.registry import checks
from annotator.domain.checks.running import findings_of
from annotator.domain.checks.words import listed, shortened
from annotator.domain.kinds import Note, Review, Waiver
from annotator.domain.passage import Fragment, Passage
from annotator.domain.review import Decision
from annotator.services.identity import new_id
from tests.domain.checks.conftest import Scene
from tests.domain.checks.test_passage_changed import revise

ON_THE_DISK = {"original-altered"}
"""What cannot be planted in a project that is open: ``tests/services/test_planted_findings.py`` does it."""


def _waiver(scene: Scene, check: str, about: str, others: tuple[str, ...] = ()) -> Waiver:
    return Waiver(
        id=new_id(),
        check=check,
        about=about,  # type: ignore[arg-type]
        others=others,  # type: ignore[arg-type]
        annotator_id=scene.ben.annotator_id,
        reason="We know.",
    )


def _spoil(scene: Scene) -> None:
    """Plant what every check looks for."""
    text = scene.ada.store.read().get(Passage, scene.measured).text
    scene.outside(Passage(id=new_id(), text=text, fragments=(Fragment(start=0, end=3, quote="Abc"),)))
    scene.ada.appear(scene.printed, scene.claim, agent=None, agent_name="The council", role="asserts")
    said = scene.ada.appear(scene.measured, scene.claim, agent=None, agent_name="An engineer", role="denies")
    paper = scene.ada.highlight(scene.paper, [(0, 20)]).id
    scene.ada.appear(paper, scene.claim, agent=None, agent_name="The Paper", role="denies", derived_from=said.id)
    scene.conclude("refuted")
    scene.link(scene.printed, rationale="")
    scene.link(scene.measured, "refutes", verdict="supported")
    scene.link(paper, "refutes")
    own = scene.link(scene.measured, "refutes", by=scene.ben)
    scene.link(scene.measured, "refutes", by=scene.ben)
    decided = Review(id=new_id(), about=own.id, annotator_id=own.annotator_id, decision=Decision.ACCEPTED)
    scene.outside(decided, replace(own, id=new_id(), passage_ids=(scene.unmoved,), stance="backs"))
    scene.ada.conclude(scene.second_claim().id, verdict="supported", justification="Weighed.")
    gone = scene.second_claim("The wall was never built.")
    scene.ada.delete(gone.id)
    scene.outside(Note(id=new_id(), about=gone.id, annotator_id=scene.ben.annotator_id, text="Look here."))
    revise(scene, AnchorState.CHANGED)


def test_nothing_is_found_where_nothing_is_wrong(scene: Scene) -> None:
    scene.link(scene.measured)
    scene.ada.link(scene.unmoved, scene.second_claim().id, stance="refutes", verdict="refuted", rationale="It did.")
    assert scene.all_found() == ()


def test_every_check_finds_what_was_planted_and_its_templates_are_filled(scene: Scene) -> None:
    _spoil(scene)
    found = scene.all_found()
    assert {finding.code for finding in found} == checks().keys() - ON_THE_DISK
    for finding in found:
        check = checks()[finding.code]
        assert finding.title == check.title
        assert finding.sentence in (check.sentence, *check.more)
        assert finding.level in check.levels
        assert finding.message.endswith(finding.advice)
        assert "{" not in finding.message
        assert finding.others == tuple(sorted(finding.others))
        assert finding.entity_id not in finding.others
        assert scene.ada.store.read().entity(finding.entity_id).kind == finding.kind
    assert len({finding.key for finding in found}) == len(found)


def test_errors_come_first_then_check_then_claim(scene: Scene) -> None:
    _spoil(scene)
    places = [
        (finding.level != "error", finding.code, finding.claim_id or "", finding.entity_id)
        for finding in scene.all_found()
    ]
    assert places == sorted(places)
    assert {place[0] for place in places} == {True, False}


def test_a_waiver_is_on_its_finding_and_on_no_other(scene: Scene) -> None:
    waived, other = [scene.link(passage, rationale="").id for passage in (scene.measured, scene.unmoved)]
    waiver = _waiver(scene, "missing-rationale", waived)
    scene.outside(waiver, _waiver(scene, "inconsistent-linkage", other))
    assert {finding.entity_id: finding.waiver for finding in scene.found("missing-rationale")} == {
        waived: waiver,
        other: None,
    }
    scene.ada.delete(waiver.id)
    assert not any(finding.waiver for finding in scene.found("missing-rationale"))


def test_a_waiver_lapses_when_the_finding_is_about_others(scene: Scene) -> None:
    first, second = (scene.link(scene.measured).id for _ in range(2))
    scene.outside(_waiver(scene, "duplicate-linkage", first, (second,)))
    assert [bool(finding.waiver) for finding in scene.found("duplicate-linkage")] == [True]
    scene.link(scene.measured)
    assert [bool(finding.waiver) for finding in scene.found("duplicate-linkage")] == [False]


def test_of_two_waivers_the_first_speaks(scene: Scene) -> None:
    linkage = scene.link(scene.measured, rationale="").id
    waivers = [_waiver(scene, "missing-rationale", linkage) for _ in range(2)]
    scene.outside(*waivers)
    assert scene.found("missing-rationale")[0].waiver == min(waivers, key=lambda waiver: waiver.id)


def test_progress_is_told_to_the_end(scene: Scene) -> None:
    told: list[tuple[int, int]] = []
    with scene.ada.store.snapshot() as view:
        findings_of(Case.of(view), progress=lambda done, total: told.append((done, total)))
    assert told == [(n, len(checks())) for n in range(1, len(checks()) + 1)]


def test_what_rests_on_a_deleted_claim_is_not_looked_at(scene: Scene) -> None:
    scene.link(scene.measured, rationale="")
    scene.conclude("refuted", justification="")
    assert scene.all_found()
    scene.ada.delete(scene.claim)
    assert scene.all_found() == ()


def test_words_are_cut_between_words() -> None:
    assert shortened("a b\n c") == "a b c"
    assert shortened("word " * 20) == "word " * 15 + "word…"
    assert shortened("x" * 100) == "x" * 80 + "…"


def test_names_are_listed_as_people_do() -> None:
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "A"]) == "A and B"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(["A", "B", "C", "D", "E"]) == "A, B and 3 more"
