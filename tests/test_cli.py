"""The command line: results on standard output, messages on standard error, exit codes."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

import annotator
from annotator.cli import run
from annotator.fetching import network as networks
from annotator.services.protecting import protection
from annotator.services.sample import build_sample
from annotator.services.settings import FOLDER_VARIABLE
from tests.fetching.servers import page, reached, serving


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return the sample case."""
    return build_sample(tmp_path)


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Return what was written to standard output and standard error."""
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_import_makes_a_project_and_reports_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text("Some words.", encoding="utf-8")
    empty.touch()
    project = tmp_path / "new.annotator"
    assert run(["import", str(project), str(good), "--annotator", "Ada"]) == 0
    out, _ = said(capsys)
    assert out == "good.txt: good (2 words)\n"
    assert run(["import", str(project), str(good), str(empty), "--annotator", "Ada", "--json"]) == 1
    out, err = said(capsys)
    records = json.loads(out)
    assert [record["known"] for record in records] == [True, False]
    assert "empty" in records[1]["error"]
    assert "not imported: empty.txt" in err


def test_import_of_one_with_its_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("naïve".encode("latin-1"))
    project = tmp_path / "p.annotator"
    arguments = ["import", str(project), str(file), "--url", "https://example.org/a", "--encoding", "latin-1"]
    assert run([*arguments, "--annotator", "Ada"]) == 0
    with annotator.open_project(project) as opened:
        assert opened.sources()[0].url == "https://example.org/a"
        assert opened.text(opened.source_rows()[0].versions[0].id) == "naïve"


def test_an_address_is_that_of_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_text(file.name)
    project = tmp_path / "p.annotator"
    assert run(["import", str(project), *map(str, files), "--url", "https://example.org/a", "--annotator", "Ada"]) == 1
    assert said(capsys)[1] == (
        "--url: it is the address of one source, and 2 files are named. Allowed: one file with an address.\n"
    )
    assert not project.exists()


@pytest.mark.parametrize("what", ["sources", "passages", "claims", "linkages", "findings"])
def test_lists_for_people_and_machines(sample: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", str(sample), what]) == 0
    lines = said(capsys)[0].splitlines()
    assert run(["list", str(sample), what, "--json"]) == 0
    records = json.loads(said(capsys)[0])
    assert len(lines) == len(records) > 0
    assert all(record.get("id", record.get("entity")) in line for record, line in zip(records, lines, strict=True))


def test_search(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(sample), "meters", "--json"]) == 0
    assert json.loads(said(capsys)[0])[0]["snippet"]
    assert run(["search", str(sample), "xyzzy"]) == 0
    assert said(capsys) == ("", "Nothing found.\n")


def test_quote(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quote", str(sample), "the mean rise was 41.2 per cent, against 12.9 per cent", "--json"]) == 0
    (place,) = json.loads(said(capsys)[0])["places"]
    assert place["words"] == "the mean rise was 14.2 per cent, against 12.9 per cent"
    assert 0.9 < place["score"] < 1
    assert run(["quote", str(sample), "the mean rise was 14.2 per cent"]) == 0
    assert said(capsys)[0] == "100%  Review of the ClearFlow meter pilot  “the mean rise was 14.2 per cent”\n"
    assert run(["quote", str(sample), "the ferry sank off the northern pier at dawn"]) == 1
    assert said(capsys) == ("", "Found nowhere.\n")


@pytest.mark.parametrize("kind", ["bundle", "webannotation", "csv", "html", "report-pdf"])
def test_export_and_verify(sample: Path, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / f"out.{kind}"
    assert run(["export", str(sample), kind, str(out)]) == 0
    assert out.stat().st_size > 1000
    if kind == "bundle":
        assert run(["verify", str(out), "--json"]) == 0
        said(capsys)
        data = bytearray(out.read_bytes())
        data[len(data) // 2] ^= 1
        out.write_bytes(data)
        assert run(["verify", str(out)]) == 1
        assert said(capsys)[1].startswith(str(out))


def test_export_in_an_unknown_format_names_those_there_are(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(sample), "papyrus", str(tmp_path / "x")]) == 1
    assert "bundle" in said(capsys)[1]
    assert not (tmp_path / "x").exists()


def test_verify_backup_and_repair_of_a_project(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(sample)]) == 0
    assert "nothing was altered" in said(capsys)[0]
    assert run(["backup", str(sample)]) == 0
    backup = Path(said(capsys)[0].strip())
    assert run(["verify", str(backup)]) == 0
    assert run(["repair", str(sample)]) == 0


def test_what_is_no_project_is_refused_and_unchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.annotator"
    other.write_bytes(b"not ours")
    for arguments in (["list", str(other)], ["verify", str(other)], ["list", str(tmp_path / "none.annotator")]):
        assert run(arguments) == 1
        out, err = said(capsys)
        assert (out, err.count("\n")) == ("", 1)
    assert other.read_bytes() == b"not ours"


@pytest.mark.parametrize("arguments", [["frob"], ["open", "none.annotator"]])
def test_a_project_that_is_not_there_opens_no_window(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 1
    assert "There is no project at" in said(capsys)[1]


def test_every_command_explains_itself_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        run(["--help"])
    names = [
        "open",
        "demo",
        "import",
        "list",
        "search",
        "audit",
        "waive",
        "review",
        "export",
        "verify",
        "backup",
        "repair",
    ]
    overview = said(capsys)[0]
    for name in names:
        assert name in overview
        with pytest.raises(SystemExit, match="0"):
            run([name, "--help"])
        assert "example: annotator" in said(capsys)[0]


def test_about_tells_what_strangers_files_are_kept_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["about", "--json"]) == 0
    told = json.loads(said(capsys)[0])
    found = protection()
    assert told["version"] == annotator.__version__
    assert told["protection"]["level"] == found.level
    assert told["protection"]["by"] == list(found.means)
    assert {*told["protection"]["barred"], *told["protection"]["open"]} == {"reading", "writing", "network", "programs"}
    assert run(["about"]) == 0
    out, _ = said(capsys)
    assert found.sentence in out
    assert out.count("it cannot") == len(found.barred)


def test_agents_are_listed_joined_and_parted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.annotator"
    with annotator.open_project(path, annotator="Ada", create=True) as project:
        for name in ("The Guardian", "Guardian", "Lena Marsh"):
            project.agent(name)
    assert run(["agents", str(path)]) == 0
    out, err = said(capsys)
    assert len(out.splitlines()) == 3
    assert "These look like one (form): The Guardian, Guardian" in err
    assert run(["agents", str(path), "--annotator", "Ada", "--join", "The Guardian", "Guardian"]) == 0
    out, err = said(capsys)
    assert "The Guardian = Guardian" in out
    assert "look like one" not in err
    assert run(["agents", str(path), "--annotator", "Ada", "--part", "The Guardian", "Guardian", "--json"]) == 0
    out, _ = said(capsys)
    assert [each["joined"] for each in json.loads(out)["agents"]] == [[], [], []]
    assert run(["agents", str(path), "--annotator", "Ada", "--join", "Nobody", "Guardian"]) == 1
    assert "nobody is called so" in said(capsys)[1]


def test_claims_are_listed_joined_and_parted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.annotator"
    with annotator.open_project(path, annotator="Ada", create=True) as project:
        one, other, third = (project.add_claim(words) for words in ("Rents rose.", "rents rose", "Rents rose in 2021."))
    assert run(["claims", str(path)]) == 0
    out, err = said(capsys)
    assert len(out.splitlines()) == 3
    assert f"These look like one (signs): “Rents rose.” ({one.id}), “rents rose” ({other.id})" in err
    assert third.id not in err
    assert run(["claims", str(path), "--annotator", "Ada", "--join", "Rents rose.", other.id]) == 0
    out, err = said(capsys)
    assert out.splitlines()[1] == f"  = {other.id}  rents rose"
    assert "look like one" not in err
    assert run(["claims", str(path), "--annotator", "Ada", "--part", "Rents rose.", "rents rose", "--json"]) == 0
    out, err = said(capsys)
    assert [each["joined"] for each in json.loads(out)["claims"]] == [[], [], []]
    assert "look like one" not in err
    assert run(["claims", str(path), "--annotator", "Ada", "--join", "Rents fell.", other.id]) == 1
    assert "no claim has these words" in said(capsys)[1]


def test_evidence_is_shown_and_an_original_is_checked_and_saved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, page = tmp_path / "case.annotator", tmp_path / "page.html"
    page.write_text("<html><body><p>The wall held all night, the council says.</p></body></html>", encoding="utf-8")
    with annotator.open_project(path, annotator="Ada", create=True) as project:
        version = project.import_source(page, url="https://example.org/wall")
    assert run(["evidence", str(path), version.source_id]) == 0
    out, _ = said(capsys)
    assert "Address: https://example.org/wall  (known from: typed)" in out
    assert f"Digest (SHA-256): {version.original}" in out
    assert "Taken in by: Ada" in out
    assert run(["original", str(path), version.id, str(tmp_path / "out.html")]) == 0
    assert (tmp_path / "out.html").read_bytes() == page.read_bytes()
    assert "unchanged" in said(capsys)[1]
    with closing(dbapi2.connect(str(path))) as file:
        file.execute("UPDATE blob SET data = CAST(replace(data, 'held', 'fell') AS BLOB) WHERE kind = 'original'")
        file.commit()
    assert run(["original", str(path), version.id]) == 1
    assert "altered" in said(capsys)[1]
    assert run(["evidence", str(path), version.id, "--json"]) == 0
    assert json.loads(said(capsys)[0])["altered"] is True


def test_the_report_of_an_import_is_written_and_what_was_here_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, folder = tmp_path / "case.annotator", tmp_path / "letters"
    folder.mkdir()
    (folder / "a.txt").write_text("One letter.", encoding="utf-8")
    (folder / "b.txt").touch()
    arguments = ["import", str(path), str(folder), "--annotator", "Ada", "--report", str(tmp_path / "report.txt")]
    assert run(arguments) == 1
    assert (tmp_path / "report.txt").read_text(encoding="utf-8").startswith("2 files: 1 imported, 1 not imported")
    capsys.readouterr()
    assert run(arguments) == 1
    assert "1 of 2 were here already." in said(capsys)[1]


def test_an_address_that_is_typed_is_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, project = tmp_path / "a.txt", tmp_path / "p.annotator"
    file.write_text("Some words.", encoding="utf-8")
    with serving(lambda _path: page(b"<html><title>The wall</title><p>It cost 4.1 million")) as server:
        monkeypatch.setattr(networks, "NETWORK", reached(server))
        closed = "http://127.0.0.1:1/"
        arguments = ["import", str(project), server.url("/wall"), str(file), closed, "--annotator", "Ada"]
        assert run(arguments) == 1
    out, err = said(capsys)
    assert out.splitlines()[0].startswith("a.txt: a (2 words)")
    assert out.splitlines()[1].startswith(f"{server.url('/wall')}: The wall (4 words)")
    assert f"not imported: {closed}: port 1 is no port of web pages" in err
