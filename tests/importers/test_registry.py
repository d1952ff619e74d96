"""Which importer reads a file: its content decides, then what it was declared as, then its name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from annotator.importers.registry import ReadOptions, importer_for


@pytest.mark.parametrize(
    ("data", "name", "declared", "importer"),
    [
        (b"%PDF-1.4 ...", "a.txt", "", "pdf"),
        (b"\n junk before\n%PDF-1.4", "a.pdf", "", "pdf"),
        (b"How to read %PDF-1.4", "a.txt", "", "text"),
        (b"<!DOCTYPE html><html>", "a.pdf", "application/pdf", "html"),
        (b"\xef\xbb\xbf  <HTML lang=en>", "a.txt", "text/plain", "html"),
        ("<html><p>x".encode("utf-16"), "a", "", "html"),
        (b'<?xml version="1.0"?>\n<!-- c -->\n<html xmlns="x">', "a", "", "html"),
        (b"<p>a fragment</p>", "a.HTM", "", "html"),
        (b"<p>a fragment</p>", "https://a.example/b", "text/html; charset=utf-8", "html"),
        (b"<p>shown as it is</p>", "a.txt", "", "text"),
        (b"{\\rtf1 x}", "a.doc", "application/msword", "rtf"),
        (b"# Heading", "a.md", "", "markdown"),
        (b"# Heading", "a", "text/markdown; charset=utf-8", "markdown"),
        (b"# Heading", "a.txt", "", "text"),
        (b"\x89PNG", "a.html", "text/html", "text"),
        (b"words", "a.unknown", "", "text"),
        (b"words", "https://a.example/b?c=d.pdf", "text/plain", "text"),
        (b"garbage", "a.pdf", "", "pdf"),
    ],
)
def test_content_then_declared_type_then_suffix(data: bytes, name: str, declared: str, importer: str) -> None:
    assert importer_for(data, ReadOptions(name=name, declared_type=declared)).name == importer


def test_looking_up_loads_no_heavy_library() -> None:
    code = (
        "import sys; from annotator.importers.registry import *; from annotator.importers.confined import isolate;"
        "importer_for(b'%PDF-', ReadOptions(name='a'));"
        "print({'lxml', 'markdown_it', 'pdfminer', 'trafilatura', 'charset_normalizer'} & set(sys.modules))"
    )
    paths = [place for place in sys.path if place]
    program = f"import sys; sys.path[:] = {paths!r}; {code}"
    assert (
        subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True).stdout
        == "set()\n"
    )
