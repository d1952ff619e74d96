"""Keeps what was fetched as a WARC 1.1 (ISO 28500:2017): every question and every answer as it went over the line."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from annotator.fetching.exchange import Exchange

_FIELDS = "application/warc-fields"


def warc_of(exchanges: Iterable[Exchange], software: str) -> bytes:
    """Return the WARC of exchanges in their order, each record packed by itself, after one that tells who made it."""
    exchanges = tuple(exchanges)
    about = (
        f"software: {software}\r\nformat: WARC File Format 1.1\r\n"
        "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        "description: one page, fetched when a person asked for it\r\n"
    )
    records = [_record("warcinfo", exchanges[0].at, about.encode(), _FIELDS)]
    for one in exchanges:
        told = {"WARC-Target-URI": one.target.address, "WARC-IP-Address": one.peer}
        answer_id = _id()
        records.append(
            _record(
                "response",
                one.at,
                one.response,
                "application/http; msgtype=response",
                {**told, "WARC-Payload-Digest": _digest(one.response.partition(b"\r\n\r\n")[2])},
                id_=answer_id,
            )
        )
        records.append(
            _record(
                "request",
                one.at,
                one.request,
                "application/http; msgtype=request",
                {**told, "WARC-Concurrent-To": answer_id},
            )
        )
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def _record(
    kind: str, at: datetime, block: bytes, type_: str, more: dict[str, str] | None = None, *, id_: str = ""
) -> bytes:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": id_ or _id(),
        "WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        **(more or {}),
        "WARC-Block-Digest": _digest(block),
        "Content-Type": type_,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def _digest(data: bytes) -> str:
    return f"sha256:{base64.b32encode(hashlib.sha256(data).digest()).decode()}"


def _id() -> str:
    return f"<urn:uuid:{uuid4()}>"
