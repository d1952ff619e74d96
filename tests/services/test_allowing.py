"""A bundle that is over a limit is taken when a person raises that limit for it, in scripts and on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import annotator
from annotator.cli import run
from annotator.domain.errors import BundleOverLimitError, WrongArgumentError

_ZEROS = 2_000_000


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Return a bundle with a text that unpacks to more than 400 times its size."""
    with annotator.open_project(tmp_path / "theirs.annotator", annotator="Ada", create=True) as project:
        project.import_source(("zeros.txt", b"0" * _ZEROS))
        return project.export("bundle", tmp_path / "theirs.bundle.zip")


def test_in_scripts(bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(BundleOverLimitError, match="Allow more of “ratio”"):
        annotator.verify_bundle(bundle)
    annotator.verify_bundle(bundle, allow=("ratio",))
    with annotator.open_project(tmp_path / "ours.annotator", annotator="Ben", create=True) as project:
        with pytest.raises(BundleOverLimitError):
            project.plan_merge(bundle)
        project.merge(project.plan_merge(bundle, allow=("ratio",)), accept_signature=True)
        assert len(project.sources()) == 1
        with pytest.raises(WrongArgumentError, match=r"there is no limit “patience”.*member_bytes"):
            project.plan_merge(bundle, allow=("patience",))


def test_on_the_command_line(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = str(tmp_path / "made.annotator")
    assert run(["verify", str(bundle)]) == 1
    assert "ratio" in capsys.readouterr().err
    assert run(["verify", str(bundle), "--allow", "ratio"]) == 0
    assert run(["open-bundle", str(bundle), made, "--accept-signature"]) == 1
    assert run(["open-bundle", str(bundle), made, "--accept-signature", "--allow", "ratio"]) == 0
    assert run(["merge", made, str(bundle), "--dry-run", "--allow", "ratio"]) == 0
