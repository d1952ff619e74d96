"""What people do honestly with what never changes: such bundles are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

import annotator
from annotator.bundle.references import References
from annotator.bundle.verify import verify_bundle
from annotator.domain.change import Body
from annotator.domain.errors import WrongArgumentError
from annotator.domain.kinds import Linkage
from annotator.resources import resource
from annotator.services.identity import new_id
from annotator.services.project import Project, open_as

Begin = Callable[[str, str], Project]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Begin a project of somebody’s own, with one label of the scales that ship with the program as they have it."""
    shipped = resource("scales", "default.toml").read_text(encoding="utf-8")
    with ExitStack() as stack:

        def new(name: str, label: str) -> Project:
            scales = tmp_path / f"{name}.toml"
            scales.write_text(shipped.replace('label = "Supports"', f'label = "{label}"', 1), encoding="utf-8")
            path = tmp_path / f"{name}.annotator"
            return stack.enter_context(open_as(path, name, new_id, create=True, codebook=scales))

        yield new


_numbers = count()


def bundle(project: Project) -> Path:
    """Return a bundle of a project, which is sound."""
    path = project.export("bundle", project.path.with_name(f"{project.name}{next(_numbers)}.bundle.zip"))
    verify_bundle(path)
    return path


def give(giver: Project, taker: Project) -> None:
    """Send everything to somebody else."""
    taker.merge(taker.plan_merge(bundle(giver)))


def test_two_programs_versions_of_a_scale(begin: Begin) -> None:
    ada, bo = begin("Ada", "Mmm"), begin("Bo", "Aaa")
    bo.add_claim("The wall was dear.")
    give(bo, ada)
    assert ada.codebook.scale("stance").levels[0].label == "Mmm", "ours, whichever sorts first"
    bundle(ada)
    (conflict,) = (each for each in ada.conflicts() if each.kind == "scale")
    theirs = next(side.value for side in conflict.sides if side.theirs)
    ada.settle(conflict.entity_id, conflict.field, theirs)
    assert ada.codebook.scale("stance").levels[0].label == "Aaa"
    bundle(ada)
    ada.undo()
    bundle(ada)
    ada.redo()
    give(ada, bo)
    assert not [each for each in bo.conflicts() if each.kind == "scale"]
    bundle(bo)


def test_what_is_deleted_and_comes_back(begin: Begin) -> None:
    ada = begin("Ada", "Supports")
    version = ada.type_source("A call", "The wall cost twice as much.")
    claim = ada.add_claim("The wall was dear.")
    passage = ada.highlight(version.id, [(0, 8)])
    ada.reshape(passage.id, [(0, 8), (9, 13)])
    linkage = ada.link(passage.id, claim.id, stance="supports")
    ada.review(linkage.id, "rejected")
    ada.edit(linkage.id, stance="refutes")
    ada.review(linkage.id, "accepted")
    made = ada.history(linkage.id)[-1].change.id
    ada.delete(version.source_id)
    bundle(ada)
    ada.restore(linkage.id, made)
    bundle(ada)
    assert ada.entity(version.id) == version
    found = ada.entity(linkage.id)
    assert isinstance(found, Linkage)
    for _ in range(12):
        if not ada.done:
            break
        ada.undo()
    bundle(ada)


def test_people_say_themselves_what_they_are_called(begin: Begin) -> None:
    ada, bo = begin("Ada", "Supports"), begin("Bo", "Supports")
    ada.add_claim("The wall was dear.")
    give(ada, bo)
    ada.edit(ada.annotator_id, name="Ada L.")
    bundle(ada)
    with pytest.raises(WrongArgumentError, match="Ada, who alone edits that"):
        bo.edit(ada.annotator_id, name="Eve")
    with pytest.raises(WrongArgumentError, match="not deleted"):
        bo.delete(ada.annotator_id)


def test_others_settle_what_a_person_is_called(begin: Begin, tmp_path: Path) -> None:
    ada = begin("Ada", "Supports")
    ada.add_claim("The wall was dear.")
    with annotator.open_bundle(bundle(ada), tmp_path / "laptop.annotator", annotator="Ada") as laptop:
        assert laptop.annotator_id == ada.annotator_id
        laptop.edit(ada.annotator_id, name="A.")
        ada.edit(ada.annotator_id, name="Ada L.")
        give(laptop, ada)
    with annotator.open_bundle(bundle(ada), tmp_path / "bo.annotator", annotator="Bo") as bo:
        (conflict,) = bo.conflicts()
        with pytest.raises(WrongArgumentError, match="alone edits"):
            bo.settle(conflict.entity_id, conflict.field, "Eve")
        bo.settle(conflict.entity_id, conflict.field, "A.")
        bundle(bo)
        bo.undo()
        bundle(bo)


def test_writer_and_reader_see_the_same_references() -> None:
    """Also where a field was opened again."""
    references = References()
    references.see("version", Body({"text": "0" * 64}, {"original": ["1" * 64, "2" * 64]}))
    assert references.texts == {"0" * 64}
    assert references.originals == {"1" * 64: "bin", "2" * 64: "bin"}
