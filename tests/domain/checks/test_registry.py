"""The registry of checks, and what every check must be."""

from __future__ import annotations

import pkgutil
import string
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import EntryPoint

import pytest

from annotator.domain import checks as package
from annotator.domain.checks import registry
from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.finding import Finding, Severity

CODES = {
    "quote-mismatch",
    "original-altered",
    "passage-changed",
    "passage-unsought",
    "verdict-without-evidence",
    "missing-rationale",
    "inconsistent-linkage",
    "single-source",
    "common-origin",
    "circular-sourcing",
    "disagreement",
    "duplicate-linkage",
    "self-review",
    "conclusion-stale",
    "scale-mismatch",
    "stands-on-deleted",
}


def test_every_check_that_there_is_a_file_for_is_registered() -> None:
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    written = {each.code for each in Check.__subclasses__() if each.__module__.startswith(package.__name__)}
    assert written == CODES == registry.checks().keys()


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_check_says_what_it_is(code: str) -> None:
    check = registry.checks()[code]
    assert check.code == code
    assert all(text.strip() for text in check.templates)
    assert check.title[0].isupper()
    assert not check.title.endswith(".")
    for sentence in (check.sentence, *check.more, check.advice):
        assert sentence[0] in string.ascii_uppercase + "{“"
        assert sentence.endswith(".")
    assert check.levels
    assert all(isinstance(level, Severity) for level in check.levels)
    assert type(check).__doc__


class Foreign(Check):
    """Finds nothing."""

    code = "foreign"
    title = "Foreign"
    sentence = "Something."
    advice = "Do something."
    levels = (Severity.INFORMATION,)

    def run(self, case: Case) -> Iterator[Finding]:
        """Find nothing."""
        yield from ()


class Impostor(Foreign):
    """Takes the name of another."""

    code = "disagreement"


FOREIGN, IMPOSTOR = Foreign(), Impostor()


def test_an_outside_package_adds_but_does_not_replace(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("one", "tests.domain.checks.test_registry:FOREIGN", registry.GROUP),
        EntryPoint("two", "tests.domain.checks.test_registry:IMPOSTOR", registry.GROUP),
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: points if group == registry.GROUP else [])
    registry.checks.cache_clear()
    try:
        assert registry.checks()["foreign"].title == "Foreign"
        assert registry.checks()["disagreement"].title == "Disagreement"
    finally:
        registry.checks.cache_clear()
