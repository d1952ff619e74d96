"""Which names look like those of one agent, and which do not."""

from __future__ import annotations

import pytest

from annotator.domain.ids import EntityId
from annotator.domain.joined import stands_for
from annotator.domain.people import Agent
from annotator.domain.same_agents import distinct_names, likeness, look_alike, names_of
from annotator.services.identity import new_id


def _agent(name: str, **given: object) -> Agent:
    return Agent(id=new_id(), name=name, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("The Guardian", "Guardian", "form"),
        ("the guardian", "The Guardian", "case"),
        ("Marsh, Lena", "Lena Marsh", "order"),
        ("L. Marsh", "Lena Marsh", "initials"),
        ("J. R. R. Tolkien", "John R. R. Tolkien", "initials"),
        ("Harbour Works Ltd.", "Harbour Works", "form"),
        ("Wasserwerke GmbH", "Wasserwerke", "form"),
        ("Société Générale S.A.", "Societe Generale", "form"),
        ("ACLU", "American Civil Liberties Union", "short form"),
        ("A.C.L.U.", "ACLU", "form"),
        ("Port Ansel Ledger", "Port Ansell Ledger", "spelling"),
        ("Прывітанне Газета", "прывітанне газета", "case"),
    ],
)
def test_names_of_one_agent_look_alike_and_it_is_said_why(one: str, other: str, why: str) -> None:
    score, found = likeness(one, other)
    assert (found, score >= 90) == (why, True)
    assert likeness(other, one) == (score, why)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Channel 4", "Channel 5"),
        ("Lena Marsh", "Lisa Marsh"),
        ("Lena Marsh", "Lena March"),
        ("L. Marsh", "L. Berg"),
        ("The Guardian", "The Guardian Foundation"),
        ("BBC", "NBC"),
        ("Anna", "Anne"),
        ("The", ""),
        ("Ministry of Health", "Ministry of Wealth"),
    ],
)
def test_names_that_only_resemble_each_other_do_not(one: str, other: str) -> None:
    assert likeness(one, other) == (0, "")


def test_pairs_come_the_likeliest_first_without_those_that_are_joined_or_parted() -> None:
    outlet, same = _agent("The Guardian"), _agent("Guardian")
    person, initials = _agent("Lena Marsh"), _agent("L. Marsh")
    joined = _agent("guardian", merged_into=outlet.id)
    parted = _agent("Marsh, Lena", parted_from=(person.id,))
    found = look_alike([person, outlet, initials, same, joined, parted])
    pairs = [(pair.one.name, pair.other.name, pair.why) for pair in found]
    assert pairs == [
        ("The Guardian", "Guardian", "form"),
        ("Lena Marsh", "L. Marsh", "initials"),
    ]


def test_a_chain_of_joins_leads_to_its_end_and_a_circle_ends() -> None:
    first, last = _agent("One"), _agent("Three")
    middle = _agent("Two", merged_into=last.id)
    start = _agent("Zero", merged_into=middle.id)
    agents = {agent.id: agent for agent in (first, middle, last, start)}
    assert stands_for(agents, start.id) == last.id
    assert names_of(agents.values())[start.id] == "Three"
    assert distinct_names(names_of(agents.values()), (start.id, middle.id, first.id)) == ("Three", "One")
    one, two = EntityId(new_id()), EntityId(new_id())
    circle = {
        one: Agent(id=one, name="A", merged_into=two),
        two: Agent(id=two, name="B", merged_into=one),
    }
    assert {stands_for(circle, one), stands_for(circle, two)} <= {one, two}
