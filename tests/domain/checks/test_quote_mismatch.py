"""Passages whose kept words are not those of the text."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.ids import Digest
from annotator.domain.kinds import Passage
from annotator.domain.passage import Fragment
from annotator.services.identity import new_id
from tests.domain.checks.conftest import REPORT, Scene


def _passage(scene: Scene, quote: str, *, start: int = 0) -> Passage:
    text = scene.ada.store.read().get(Passage, scene.measured).text
    return Passage(id=new_id(), text=text, fragments=(Fragment(start=start, end=start + 8, quote=quote),))


def test_other_words_than_the_text_has_are_raised_with_both(scene: Scene) -> None:
    altered = _passage(scene, "The hill")
    scene.outside(altered)
    (finding,) = scene.found("quote-mismatch")
    assert (finding.entity_id, finding.level) == (altered.id, "error")
    assert "“The wall”" in finding.message
    assert "“The hill”" in finding.message


def test_one_code_point_off_is_raised(scene: Scene) -> None:
    scene.outside(_passage(scene, "The wall", start=1))
    assert len(scene.found("quote-mismatch")) == 1


def test_a_second_fragment_is_looked_at_and_the_passage_raised_once(scene: Scene) -> None:
    good = _passage(scene, REPORT[:8])
    scene.outside(
        replace(
            good,
            fragments=(*good.fragments, *(Fragment(start=n, end=n + 2, quote="??") for n in (10, 20))),
        )
    )
    assert [finding.entity_id for finding in scene.found("quote-mismatch")] == [good.id]


def test_the_words_of_the_text_are_not_raised(scene: Scene) -> None:
    scene.outside(_passage(scene, "The wall"))
    assert not scene.found("quote-mismatch")


def test_a_text_that_is_not_here_is_not_judged(scene: Scene) -> None:
    scene.outside(replace(_passage(scene, "Anything"), text=Digest("0" * 64)))
    assert not scene.found("quote-mismatch")
