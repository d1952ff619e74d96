"""A source that was corrected after it had been worked on: the invented case of the smart meters."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.ids import EntityId
from annotator.services.project import Project, open_project
from tests.ui.whole import ME

URL = "https://ledger.example/meters"
TITLE = "What the water meters really do: three stories that swept Port Ansel, taken apart"
_FIRST = f"""<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>
<h2>“Bills went up by 40 per cent”</h2>
<p>The figure comes from one post by the Ratepayers’ Circle, which on 3 March compared 212 bills. The City Auditor, who
examined all 5,870 pilot accounts, found an average rise of 14.2 per cent, of which 9 points were the new tariff.</p>
<p>Even so, 528 of the accounts, one in eleven, did rise by 40 per cent or more. Four outlets repeated it within two
days; none asked to see the bills.</p>
<h2>“They can turn off your tap from an office”</h2>
<p>The 6,200 meters contain no valve at all. “There is nothing in the box that can close,” said Odile Brandt, chief
engineer of Port Ansel Water.</p>
<h2>“Your showers are sold to insurers”</h2>
<p>One insurer has confirmed talks with the city, its spokesman says. No contract has been found.</p>
</article></body></html>"""
_SECOND = (
    _FIRST.replace(
        "compared 212 bills.",
        "compared 212 bills that members had sent in. Four outlets repeated it within two\ndays; none asked to see the bills.",
    )
    .replace(
        " Four outlets repeated it within two\ndays; none asked to see the bills.</p>\n<h2>“They", "</p>\n<h2>“They"
    )
    .replace(
        "of which 9 points were the new tariff.",
        "of which 11 points were the new tariff that has applied since 1 February.",
    )
    .replace("box that can close", "[the box] that could move, let alone close")
    .replace("in the [the", "in [the")
    .replace("One insurer has confirmed talks with the city, its spokesman says. ", "")
    .replace(
        "No contract has been found.</p>",
        "No contract has been found.</p>\n<p>Correction, 16 May: the tariff’s share was given as 9 points.</p>",
    )
)
MARKED = (
    ("The City Auditor, who examined all 5,870 pilot accounts", "refutes", "Bills rose by 40% on average."),
    ("14.2 per cent, of which 9 points were the new tariff", "qualifies", "The new meters caused the rise."),
    ("528 of the accounts, one in eleven, did rise by 40 per cent or more", "supports", "Some bills rose by 40%."),
    (
        "Four outlets repeated it within two days; none asked to see the bills",
        "contextualises",
        "Bills rose by 40% on average.",
    ),
    ("“There is nothing in the box that can close,”", "refutes", "Port Ansel Water can shut off taps from an office."),
    ("One insurer has confirmed talks with the city", "supports", "The city sells readings to insurers."),
)
VERDICTS = {
    "refutes": "refuted",
    "supports": "supported",
    "qualifies": "not_enough_evidence",
    "contextualises": "not_enough_evidence",
}


def place(text: str, words: str) -> tuple[int, int]:
    """Return where words stand in a text."""
    return text.index(words), text.index(words) + len(words)


def first_version(project: Project) -> EntityId:
    """Take the article in as it was published first, and work on it."""
    version = project.import_source(("meters.html", _FIRST.encode()), url=URL)
    text = project.text(version.id)
    claims: dict[str, EntityId] = {}
    for words, stance, claim in MARKED:
        passage = project.highlight(version.id, [place(text, words)])
        if claim not in claims:
            claims[claim] = project.add_claim(claim).id
        project.link(
            passage.id,
            claims[claim],
            stance=stance,
            verdict=VERDICTS[stance],
            confidence="moderate",
            rationale="As it says.",
        )
    project.conclude(claims["The new meters caused the rise."], verdict="not_enough_evidence", confidence="moderate")
    return version.id


def second_version(project: Project) -> EntityId:
    """Take in what stands at the same address after its correction."""
    return project.import_source(("meters.html", _SECOND.encode()), url=URL).id


def make_revised(path: Path) -> Path:
    """Make a project with an article that was worked on, and its corrected version."""
    with open_project(path, annotator=ME, create=True) as project:
        first_version(project)
        second_version(project)
    return path
