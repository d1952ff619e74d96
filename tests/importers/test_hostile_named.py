"""Documents that name files, addresses and programs: none is opened, asked or started, whatever the format."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator.domain.errors import ImportFailedError
from tests.importers.captures import mhtml, packed, record
from tests.importers.conftest import Read
from tests.importers.docx_files import docx, paragraph, run
from tests.importers.epubs import epub
from tests.importers.odts import odt
from tests.importers.pdfs import Pdf, at, written
from tests.importers.rtfs import rtf

SECRET, WORDS = "what is in the case", "Harmless words"


@dataclass(frozen=True, slots=True)
class Trap:
    """A file and an address that documents name; ``sprung`` tells what of it was touched."""

    file: Path
    server: socket.socket

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/picture.png"

    def sprung(self) -> str:
        try:
            self.server.accept()[0].close()
        except BlockingIOError:
            pass
        else:
            return "the address was asked"
        if os.listdir(self.file.parent) != [self.file.name]:  # noqa: PTH208
            return "a file was written"
        return "" if self.file.read_text(encoding="utf-8") == SECRET else "the file was changed"


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    file = tmp_path / "case.annotator"
    file.write_text(SECRET, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield Trap(file, server)


def html(trap: Trap) -> bytes:
    places = (trap.url, trap.file.as_uri())
    named = "".join(
        f'<link rel=stylesheet href="{place}"><script src="{place}"></script><base href="{place}">'
        f'<img src="{place}" srcset="{place} 2x" onerror="x()"><iframe src="{place}"></iframe><object data="{place}"></object>'
        f'<embed src="{place}"><video src="{place}" poster="{place}"></video><meta http-equiv=refresh content="0;url={place}">'
        f"<style>@import url({place}); p {{ background: url({place}) }}</style>"
        for place in places
    )
    return f"<!DOCTYPE html><html><body><p>{WORDS}</p>{named}</body></html>".encode()


def entity(trap: Trap) -> str:
    """Return the declaration of an entity ``&x;`` that stands for the file, and of one that asks the address."""
    return f'<!DOCTYPE x [<!ENTITY x SYSTEM "{trap.file.as_uri()}"><!ENTITY % y SYSTEM "{trap.url}"> %y;]>'


def xhtml(trap: Trap) -> bytes:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{WORDS} &x;</p></body></html>'
    return f'<?xml version="1.0"?>{entity(trap)}{page}'.encode()


def pdf(trap: Trap) -> bytes:
    actions = (
        f"/OpenAction << /S /Launch /F ({trap.file}) >> /AA << /WC << /S /URI /URI ({trap.url}) >> >> "
        f"/Names << /JavaScript << /Names [(x) << /S /JavaScript /JS (app.launchURL\\('{trap.url}'\\)) >>] >> >>"
    )
    return Pdf(catalog=actions).page(at(72, 700, WORDS)).bytes()


def pdf_elsewhere(trap: Trap) -> bytes:
    """Return a page whose content is said to stand in another file."""
    return written([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>",
        b"<< /F (" + os.fsencode(trap.file) + b") /Length 0 >> stream\n\nendstream",
    ])  # fmt: skip


def word(trap: Trap) -> bytes:
    fields = run(WORDS) + "".join(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{kind} "{place}"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for kind in ("INCLUDETEXT", "INCLUDEPICTURE", "DDEAUTO cmd", "IMPORT")
        for place in (trap.url, trap.file)
    )
    return docx(paragraph(fields))


def markdown(trap: Trap) -> bytes:
    lines = f"![a]({trap.url}) ![b]({trap.file.as_uri()}) <img src='{trap.url}'> <iframe src='{trap.file.as_uri()}'></iframe>"
    return f"# A title\n\n{WORDS}\n\n{lines}\n".encode()


def mail(trap: Trap) -> bytes:
    head = "From: a@b.example\nTo: c@d.example\nSubject: A\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    outside = f'--x\nContent-Type: message/external-body; access-type=local-file; name="{trap.file}"\n\n\n'
    body = f"--x\nContent-Type: text/html; charset=utf-8\n\n{html(trap).decode()}\n"
    return f"{head}{outside}{body}--x--\n".replace("\n", "\r\n").encode()


def book(trap: Trap) -> bytes:
    return epub({"one.xhtml": html(trap).decode().replace("<!DOCTYPE html>", "")})


def web_archive(trap: Trap) -> bytes:
    return packed(record("response", trap.url, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html(trap)))


READ = {
    "page.html": html, "actions.pdf": pdf, "fields.docx": word, "page.md": markdown, "mail.eml": mail, "book.epub": book,
    "fields.rtf": lambda trap: rtf(
        WORDS + "".join(
            rf'{{\field{{\*\fldinst {kind} "{place}"}}{{\fldrslt }}}}'
            for kind in ("INCLUDETEXT", "INCLUDEPICTURE", "DDEAUTO") for place in (trap.url, trap.file)
        )
    ),
    "page.mhtml": lambda trap: mhtml(html(trap)),
    "text.odt": lambda trap: odt(
        f'<text:p>{WORDS}</text:p><text:section text:name="a"><text:section-source xlink:href="{trap.file.as_uri()}"/>'
        f'<text:p/></text:section><text:section text:name="b"><text:section-source xlink:href="{trap.url}"/></text:section>'
    ),
    "page.warc.gz": web_archive,
}  # fmt: skip
"""Documents that can be read all the same, by their names."""

REFUSED = {
    "page.xhtml": xhtml,
    "elsewhere.pdf": pdf_elsewhere,
}
"""Documents of which nothing is left without what they name, or whose words are not even looked at."""


@pytest.mark.parametrize("name", READ)
def test_what_is_named_is_left_alone_and_the_words_are_read(read: Read, trap: Trap, name: str) -> None:
    made: Callable[[Trap], bytes] = READ[name]
    text = read(made(trap), name).text
    assert WORDS in text
    assert SECRET not in text
    assert trap.sprung() == ""


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_named_is_left_alone_whatever_becomes_of_the_document(read: Read, trap: Trap, name: str) -> None:
    try:
        assert SECRET not in read(REFUSED[name](trap), name).text
    except ImportFailedError as error:
        assert "reach other files" not in str(error)  # noqa: PT017 not even tried
    assert trap.sprung() == ""


def test_the_trap_works(trap: Trap) -> None:
    assert trap.sprung() == ""
    with socket.create_connection(trap.server.getsockname()):
        assert trap.sprung() == "the address was asked"
    (trap.file.parent / "marker").touch()
    assert trap.sprung() == "a file was written"
