"""Hostile bundles given to an open project: each is refused by member and reason, and not a byte of the project changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import annotator
from annotator.bundle.refusal import Limits
from annotator.bundle.verify import verify_bundle
from annotator.domain.errors import BundleRefusedError
from annotator.services.project import Project
from tests.bundle.builders import Members, export, resealed
from tests.bundle.hostile import HOSTILE, Good
from tests.factories import Ids, Maker, commit, created, fill, new_store
from tests.store.rich import make_rich_project


@pytest.fixture(scope="module")
def open_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return a project with work of its own in it, open."""
    path = tmp_path_factory.mktemp("ours") / "ours.annotator"
    make_rich_project(path)
    with annotator.open_project(path, annotator="Ada") as opened:
        yield opened


@pytest.fixture
def good(bundle: Path, parts: Members, tmp_path: Path) -> Good:
    """Return the sound bundle."""
    return Good(bundle, parts, tmp_path / "hostile.bundle.zip")


def bytes_of(project: Project) -> dict[str, str]:
    """Return the digest of every file of a project but the one that only tells readers of each other."""
    files = sorted(project.path.parent.iterdir())
    return {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in files if not each.name.endswith("-shm")
    }


def refused(project: Project, path: Path) -> tuple[str, str]:
    """Return the member and the reason for which a project refuses a bundle, having seen that nothing of it has changed."""
    before, state = bytes_of(project), project.store.read().state_digest()
    beside = sorted(path.parent.iterdir())
    with pytest.raises(BundleRefusedError) as caught:
        project.plan_merge(path)
    assert bytes_of(project) == before
    assert project.store.read().state_digest() == state
    assert sorted(path.parent.iterdir()) == beside
    assert path.name in str(caught.value)
    return str(caught.value.data["member"]), str(caught.value.data["reason"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_bundles(open_project: Project, good: Good, attack: str) -> None:
    make, member, reason = HOSTILE[attack]
    path = make(good)
    found = refused(open_project, path)
    assert member in found[0]
    assert reason in found[1]
    with pytest.raises(BundleRefusedError) as caught:
        verify_bundle(path)
    assert (caught.value.data["member"], caught.value.data["reason"]) == found


def test_the_sound_bundle_is_not_refused(open_project: Project, good: Good) -> None:
    """What is refused above is refused for what was done to it."""
    open_project.plan_merge(good.bundle).close()
    open_project.plan_merge(good.history(lambda _: None)).close()
    open_project.plan_merge(good.packed(resealed(good.parts))).close()


def test_an_id_that_names_another_kind_here(tmp_path: Path) -> None:
    """Both projects are sound; together they are not."""
    ours, theirs = tmp_path / "ours" / "a.annotator", tmp_path / "theirs" / "b.annotator"
    for path in (ours, theirs):
        path.parent.mkdir()
    make = Maker()
    store = new_store(ours)
    fill(store, make)
    store.close()
    other = Maker(Ids(series=9))
    store = new_store(theirs)
    fill(store, other)
    commit(store, other, created(replace(other.agent, id=make.claim.id)))
    store.close()
    path = export(theirs, tmp_path / "theirs" / "b.bundle.zip")
    verify_bundle(path)
    with annotator.open_project(ours, annotator="Ada") as project:
        member, reason = refused(project, path)
    assert member.startswith("data/history")
    assert str(make.claim.id) in reason


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(members=3), "are allowed"),
        (Limits(total_bytes=1000), "to more than"),
        (Limits(member_bytes=100), "are allowed"),
        (Limits(revisions=2), "has more than 2 revisions"),
        (Limits(ancestry=5), "in more ways than this program follows"),
    ],
)
def test_more_than_is_allowed(bundle: Path, limits: Limits, reason: str) -> None:
    with pytest.raises(BundleRefusedError, match=reason):
        verify_bundle(bundle, limits=limits)


def test_just_what_is_allowed(bundle: Path) -> None:
    verify_bundle(bundle, limits=Limits(revisions=3))
