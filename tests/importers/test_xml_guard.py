"""XML of strangers: nothing is fetched or unfolded, and what would keep a parser busy is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.importers.documents.xml_guard import parse_leniently, parse_xml, without_named_characters


def _reason(data: bytes) -> str:
    with pytest.raises(ImportFailedError) as caught:
        parse_xml(data, "a.xml", "a.docx")
    return str(caught.value.data["reason"])


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return f"<!DOCTYPE r [{entities}]><r a='&e9;'>&e9;</r>".encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<r>", "its part “a.xml” is damaged"),
        (_laughs(), "its part “a.xml” declares abbreviations of its own"),
        (
            b"<a>" * 201 + b"</a>" * 201,
            "the elements of its part “a.xml” are nested more than 200 deep",
        ),
        (
            b"<a>" * 20_000 + b"</a>" * 20_000,
            "the elements of its part “a.xml” are nested more than 200 deep",
        ),
        (
            b"<r><a " + b" ".join(b'a%d="1"' % n for n in range(300_000)) + b"/></r>",
            "an element of its part “a.xml” has more than 500 attributes",
        ),
    ],
    ids=["damaged", "laughs", "deep", "deeper", "attributes"],
)
def test_each_limit_has_its_sentence(data: bytes, reason: str) -> None:
    assert _reason(data) == reason


def test_nothing_outside_is_asked_for(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    outside = f'<!DOCTYPE r SYSTEM "{secret.as_uri()}"><r>words</r>'.encode()
    assert parse_xml(outside, "a.xml", "a").text == "words"
    assert _reason(f'<!DOCTYPE r [<!ENTITY s SYSTEM "{secret.as_uri()}">]><r>&s;</r>'.encode()).endswith("of its own")


def test_long_words_and_many_equals_signs_are_no_attributes() -> None:
    assert parse_xml(b"<r a='" + b"x" * 5000 + b"'>" + b'b="1" ' * 900 + b"</r>", "a", "a").text is not None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_wide_letters_hide_nothing(encoding: str) -> None:
    declared = '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>'.encode(encoding)
    with pytest.raises(ImportFailedError, match="declares abbreviations of its own"):
        parse_xml(declared, "a.xml", "a")


def test_wide_letters_are_read_and_named_characters_written_out() -> None:
    wide = '<?xml version="1.0" encoding="UTF-16"?><r>ж</r>'.encode("utf-16")
    assert parse_xml(wide, "a.xml", "a").text == "ж"
    page = b'<!DOCTYPE html PUBLIC "x" "y"><p>a&nbsp;b &amp; c&lt; &unknown;</p>'
    assert without_named_characters(page).decode() == "<p>a\N{NO-BREAK SPACE}b &amp; c&lt; &unknown;</p>"
    assert parse_leniently(b"<p>&unknown;</p>", "a", "a") is None
