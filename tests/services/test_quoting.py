"""A quotation is looked for in every source, and it is said how near it comes and where it was not looked for."""

from __future__ import annotations

import pytest

from annotator.domain.errors import CancelledError, NotFoundError, WrongArgumentError
from annotator.services.project import Project

LEDGER = "The auditor examined all 5,870 accounts.\nHe found an average rise of 14.2 per cent, not of 40."
POST = "They found a rise of 40 per cent!\nThe auditor examined all 5,870 accounts, they say."
RADIO = "Weather tomorrow: rain and wind from the west, with sunny spells on the coast."


@pytest.fixture
def sources(project: Project) -> Project:
    """Return a project with three sources."""
    for title, text in (("Ledger", LEDGER), ("Post", POST), ("Radio", RADIO)):
        project.type_source(title, text)
    return project


def test_the_nearest_place_of_each_source_is_found_the_nearest_first(sources: Project) -> None:
    check = sources.check_quotation("“The auditor examined all 5,870 accounts, they said”")
    assert [place.title for place in check.places] == ["Post", "Ledger"]
    assert check.places[0].words == "The auditor examined all 5,870 accounts, they say"
    assert not check.places[0].is_verbatim
    assert (check.looked_in, check.sources) == (3, 3)
    exact = sources.check_quotation("a rise of 40 per cent")
    assert exact.places[0].is_verbatim
    assert exact.places[0].spans == ((POST.index("a rise"), POST.index("!")),)


def test_what_is_quoted_with_gaps_has_a_stretch_for_each_part(sources: Project) -> None:
    (place, *_) = sources.check_quotation("The auditor […] found an average rise of 14.2").places
    assert [LEDGER[start:end] for start, end in place.spans] == ["The auditor", "found an average rise of 14.2"]
    assert place.words == "The auditor … found an average rise of 14.2"


def test_what_stands_nowhere_is_found_nowhere(sources: Project) -> None:
    assert sources.check_quotation("the harbour pumps failed twice in one winter").places == ()


def test_one_version_can_be_asked_alone(sources: Project) -> None:
    radio = sources.source_rows()[2].versions[0].id
    check = sources.check_quotation("The auditor examined all", version=radio)
    assert (check.places, check.looked_in, check.sources) == ((), 1, 1)
    with pytest.raises(NotFoundError):
        sources.check_quotation("anything", version=sources.source_rows()[0].source.id)


def test_of_two_versions_the_nearer_counts_and_the_newer_of_equal_ones(project: Project) -> None:
    page = "<head><link rel='canonical' href='https://l.example/a'></head><body><p>Bills rose by {0} per cent.</p><p>{1}</p>"
    first, second, third = (
        project.import_source(("a.html", page.format(*words).encode()))
        for words in (("40", "One."), ("14", "Two."), ("14", "Three."))
    )
    assert first.source_id == second.source_id == third.source_id
    (old,) = project.check_quotation("Bills rose by 40 per cent.").places
    (new,) = project.check_quotation("Bills rose by 14 per cent.").places
    assert (old.version_id, new.version_id) == (first.id, third.id)


@pytest.mark.parametrize("words", ["", " … ", "«»", "word " * 5000])
def test_what_is_no_quotation_is_refused(sources: Project, words: str) -> None:
    with pytest.raises(WrongArgumentError, match="quotation"):
        sources.check_quotation(words)


def test_of_many_sources_the_likeliest_are_looked_at_and_that_is_said(project: Project) -> None:
    for number in range(70):
        project.type_source(f"Other {number}", f"Minute {number} of the council, on parking and on bins of the city.")
    project.type_source("Ledger", LEDGER)
    check = project.check_quotation("the auditor examine all 5,870 acounts of the city")
    assert (check.looked_in, check.sources) == (60, 71)
    assert check.places[0].title == "Ledger"
    none = project.check_quotation("zyzzyva xylophone quorum")
    assert (none.looked_in, none.places) == (0, ())


def test_it_tells_how_far_it_is_and_can_be_stopped(sources: Project) -> None:
    told: list[tuple[int, int]] = []
    sources.check_quotation("rain and wind", progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]

    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise CancelledError(what="looking")

    with pytest.raises(CancelledError):
        sources.check_quotation("rain and wind", progress=stop)
