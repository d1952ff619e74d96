"""What our code never does, whatever a linter is told to overlook: run what a stranger wrote, or show it as rich text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
_MODULES = {
    "pickle",
    "_pickle",
    "cPickle",
    "dill",
    "marshal",
    "shelve",
    "yaml",
    "xmlrpc",
    "ftplib",
    "telnetlib",
    "cgi",
    "code",
}
"""What loads objects of a stranger's making, or speaks to the network in ways nobody asked for."""
_CALLS = {"eval", "exec", "compile", "__import__"}
_METHODS = {
    "os": {"system", "popen", "startfile", "spawnl", "spawnv", "spawnlp", "execv", "execve", "execvp", "posix_spawn"},
    "ctypes": {"PyDLL"},
}
_STARTS = {
    "bundle/apart.py",
    "exporters/apart.py",
    "importers/confined/processes.py",
    "importers/confined/pages.py",
    "importers/confined/trying.py",
    "walls/forking.py",
}
"""Where processes are started: our own interpreter with our own modules, never through a shell."""
_RICH = {"QTextBrowser", "QWebEngineView", "QErrorMessage", "QWhatsThis"}
_RICH_METHODS = {"setHtml", "insertHtml", "setMarkdown", "toHtml", "appendHtml"}


def faults(code: str, where: str) -> Iterator[str]:
    """Yield what a file does that none may do."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names = {alias.name.partition(".")[0] for alias in node.names}
            yield from (f"{where}:{node.lineno} imports {name}" for name in sorted(names & _MODULES))
            if "subprocess" in names and where not in _STARTS:
                yield f"{where}:{node.lineno} starts processes"
        elif isinstance(node, ast.ImportFrom):
            name = (node.module or "").partition(".")[0]
            if name in _MODULES or (name == "subprocess" and where not in _STARTS):
                yield f"{where}:{node.lineno} imports {name}"
            yield from (f"{where}:{node.lineno} uses {one.name}" for one in node.names if one.name in _RICH)
        elif isinstance(node, ast.Call):
            yield from _in_call(node, where)


def _in_call(node: ast.Call, where: str) -> Iterator[str]:
    called = node.func
    if isinstance(called, ast.Name) and called.id in _CALLS:
        yield f"{where}:{node.lineno} calls {called.id}"
    if isinstance(called, ast.Attribute):
        owner = called.value.id if isinstance(called.value, ast.Name) else ""
        if called.attr in _METHODS.get(owner, ()) or called.attr in _RICH_METHODS:
            yield f"{where}:{node.lineno} calls {owner}.{called.attr}"
    if any(word.arg == "shell" and not _is_false(word.value) for word in node.keywords):
        yield f"{where}:{node.lineno} asks a shell"


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def test_no_file_of_ours_does_what_none_may_do() -> None:
    found = [
        fault
        for path in SOURCES
        for fault in faults(path.read_text(encoding="utf-8"), path.relative_to(ROOT / "src" / "annotator").as_posix())
    ]
    assert found == []
    assert len(SOURCES) > 300


@pytest.mark.parametrize(
    "code",
    [
        "import pickle", "from yaml import load", "import subprocess", "from subprocess import run", "eval('1')", "exec(code)",
        "os.system('x')", "os.popen('x')", "run('x', shell=True)", "run('x', shell=asked)", "label.setHtml(words)",
        "from PySide6.QtWidgets import QTextBrowser", "import xmlrpc.client", "__import__(name)",
    ],
)  # fmt: skip
def test_each_of_them_is_found(code: str) -> None:
    assert list(faults(code, "services/new.py"))


def labels_without_plain_text(code: str) -> list[int]:
    """Return the lines that make a ``QLabel`` whose words Qt may take for rich text.

    A label is fine where it says so, in its making or in the lines below; one that is made empty and never gets words is a place
    for a picture.
    """
    lines = code.splitlines()
    found: list[int] = []
    for node in ast.walk(ast.parse(code)):
        is_label = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QLabel"
        if not is_label or not isinstance(node, ast.Call):
            continue
        near = "\n".join(lines[node.lineno - 1 : node.lineno + 12])
        name = lines[node.lineno - 1].partition("=")[0].strip()
        has_words = any(not isinstance(one, ast.Name) or one.id != "self" for one in node.args)
        if "PlainText" not in near and (has_words or f"{name}.setText(" in code):
            found.append(node.lineno)
    return found


def test_every_label_shows_plain_text() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in SOURCES
        if "QLabel(" in (code := path.read_text(encoding="utf-8"))
        for line in labels_without_plain_text(code)
    }
    assert found == set()


def test_a_label_of_rich_text_is_found() -> None:
    assert labels_without_plain_text("label = QLabel(words)") == [1]
    assert labels_without_plain_text("label = QLabel()\nlabel.setText(words)") == [1]
    assert not labels_without_plain_text("label = QLabel(words)\nlabel.setTextFormat(Qt.TextFormat.PlainText)")
    assert not labels_without_plain_text("sign = QLabel()\nsign.setPixmap(picture)")


def tooltips_without_plain_text(code: str) -> list[int]:
    """Return the lines that give a tooltip words which may be a stranger's, and which Qt may take for rich text."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "setToolTip"
        and not all(_is_harmless(one) for one in node.args)
    ]


def _is_harmless(words: ast.expr) -> bool:
    if isinstance(words, ast.IfExp):
        return _is_harmless(words.body) and _is_harmless(words.orelse)
    if isinstance(words, ast.Call):
        called = words.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        return name in ("tr", "plain_tooltip", "_tooltip")
    return isinstance(words, ast.Constant)


_OUR_WORDS = {
    "annotating/bars.py", "annotating/bubble.py", "auditing/history_bundles.py", "auditing/history_filter.py",
    "auditing/review_marks.py", "pages/page_tools.py", "reading/find_bar.py", "reading/find_parts.py", "shell/top_bar.py",
    "versioning/difference_bar.py",
}  # fmt: skip
"""Files whose tooltips are names of actions and the like, put together from words of ours, or an id."""


def test_every_tooltip_shows_plain_text() -> None:
    ui = ROOT / "src" / "annotator" / "ui"
    found = {
        path.relative_to(ui).as_posix()
        for path in ui.rglob("*.py")
        if tooltips_without_plain_text(path.read_text(encoding="utf-8"))
    }
    assert found - _OUR_WORDS == set()
    assert tooltips_without_plain_text("label.setToolTip(source.title)") == [1]
    assert not tooltips_without_plain_text("label.setToolTip(plain_tooltip(source.title))")
