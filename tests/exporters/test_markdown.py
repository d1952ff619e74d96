"""Markdown: what people wrote is shown as they wrote it, and nothing of it becomes markup."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from annotator.exporters.base import ALL, ProjectView, silent
from annotator.exporters.markdown import MARKDOWN
from annotator.exporters.markdown_words import escaped, on_a_line
from tests.exporters.conftest import Case

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def tokens(text: str) -> list[Any]:
    found = []
    for token in READER.parse(text):
        found += [token, *(token.children or ())]
    return found


@pytest.fixture
def text(view: ProjectView) -> str:
    out = io.BytesIO()
    MARKDOWN.write(view, out, ALL, silent)
    return out.getvalue().decode()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_words_stay_words(words: str) -> None:
    found = tokens(on_a_line(words))
    assert {token.type for token in found} <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    shown = "".join(token.content for token in found if token.type in ("text", "text_special"))
    assert shown.strip("\u2068\u2069").split() == UNSEEN.sub("", " ".join(words.split())).split()


@pytest.mark.parametrize(
    "words",
    [
        "# no heading", "- no item", "1. no item", "+ x", "> no quotation", "***", "---", "===", "<b>x</b>", "[a](http://b)",
        "![a](b)", "`code`", "~~gone~~", "a | b\n--- | ---", "&lt;", "\\*", "https://evil.example", "www.evil.example",
        "mail@evil.example", "[^1]: x", "    code", "Setext\n===", "$x$",
    ],
)  # fmt: skip
def test_what_looks_like_markup_is_none(words: str) -> None:
    found = tokens(escaped(words))
    assert {token.type for token in found} <= {
        "paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak",
    }  # fmt: skip
    assert not re.search(r"(?<!\\)://|www\.|(?<!\\)@", escaped(words))


def test_right_to_left_is_kept_apart_and_what_turns_the_direction_goes() -> None:
    assert on_a_line("قال الوزير") == "\u2068قال الوزير\u2069"
    assert on_a_line("a\u202eb") == "ab"
    assert on_a_line("plain – “words”") == "plain – “words”"


def test_conclusion_first_then_evidence_with_its_words_and_sources(text: str, case: Case) -> None:
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("## Bills rose"))
    part = "\n".join(lines[at:])
    order = [
        part.index(words)
        for words in ("**Refuted, high confidence", "Weighed.", "### Refutes", "**a rise of 14.2 per cent**")
    ]
    assert order == sorted(order)
    assert re.search(r"^> .*\*\*a rise of 14\.2 per cent\*\*", part, re.M)
    assert re.search(r"^> — .*\[\^1\], page 1$", part, re.M)
    assert "Withdrawn: A mistake." in part
    assert re.search(r"^\[\^1\]: .*14 May 2025, <https://example.org/r\?a=1&b=2>, captured 1 January 2026", text, re.M)
    assert case.version.text in text


def test_no_html_and_no_links_but_to_sources(text: str) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    found = [token for each in reader.parse(text) for token in (each, *(each.children or ()))]
    assert not [token for token in found if token.type.startswith(("html", "image", "code", "fence", "table"))]
    assert {token.attrs["href"] for token in found if token.type == "link_open"} == {"https://example.org/r?a=1&b=2"}
    assert [token for token in found if token.type == "footnote_ref"]
