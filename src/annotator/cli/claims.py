"""The command about claims that were entered several times: which look like one, and saying so."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from annotator.cli.same import add_same, say_same
from annotator.cli.shared import Commands, put, say

if TYPE_CHECKING:
    from annotator.domain.claim import Claim
    from annotator.services.project import Project


def add_to(commands: Commands) -> None:
    """Declare ``claims``."""
    listed = commands.add(
        "claims",
        _claims,
        "List claims and which of them look like one; with --join or --part say which are.",
        'claims case.annotator --join "The wall held all night." "the wall held all night"',
    )
    add_same(listed, "CLAIM", "all that rests on either counts for the first")


def _claims(options: argparse.Namespace) -> int:
    def decide(project: Project, one: str, other: str) -> None:
        does = project.join_claims if options.join else project.part_claims
        does(_found(project, one).id, _found(project, other).id)

    return say_same(options, decide, _put_all)


def _found(project: Project, given: str) -> Claim:
    """Return the claim with this id or exactly these words. Raises ``WrongArgumentError`` where there is none, or several."""
    from annotator.domain.errors import WrongArgumentError

    claims = project.claims()
    found = [claim for claim in claims if claim.id == given] or [claim for claim in claims if claim.text == given]
    if len(found) != 1:
        problem = "no claim has these words" if not found else "several claims have these words"
        raise WrongArgumentError(
            argument=given, problem=problem, allowed="the words or an id as “annotator claims” lists them"
        )
    return found[0]


def _put_all(options: argparse.Namespace, project: Project) -> None:
    rows, pairs = project.claim_rows(), project.same_claims()
    joined = {row.claim.id: project.joined_claims(row.claim.id) if row.also else () for row in rows}
    record = {
        "claims": [
            {
                "id": row.claim.id,
                "text": row.claim.text,
                "stances": dict(row.stances),
                "joined": [{"id": claim.id, "text": claim.text} for claim in joined[row.claim.id]],
            }
            for row in rows
        ],
        "look_alike": [
            {"one": pair.one.id, "other": pair.other.id, "score": pair.score, "why": pair.why} for pair in pairs
        ],
    }
    lines = [
        line
        for row in rows
        for line in (
            f"{row.claim.id}  {row.claim.text}",
            *(f"  = {claim.id}  {claim.text}" for claim in joined[row.claim.id]),
        )
    ]
    put(options, record, lines)
    for pair in pairs:
        say(
            f"These look like one ({pair.why}): “{pair.one.text}” ({pair.one.id}), “{pair.other.text}” ({pair.other.id})"
        )
