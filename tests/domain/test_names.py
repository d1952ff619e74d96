"""Names that come from outside."""

from __future__ import annotations

import pytest

from annotator.domain.names import NameWarning, clean_name, has_mixed_scripts, name_fault, name_warnings, thing_warnings


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Ada", "Ada"),
        ("  Ada \t Lovelace\n", "Ada Lovelace"),
        ("Andre\u0301", "André"),
        ("Ad\u200ba\u202e", "Ada"),
        ("\u2066Ada\u2069\u061c", "Ada"),
        ("A\x00d\x1ba", "A d a"),
        ("أحمد", "أحمد"),
        ("\u200b", ""),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_name_goes_out_in_one_form(name: str, clean: str) -> None:
    assert clean_name(name) == clean
    assert name_fault(clean) == ""
    assert bool(name_fault(name)) == (name != clean)


@pytest.mark.parametrize(
    "name", ["Ada", "Мария", "Ελένη", "山田太郎", "さくら花子", "김철수 Kim", "Ada Мария", "André", "O’Neill"]
)
def test_scripts_beside_each_other_are_no_reason_to_warn(name: str) -> None:
    assert not has_mixed_scripts(name)


@pytest.mark.parametrize("name", ["Аda", "Bо", "Αda", "Adа Lovelace", "Jоnas"])
def test_scripts_within_a_word_are(name: str) -> None:
    assert has_mixed_scripts(name)


@pytest.mark.parametrize("name", ["Аda", "ADA", "Аdа", "Áda", "ada"])
def test_a_name_that_looks_like_a_known_one_is_told(name: str) -> None:
    assert name_warnings([name], ["Ada", "Bo"]) == (NameWarning(name, "Ada"),)


def test_known_names_and_unlike_ones_are_not_told() -> None:
    assert name_warnings(["Ada", "Bo", "Cy"], ["Ada", "Bo"]) == ()
    assert name_warnings(["Bоris"], ["Ada"]) == (NameWarning("Bоris"),)
    assert name_warnings(["Bi11", "Vvilly Rnoss"], ["Bill", "Willy Moss"]) == (
        NameWarning("Bi11", "Bill"),
        NameWarning("Vvilly Rnoss", "Willy Moss"),
    )


def test_things_are_held_against_each_other_and_case_is_no_reason_to_warn() -> None:
    assert thing_warnings(["The Соuncil", "the council", "Tide", "Tidе"], ["The Council"]) == (
        NameWarning("The Соuncil", "The Council"),
        NameWarning("Tidе", "Tide"),
    )
    assert thing_warnings(["Café", "Cafe", "CAFE"], ["Café"]) == ()
