"""Bundles of a part of a project: what goes out, what is withheld, and that the rest can follow."""

from __future__ import annotations

import getpass
import platform
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator
from annotator.bundle.verify import verify_bundle
from annotator.domain.errors import BundleBasisError, NotFoundError, WrongArgumentError
from annotator.domain.exchanging import Why
from annotator.domain.people import pseudonym
from annotator.services.exchanging import BundleScope
from annotator.services.project import Project
from annotator.services.scoping import selected
from annotator.store.connection import driver_of
from tests.services.scopes import Case, contents, make_case, opened


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = make_case(tmp_path)
    yield made
    made.ada.close()
    made.bo.close()


def given(project: Project, scope: BundleScope, name: str = "part", team: str = "") -> Path:
    return project.export("bundle", project.path.with_name(f"{name}.bundle.zip"), scope=scope, team=team)


def take(project: Project, bundle: Path, team: str = "") -> None:
    project.merge(project.plan_merge(bundle), team=team)


def test_a_claim_goes_with_all_it_rests_on_and_nothing_else(case: Case) -> None:
    bundle = given(case.ada, BundleScope(claims=(case.wall.id,)))
    assert verify_bundle(bundle).withheld > 0
    assert b"OTHER-" not in contents(bundle)
    assert b"ORIGINAL-OF-wall" in contents(bundle)
    with opened(bundle) as part:
        part.verify()
        assert [claim.id for claim in part.claims()] == [case.wall.id]
        assert {each.id for each in part.linkages()} == {case.ada_linkage.id, case.bo_linkage.id}
        assert [row.source.title for row in part.source_rows()] == [case.ada.source_rows()[0].source.title]
        assert part.notes(case.wall.id)[0].text == "A public remark."
        assert len(part.reviews(case.ada_linkage.id)) == 1
        assert not {"stands_on_deleted", "quote_mismatch"} & {finding.code for finding in part.findings()}
        assert {row.annotator for row in part.linkage_rows(claim=case.wall.id)} == {"Ada Lovelace", "Bo Berg"}


def test_a_person_s_work_goes_with_all_it_rests_on(case: Case) -> None:
    bundle = given(case.ada, BundleScope(annotators=("Bo Berg",)))  # type: ignore[arg-type]
    with opened(bundle) as part:
        part.verify()
        assert {each.id for each in part.linkages()} == {case.ada_linkage.id, case.bo_linkage.id}, "Bo reviewed Ada’s"
        assert part.conclusions(case.wall.id) == ()
        assert [claim.text for claim in part.claims()] == ["The wall was dear."]


def test_nobody_of_that_name(case: Case) -> None:
    with pytest.raises(WrongArgumentError, match="Ada Lovelace, Bo Berg"):
        case.ada.preview_export(BundleScope(annotators=("Zoe",)))  # type: ignore[arg-type]


@pytest.mark.parametrize("whole_first", [True, False])
def test_a_part_and_the_whole_are_the_whole_in_any_order(case: Case, whole_first: bool, tmp_path: Path) -> None:
    part = given(case.ada, BundleScope(claims=(case.wall.id,), names=False))
    whole = given(case.ada, BundleScope(), "whole")
    first, second = (whole, part) if whole_first else (part, whole)
    with opened(first) as other:
        take(other, second)
        other.verify()
        assert other.state_digest() == case.ada.state_digest()
        assert {claim.id for claim in other.claims()} == {case.wall.id, case.mill.id}
        assert len(other.search("nine years")) == len(case.ada.search("nine years")) > 0
        again = given(other, BundleScope(), "again")
    assert verify_bundle(again).bundle_id == verify_bundle(whole).bundle_id  # all but who signed it


def test_parts_come_together_whatever_their_order(case: Case, tmp_path: Path) -> None:
    parts = [
        given(case.ada, scope, str(number))
        for number, scope in enumerate(
            (
                BundleScope(claims=(case.wall.id,)),
                BundleScope(claims=(case.mill.id,), originals=False),
                BundleScope(names=False),
            )
        )
    ]
    with opened(parts[0]) as one, opened(parts[2], "Di") as other:
        take(one, parts[1])
        take(one, parts[2])
        take(other, parts[1])
        take(other, parts[0])
        assert one.state_digest() == other.state_digest()
        one.verify()


def test_a_received_part_withholds_the_same_again(case: Case) -> None:
    bundle = given(case.ada, BundleScope(claims=(case.wall.id,), names=False, originals=False))
    with opened(bundle) as part:
        again = given(part, BundleScope(), "again")
    assert b"OTHER-" not in contents(again)
    assert b"Lovelace" not in contents(again)
    report = verify_bundle(again)
    assert (report.withheld, report.texts, report.sources) == (verify_bundle(bundle).withheld, 1, 0)
    assert report.extent.limits == ("lacking",)


def test_pseudonyms_are_the_same_in_every_bundle(case: Case) -> None:
    ada, bo = case.ada.annotator_id, case.bo.annotator_id
    names = {pseudonym(ada), pseudonym(bo)}
    assert len(names) == 2
    for number, scope in enumerate((BundleScope(names=False), BundleScope(names=False, claims=(case.wall.id,)))):
        bundle = given(case.ada, scope, str(number))
        assert not {b"Lovelace", b"Berg"} & set(contents(bundle).replace(b'"', b" ").split())
        with opened(bundle) as part:
            assert {row.annotator for row in part.linkage_rows(claim=case.wall.id)} == names
            assert {part.history(case.bo_linkage.id)[0].annotator} == {pseudonym(bo)}
            assert part.agreement(unit="linkage").n >= 0
            for form in ("html", "csv", "webannotation", "claimreview"):
                out = part.export(form, part.path.with_suffix(f".{form}"))
                assert b"Lovelace" not in out.read_bytes()


def test_notes_stay_here(case: Case) -> None:
    assert b"PRIVATE-WORDS" not in contents(given(case.ada, BundleScope()))
    assert b"A public remark" in contents(given(case.ada, BundleScope()))
    bundle = given(case.ada, BundleScope(notes=False))
    assert b"A public remark" not in contents(bundle)
    verify_bundle(bundle)


def test_since_the_last_exchange(case: Case, tmp_path: Path) -> None:
    with pytest.raises(WrongArgumentError, match="give the whole project first"):
        given(case.ada, BundleScope(since="The Desk"))
    whole = given(case.ada, BundleScope(), "whole", team="The  Desk")
    case.ada.edit(case.wall.id, text="The wall was very dear.")
    added = case.ada.add_claim("Nobody was asked.")
    news = given(case.ada, BundleScope(since="the desk"), "news")
    assert news.stat().st_size < whole.stat().st_size
    assert b"OTHER-" not in contents(news)
    with opened(whole) as desk:
        take(desk, news, team="Ada")
        assert desk.state_digest() == case.ada.state_digest()
        assert desk.teams() == ("Ada",)
        made = desk.add_claim("The desk adds this.")
        back = given(desk, BundleScope(since="Ada"), "back")
    take(case.ada, back, team="The Desk")
    assert case.ada.entity(made.id)
    assert case.ada.teams() == ("The Desk",)
    nothing = case.ada.preview_export(BundleScope(since="The Desk"))
    assert {each.kind for each in nothing.kinds if each.going} == {"scale"}
    sent = [
        (line.direction, line.team, line.note.limits, line.note.kinds.get("claim", 0))
        for line in case.ada.exchanges()[:3]
    ]
    assert sent == [("in", "The Desk", ("since",), 1), ("out", "The Desk", ("since",), 2), ("out", "The Desk", (), 2)]
    assert added.id in {claim.id for claim in case.ada.claims()}


def test_who_never_got_the_first_bundle_is_told_what_is_missing(case: Case, tmp_path: Path) -> None:
    given(case.ada, BundleScope(), "whole", team="The Desk")
    before = len(case.ada.changes(limit=1000))
    case.ada.add_claim("Nobody was asked.")
    news = given(case.ada, BundleScope(since="The Desk"), "news")
    verify_bundle(news)
    with pytest.raises(BundleBasisError, match=f"{before} changes") as told:
        opened(news)
    assert "whole project" in told.value.next_step
    assert not news.with_name("news.bundle.Cy.annotator").exists()
    digest = case.bo.state_digest()
    with stranger(tmp_path) as other, pytest.raises(BundleBasisError, match="changes that it builds on are not here"):
        other.plan_merge(news)
    case.bo.merge(case.bo.plan_merge(news))
    assert case.bo.state_digest() != digest


def stranger(folder: Path) -> Project:
    return annotator.open_project(folder / "strange.annotator", annotator="Di", create=True)


def test_deletions_go_too(case: Case) -> None:
    given(case.ada, BundleScope(), "whole", team="The Desk")
    with opened(case.ada.path.with_name("whole.bundle.zip")) as desk:
        case.ada.delete(case.ada_linkage.id)
        take(desk, given(case.ada, BundleScope(since="The Desk"), "news"))
        assert case.ada_linkage.id not in {each.id for each in desk.linkages()}
        case.ada.undo()
        take(desk, given(case.ada, BundleScope(claims=(case.wall.id,)), "claim"))
        assert case.ada_linkage.id in {each.id for each in desk.linkages()}
        case.ada.delete(case.ada_linkage.id)
        take(desk, given(case.ada, BundleScope(claims=(case.wall.id,)), "claim"))
        assert case.ada_linkage.id not in {each.id for each in desk.linkages()}


def test_an_edit_beside_withheld_words_is_a_conflict_and_loses_neither(case: Case) -> None:
    case.ada.export("bundle", case.ada.path.with_name("w.bundle.zip"))
    with opened(case.ada.path.with_name("w.bundle.zip")) as other:
        case.ada.edit(case.mill.id, text="OTHER-CLAIM, as Ada has it now.")
        take(other, given(case.ada, BundleScope(claims=(case.wall.id,))))
        other.edit(case.mill.id, text="As Cy has it.")
        take(other, given(case.ada, BundleScope(), "whole"))
        (conflict,) = other.conflicts(case.mill.id)
        assert {side.value for side in conflict.sides} == {"OTHER-CLAIM, as Ada has it now.", "As Cy has it."}


def test_a_plan_tells_what_is_withheld_and_what_is_stale(case: Case, tmp_path: Path) -> None:
    whole = given(case.ada, BundleScope(), "whole")
    with opened(whole) as other:
        case.ada.edit(case.mill.id, text="Edited.")
        case.ada.add_claim("Hidden.")
        plan = other.plan_merge(given(case.ada, BundleScope(claims=(case.wall.id,))))
        assert (plan.withheld, plan.stale, plan.limits) == (1, 1, ("claims",))
        plan.close()


@pytest.mark.parametrize(
    "scope",
    [
        BundleScope(),
        BundleScope(names=False, notes=False, originals=False),
        BundleScope(annotators=("Bo Berg",)),  # type: ignore[arg-type]
    ],
)
def test_the_preview_is_what_goes_out(case: Case, scope: BundleScope) -> None:
    preview = case.ada.preview_export(scope)
    bundle = given(case.ada, scope)
    assert preview.size == bundle.stat().st_size
    with opened(bundle) as part:
        reader = part.store.read()
        found = {each.kind: len(tuple(reader.living_ids(each.kind))) for each in preview.kinds}
        assert {each.kind: each.going for each in preview.kinds} == found
    whole = {each.kind: len(tuple(case.ada.store.read().living_ids(each.kind))) for each in preview.kinds}
    assert {each.kind: each.going + each.staying for each in preview.kinds} == whole
    reasons = {each.why for each in preview.withheld}
    assert (Why.NAMES in reasons) is not scope.names
    assert (Why.ORIGINALS in reasons) is not scope.originals
    assert (Why.SCOPE in reasons) is scope.is_limited


def test_nothing_local_is_in_any_member(case: Case, tmp_path: Path) -> None:
    scopes = (
        BundleScope(),
        BundleScope(claims=(case.wall.id,)),
        BundleScope(names=False, notes=False, originals=False),
    )
    hosts = {name.encode() for name in (socket.gethostname(), platform.node(), getpass.getuser()) if len(name) > 3}
    for number, scope in enumerate(scopes):
        found = contents(given(case.ada, scope, str(number), team="CANARY-TEAM"))
        for canary in {
            str(tmp_path).encode(),
            str(Path.home()).encode() + b"/",
            b"CANARY-TEAM",
            b"PRIVATE-WORDS",
            *hosts,
        }:
            assert canary not in found


def test_a_claim_of_another_project_is_named(case: Case) -> None:
    with pytest.raises(NotFoundError, match="claim"):
        case.ada.preview_export(BundleScope(claims=(case.note.id,)))


def test_what_a_claim_rests_on_is_asked_for_by_the_hundred(tmp_path: Path) -> None:
    asked: list[str] = []
    with annotator.open_project(tmp_path / "many.annotator", annotator="Ada", create=True) as project:
        version = project.type_source("A call", "The wall was dear. " * 40)
        counts: list[int] = []
        for claim in (project.add_claim("It was dear."), project.add_claim("It was too dear.")):
            project.link_many(
                {"version": version.id, "fragments": [[start, start + 8]], "claim": claim.id, "stance": "supports",
                 "verdict": "supported"} for start in range(100 * (1 + 4 * bool(counts)))
            )  # fmt: skip
            with project.store.snapshot() as reader:
                driver_of(reader.connection).set_trace_callback(asked.append)
                found = selected(reader, BundleScope(claims=(claim.id,)))
                driver_of(reader.connection).set_trace_callback(None)
            assert all(each.id in found.entities for each in project.linkages(claim=claim.id))  # type: ignore[operator]
            counts.append(len(asked))
            asked.clear()
    assert counts[1] < counts[0] + 100
