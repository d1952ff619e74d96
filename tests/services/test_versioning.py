"""A source that changes: its new version, every passage found again in it, and what a person decides on those that changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import annotator
from annotator.domain.anchoring import Anchor, AnchorDecision, AnchorState, anchor_id, anchor_id_of
from annotator.domain.errors import CancelledError, NotFoundError, WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.passage import Passage
from annotator.domain.source import Version
from annotator.services.base import Outcome, created, deleted
from annotator.services.project import Project
from annotator.store.verify import verify
from tests.services.conftest import spans

OLD = (
    "The harbour wall\n"
    "The council did not find a leak in the wall that was built last year.\n"
    "An auditor found twice as much as was told.\n"
    "A ferry pilot saw the water rise in May.\n"
    "The mayor says that the wall cost 4.1 million crowns and no more.\n"
)
NEW = (
    "The harbour wall (corrected)\n"
    "A ferry pilot saw the water rise in May.\n"
    "The council did find a leak in the wall that was built last year.\n"
    "The mayor says that the wall cost\n4.1 million crowns and no more.\n"
)
QUOTES = {
    "exact": "The mayor says",
    "moved": "A ferry pilot saw the water rise in May.",
    "whitespace": "the wall cost 4.1 million crowns",
    "changed": "The council did not find a leak",
    "orphaned": "An auditor found twice as much",
}


@pytest.fixture
def version(project: Project) -> Version:
    return project.import_source(("wall.txt", OLD.encode()))


@pytest.fixture
def passages(project: Project, version: Version) -> dict[str, EntityId]:
    """Highlight one passage for each state that it will be found in."""
    return {state: project.highlight(version.id, spans(OLD, quote)).id for state, quote in QUOTES.items()}


def add(project: Project, version: Version, text: str = NEW, name: str = "wall2.txt") -> Version:
    return project.add_version(version.source_id, (name, text.encode())).version


def id_of(project: Project, passage: EntityId, version: Version) -> EntityId:
    """Return the id of the anchor of a passage as it is now."""
    found = project.entity(passage)
    assert isinstance(found, Passage)
    return anchor_id_of(found, version.text)


def anchor_of(project: Project, passage: EntityId, version: Version) -> Anchor:
    found = project.entity(id_of(project, passage, version))
    assert isinstance(found, Anchor)
    return found


def test_every_passage_is_found_again_or_given_up(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    before = project.passages(version.id)
    report = project.add_version(version.source_id, ("wall2.txt", NEW.encode()))
    for state, passage in passages.items():
        assert getattr(report, state) == (passage,), state
    assert report.version.sequence == 2
    assert report.version.supersedes == version.id
    assert project.passages(version.id) == before, "no passage moves"
    assert project.passages(report.version.id) == ()
    assert set(report.unsettled) == {id_of(project, passages[s], report.version) for s in ("changed", "orphaned")}


def test_the_rows_tell_the_words_then_and_now(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    claim = project.add_claim("It leaks.")
    project.link(passages["changed"], claim.id, stance="refutes", verdict="refuted", confidence="low", rationale="x")
    new = add(project, version)
    rows = {row.passage: row for row in project.anchors(new.id)}
    changed, gone = rows[passages["changed"]], rows[passages["orphaned"]]
    assert (changed.quote, changed.found) == (QUOTES["changed"], "The council did find a leak")
    assert [judged.stance for judged in changed.judged] == ["refutes"]
    assert 75 < changed.score < 100
    assert (gone.quote, gone.found, gone.spans, gone.score) == (QUOTES["orphaned"], "", (), 0)
    assert [row.quote for row in rows.values()] == sorted(QUOTES.values(), key=OLD.index)
    assert rows[passages["moved"]].state is AnchorState.MOVED


def test_the_reader_of_the_new_version_shows_what_stands_there(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    new = add(project, version)
    own = project.highlight(new.id, spans(NEW, "(corrected)"))
    rows = {row.id: row for row in project.passage_rows(new.id)}
    assert set(rows) == {own.id, *(passages[s] for s in ("exact", "moved", "whitespace", "changed"))}
    assert rows[own.id].anchor is None
    changed = rows[passages["changed"]].anchor
    assert changed is not None
    assert changed.waits
    assert NEW[slice(*rows[passages["whitespace"]].spans[0])] == "the wall cost\n4.1 million crowns"
    assert [row.anchor for row in project.passage_rows(version.id)] == [None] * len(passages)
    project.keep_anchor(changed.id)
    assert passages["changed"] not in {row.id for row in project.passage_rows(new.id)}


def test_version_and_anchors_are_one_step(project: Project, version: Version, passages: dict[str, EntityId]) -> None:
    before = project.state_digest()
    new = add(project, version)
    after = project.state_digest()
    project.undo()
    assert project.state_digest() == before
    with pytest.raises(NotFoundError):
        anchor_of(project, passages["exact"], new)
    project.redo()
    assert project.state_digest() == after
    project.undo()
    again = project.add_version(version.source_id, ("wall2.txt", NEW.encode()))
    assert again.exact == (passages["exact"],)
    project.undo()
    assert project.state_digest() == before
    verify(project.path)


def test_each_settlement_is_one_step(project: Project, version: Version, passages: dict[str, EntityId]) -> None:
    claim = project.add_claim("It leaks.")
    linkage = project.link(passages["changed"], claim.id, stance="refutes")
    new = add(project, version)
    anchor = anchor_of(project, passages["changed"], new)
    place = spans(NEW, "did find a leak")
    ways: list[tuple[Callable[[], Anchor], AnchorDecision, list[str]]] = [
        (lambda: project.accept_anchor(anchor.id), AnchorDecision.ACCEPTED, ["The council did find a leak"]),
        (lambda: project.move_anchor(anchor.id, place), AnchorDecision.PLACED, ["did find a leak"]),
        (lambda: project.keep_anchor(anchor.id), AnchorDecision.KEPT, []),
        (lambda: project.withdraw_anchor(anchor.id, "No longer said."), AnchorDecision.WITHDRAWN, []),
    ]
    for settle, decision, stands in ways:
        before = project.state_digest()
        settle()
        found = anchor_of(project, passages["changed"], new)
        assert (found.decision, [each.quote for each in found.stands]) == (decision, stands)
        withdrawn = next(each.withdrawn for each in project.linkages() if each.id == linkage.id)
        assert withdrawn == ("No longer said." if decision is AnchorDecision.WITHDRAWN else "")
        assert anchor.id not in project.version_report(new.id).unsettled
        project.undo()
        assert project.state_digest() == before
    verify(project.path)


def test_what_cannot_be_settled_so_is_refused(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    new = add(project, version)
    gone = anchor_of(project, passages["orphaned"], new)
    with pytest.raises(WrongArgumentError, match="no words were found"):
        project.accept_anchor(gone.id)
    with pytest.raises(WrongArgumentError, match="outside the text"):
        project.move_anchor(gone.id, [(0, len(NEW) + 1)])
    with pytest.raises(WrongArgumentError, match="reason"):
        project.withdraw_anchor(gone.id, " ")
    with pytest.raises(NotFoundError):
        project.keep_anchor(passages["orphaned"])
    assert anchor_of(project, passages["orphaned"], new) == gone


def test_what_was_accepted_need_not_be_accepted_again(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    second = add(project, version)
    project.accept_anchor(id_of(project, passages["changed"], second))
    project.keep_anchor(id_of(project, passages["orphaned"], second))
    third = add(project, version, "Stop press.\n" + NEW, "wall3.txt")
    assert project.version_report(third.id).unsettled == ()
    carried = anchor_of(project, passages["changed"], third)
    assert [each.quote for each in carried.stands] == ["The council did find a leak"]
    fourth = add(project, version, NEW.replace("did find", "did find and mend"), "wall4.txt")
    assert project.version_report(fourth.id).unsettled == (id_of(project, passages["changed"], fourth),)


def test_what_was_withdrawn_is_in_question_again_once_it_is_judged_again(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    gone = passages["orphaned"]
    project.link_to_new_claim(gone, "Much was found.", stance="supports", verdict="supported")
    second = add(project, version)
    project.withdraw_anchor(id_of(project, gone, second), "it is gone")
    third = add(project, version, "Stop press.\n" + NEW, "wall3.txt")
    assert anchor_of(project, gone, third).decision is AnchorDecision.WITHDRAWN
    project.link_to_new_claim(gone, "Much was found once.", stance="supports", verdict="supported")
    fourth = add(project, version, "Stop press!\n" + NEW, "wall4.txt")
    assert anchor_of(project, gone, fourth).decision is None


def test_a_known_address_is_the_next_version_and_its_passages_are_found_again(project: Project) -> None:
    page = "<html><body><article><p>{0}</p></article></body></html>"
    url = "https://example.org/wall"
    first = project.import_source(("a.html", page.format(OLD.replace("\n", "</p><p>")).encode()), url=url)
    text = project.text(first.id)
    passage = project.highlight(first.id, spans(text, QUOTES["changed"]))
    before = project.state_digest()
    second = project.import_source(("b.html", page.format(NEW.replace("\n", "</p><p>")).encode()), url=url)
    assert second.source_id == first.source_id
    assert project.version_report(second.id).changed == (passage.id,)
    project.undo()
    assert project.state_digest() == before


def test_passages_that_come_later_are_looked_for_when_asked(project: Project, version: Version) -> None:
    new = add(project, version)
    late = project.highlight(version.id, spans(OLD, QUOTES["changed"]))
    assert project.not_looked_for(new.id) == 1
    assert project.find_again(new.id).changed == (late.id,)
    assert project.not_looked_for(new.id) == 0
    changes = project.store.read().history.count()
    project.find_again(new.id)
    assert project.store.read().history.count() == changes, "nothing to look for is no change"


def test_the_same_bytes_are_no_new_version(project: Project, version: Version) -> None:
    new = add(project, version)
    assert add(project, version) == new
    assert len(project.versions(version.source_id)) == 2


def test_a_search_can_be_stopped_and_writes_nothing(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    assert passages
    before = project.store.read().history.count()
    with pytest.raises(CancelledError):
        project.add_version(version.source_id, ("wall2.txt", NEW.encode()), cancelled=lambda: True)
    assert project.store.read().history.count() == before


def test_a_reshaped_passage_is_found_anew(project: Project, version: Version, passages: dict[str, EntityId]) -> None:
    new = add(project, version)
    project.accept_anchor(id_of(project, passages["changed"], new))
    before = project.state_digest()
    project.reshape(passages["exact"], spans(OLD, "The mayor says that the wall cost 4.1"))
    wider = anchor_of(project, passages["exact"], new)
    assert ([each.quote for each in wider.stands], wider.state) == (
        ["The mayor says that the wall cost\n4.1"],
        AnchorState.WHITESPACE,
    )
    project.undo()
    assert project.state_digest() == before
    project.reshape(passages["changed"], spans(OLD, "did not find a leak"))
    asked = anchor_of(project, passages["changed"], new)
    assert ([each.quote for each in asked.stands], asked.decision) == (["did find a leak"], None)
    project.reshape(passages["changed"], spans(OLD, "find a leak"))
    assert anchor_of(project, passages["changed"], new).is_settled
    project.verify()


def test_what_was_decided_with_an_older_program_is_taken_over_where_the_same_words_are_found(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    """Its anchors do not tell what they were made for: all are looked for anew."""
    new = add(project, version)
    project.accept_anchor(id_of(project, passages["changed"], new))
    project.keep_anchor(id_of(project, passages["orphaned"], new))
    now = [anchor_of(project, passages[state], new) for state in passages]
    old = [replace(each, id=anchor_id(each.passage, each.text, ()), made_for=()) for each in now]
    writes = (*(deleted(each.kind, each.id) for each in now), *map(created, old))
    project.do("find_again", lambda _: Outcome(None, writes))
    assert project.anchors(new.id) == ()
    assert project.not_looked_for(new.id) == len(passages)
    project.find_again(new.id)
    assert [anchor_of(project, passages[state], new) for state in passages] == now
    verify(project.path)


def test_a_deleted_passage_takes_its_anchor_along(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    new = add(project, version)
    project.delete(passages["exact"])
    assert passages["exact"] not in {row.passage for row in project.anchors(new.id)}
    project.undo()
    assert anchor_of(project, passages["exact"], new).state is AnchorState.EXACT


def test_whatever_is_decided_after_a_withdrawal_brings_back_what_it_withdrew(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    claim = project.add_claim("It leaks.")
    passage = passages["changed"]
    withdrawn, other = (project.link(passage, claim.id, stance=stance) for stance in ("refutes", "supports"))
    project.withdraw(other.id, reason="A slip.")
    new = add(project, version)
    anchor = id_of(project, passage, new)
    project.withdraw_anchor(anchor, "No longer said.")
    third = add(project, version, "Stop press.\n" + NEW, "wall3.txt")
    assert anchor_of(project, passage, third).decision is AnchorDecision.WITHDRAWN, "as it was decided before"
    ways: list[Callable[[], Anchor]] = [
        lambda: project.accept_anchor(anchor),
        lambda: project.move_anchor(anchor, spans(NEW, "did find a leak")),
        lambda: project.keep_anchor(anchor),
    ]
    for decide in ways:
        before = project.state_digest()
        decide()
        stands = {each.id: each.withdrawn for each in project.linkages()}
        assert stands == {withdrawn.id: "", other.id: "A slip."}
        assert anchor_of(project, passage, third).decision is None, "it waits again: there it went with its linkages"
        project.undo()
        assert project.state_digest() == before
    project.withdraw_anchor(anchor, "No longer said.")
    assert all(each.withdrawn for each in project.linkages())
    verify(project.path)


def test_a_linkage_on_two_passages_that_were_withdrawn_comes_back_with_the_second_one(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    claim = project.add_claim("It leaks.")
    project.link([passages["changed"], passages["orphaned"]], claim.id, stance="refutes")
    new = add(project, version)
    one, other = (id_of(project, passages[state], new) for state in ("changed", "orphaned"))
    project.withdraw_anchor(one, "No longer said.")
    project.withdraw_anchor(other, "Gone.")
    project.accept_anchor(one)
    assert [each.withdrawn for each in project.linkages()] == ["No longer said."]
    project.keep_anchor(other)
    assert [each.withdrawn for each in project.linkages()] == [""]


# -- two teams


def give(giver: Project, taker: Project, folder: Path) -> None:
    bundle = giver.export("bundle", folder / f"{giver.name}-{giver.store.read().history.count()}.bundle.zip")
    taker.merge(taker.plan_merge(bundle))


def test_two_teams_that_map_one_passage_make_one_anchor(
    project: Project, version: Version, passages: dict[str, EntityId], tmp_path: Path
) -> None:
    base = project.export("bundle", tmp_path / "base.bundle.zip")
    with annotator.open_bundle(base, tmp_path / "other.annotator", annotator="Bo") as other:
        ours, theirs = add(project, version), add(other, version)
        other.accept_anchor(id_of(project, passages["changed"], theirs))
        give(other, project, tmp_path)
        give(project, other, tmp_path)
        assert project.state_digest() == other.state_digest()
        assert project.conflicts() == ()
        assert len(project.anchors(ours.id)) == len(passages)
        settled = anchor_of(project, passages["changed"], ours)
        assert settled.decision is AnchorDecision.ACCEPTED
        project.keep_anchor(settled.id)
        other.move_anchor(settled.id, spans(NEW, "find a leak"))
        give(other, project, tmp_path)
        assert {conflict.field for conflict in project.conflicts()} == {"decision"}
        chosen = next(c for c in project.conflicts()).sides[1].value
        project.settle(settled.id, "decision", chosen)
        assert project.conflicts() == ()
        verify(project.path)


def test_taking_back_a_version_leaves_what_a_colleague_made_too(
    project: Project, version: Version, passages: dict[str, EntityId], tmp_path: Path
) -> None:
    base = project.export("bundle", tmp_path / "base.bundle.zip")
    with annotator.open_bundle(base, tmp_path / "other.annotator", annotator="Bo") as other:
        theirs = add(other, version)
        add(project, version)
        project.undo()
        give(other, project, tmp_path)
        give(project, other, tmp_path)
        for each in (project, other):
            assert each.conflicts() == ()
            assert len(each.anchors(theirs.id)) == len(passages)
            verify(each.path)
        assert project.state_digest() == other.state_digest()


def test_a_colleagues_passage_on_the_old_text_waits_to_be_looked_for(
    project: Project, version: Version, tmp_path: Path
) -> None:
    base = project.export("bundle", tmp_path / "base.bundle.zip")
    with annotator.open_bundle(base, tmp_path / "other.annotator", annotator="Bo") as other:
        theirs = other.highlight(version.id, spans(OLD, QUOTES["changed"]))
        new = add(project, version)
        give(other, project, tmp_path)
        assert project.not_looked_for(new.id) == 1
        assert project.find_again(new.id).changed == (theirs.id,)


def test_a_passage_that_a_colleague_reshaped_is_looked_for_anew(
    project: Project, version: Version, passages: dict[str, EntityId], tmp_path: Path
) -> None:
    """Whoever has the new version has looked for the words of before: what was found, or decided, is about those."""
    base = project.export("bundle", tmp_path / "base.bundle.zip")
    claim = project.add_claim("It cost so much.")
    project.link(passages["exact"], claim.id, stance="supports", verdict="supported")
    exact, changed = passages["exact"], passages["changed"]
    with annotator.open_bundle(base, tmp_path / "other.annotator", annotator="Bo") as other:
        other.reshape(exact, spans(OLD, "The mayor says that the wall cost 4.1"))
        other.reshape(changed, spans(OLD, "find a leak in the wall that was built last year"))
        new = add(project, version)
        project.accept_anchor(id_of(project, changed, new))
        give(other, project, tmp_path)
        assert project.conflicts() == ()
        assert project.not_looked_for(new.id) == 2
        shown = {row.passage for row in project.anchors(new.id)}
        assert shown == {passages[state] for state in ("moved", "whitespace", "orphaned")}
        assert not {exact, changed} & {row.id for row in project.passage_rows(new.id)}, "none on the words of before"
        report = project.find_again(new.id)
        assert set(report.whitespace) == {exact, passages["whitespace"]}
        assert report.exact == (changed,), "the words that are left are the same"
        wider = anchor_of(project, exact, new)
        assert [each.quote for each in wider.stands] == ["The mayor says that the wall cost\n4.1"]
        give(project, other, tmp_path)
        assert other.state_digest() == project.state_digest()
        assert other.not_looked_for(new.id) == 0
        assert other.conflicts() == ()
        verify(project.path)


def test_two_who_took_in_one_version_of_which_one_had_reshaped_a_passage_are_in_no_conflict(
    project: Project, version: Version, passages: dict[str, EntityId], tmp_path: Path
) -> None:
    base = project.export("bundle", tmp_path / "base.bundle.zip")
    with annotator.open_bundle(base, tmp_path / "other.annotator", annotator="Bo") as other:
        other.reshape(passages["exact"], spans(OLD, "An auditor found twice"))
        theirs, ours = add(other, version), add(project, version)
        give(other, project, tmp_path)
        give(project, other, tmp_path)
        for each in (project, other):
            assert each.conflicts() == ()
            assert set(each.version_report(theirs.id).orphaned) == {passages["exact"], passages["orphaned"]}
        assert theirs.text == ours.text
        assert project.state_digest() == other.state_digest()


def test_a_reshaping_that_is_taken_back_brings_the_decision_back(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    new, changed = add(project, version), passages["changed"]
    project.accept_anchor(id_of(project, changed, new))
    project.reshape(changed, spans(OLD, "did not find a leak"))
    assert anchor_of(project, changed, new).decision is None
    project.reshape(changed, spans(OLD, QUOTES["changed"]))
    assert anchor_of(project, changed, new).decision is AnchorDecision.ACCEPTED


def test_two_teams_that_took_in_different_next_versions(
    project: Project, version: Version, passages: dict[str, EntityId], tmp_path: Path
) -> None:
    """Both are the second one; the one made later counts as the newest, and nothing stands in it that nobody looked for."""
    base = project.export("bundle", tmp_path / "base.bundle.zip")
    with annotator.open_bundle(base, tmp_path / "other.annotator", annotator="Bo") as other:
        ours = add(project, version)
        corrected = project.highlight(ours.id, spans(NEW, "The council did find a leak"))
        said = project.highlight(ours.id, spans(NEW, "A ferry pilot saw the water rise in May."))
        for passage in (corrected, said):
            project.link_to_new_claim(passage.id, f"It says: {passage.quote}", stance="supports", verdict="supported")
        again = NEW.replace("did find a leak", "did find two leaks")
        theirs = add(other, version, again, "wall2b.txt")
        theirs_own = other.highlight(theirs.id, spans(again, "two leaks in the wall"))
        give(other, project, tmp_path)
        give(project, other, tmp_path)
        for each in (project, other):
            assert [found.sequence for found in each.versions(version.source_id)] == [1, 2, 2]
            assert each.revised_rows()[0].newest == theirs.id
            assert each.not_looked_for(theirs.id) == 2
            assert {f.code for f in each.findings()} >= {"passage-unsought"}
            assert {row.id for row in each.passage_rows(theirs.id)} & {corrected.id, said.id} == set()
        report = project.find_again(theirs.id)
        assert (report.changed[-1:], said.id in report.exact) == ((corrected.id,), True)
        assert set(report.unsettled) == {
            id_of(project, passage, theirs) for passage in (corrected.id, passages["changed"], passages["orphaned"])
        }
        assert "passage-unsought" not in {finding.code for finding in project.findings()}
        assert any(corrected.id in f.others for f in project.findings() if f.code == "passage-changed")
        assert project.revised_rows()[0].waiting == 3
        assert project.find_again(ours.id).changed[-1:] == (theirs_own.id,)
        assert project.revised_rows()[0].waiting == 3, "an older version asks nobody"
        other.find_again(theirs.id)
        other.find_again(ours.id)
        assert other.state_digest() == project.state_digest()
        give(project, other, tmp_path)
        assert other.conflicts() == ()
        verify(other.path)


def test_an_anchor_is_as_a_script_sees_it(project: Project, version: Version, passages: dict[str, EntityId]) -> None:
    new = add(project, version)
    anchor = anchor_of(project, passages["exact"], new)
    assert (anchor.method, anchor.score, anchor.is_settled) == ("diff", 87, True)
    assert replace(anchor, state=AnchorState.CHANGED).is_settled is False


def test_what_was_highlighted_in_an_older_version_counts_for_the_source(
    project: Project, version: Version, passages: dict[str, EntityId]
) -> None:
    claim = project.add_claim("The wall leaks.")
    project.link(passages["exact"], claim.id, stance="supports", verdict="supported", confidence="low")
    new = add(project, version)
    project.highlight(new.id, spans(NEW, "(corrected)"))
    row = project.source_row(new.id)
    assert row is not None
    assert (row.passages, row.linked) == (len(passages) + 1, 1)
    assert (project.counts().passages, project.counts().linked) == (len(passages) + 1, 1)
