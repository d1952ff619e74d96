"""Linked data in the elements of a page: microdata (itemscope, itemprop) and simple RDFa (typeof, property), told as JSON-LD.

Nothing it names is looked at. The standards: https://html.spec.whatwg.org/multipage/microdata.html and https://www.w3.org/TR/rdfa-lite/.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from annotator.domain.codec import Json
from annotator.importers.annotations.patient_html import PatientParser

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_UNSEEN = frozenset({"script", "style", "template"})
_ADDRESS = {"a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "video": "src", "source": "src"}
_DEEPEST = 400
"""Elements that are nested deeper are taken for closed."""


@dataclass(slots=True)
class _Item:
    """A thing that is described."""

    fields: dict[str, Json]


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet: the thing that it describes, or the properties that its words are."""

    tag: str
    item: _Item | None = None
    names: tuple[str, ...] = ()
    words: list[str] = field(default_factory=list)


class _Reader(PatientParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Json] = []
        self._stack: list[_Open] = []
        self._holders: list[_Item] = []
        self._telling: list[_Open] = []
        self._tags = Counter[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        names = tuple(map(_plain, (given.get("itemprop") or given.get("property") or "").split()))
        names = tuple(name for name in names if name and ":" not in name)
        item = None
        if "itemscope" in given or "typeof" in given:
            item = self._item(given, names)
            names = ()
        holder = self._holder()
        value = _value(tag, given) if names and holder is not None else None
        if value is not None and holder is not None:
            for name in names:
                _put(holder, name, value)
            names = ()
        if tag not in _VOID and len(self._stack) < _DEEPEST:
            self._open(_Open(tag, item, names if holder is not None else ()))

    def _open(self, opened: _Open) -> None:
        self._stack.append(opened)
        self._tags[opened.tag] += 1
        if opened.item is not None:
            self._holders.append(opened.item)
        if opened.names:
            self._telling.append(opened)

    def _item(self, given: dict[str, str], names: tuple[str, ...]) -> _Item:
        kinds = [_plain(kind) for kind in (given.get("itemtype") or given.get("typeof") or "").split()]
        fields: dict[str, Json] = {"@type": list(kinds)}
        name = given.get("itemid") or given.get("resource")
        if name:
            fields["@id"] = name
        holder = self._holder()
        if holder is None or not names:
            self.found.append(fields)
        else:
            for each in names:
                _put(holder, each, fields)
        return _Item(fields)

    def _holder(self) -> _Item | None:
        return self._holders[-1] if self._holders else None

    def handle_endtag(self, tag: str) -> None:
        if self._tags[tag]:
            while self._close() != tag:
                pass

    def close(self) -> None:
        super().close()
        while self._stack:
            self._close()

    def _close(self) -> str:
        closed = self._stack.pop()
        self._tags[closed.tag] -= 1
        if closed.item is not None:
            self._holders.pop()
        holder = self._holder()
        if closed.names and holder is not None:
            self._telling.pop()
            words = " ".join("".join(closed.words).split())
            for name in closed.names:
                _put(holder, name, words)
        return closed.tag

    def handle_data(self, data: str) -> None:
        if self._stack and self._stack[-1].tag in _UNSEEN:
            return
        for each in self._telling:
            each.words.append(data)


def microdata(html: str) -> list[Json]:
    """Return the things that the elements of a page describe, each as JSON-LD has it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def _plain(name: str) -> str:
    """Return the name of a type or a property without the vocabulary that it is of."""
    return name.rstrip("/").rpartition("/")[2].removeprefix("schema:")


def _put(item: _Item, name: str, value: Json) -> None:
    known = item.fields.get(name)
    if known is None:
        item.fields[name] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        item.fields[name] = [known, value]


def _value(tag: str, given: dict[str, str]) -> Json:
    """Return what the attributes of an element say; None where its words do."""
    if "content" in given:
        return given["content"]
    if tag in _ADDRESS and given.get(_ADDRESS[tag]):
        return given[_ADDRESS[tag]]
    if tag == "time" and "datetime" in given:
        return given["datetime"]
    return given["value"] if tag in ("data", "meter") and "value" in given else None
