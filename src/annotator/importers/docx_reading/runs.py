"""Reads what stands inside a paragraph of a Word document: runs, links, fields, marks of notes, pictures' descriptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from annotator.importers.documents.fields import field_link
from annotator.importers.documents.parts import Run, reference
from annotator.importers.documents.pictures import description
from annotator.importers.docx_reading.styles import Styles
from annotator.importers.docx_reading.symbols import symbol
from annotator.importers.docx_reading.xml import R, W, child, local, switched

_THROUGH = frozenset(
    ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "fldSimple", "oMathPara", "rubyBase")
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_DELETED = ("del", "moveFrom")
_INSERTED = ("ins", "moveTo")


@dataclass(slots=True)
class Noticed:
    """What was met on the way and does not show in the text; the marks of notes in their order."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def note(self, kind: str, note_id: str) -> str:
        """Return the number of the note that is referred to; one already met keeps its number."""
        if (kind, note_id) not in self.notes:
            self.notes.append((kind, note_id))
        return str(self.notes.index((kind, note_id)) + 1)


@dataclass(slots=True)
class Runs:
    """Reads one paragraph after the other; a field may begin in one and end in another.

    ``targets`` are the addresses of the part's links. ``boxes`` collects the contents of text boxes (``w:txbxContent``),
    ``pictures`` the descriptions of pictures, for whoever reads the paragraph to place.
    """

    styles: Styles
    targets: Mapping[str, str]
    noticed: Noticed
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _style: str = ""
    _readers: dict[str, Callable[[etree._Element], str]] = field(init=False)

    def __post_init__(self) -> None:
        self._readers = {
            "br": self._break,
            "sym": self._symbol,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
            "commentReference": self._comment,
            "fldChar": self._field,
            "instrText": self._instruction,
            "ruby": self._ruby,
            "drawing": self._drawing,
            "pict": self._drawing,
            "object": self._drawing,
            "AlternateContent": self._alternate,
        }

    def read(self, paragraph: etree._Element, style: str) -> list[Run]:
        """Return the runs of a paragraph that has this style."""
        self._runs, self._style = [], style
        self._children(paragraph, "")
        return self._runs

    def _children(self, element: etree._Element, target: str) -> None:
        for one in element:
            self._inline(one, target)

    def _inline(self, element: etree._Element, target: str) -> None:
        name = local(element)
        if name == "r":
            self._run(element, target)
        elif name in _DELETED:
            self.noticed.counts["deleted"] += 1
        elif name == "hyperlink":
            self._children(element, self._link(element) or target)
        elif name == "oMath":
            self._runs.append(Run(_formula(element), target=target))
        elif name == "AlternateContent":
            self._children(_choice(element), target)
        elif name in _THROUGH:
            self.noticed.counts["inserted"] += name in _INSERTED
            simple = field_link(element.get(f"{W}instr", "")) if name == "fldSimple" else ""
            self._children(element, simple or target)

    def _run(self, run: etree._Element, target: str) -> None:
        look = self.styles.look(child(run, "rPr"), self._style)
        if look.hidden:
            hidden = "".join(one.text or "" for one in run.iter(f"{W}t"))
            self.noticed.counts["hidden"] += len(hidden.split())
            for one in run.iter(f"{W}fldChar", f"{W}instrText"):
                self._content(one, local(one))
            return
        text = "".join(self._content(one, local(one)) for one in run)
        if text:
            target = next((one.target for one in reversed(self._fields) if one.target), target)
            self._runs.append(Run(text, strong=look.strong, emphasis=look.emphasis, target=target))

    def _content(self, element: etree._Element, name: str) -> str:
        """Return the text of what stands in a run; text inside a field's instruction is none."""
        reader = self._readers.get(name)
        if reader is not None:
            return reader(element)
        if self._fields and not self._fields[-1].shows:
            return ""
        if name == "t":
            return element.text or ""
        return _CHARACTERS.get(name, "")

    def _break(self, element: etree._Element) -> str:
        return "" if element.get(f"{W}type") in ("page", "column") else "\n"

    def _symbol(self, element: etree._Element) -> str:
        found = symbol(element.get(f"{W}font", ""), element.get(f"{W}char", ""))
        self.noticed.counts["symbol"] += not found
        return found or "\ufffd"

    def _note(self, element: etree._Element) -> str:
        if switched(element, "customMarkFollows") or element.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            self.noticed.note(local(element), element.get(f"{W}id", ""))
            return ""
        return reference(self.noticed.note(local(element), element.get(f"{W}id", "")))

    def _comment(self, _element: etree._Element) -> str:
        self.noticed.counts["comment"] += 1
        return ""

    def _field(self, element: etree._Element) -> str:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].shows = True
            self._fields[-1].target = field_link(self._fields[-1].instruction)
        elif self._fields and kind == "end":
            self._fields.pop()
        return ""

    def _instruction(self, element: etree._Element) -> str:
        if self._fields:
            self._fields[-1].instruction += element.text or ""
        return ""

    def _ruby(self, element: etree._Element) -> str:
        base, above = (
            "".join(one.text or "" for part in element.iterchildren(f"{W}{tag}") for one in part.iter(f"{W}t"))
            for tag in ("rubyBase", "rt")
        )
        return f"{base}({above})" if above else base

    def _drawing(self, element: etree._Element) -> str:
        for one in element.iter():
            name = local(one)
            if name == "docPr" or (name in ("shape", "rect", "roundrect") and one.get("alt")):
                self._describe(one.get("descr") or one.get("alt") or "")
            elif name == "txbxContent" and not any(local(above) == "txbxContent" for above in _above(one, element)):
                self.boxes.append(one)
        return ""

    def _alternate(self, element: etree._Element) -> str:
        return "".join(self._content(one, local(one)) for one in _choice(element))

    def _describe(self, words: str) -> None:
        told = description(words)
        if told and told not in self.pictures:
            self.pictures.append(told)

    def _link(self, element: etree._Element) -> str:
        target = self.targets.get(element.get(f"{R}id", ""), "")
        anchor = element.get(f"{W}anchor", "")
        return f"{target}#{anchor}" if target and anchor and "#" not in target else target


@dataclass(slots=True)
class _Field:
    """A field being read: its instruction, and whether its result has begun (ECMA-376-1, 17.16.18)."""

    instruction: str = ""
    shows: bool = False
    target: str = ""


def _choice(element: etree._Element) -> etree._Element:
    """Return the first of several ways to show the same (ECMA-376-3, 7.6): what is new before its substitute."""
    return next(iter(element.iterchildren()), element)


def _above(element: etree._Element, top: etree._Element) -> list[etree._Element]:
    above = []
    for one in element.iterancestors():
        if one is top:
            break
        above.append(one)
    return above


def _formula(element: etree._Element) -> str:
    """Return a formula in a line; a fraction keeps its stroke."""
    words = []
    for one in element:
        name = local(one)
        if name == "t":
            words.append(one.text or "")
        elif name == "f":
            over, under = (_formula(part) for part in one.iterchildren("{*}num", "{*}den"))
            words.append(f"({over})/({under})")
        elif name not in ("rPr", "ctrlPr"):
            words.append(_formula(one))
    return "".join(words)
