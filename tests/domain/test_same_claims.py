"""Which claims look like one, and which must never: those that differ in a number, a date, a denial or a name."""

from __future__ import annotations

import pytest

from annotator.domain.claim import Claim, Relation
from annotator.domain.dates import partial_date
from annotator.domain.ids import EntityId
from annotator.domain.joined import stands_for
from annotator.domain.people import Agent
from annotator.domain.same_claims import look_alike
from annotator.services.identity import new_id

PLAIN = "a vaccine and some vaccines"
"""Another claim, from which it is known that a vaccine is no name."""


def _claim(text: str, **given: object) -> Claim:
    return Claim(id=new_id(), text=text, **given)  # type: ignore[arg-type]


def _pairs(*claims: Claim, agents: tuple[Agent, ...] = ()) -> list[tuple[str, str, str]]:
    found = look_alike(claims, {agent.id: agent for agent in agents})
    return [(pair.one.text, pair.other.text, pair.why) for pair in found]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("The wall held.", "The  wall held.", "words"),
        ("The wall held all night.", "the wall “held” all night", "signs"),
        ("Spending rose by 5% in 2020", "Spending rose by 5 per cent in 2020.", "signs"),
        ("It cost 1,000 euros", "It cost 1000 euros", "signs"),
        ("He doesn’t support the bill", "He does not support the bill.", "signs"),
        ("The U.S. left the treaty", "The US left the treaty", "signs"),
        ("The wall held all night", "Wall held all night", "little words"),
        ("He said that taxes rose", "He said taxes rose", "little words"),
        ("Die Mauer hielt", "die Mauer hielt!", "signs"),
        ("Vaccines cause autism in children", "Vaccine causes autism in children", "plural"),
        ("The goverment cut the budget by half", "The government cut the budget by half", "spelling"),
        ("الجدار صمد طوال الليل", "الجدار صمد طوال الليل.", "signs"),
        ("城墙整夜未倒。", "城墙整夜未倒", "signs"),
    ],
)
def test_claims_of_nearly_the_same_words_look_alike_and_it_is_said_why(one: str, other: str, why: str) -> None:
    first, second = _claim(one), _claim(other)
    assert _pairs(second, _claim(PLAIN), first) == [(one, other, why)], "the older one comes first"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Spending rose in 2020", "Spending rose in 2021"),
        ("Spending rose in the 1970s", "Spending rose in the 1970"),
        ("Rates fell in June after all", "Rates fell in July after all"),
        ("It rose 2.5 percent", "It rose 25 percent"),
        ("It costs $5 now", "It costs €5 now"),
        ("It fell to -5 degrees", "It fell to 5 degrees"),
        ("It cost a million dollars again", "It cost a billion dollars again"),
        ("1.000 Menschen kamen", "1,000 Menschen kamen"),
        ("Vaccines cause autism", "Vaccines do not cause autism"),
        ("He can vote here", "He can’t vote here"),
        ("He can vote here", "He cannot vote here"),
        ("The bill is legal there now", "The bill is illegal there now"),
        ("kein Mensch war da", "ein Mensch war da"),
        ("A few people came here", "few people came here"),
        ("Germany left the treaty again", "France left the treaty again"),
        ("The city of Marks was closed", "The city of Mark was closed"),
        ("Iraqian officials closed the border", "Iranian officials closed the border"),
        ("Russia attacked Ukraine", "Ukraine attacked Russia"),
        ("It helps US farmers", "It helps us farmers"),
        ("Los Angeles burned", "Angeles burned"),
        ("The employer was paid well", "The employee was paid well"),
        ("They moved from Paris", "They moved to Paris"),
        ("More than half won", "Less than half won"),
        ("城墙整夜未倒", "城墙整夜倒"),
        ("", "."),
    ],
)
def test_claims_that_differ_in_what_matters_do_not(one: str, other: str) -> None:
    assert _pairs(_claim(one), _claim(other)) == []


def test_other_dates_places_and_speakers_make_other_claims() -> None:
    for field, mine, theirs in (
        ("date", partial_date("2020"), partial_date("2021")),
        ("as_of", partial_date("2020"), partial_date("2021")),
        ("location", "Port Ansel", "Ansel Bay"),
    ):
        assert _pairs(_claim("Rents rose.", **{field: mine}), _claim("Rents rose.", **{field: theirs})) == []
        assert len(_pairs(_claim("Rents rose.", **{field: mine}), _claim("Rents rose."))) == 1
    ann, ben = Agent(id=new_id(), name="Ann"), Agent(id=new_id(), name="Ben")
    also = Agent(id=new_id(), name="A.", merged_into=ann.id)
    for words, count in (("I never voted for it.", 0), ("Rents rose.", 1)):
        one, other = _claim(words, claimants=(ann.id,)), _claim(words, claimants=(ben.id,))
        assert len(_pairs(one, other, agents=(ann, ben, also))) == count
    one, other = _claim("I never voted.", claimants=(ann.id,)), _claim("I never voted.", claimants=(also.id,))
    assert len(_pairs(one, other, agents=(ann, also))) == 1


def test_those_that_a_person_joined_parted_or_related_are_left_out() -> None:
    one = _claim("Rents rose.")
    joined, parted = _claim("rents rose", merged_into=one.id), _claim("Rents rose!", parted_from=(one.id,))
    related = _claim("Rents rose?", parent=one.id, relation=Relation.CONTRADICTS)
    assert _pairs(one, joined) == []
    assert _pairs(one, parted) == []
    assert _pairs(one, related) == []
    assert _pairs(one, parted, related) == [("Rents rose!", "Rents rose?", "signs")]


def test_each_claim_is_suggested_once_with_the_oldest_that_it_is_like() -> None:
    claims = [_claim("Rents rose.") for _ in range(4)]
    found = look_alike(reversed(claims), {})
    assert [(pair.one, pair.other) for pair in found] == [(claims[0], other) for other in claims[1:]]


def test_many_claims_cost_no_more_than_their_number() -> None:
    """Of 3,000 claims that differ in one long word only, each is compared with few, and those that are misspelt are found."""
    letters = "abcdefghijklmnop"
    words = [f"{one}{two}{three}xxyy{one}" for one in letters for two in letters for three in letters if one < two][
        :3_000
    ]
    claims = [_claim(f"they saw the {word} in the harbour at night") for word in words]
    odd = [
        _claim("they saw the lighthouse in the harbour at night"),
        _claim("they saw the ligthhouse in the harbour at night"),
    ]
    pairs = {(pair.one.id, pair.other.id) for pair in look_alike([*claims, *odd], {})}
    assert (odd[0].id, odd[1].id) in pairs


def test_a_chain_of_claims_leads_to_its_end() -> None:
    last = _claim("One")
    middle = _claim("Two", merged_into=last.id)
    first = _claim("Three", merged_into=middle.id)
    gone = _claim("Four", merged_into=EntityId(new_id()))
    known = {claim.id: claim for claim in (last, middle, first, gone)}
    assert [stands_for(known, id_) for id_ in known] == [last.id, last.id, last.id, gone.id]
