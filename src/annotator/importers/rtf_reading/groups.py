"""The groups of Rich Text, each with what holds inside it, and the fonts and styles that a document defines."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from annotator.domain.structure import BlockKind
from annotator.importers.documents.parts import Note
from annotator.importers.documents.styles import MAX_LEVEL, Role, role_of
from annotator.importers.rtf_reading.story import Format, Story
from annotator.importers.rtf_reading.tokens import CHARSETS, SYMBOL, known

_BODY = 9


class Use(Enum):
    """What the words of a group are for."""

    TEXT = auto()
    COLLECTED = auto()
    FONTS = auto()
    STYLES = auto()
    SILENT = auto()
    PASSED_OVER = auto()


@dataclass(slots=True)
class Field:
    """A field: where it leads."""

    target: str = ""


@dataclass(slots=True, kw_only=True)
class Group:
    """An open group. ``skip`` is how many letters stand in for one that is written as a number (``\\uc``).

    ``owner`` tells that it began the stretch it belongs to, ``optional`` that a reader may leave it out, ``begun`` that
    something was in it already.
    """

    story: Story
    use: Use = Use.TEXT
    name: str = ""
    words: list[str] = field(default_factory=list)
    format: Format = field(default_factory=Format)
    strong: bool = False
    emphasis: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int = -1
    skip: int = 1
    target: str = ""
    link: Field | None = None
    note: Note | None = None
    owner: bool = False
    optional: bool = False
    begun: bool = False

    def opened(self) -> Group:
        """Return a group that opens inside this one."""
        return Group(
            story=self.story,
            use=self.use,
            name=self.name,
            words=self.words,
            format=self.format,
            strong=self.strong,
            emphasis=self.emphasis,
            hidden=self.hidden,
            deleted=self.deleted,
            font=self.font,
            skip=self.skip,
            target=self.target,
            link=self.link,
        )


@dataclass(slots=True)
class Fonts:
    """The fonts of a document: their encodings and names."""

    default: int = 0
    encoding: str = "cp1252"
    _charsets: dict[int, int] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    _current: int = 0

    def word(self, word: str, number: int | None) -> None:
        """Take a control word of the font table."""
        if word == "f":
            self._current = number or 0
        elif word == "fcharset":
            self._charsets[self._current] = number or 0

    def text(self, text: str) -> None:
        """Take a stretch of a font's name; a semicolon ends it."""
        self._names[self._current] = (self._names.get(self._current, "") + text).partition(";")[0]

    def encoding_of(self, font: int) -> str:
        """Return the encoding of a font's letters."""
        charset = self._charsets.get(font if font >= 0 else self.default, 1)
        return known(CHARSETS.get(charset, "") or self.encoding)

    def symbols_of(self, font: int) -> str:
        """Return the name of a font whose letters are signs, empty for one of letters."""
        font = font if font >= 0 else self.default
        return self._names.get(font, "").strip() if self._charsets.get(font) == SYMBOL else ""


@dataclass(slots=True)
class Styles:
    """The styles of a document: what paragraphs of each number are."""

    roles: dict[int, Role] = field(default_factory=dict)
    _number: int = 0
    _outline: int = _BODY
    _name: str = ""

    def word(self, word: str, number: int | None) -> None:
        """Take a control word of the style sheet."""
        if word == "s":
            self._number = number or 0
        elif word == "outlinelevel":
            self._outline = number if number is not None else _BODY

    def text(self, text: str) -> None:
        """Take a stretch of a style's name; a semicolon ends it."""
        self._name += text

    def end(self) -> None:
        """End the definition of a style."""
        role = role_of(self._name.partition(";")[0])
        if role is None and 0 <= self._outline < _BODY:
            role = Role(BlockKind.HEADING, min(self._outline + 1, MAX_LEVEL))
        if role is not None:
            self.roles[self._number] = role
        self._number, self._outline, self._name = 0, _BODY, ""
