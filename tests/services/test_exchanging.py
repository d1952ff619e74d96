"""Giving the sample away and checking it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import annotator
from annotator.domain.errors import (
    BundleRefusedError,
    CancelledError,
    ExportFailedError,
    NotFoundError,
    WrongArgumentError,
)
from annotator.domain.people import pseudonym
from annotator.domain.source import Version
from annotator.services.exchanging import BUNDLE, BundleScope, Format, formats
from annotator.services.project import Project


@pytest.fixture
def judged(project: Project, version: Version) -> Project:
    """Return a project with one linkage."""
    claim = project.add_claim("A claim.")
    project.link(None, claim.id, version=version.id, fragments=[(0, 16)], stance="supports", rationale="=cmd()")
    return project


@pytest.mark.parametrize("code", [one.code for one in formats()])
def test_every_format_is_written_whole_or_not_at_all(judged: Project, tmp_path: Path, code: str) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"before")
    with pytest.raises(CancelledError):
        judged.export(code, out, cancelled=lambda: True)
    assert out.read_bytes() == b"before"
    assert judged.export(code, out) == out
    assert out.read_bytes() != b"before"
    with pytest.raises(ExportFailedError):
        judged.export(code, tmp_path / "no" / "such" / "folder")
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_the_bundle_is_the_same_twice_and_refused_when_altered(judged: Project, tmp_path: Path) -> None:
    first, second = (judged.export("bundle", tmp_path / name) for name in ("a.zip", "b.zip"))
    assert first.read_bytes() == second.read_bytes()
    report = annotator.verify_bundle(first)
    assert report.checkpoint == judged.store.read().checkpoint()
    data = bytearray(first.read_bytes())
    data[data.index(b"manifest-sha256.txt") + 60] ^= 1
    second.write_bytes(data)
    with pytest.raises(BundleRefusedError, match="manifest-sha256"):
        annotator.verify_bundle(second)


def test_wrong_wishes_are_named(judged: Project, tmp_path: Path) -> None:
    with pytest.raises(WrongArgumentError, match="bundle, html"):
        judged.export("papyrus", tmp_path / "out")
    with pytest.raises(NotFoundError, match="claim"):
        judged.export("html", tmp_path / "out", claim="nonsense")  # type: ignore[arg-type]
    with pytest.raises(WrongArgumentError, match="for bundles"):
        judged.export("html", tmp_path / "out", scope=BundleScope(notes=False))
    with pytest.raises(WrongArgumentError, match="for bundles"):
        judged.export("html", tmp_path / "out", team="The Desk")
    assert not (tmp_path / "out").exists()


def test_verify_and_backup(judged: Project) -> None:
    assert judged.verify().changes == judged.store.read().history.count()
    copy = judged.backup()
    with annotator.open_project(copy) as opened:
        assert opened.state_digest() == judged.state_digest()


@pytest.mark.parametrize("form", [form for form in formats() if form.code != "qdc"], ids=lambda form: form.code)
def test_every_form_goes_out_without_names(judged: Project, tmp_path: Path, form: Format) -> None:
    """A scale has no author: a codebook names nobody in either way."""
    (person,) = judged.annotators()
    named = _said(judged.export(form.code, tmp_path / "named"))
    nameless = _said(judged.export(form.code, tmp_path / "nameless", scope=BundleScope(names=False)))
    assert person.name.encode() not in nameless
    if form.code != BUNDLE.code:  # there the receiver makes it of the id
        assert (person.name.encode() in named) == (pseudonym(person.id).encode() in nameless)


def _said(path: Path) -> bytes:
    """Return the bytes of a file, unpacked."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return b"".join(map(packed.read, packed.namelist()))
