"""What people do apart and exchange in every order: the same project comes out everywhere, and nobody's work is lost."""

from __future__ import annotations

import itertools
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import annotator
from annotator.domain.errors import AnnotatorError, BundleRefusedError
from annotator.domain.ids import EntityId
from annotator.domain.merging import Merged
from annotator.services.project import Project
from annotator.services.sample import build_sample

SENTENCES = tuple(
    f"{who} said in {year} that {what} 🌊."
    for who, what in (("The mayor", "the wall is “safe”"), ("قال المدقق", "it cost twice as much"))
    for year in range(2010, 2016)
)
ARTICLE = "Is the wall sound?\n\n" + "\n".join(SENTENCES) + "\n"
PEOPLE = ("Ada", "Bo", "Cy")
_MERGE = """
import sys, annotator
with annotator.open_project(sys.argv[1], annotator="Ada") as project:
    project.merge(project.plan_merge(sys.argv[2]), progress=lambda done, _: print(done, flush=True))
"""

Sides = tuple[EntityId, str, frozenset[str]]


class Team:
    """Copies of one project in the hands of several people, who send each other bundles."""

    def __init__(self, start: Path, folder: Path, stack: ExitStack) -> None:
        self._start, self._folder, self._stack = start, folder, stack
        self._count = itertools.count()

    def copy(self, name: str, bundle: Path | None = None) -> Project:
        """Open a bundle, at first that which everybody begins with, as somebody."""
        path = self._folder / f"{name}-{next(self._count)}.annotator"
        return self._stack.enter_context(annotator.open_bundle(bundle or self._start, path, annotator=name))

    def bundle(self, project: Project) -> Path:
        """Return a bundle of a copy as it stands, checked."""
        out = project.export("bundle", self._folder / f"{project.name}-{next(self._count)}.bundle.zip")
        annotator.verify_bundle(out)
        return out

    def give(self, giver: Project, taker: Project) -> Merged:
        """Send everything that somebody has to somebody else."""
        return take(taker, self.bundle(giver))


def take(project: Project, bundle: Path) -> Merged:
    """Merge a bundle."""
    return project.merge(project.plan_merge(bundle))


def make_case(path: Path) -> None:
    """Make a project with twelve passages, three claims, and everything on them that a person says."""
    with annotator.open_project(path, annotator="Dot", create=True) as project:
        version = project.import_source(("wall.txt", ARTICLE.encode()))
        text = project.text(version.id)
        places = [(text.index(each), text.index(each) + len(each)) for each in SENTENCES]
        claims = [project.add_claim(f"Claim {number}", claimants=["The mayor"]).id for number in range(3)]
        rows = project.link_many(
            {"version": version.id, "fragments": [place], "claim": claims[number % 3], "verdict": "supported",
             "stance": ("supports", "refutes")[number % 2], "confidence": "low", "rationale": f"Reason {number}"}
            for number, place in enumerate(places)
        )  # fmt: skip
        for row, claim in zip(rows, claims, strict=False):
            project.appear(row.passage_ids[0], claim, agent=None, agent_name="The mayor", role="asserts")
            project.conclude(claim, verdict="supported", confidence="low", justification="So far.")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bundle that everybody begins with."""
    folder = tmp_path_factory.mktemp("start")
    make_case(folder / "case.annotator")
    with annotator.open_project(folder / "case.annotator") as project:
        return project.export("bundle", folder / "start.bundle.zip")


@pytest.fixture
def team(start: Path, tmp_path: Path) -> Iterator[Team]:
    """Hand out copies of the case."""
    with ExitStack() as stack:
        yield Team(start, tmp_path, stack)


def work(project: Project, who: str) -> set[EntityId]:
    """Do what a person does in a day, some of it beside what the others do; return the judgements that are only theirs."""
    claims = sorted(claim.id for claim in project.claims())
    linkages = sorted(project.linkages(), key=lambda each: each.id)
    number = PEOPLE.index(who)
    project.edit(linkages[0].id, rationale=f"{who} thinks otherwise")
    project.edit(claims[0], text=f"Claim 0, in the words of {who}")
    project.reshape(linkages[3].passage_ids[0], [(number, number + 5)])
    own = {
        project.conclude(claims[1], verdict="refuted", confidence="high", justification=who).id,
        project.review(linkages[1].id, ("accepted", "contested", "rejected")[number], comment=who).id,
        project.link(
            linkages[2].passage_ids[0], claims[number], stance="supports", verdict="refuted", rationale=who
        ).id,
        project.note(claims[2], f"{who} was here").id,
    }
    match number:
        case 0:
            project.delete(linkages[4].id)
            project.withdraw(linkages[5].id, reason="Not what it says.")
        case 1:
            project.edit(linkages[4].id, rationale="Needed")
            project.edit(claims[2], parent=claims[0])
        case _:
            project.edit(linkages[5].id, confidence="high")
            project.add_claim("Never mind")
            project.undo()
    return own


def conflicts(project: Project) -> set[Sides]:
    """Return the fields that are in conflict with their values and who set them, whoever looks at them."""
    return {
        (each.entity_id, each.field, frozenset(f"{side.value} {side.annotator}" for side in each.sides))
        for each in project.conflicts()
    }


def assert_same(*projects: Project) -> None:
    """Check that copies hold the same, dispute the same, and hold together."""
    assert len({project.state_digest() for project in projects}) == 1
    for project in projects:
        assert conflicts(project) == conflicts(projects[0])
        project.verify()


def test_every_order_comes_to_the_same_and_nothing_is_lost(team: Team) -> None:
    copies = [team.copy(name) for name in PEOPLE]
    own = [work(project, name) for project, name in zip(copies, PEOPLE, strict=True)]
    stale = [team.bundle(project) for project in copies]
    take(copies[0], stale[1])
    copies[0].add_claim("Ada goes on")
    bundles = [team.bundle(project) for project in copies]
    readers = []
    for first, *others in itertools.permutations(bundles):
        reader = team.copy("Eve", first)
        for each in others:
            take(reader, each)
        assert all(take(reader, each).changes == 0 for each in stale)
        readers.append(reader)
    for project in copies:
        for each in bundles:
            take(project, each)
    assert_same(*copies, *readers)
    assert {(each.kind, each.field) for each in copies[0].conflicts()} == {
        ("claim", "text"), ("linkage", "deleted"), ("linkage", "rationale"), ("passage", "fragments"),
    }  # fmt: skip
    assert len(next(each for each in copies[0].conflicts() if each.field == "rationale").sides) == len(PEOPLE)
    for project in (copies[0], readers[-1]):
        assert all(project.entity(id_).id == id_ for ids in own for id_ in ids)


def test_a_settlement_reaches_everybody_and_two_of_them_are_a_conflict_again(team: Team) -> None:
    ada, bo, cy = (team.copy(name) for name in PEOPLE)
    for project, name in zip((ada, bo, cy), PEOPLE, strict=True):
        work(project, name)
    bundles = [team.bundle(project) for project in (ada, bo, cy)]
    for project in (ada, bo, cy):
        for bundle in bundles:
            take(project, bundle)
    for each in ada.conflicts():
        ada.settle(each.entity_id, each.field, each.sides[0].value if each.field != "deleted" else False)
    team.give(ada, cy)
    assert not cy.conflicts()
    text = next(each for each in bo.conflicts() if each.field == "text")
    bo.settle(text.entity_id, "text", "Claim 0, as Bo has it now")
    settled = team.bundle(ada)
    team.give(bo, ada)
    take(bo, settled)
    team.give(bo, cy)
    assert_same(ada, bo, cy)
    assert [each.field for each in cy.conflicts()] == ["text"]
    assert {side.annotator for side in cy.conflicts()[0].sides} >= {"Bo"}
    cy.settle(text.entity_id, "text", "Claim 0, agreed")
    for project in (ada, bo):
        team.give(cy, project)
    assert_same(ada, bo, cy)
    assert not ada.conflicts()


def test_the_sample_case_is_exchanged_both_ways(tmp_path: Path, team: Team) -> None:
    path = build_sample(tmp_path / "sample")
    with annotator.open_project(path, annotator="Ada") as ada:
        bo = team.copy("Bo", team.bundle(ada))
        claim = ada.claims()[0].id
        ada.conclude(claim, verdict="refuted", confidence="low", justification="Ada")
        ada.edit(claim, text="As Ada has it")
        bo.conclude(claim, verdict="supported", confidence="low", justification="Bo")
        bo.edit(claim, text="As Bo has it")
        from_ada, from_bo = team.bundle(ada), team.bundle(bo)
        take(ada, from_bo)
        take(bo, from_ada)
        assert_same(ada, bo)
        assert {each.justification for each in ada.conclusions(claim)} >= {"Ada", "Bo"}
        assert ada.disputed(claim) == {claim: ("text",)}


def test_those_who_began_apart_meet_on_the_same_text(tmp_path: Path, team: Team) -> None:
    forms = (
        ARTICLE.encode(),
        ARTICLE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + ARTICLE.encode(),
        ARTICLE.encode("utf-16"),
    )
    with ExitStack() as stack:
        copies, texts = [], set()
        for number, data in enumerate(forms):
            path = tmp_path / f"apart{number}.annotator"
            project = stack.enter_context(annotator.open_project(path, annotator=f"P{number}", create=True))
            version = project.import_source(("wall.txt", data))
            project.highlight(version.id, [(3 * number, 3 * number + 2)])
            texts.add(version.text)
            copies.append(project)
        assert len(texts) == 1
        bundles = [team.bundle(project) for project in copies]
        for project in copies:
            for each in bundles:
                take(project, each)
        assert_same(*copies)
        seen = [copies[0].passages(v.id) for source in copies[0].sources() for v in copies[0].versions(source.id)]
        assert [len(passages) for passages in seen] == [4, 4, 4, 4]


def test_the_middle_merge_goes_and_comes_back_with_work_in_between(team: Team) -> None:
    ada, bo, cy = (team.copy(name) for name in PEOPLE)
    dee = team.copy("Dee")
    linkage = ada.linkages()[0].id
    for project in (bo, cy, dee):
        project.add_claim(f"From {project.name}")
    bo.edit(linkage, rationale="Bo")
    cy.edit(linkage, rationale="Cy")
    team.give(bo, ada)
    middle = team.give(cy, ada)
    ada.add_claim("Mine, of nothing else")
    team.give(dee, ada)
    whole = ada.state_digest()
    assert ada.disputed(linkage) == {linkage: ("rationale",)}
    ada.take_back(middle.number)
    ada.verify()
    assert not ada.conflicts()
    assert ada.entity(linkage).rationale == "Bo"  # type: ignore[attr-defined]
    without = team.bundle(ada)
    assert team.copy("Eve", without).state_digest() == ada.state_digest()
    take(bo, without)
    take(cy, without)
    assert bo.state_digest() == ada.state_digest()
    assert cy.state_digest() == whole
    assert team.give(cy, ada).changes == middle.changes
    assert_same(ada, cy)
    for _ in range(len(ada.done)):
        ada.undo()
        ada.verify()
    while ada.undone:
        ada.redo()
    assert ada.state_digest() == whole


def test_what_the_dry_run_counts_is_what_happens(team: Team) -> None:
    ada, bo = team.copy("Ada"), team.copy("Bo")
    work(ada, "Ada")
    work(bo, "Bo")
    plan = ada.plan_merge(team.bundle(bo))
    tallies = {tally.kind: tally for tally in plan.tallies}
    count: dict[str, Callable[[], int]] = {
        "claim": lambda: len(ada.claims()),
        "linkage": lambda: len(ada.linkages()),
        "review": lambda: len(ada.reviews()),
        "conclusion": lambda: sum(len(ada.conclusions(claim.id)) for claim in ada.claims()),
        "annotator": lambda: len(ada.annotators()),
    }
    before = {kind: counted() for kind, counted in count.items()}
    merged = ada.merge(plan)
    back = {each.entity_id for each in plan.conflicts if each.field == "deleted"}
    kept = {"linkage": len(back)}
    for kind, counted in count.items():
        assert counted() - before[kind] - kept.get(kind, 0) == tallies[kind].new, kind
    assert {(each.entity_id, each.field) for each in plan.conflicts} == {
        (each.entity_id, each.field) for each in ada.conflicts()
    }
    assert merged.conflicts == len(plan.conflicts) == len(ada.conflicts())
    assert merged.changes == plan.changes
    assert sum(tally.conflicts for tally in plan.tallies) == len({each.entity_id for each in plan.conflicts})
    people = {each.id for each in ada.annotators()}
    assert {each.entity_id for each in ada.news()} == (set(plan.new) | set(plan.changed)) - people


@pytest.mark.parametrize("what", ["claim", "passage", "source", "linkage", "agent"])
def test_what_one_deletes_and_another_goes_on_with(team: Team, what: str) -> None:
    ada, bo = team.copy("Ada"), team.copy("Bo")
    linkage, claim = ada.linkages()[0], ada.linkages()[0].claim_id
    source = ada.sources()[0].id
    version = ada.versions(source)[0].id
    gone = {"claim": claim, "passage": linkage.passage_ids[0], "source": source, "linkage": linkage.id,
            "agent": ada.agents()[0].id}  # fmt: skip
    ada.delete(gone[what])
    bo.conclude(claim, verdict="refuted", confidence="low", justification="Bo's reasons")
    bo.link(None, claim, version=version, fragments=[(0, 5)], stance="supports", verdict="supported", rationale="Bo's")
    bo.add_claim("Part of it", parent=claim, wording=linkage.passage_ids[0], claimants=["The mayor"])
    bo.review(linkage.id, "contested", comment="Bo's view")
    from_ada = team.bundle(ada)
    team.give(bo, ada)
    take(bo, from_ada)
    assert_same(ada, bo)
    assert team.copy("Eve", team.bundle(ada)).state_digest() == ada.state_digest()
    for form in ("html", "csv", "webannotation", "claimreview"):
        assert ada.export(form, ada.path.with_name(f"out.{form}")).exists()
    ada.findings()
    for _ in range(2):
        ada.undo()
        ada.verify()
    assert ada.entity(gone[what]).id == gone[what]


def test_a_bundle_that_is_spoilt_after_the_plan_takes_nothing_in(team: Team) -> None:
    ada, bo = team.copy("Ada"), team.copy("Bo")
    bo.type_source("A call", "Nobody was told. " * 40)
    bundle = team.bundle(bo)
    kept = bundle.with_name("kept.zip")
    shutil.copy(bundle, kept)
    plan = ada.plan_merge(bundle)
    bundle.write_bytes(bytes(bundle.stat().st_size))
    before = ada.state_digest()
    with pytest.raises(BundleRefusedError):
        ada.merge(plan)
    assert ada.state_digest() == before
    ada.verify()
    take(ada, kept)
    assert_same(ada, bo)


def test_own_edits_after_the_plan_stand_beside_what_comes_in(team: Team) -> None:
    ada, bo = team.copy("Ada"), team.copy("Bo")
    one, other = (linkage.id for linkage in ada.linkages()[:2])
    bo.edit(one, rationale="Bo")
    bo.edit(other, rationale="Bo")
    plan = ada.plan_merge(team.bundle(bo))
    assert not plan.conflicts
    ada.edit(one, rationale="Ada")
    ada.delete(other)
    assert ada.merge(plan).conflicts == 2
    assert {(each.entity_id, each.field) for each in ada.conflicts()} == {(one, "rationale"), (other, "deleted")}
    team.give(ada, bo)
    assert_same(ada, bo)


def test_a_project_killed_in_the_middle_of_a_merge_is_as_it_was(team: Team) -> None:
    ada, bo = team.copy("Ada"), team.copy("Bo")
    linkage = bo.linkages()[0]
    row = {"passage": linkage.passage_ids, "claim": linkage.claim_id, "stance": "supports", "verdict": "supported"}
    bo.link_many({**row, "rationale": f"Reason {number}"} for number in range(2_500))
    bundle, before, path = team.bundle(bo), ada.state_digest(), ada.path
    ada.close()
    with subprocess.Popen([sys.executable, "-c", _MERGE, path, bundle], stdout=subprocess.PIPE, text=True) as merging:
        assert merging.stdout is not None
        assert next(line for line in merging.stdout if 0 < int(line) < 2_500)
        merging.kill()
    assert merging.returncode == -signal.SIGKILL
    with annotator.open_project(path, annotator="Ada") as again:
        again.verify()
        assert again.state_digest() == before
        assert not [each for each in again.exchanges() if each.direction == "in"]
        take(again, bundle)
        assert_same(again, bo)


def test_an_empty_project_gives_and_takes(tmp_path: Path, team: Team) -> None:
    ada = team.copy("Ada")
    with annotator.open_project(tmp_path / "empty.annotator", annotator="Eve", create=True) as eve:
        team.give(eve, ada)
        team.give(ada, eve)
        assert_same(ada, eve)
        assert len(eve.linkages()) == len(SENTENCES)
        with pytest.raises(AnnotatorError):
            eve.plan_merge(ada.path)
