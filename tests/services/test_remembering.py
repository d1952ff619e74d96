"""The history: filters that combine, what a step changed, what is disputed, and back to an earlier state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotator
from annotator.domain.errors import WrongArgumentError
from annotator.domain.rows import ChangeRow
from annotator.domain.source import Version
from annotator.services.project import Project, open_bundle
from annotator.services.settings import FOLDER_VARIABLE


def labels(rows: tuple[ChangeRow, ...]) -> list[str]:
    return [row.change.header.label for row in rows]


@pytest.fixture
def shared(project: Project, version: Version, tmp_path: Path) -> Project:
    """Return Ada's project, in which Bo's work of the same time has come in: both changed the same linkage."""
    claim = project.add_claim("The wall was cheap.")
    linkage = project.link(
        None,
        claim.id,
        version=version.id,
        fragments=[(0, 16)],
        stance="supports",
        verdict="supported",
        confidence="low",
    )
    out = project.export("bundle", tmp_path / "ada.bundle.zip")
    with open_bundle(out, tmp_path / "bo.annotator", annotator="Bo") as bo:
        bo.edit(linkage.id, verdict="refuted", stance="refutes")
        bo.add_claim("The wall leaks.")
        theirs = bo.export("bundle", tmp_path / "bo.bundle.zip")
    project.edit(linkage.id, verdict="conflicting_evidence")
    project.merge(project.plan_merge(theirs))
    return project


def test_changes_by_one_person(shared: Project) -> None:
    bo = next(person for person in shared.annotators() if person.name == "Bo")

    rows = shared.changes(annotator=bo.id)

    assert {row.annotator for row in rows} == {"Bo"}
    assert sorted(labels(rows)) == ["Add claim", "Correct linkage", "Join project"]


def test_changes_that_touch_a_kind(shared: Project) -> None:
    rows = shared.changes(kind="claim")

    assert sorted(labels(rows)) == ["Add claim", "Add claim"]
    assert all("claim" in dict(row.kinds) for row in rows)
    assert shared.changes(kind="waiver") == ()


def test_changes_of_a_time(shared: Project) -> None:
    every = shared.changes()
    times = sorted(row.change.header.at for row in every)

    later = shared.changes(since=times[3])
    earlier = shared.changes(until=times[3])

    assert {row.change.header.at for row in later} == set(times[3:])
    assert {row.change.header.at for row in earlier} == set(times[:3])
    assert shared.changes(since="2001-01-01") == every
    assert shared.changes(until="2001-01-01") == ()
    assert shared.changes(since=times[0].replace("Z", "+00:00")) == every


def test_changes_that_came_with_a_bundle(shared: Project) -> None:
    [merged] = [line for line in shared.exchanges() if line.direction == "in"]

    rows = shared.changes(exchange=merged.number)

    assert {row.annotator for row in rows} == {"Bo"}
    assert len(rows) == merged.changes == 3
    assert shared.changes(exchange=99) == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("leaks", ["Add claim"]),
        ("LEAKS", ["Add claim"]),
        ("wall leaks", ["Add claim"]),
        ("bo correct", ["Correct linkage"]),
        ("cheap", ["Correct linkage", "Correct linkage", "Link to claim", "Add claim"]),
        ("100%", []),
        ("nowhere", []),
        ("\"'%_\\", []),
    ],
)
def test_words_are_those_of_what_was_done_by_whom_and_on_what(shared: Project, words: str, found: list[str]) -> None:
    assert sorted(labels(shared.changes(words=words))) == sorted(found)


def test_words_find_what_has_been_deleted_and_earlier_wordings(project: Project) -> None:
    claim = project.add_claim("Bridges were painted green.")
    project.edit(claim.id, text="Bridges were painted blue.")
    project.delete(claim.id)

    assert labels(project.changes(words="green")) == ["Delete claim", "Edit claim", "Add claim"]


def test_filters_combine_and_go_on_page_by_page(shared: Project) -> None:
    ada = next(person for person in shared.annotators() if person.name == "Ada")
    wanted = {"annotator": ada.id, "kind": "linkage", "since": "2001-01-01", "words": "cheap"}

    both = shared.changes(**wanted)  # type: ignore[arg-type]
    first = shared.changes(limit=1, **wanted)  # type: ignore[arg-type]
    rest = shared.changes(limit=9, before=first[0].number, **wanted)  # type: ignore[arg-type]

    assert labels(both) == ["Correct linkage", "Link to claim"]
    assert (*first, *rest) == both


@pytest.mark.parametrize(
    ("given", "argument"),
    [({"kind": "fact"}, "kind"), ({"annotator": "Ada"}, "annotator"), ({"since": "soon"}, "since")],
)
def test_what_cannot_be_asked_for_is_named(project: Project, given: dict[str, str], argument: str) -> None:
    with pytest.raises(WrongArgumentError) as caught:
        project.changes(**given)  # type: ignore[arg-type]
    assert caught.value.data["argument"] == argument


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("words")
        patch.setenv(FOLDER_VARIABLE, str(folder / "settings"))
        with annotator.open_project(folder / "case.annotator", annotator="Ada", create=True) as project:
            project.add_claim("Some words.")
            yield project


@given(words=st.text(max_size=12))
def test_any_words_can_be_asked_for(opened: Project, words: str) -> None:
    assert len(opened.changes(words=words)) <= len(opened.changes())


# -- one thing


def test_a_disputed_value_names_what_stands_beside_it(shared: Project) -> None:
    [linkage] = shared.linkages()

    disputes = {
        event.annotator: {each.field: each.beside for each in event.disputes}
        for event in shared.history(linkage.id)
        if event.disputes
    }

    assert disputes == {"Ada": {"verdict": ("refuted",)}, "Bo": {"verdict": ("conflicting_evidence",)}}


def test_settling_and_opening_again_tell_all_the_values(shared: Project) -> None:
    [linkage] = shared.linkages()
    shared.settle(linkage.id, "verdict", "conflicting_evidence")
    shared.undo()

    *_, settled, again = shared.history(linkage.id)

    both = ("conflicting_evidence", "refuted")
    assert [(each.field, each.before, each.after) for each in settled.disputes] == [("verdict", both, ())]
    assert "verdict" in {name for name, _, _ in settled.fields}
    assert [(each.field, each.before, each.after) for each in again.disputes] == [("verdict", (), both)]


def test_restoring_a_disputed_state_settles_it_and_undo_takes_that_back(shared: Project) -> None:
    [linkage] = shared.linkages()
    mine = next(e for e in shared.history(linkage.id) if e.annotator == "Ada" and e.disputes)

    shared.restore(linkage.id, mine.change.id)

    assert shared.conflicts() == ()
    assert shared.linkages()[0].verdict == "conflicting_evidence"
    assert shared.linkages()[0].stance == "supports"
    shared.undo()
    assert [each.field for each in shared.conflicts()] == ["verdict"]


def test_an_event_tells_whether_the_thing_is_still_like_this(project: Project) -> None:
    claim = project.add_claim("One.")
    project.edit(claim.id, text="Two.")
    first, second = project.history(claim.id)
    assert (first.is_now, second.is_now) == (False, True)
    assert {event.kind for event in (first, second)} == {"claim"}

    project.restore(claim.id, first.change.id)

    assert [event.is_now for event in project.history(claim.id)] == [True, False, True]


def test_what_never_was_has_no_history(project: Project) -> None:
    assert project.history("01890000-0000-7000-8000-000000000000") == ()  # type: ignore[arg-type]
