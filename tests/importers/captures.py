"""Captured pages and messages made by hand: WARC, WACZ, MHTML, EML."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage

WALL = "https://ledger.example/2025/wall"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)


def record(
    kind: str, address: str, block: bytes, *, type_: str = "", date: str = "2025-05-14T08:30:00Z", **more: str
) -> bytes:
    """Return one record of a WARC; ``more`` are further headers, with underscores for hyphens."""
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{hashlib.md5(address.encode() + block, usedforsecurity=False).hexdigest()}>",
        "WARC-Date": date,
        **({"WARC-Target-URI": address} if address else {}),
        "WARC-Block-Digest": f"sha1:{digest}",
        "Content-Type": type_ or f"application/http; msgtype={kind}",
        **{name.replace("_", "-"): value for name, value in more.items()},
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def answer(
    address: str,
    body: bytes,
    *,
    type_: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    headers: Sequence[str] = (),
    date: str = "2025-05-14T08:30:00Z",
    **more: str,
) -> bytes:
    """Return a record with what a server answered."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {type_}", "Set-Cookie: secret=1", *headers, "", ""]
    return record("response", address, "\r\n".join(lines).encode() + body, date=date, **more)


def request(address: str, *headers: str, date: str = "2025-05-14T08:30:00Z", **more: str) -> bytes:
    """Return a record with what a browser asked for."""
    lines = ["GET / HTTP/1.1", "Host: ledger.example", *headers, "", ""]
    return record("request", address, "\r\n".join(lines).encode(), date=date, **more)


def page(words: str, title: str = "A page") -> bytes:
    """Return a small web page."""
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><p>{words}</p></body></html>".encode()


def packed(*records: bytes) -> bytes:
    """Return records as they are packed: each in a piece of gzip of its own."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


@dataclass
class Wacz:
    """A WACZ: its WARC files, the pages it lists, and whether it states digests."""

    archives: dict[str, bytes]
    pages: Sequence[str] = ()
    stated: dict[str, str] = field(default_factory=dict)
    older: bool = False
    without_digests: bool = False

    def file(self) -> bytes:
        """Return the file."""
        parts = {f"archive/{name}": data for name, data in self.archives.items()}
        lines = [json.dumps({"format": "json-pages-1.0", "id": "pages"})]
        lines += [json.dumps({"url": url, "ts": "2025-05-14T08:30:00Z"}) for url in self.pages]
        parts["pages/pages.jsonl"] = "\n".join(lines).encode()
        resources = [] if self.without_digests else [self._resource(*one) for one in parts.items()]
        parts["datapackage.json"] = json.dumps({"profile": "data-package", "resources": resources}).encode()
        digest = hashlib.sha256(parts["datapackage.json"]).hexdigest()
        parts["datapackage-digest.json"] = json.dumps(
            {"path": "datapackage.json", "hash": self.stated.get("datapackage.json", f"sha256:{digest}")}
        ).encode()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as file:
            for name, data in parts.items():
                file.writestr(zipfile.ZipInfo(name, (2025, 5, 14, 8, 30, 0)), data)
        return stream.getvalue()

    def _resource(self, name: str, data: bytes) -> dict[str, object]:
        digest = self.stated.get(name, hashlib.sha256(data).hexdigest())
        if self.older:
            return {"path": name, "stats": {"hash": digest, "bytes": len(data)}, "hashing": "sha256"}
        return {"name": name.rpartition("/")[2], "path": name, "hash": f"sha256:{digest}", "bytes": len(data)}


def mhtml(root: bytes, *others: tuple[str, str, bytes], address: str = WALL) -> bytes:
    """Return a page saved by Chrome; ``others`` are (address or cid, media type, bytes)."""
    boundary = "----MultipartBoundary--x"
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {address}\r\nSubject: =?utf-8?Q?The=20wall?=\r\n"
        f"Date: Wed, 14 May 2025 08:30:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{boundary}"\r\n\r\n\r\n'
    )
    parts = [f"Content-Type: text/html\r\nContent-ID: <frame-0@mhtml.blink>\r\nContent-Location: {address}\r\n"]
    bodies = [root]
    for where, type_, body in others:
        name = f"Content-ID: <{where}>" if "@" in where else f"Content-Location: {where}"
        location = "\r\nContent-Location: https://twitter.com/i/1" if "post@" in where else ""
        parts.append(f"Content-Type: {type_}\r\n{name}{location}\r\n")
        bodies.append(body)
    whole = head.encode()
    for part, body in zip(parts, bodies, strict=True):
        encoded = base64.encodebytes(body).replace(b"\n", b"\r\n")
        whole += f"--{boundary}\r\n{part}Content-Transfer-Encoding: base64\r\n\r\n".encode() + encoded + b"\r\n"
    return whole + f"--{boundary}--\r\n".encode()


def message(plain: str = "", html: str = "", **headers: str) -> EmailMessage:
    """Return a message; ``headers`` are set by name, with underscores for hyphens."""
    made = EmailMessage()
    usual = {
        "From": "Lena Marsh <lena@ledger.example>",
        "To": "desk@ledger.example",
        "Date": "Wed, 14 May 2025 23:30:00 +0200",
        "Subject": "The wall",
    }
    for name, value in (usual | headers).items():
        made[name.replace("_", "-")] = value
    if plain:
        made.set_content(plain)
    if html and plain:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html")
    return made
