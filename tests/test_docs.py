"""The guide says what is so: keys, commands, methods, definitions, links, and every example in Python runs."""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.cli import new_parser
from annotator.domain.agreement import Undefined
from annotator.domain.checks.registry import checks
from annotator.domain.review_queue import WHY
from annotator.domain.scales import Codebook
from annotator.services.project import Project, read_scales
from annotator.services.settings import FOLDER_VARIABLE
from annotator.ui.actions import SPECS, WINDOW
from annotator.ui.auditing.audit_words import why_words

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
DOCUMENTS = [ROOT / "README.md", ROOT / "docs" / "architecture.md", *PAGES]
_EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.M | re.S)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
_METHOD_ROW = re.compile(r"^\| `(\w+)` \|", re.M)
_PICTURES = {
    "start-light", "read-light", "read-dark", "link-claim-light", "link-judge-light", "claims-light", "claims-dark",
    "history-light", "import-light", "export-light", "source-details-light", "keys-light", "empty-light", "audit-light",
    "audit-dark", "merge-light", "conflicts-light", "disputed-light", "news-light", "bundles-light", "pages-light",
    "pages-dark", "split-light", "find-light", "card-light", "quotation-light", "lists-light", "lists-dark", "versions-light",
    "report-light", "same-claims-light",
}  # fmt: skip


def read(page: str) -> str:
    """Return a page of the guide."""
    return (GUIDE / page).read_text(encoding="utf-8")


def rows(page: str) -> list[list[str]]:
    """Return the cells of every row of every table of a page."""
    lines = (line for line in read(page).splitlines() if line.startswith("| "))
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_every_action_with_keys_stands_in_the_table_with_them() -> None:
    told = {row[0]: (row[1], row[2]) for row in rows("search-and-keys.md")}
    for spec in SPECS:
        words = spec.text.rstrip("…")
        if spec.keys:
            keys, works = told[words]
            assert keys == ", ".join(f"`{key}`" for key in spec.keys), words
            assert (works == "everywhere") == (spec.place == WINDOW), words
        else:
            assert f"*{words}*" in " ".join(read("search-and-keys.md").split()), words


def test_the_table_of_keys_knows_no_action_that_is_not_there() -> None:
    known = {spec.text.rstrip("…") for spec in SPECS} | {"what", "---"}
    assert {row[0] for row in rows("search-and-keys.md")} <= known


def commands() -> dict[str, argparse.ArgumentParser]:
    """Return the commands of the command line."""
    parser, _ = new_parser()
    found: argparse._SubParsersAction[argparse.ArgumentParser]
    (found,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return dict(found.choices)


def test_every_command_and_option_stands_in_its_page() -> None:
    page, cells = read("command-line.md"), rows("command-line.md")
    for name, parser in commands().items():
        assert any(row[0].startswith(f"`{name} ") for row in cells), name
        for action in parser._actions:
            for option in (each for each in action.option_strings if each.startswith("--")):
                of = [row[1] for row in cells if row[0] == f"`{option}`"]
                assert option in ("--help", "--json") or of.count(f"`{name}`") == 1, f"{name} {option}"
                assert f"`{option}`" in page
            for choice in action.choices or ():
                assert choice in page


def test_the_page_of_the_command_line_knows_no_other() -> None:
    known = {option for parser in commands().values() for each in parser._actions for option in each.option_strings}
    told = set(re.findall(r"--[a-z][\w-]+", read("command-line.md")))
    assert told <= known | {"--version"}
    told_commands = {row[0].strip("`").split()[0] for row in rows("command-line.md") if row[0].startswith("`")}
    assert {each for each in told_commands if not each.startswith("-")} == set(commands())


def parameters(member: Callable[..., object]) -> set[str]:
    """Return the names of a method's parameters; what takes a reader is there for plans, not for scripts."""
    return set(inspect.signature(member).parameters)


def test_every_public_method_of_a_project_stands_in_scripting_and_no_other() -> None:
    there = {
        name
        for name, member in inspect.getmembers(Project, inspect.isfunction)
        if not name.startswith("_")
        and name not in ("do", "begin", "close_worker")
        and "reader" not in parameters(member)
    }
    assert set(_METHOD_ROW.findall(read("scripting.md"))) == there


def test_every_check_stands_in_auditing_with_its_levels_and_its_advice_and_no_other() -> None:
    cells = [row for row in rows("auditing.md") if len(row) == 4 and row[0] not in ("check", "---")]
    told = {row[0].rpartition(" ")[2].strip("`"): (row[0].rpartition(" ")[0], row[1], row[3]) for row in cells}
    assert len(told) == len(cells)
    assert told == {
        check.code: (check.title, ", ".join(check.levels), check.advice)
        for check in checks().values()
        if type(check).__module__.startswith("annotator.")
    }


def test_the_reasons_of_the_queue_stand_in_auditing_in_their_order() -> None:
    cells = [row for row in rows("auditing.md") if len(row) == 2]
    first = next(number for number, row in enumerate(cells) if row[0] == "in the queue")
    assert [row[0] for row in cells[first + 2 :][: len(WHY)]] == [why_words(code) for code in WHY]


def test_auditing_quotes_why_a_figure_has_no_value() -> None:
    page = " ".join(read("auditing.md").split())
    for undefined in (Undefined.NO_UNITS, Undefined.ONE_CATEGORY):
        assert f"*{undefined.words}*" in page


def test_the_definitions_are_those_of_the_codebook() -> None:
    codebook = Codebook(read_scales())
    pages: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("linking.md", ("stance", "verdict", "confidence", "basis", "appearance_role")),
        ("claims-and-conclusions.md", ("flags",)),
    )
    for page, scales in pages:
        cells = rows(page)
        for level in (level for scale in scales for level in codebook.scale(scale).levels):
            row = next((row for row in cells if any(each.endswith(level.label) for each in row)), None)
            assert row is not None, level.label
            assert level.definition in row
            assert not level.key or row[0] == f"`{level.key}`"


def test_the_message_tables_quote_what_the_program_says() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    for row in rows("if-something-goes-wrong.md"):
        quoted = re.fullmatch(r"\*(.+)\*", row[0])
        parts = [part.strip(" “”") for part in quoted[1].split("…")] if quoted else []
        for part in parts:
            assert part in said or re.sub(r"\d+", "{seconds:g}", part) in said, part


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda path: str(path.name))
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_every_picture_is_there_and_all_are_small() -> None:
    pictures = {path.stem: path for path in (GUIDE / "pictures").glob("*.png")}
    assert set(pictures) == _PICTURES
    assert sum(path.stat().st_size for path in pictures.values()) < 3_000_000


def test_every_picture_stands_in_a_page() -> None:
    shown = {Path(target).stem for page in PAGES for target in _LINK.findall(page.read_text(encoding="utf-8"))}
    assert shown >= _PICTURES


def test_every_page_stands_in_the_contents() -> None:
    contents = read("README.md")
    assert all(f"]({page.name})" in contents for page in PAGES if page.name != "README.md")


def examples() -> list[tuple[str, str]]:
    """Return every example in Python with the name of its page."""
    return [(page.name, code) for page in DOCUMENTS for code in _EXAMPLE.findall(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("page", "code"), examples(), ids=[page for page, _ in examples()])
def test_every_example_runs(page: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))
    article = "<!DOCTYPE html><title>A wall</title><article><h1>A wall</h1><p>All say the wall cost 4.2 million.</p></article>"
    (tmp_path / "article.html").write_text(article, encoding="utf-8")
    exec(compile(code, page, "exec"), {})  # noqa: S102 our own examples
