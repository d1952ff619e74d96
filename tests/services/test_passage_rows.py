"""What the reader is told of each passage: what stands, who said it of which claim, whether there is a note."""

from __future__ import annotations

from annotator.domain.ids import EntityId
from annotator.domain.rows import Judged
from annotator.domain.source import Version
from annotator.services.project import Project


def judge(project: Project, version: Version, claim: EntityId, stance: str, verdict: str) -> EntityId:
    """Link the first words of a version to a claim, and return the linkage."""
    linkage = project.link(
        None, claim, version=version.id, fragments=[(0, 16)], stance=stance, verdict=verdict, confidence=""
    )
    return linkage.id


def test_a_row_tells_what_every_standing_linkage_says(project: Project, version: Version) -> None:
    first, second = project.add_claim("The wall held."), project.add_claim("The wall was cheap.")
    judge(project, version, first.id, "refutes", "refuted")
    (row,) = project.passage_rows(version.id)
    project.link(row.id, second.id, stance="supports", verdict="", confidence="")
    (row,) = project.passage_rows(version.id)
    me = project.linkages()[0].annotator_id
    assert set(row.judged) == {
        Judged(me, first.id, "refutes", "refuted"),
        Judged(me, second.id, "supports", ""),
    }
    assert row.stances == ("refutes", "supports")
    assert not row.judged_disputed


def test_a_linkage_that_was_withdrawn_says_nothing_more(project: Project, version: Version) -> None:
    claim = project.add_claim("The wall held.")
    linkage = judge(project, version, claim.id, "refutes", "refuted")
    project.withdraw(linkage, reason="the figure was corrected")
    (row,) = project.passage_rows(version.id)
    assert row.judged == ()
    assert row.stances == ()


def test_a_note_is_told(project: Project, version: Version) -> None:
    passage = project.highlight(version.id, [(0, 16)])
    assert not project.passage_rows(version.id)[0].noted
    project.note(passage.id, "Ask again")
    assert project.passage_rows(version.id)[0].noted


def test_of_passages_that_begin_together_the_longer_comes_first(project: Project, version: Version) -> None:
    for end in (5, 16, 9):
        project.highlight(version.id, [(0, end)])
    assert [row.end for row in project.passage_rows(version.id)] == [16, 9, 5]
