"""Judgements whose words are others in a newer version say so wherever they are shown, and lead to where that is settled."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.services.project import Project, open_project
from annotator.ui.annotating.hover_card import HoverCard
from annotator.ui.claiming.claim_list import spoken
from annotator.ui.claiming.conclusion_rest import RestsOn
from annotator.ui.claiming.evidence_card import EvidenceCard
from annotator.ui.main_window import MainWindow
from annotator.ui.versioning.changed_words import ChangedLine, changed_words
from tests.ui.versioning.revised import make_revised
from tests.ui.whole import ME, press, project_of, settle

CHANGED = "The new meters caused the rise."
SAME = "Some bills rose by 40%."


def seen_lines(window: MainWindow) -> list[str]:
    return [line.text() for line in window.findChildren(ChangedLine) if line.isVisible()]


def claim_of(project: Project, words: str) -> EntityId:
    return next(claim.id for claim in project.claims() if claim.text == words)


def test_rows_tell_of_changed_words_until_somebody_has_decided(qtbot: QtBot, revised: MainWindow) -> None:
    project = project_of(revised)
    (row,) = project.linkage_rows(claim=claim_of(project, CHANGED))
    assert row.changed is not None
    said = changed_words(row.changed)
    assert said.startswith("Words changed in version 2 · ")
    (same,) = project.linkage_rows(claim=claim_of(project, SAME))
    assert same.changed is None
    anchor = next(each for each in project.anchors(row.changed.version) if each.passage == row.changed.passage)
    project.accept_anchor(anchor.id)
    (row,) = project.linkage_rows(claim=claim_of(project, CHANGED))
    assert row.changed is not None
    assert changed_words(row.changed) == f"{said}, accepted"


def test_claims_count_what_is_unsettled(revised: MainWindow) -> None:
    rows = {row.claim.text: row.unsettled for row in project_of(revised).claim_rows()}
    assert rows[CHANGED] == 1
    assert rows[SAME] == 0
    assert revised.rooms is not None
    model = revised.rooms.claims_panel.findChildren(type(revised.rooms.claims.list))
    assert model is not None


def test_cards_conclusion_and_linkage_say_so_and_lead_to_both_versions(qtbot: QtBot, revised: MainWindow) -> None:
    project = project_of(revised)
    press(revised, "Ctrl+2")
    revised.desk.select_claim(claim_of(project, CHANGED))
    settle(qtbot, revised)
    (card,) = [each for each in revised.findChildren(EvidenceCard) if each.isVisible()]
    assert "Words changed in version 2" in card.accessibleName()
    rests = next(each for each in revised.findChildren(RestsOn) if each.isVisible())
    (line,) = [each for each in rests.findChildren(ChangedLine) if each.isVisible()]
    line.click()
    assert revised.rooms is not None
    screen = revised.rooms.versions
    qtbot.waitUntil(lambda: screen.isVisible() and screen.settling.can_settle, timeout=20_000)
    settle(qtbot, revised)
    entry = screen.settling._entry
    assert entry is not None
    assert entry.claim == CHANGED


def test_the_linkage_beside_the_text_says_so(qtbot: QtBot, revised: MainWindow) -> None:
    project = project_of(revised)
    (row,) = project.linkage_rows(claim=claim_of(project, CHANGED))
    revised.desk.show_place(project.source_rows()[0].versions[0].id)
    revised.desk.select_passage(row.linkage.passage_ids[0])
    settle(qtbot, revised)
    assert any(words.startswith("Words changed in version 2") for words in seen_lines(revised))


def test_the_hover_card_says_so(qtbot: QtBot, revised: MainWindow) -> None:
    from annotator.ui.annotating.hover_card import CardPassage

    project = project_of(revised)
    newest = project.source_rows()[0].versions[-1].id
    passage = next(row for row in project.passage_rows(newest) if row.anchor is not None and row.anchor.waits)
    card = HoverCard(revised)
    card.show_passages(
        [CardPassage(passage, "words", project.linkage_rows(passage=passage.id), ())], 1, project.codebook
    )
    assert "Words changed in version 2" in card.words
    assert "wait to be settled" in card.words


def test_a_screen_reader_hears_of_it_in_the_list_of_claims(revised: MainWindow) -> None:
    from annotator.ui.claiming.claim_list import ClaimEntry

    project = project_of(revised)
    row = next(row for row in project.claim_rows() if row.claim.text == CHANGED)
    assert spoken(ClaimEntry(row, row.stances, project.codebook)).endswith("1 to settle, words changed")


@pytest.fixture
def exported(tmp_path: Path) -> dict[str, bytes]:
    """Return what is exported of the case."""
    found = {}
    with open_project(make_revised(tmp_path / "case.annotator"), annotator=ME) as project:
        for code in ("csv", "html", "webannotation"):
            project.export(code, tmp_path / code)
            found[code] = (tmp_path / code).read_bytes()
    return found


def test_exports_say_so(exported: dict[str, bytes]) -> None:
    table = list(csv.DictReader(io.StringIO(exported["csv"].decode("utf-8-sig"))))
    told = {row["claim"]: row["words_changed"] for row in table}
    assert told[CHANGED].startswith("Words changed in version 2 · ")
    assert told["The city sells readings to insurers."].startswith("Words gone in version 2 · ")
    assert not told[SAME]
    page = exported["html"].decode()
    assert page.count("Words changed in version 2 · ") == 2
    assert page.count("Words gone in version 2 · ") == 1
    collection = json.loads(exported["webannotation"])
    assert "annotator:wordsChanged" in json.dumps(collection)


def test_a_review_says_so_before_one_decides(revised: MainWindow) -> None:
    from annotator.domain.review_queue import ReviewItem
    from annotator.ui.auditing.review_reading import read_review

    project = project_of(revised)
    claim = claim_of(project, CHANGED)
    (row,) = project.linkage_rows(claim=claim)
    (conclusion,) = project.conclusions(claim)
    for made, kind in ((row.linkage.id, "linkage"), (conclusion.id, "conclusion")):
        item = ReviewItem(
            entity_id=made,
            kind=kind,
            claim_id=claim,
            claim=CHANGED,
            words="",
            entities=(made,),
            annotators=(ME,),
            why=(),
        )
        reading = read_review(project, item)
        assert reading is not None
        changed = reading.judgements[0].changed
        assert changed is not None, kind
        assert changed_words(changed).startswith("Words changed in version 2 · ")
