"""The checks over the sample case: what was planted there is found, and nothing besides."""

from __future__ import annotations

from pathlib import Path

import pytest

import annotator
from annotator.domain.checks.case import Case
from annotator.domain.checks.running import findings_of
from annotator.domain.ids import EntityId
from annotator.services.sample import build_sample
from annotator.services.settings import FOLDER_VARIABLE


def test_the_sample_has_one_disagreement_and_two_warnings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))
    with annotator.open_project(build_sample(tmp_path), annotator="Ines Calder") as project:
        claims: dict[EntityId | None, str] = {claim.id: claim.text for claim in project.claims()}
        with project.store.snapshot() as view:
            found = findings_of(Case.of(view))
    assert [(finding.level, finding.code, claims[finding.claim_id]) for finding in found] == [
        ("error", "disagreement", "The new meters caused the rise of the bills in the pilot."),
        ("warning", "common-origin", "Bills in the meter pilot rose by 40% on average."),
        (
            "warning",
            "single-source",
            "The new meters made the bills of Port Ansel’s pilot households rise by 40% on average.",
        ),
    ]
    disagreement, origin, source = (finding.data for finding in found)
    assert {disagreement["one"], disagreement["other"]} == {"Ines Calder", "Jonas Weld"}
    assert str(disagreement["quote"]).startswith("The rise is concentrated in accounts")
    assert (origin["count"], origin["origin"]) == (3, "Office of the City Auditor")
    assert source["origin"] == "Office of the City Auditor"
