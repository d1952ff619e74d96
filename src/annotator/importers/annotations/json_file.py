"""JSON as other programs write it: one value, or one a line; and careful hands to take it apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from annotator.domain.codec import Json, canonical
from annotator.domain.errors import ImportFailedError

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_AGAIN = "Export it again, or choose another file."
_decoder = msgspec.json.Decoder()


def parse_json(data: bytes, name: str) -> list[Json]:
    """Return the values of a file: one, or one a line. Raises ``ImportFailedError`` saying what is wrong with it."""
    text = _decoded(data, name)
    if not text.strip():
        raise ImportFailedError(name=name, reason="it holds nothing but blank lines", advice=_AGAIN)
    try:
        return [_decoder.decode(text)]
    except RecursionError as error:
        raise _too_deep(name) from error
    except msgspec.DecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not _is_json(lines[0]):
            raise _not_json(name, str(error)) from error
        return list(_lines(lines, name))


def _is_json(line: str) -> bool:
    try:
        _decoder.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _lines(lines: Iterable[str], name: str) -> Iterator[Json]:
    for number, line in enumerate(lines, 1):
        try:
            yield _decoder.decode(line)
        except RecursionError as error:
            raise _too_deep(name) from error
        except msgspec.DecodeError as error:
            raise _not_json(name, f"line {number}: {error}") from error


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportFailedError(
            name=name, reason="its letters are not in UTF-8, as JSON has to be", advice=_AGAIN
        ) from error


def _not_json(name: str, problem: str) -> ImportFailedError:
    return ImportFailedError(name=name, reason=f"it is not JSON ({problem})", advice=_AGAIN)


def _too_deep(name: str) -> ImportFailedError:
    return ImportFailedError(name=name, reason="it is nested deeper than any real file", advice=_AGAIN)


def listed(value: Json) -> list[Json]:
    """Return a value as a list: itself if it is one, nothing for none."""
    return value if isinstance(value, list) else [] if value is None else [value]


def word(value: Json) -> str:
    """Return a value that should be words: a string, a number as it is written, the first of a list or of a language map."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, dict):
        return next(
            (found for key in ("@value", "value", "en", "name") if isinstance(found := value.get(key), str)), ""
        )
    return next(
        (found for each in listed(value)[:8] if (found := word(each) if not isinstance(each, list) else "")), ""
    )


def number(value: Json) -> float | None:
    """Return a value that should be a number, also where it is written as words; None where it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 else None
    try:
        found = float(str(value).strip().replace(",", ".")) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and abs(found) < 1e15 else None


def offset(value: Json) -> int | None:
    """Return a value that should be an offset: a whole number, not below 0."""
    found = number(value)
    return int(found) if found is not None and found >= 0 and found == int(found) else None


def digest_key(value: Json) -> str:
    """Return the key of what has no name of its own: the same for the same content."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()
