"""Follows the pieces of Rich Text and makes a document of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.domain.structure import BlockKind
from annotator.importers.documents.fields import field_link
from annotator.importers.documents.parts import Document, Note, Paragraph, Part, Run, paragraphs_in, reference
from annotator.importers.documents.pictures import PICTURE, description
from annotator.importers.docx_reading.symbols import symbol
from annotator.importers.rtf_reading.groups import Field, Fonts, Group, Styles, Use
from annotator.importers.rtf_reading.story import Format, Story
from annotator.importers.rtf_reading.tokens import Letters, Token, known
from annotator.importers.rtf_reading.words import (
    COLLECTED,
    PARAGRAPH_ENDS,
    PASSED_OVER,
    SIGNS,
    SILENT,
    STORIES,
    THROUGH,
)

MAX_GROUPS = 500
_DATES = ("creatim", "revtim")
_DATE_PARTS = ("yr", "mo", "dy")
_ENCODINGS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SWITCHES = {"b": "strong", "i": "emphasis", "v": "hidden", "deleted": "deleted"}
_TABLES = {"fonttbl": Use.FONTS, "stylesheet": Use.STYLES}
_KNOWN = frozenset((
    *STORIES, *COLLECTED, *THROUGH, *SILENT, *PASSED_OVER, *_TABLES, *SIGNS, *PARAGRAPH_ENDS, *_SWITCHES, *_ENCODINGS,
    *_DATE_PARTS, "u", "uc", "pard", "plain", "s", "outlinelevel", "ilvl", "intbl", "itap", "cell", "row", "f", "revised",
    "ansicpg", "deff", "deflang", "fcharset",
))  # fmt: skip
"""Nine of ten control words say how a page looks: they are passed over at once."""
_STYLES = ("cs", "ts", "ds")
_CLOSED = (Use.COLLECTED, Use.FONTS, Use.STYLES, Use.PASSED_OVER)


@dataclass(slots=True)
class Reading:
    """What was read so far. ``told`` is what the document says of itself, ``language`` its Windows number."""

    told: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    language: int = 0
    _document: Document = field(default_factory=Document)
    _fonts: Fonts = field(default_factory=Fonts)
    _styles: Styles = field(default_factory=Styles)
    _letters: Letters = field(default_factory=Letters)
    _groups: list[Group] = field(default_factory=list)
    _body: Story = field(init=False)
    _owed: int = 0
    _shape_says: str = ""
    _date: dict[str, int] = field(default_factory=dict)
    _words: dict[str, Callable[[Group, int | None], None]] = field(init=False)

    def __post_init__(self) -> None:
        self._body = Story(self._styles.roles)
        self._words = {
            "pard": self._pard,
            "plain": self._plain,
            "s": self._style,
            "outlinelevel": self._outline,
            "ilvl": self._depth,
            "intbl": self._in_table,
            "itap": self._itap,
            "cell": self._cell,
            "row": self._row,
            "f": self._font,
            "revised": self._revised,
        }

    @property
    def depth(self) -> int:
        """How many groups are open."""
        return len(self._groups)

    @property
    def encoding(self) -> str:
        """The encoding that the document names for its letters."""
        return self._fonts.encoding

    def take(self, token: Token) -> bool:
        """Take the next piece; false when the document has ended."""
        if token.kind == "byte":
            self._bytes(token.data)
            return True
        if token.kind == "word" and token.word not in _KNOWN and self._groups and not self._groups[-1].optional:
            self._groups[-1].begun = True
            return True
        if token.word != "u":
            self._write(self._letters.end())
            self._owed = 0
        if token.kind == "open":
            self._groups.append(self._groups[-1].opened() if self._groups else Group(story=self._body))
        elif token.kind == "close":
            return self._close()
        elif self._groups and token.kind == "sign":
            self._sign(self._groups[-1], token.word)
        elif self._groups:
            self._word(self._groups[-1], token.word, token.number)
        return True

    def finish(self) -> Document:
        """End what is still open and return the whole."""
        self._write(self._letters.end())
        while self._groups:
            self._close()
        self._document.body = self._body.end()
        return self._document

    # -- words

    def _word(self, group: Group, word: str, number: int | None) -> None:
        if group.use in _CLOSED:
            self._closed_word(group, word, number)
        elif word in STORIES or word in COLLECTED or word in THROUGH or word in SILENT or word in PASSED_OVER:
            self._destination(group, word)
        elif word in _TABLES:
            group.use, group.owner = _TABLES[word], True
        elif group.optional and word not in _STYLES:
            group.use = Use.PASSED_OVER
        elif group.use is Use.TEXT:
            self._text_word(group, word, number)
        group.optional, group.begun = False, True

    def _closed_word(self, group: Group, word: str, number: int | None) -> None:
        """Take a word in a group that is no text: a sign of collected words, a fact of a font, a style or a date."""
        if group.optional:
            group.use = Use.PASSED_OVER
        elif group.use is Use.FONTS:
            self._fonts.word(word, number)
        elif group.use is Use.STYLES:
            self._styles.word(word, number)
        elif group.use is Use.COLLECTED and word == "u":
            self._unit(group, number)
        elif group.use is Use.COLLECTED and word in SIGNS:
            group.words.append(SIGNS[word])
        elif group.name in _DATES and word in _DATE_PARTS:
            self._date[word] = number or 0

    def _text_word(self, group: Group, word: str, number: int | None) -> None:
        if word == "u":
            self._unit(group, number)
        elif word in SIGNS:
            self._write(SIGNS[word])
        elif word in PARAGRAPH_ENDS:
            self._end_paragraph(group)
        elif word in _SWITCHES:
            setattr(group, _SWITCHES[word], number != 0)
            self.counts["deleted"] += word == "deleted" and number != 0
        elif word == "uc":
            group.skip = max(number or 0, 0)
        elif word in self._words:
            self._words[word](group, number)
        else:
            self._document_word(word, number)

    def _document_word(self, word: str, number: int | None) -> None:
        if word in _ENCODINGS:
            self._fonts.encoding = _ENCODINGS[word]
        elif word == "ansicpg" and number:
            self._fonts.encoding = known("utf-8" if number == 65001 else f"cp{number}")
        elif word == "deff":
            self._fonts.default = number or 0
        elif word == "deflang":
            self.language = number or 0

    def _destination(self, group: Group, word: str) -> None:
        """Begin a stretch of another kind: all that follows in the group belongs to it."""
        group.name, group.owner = word, True
        if word in STORIES:
            self._begin_story(group, STORIES[word])
        elif word in COLLECTED:
            group.use, group.words = Use.COLLECTED, []
            self._date = {}
        elif word in PASSED_OVER:
            group.use = Use.PASSED_OVER
            self.counts["comment"] += word == "annotation"
        elif word in SILENT:
            group.use = Use.SILENT
        else:
            group.use = Use.TEXT
            if word == "field":
                group.link = Field()
            elif word == "fldrslt" and group.link is not None:
                group.target = group.link.target or group.target

    def _begin_story(self, group: Group, kind: str) -> None:
        if kind == "note":
            group.note = Note(str(len(self._document.notes) + 1))
            self._document.notes.append(group.note)
            group.story.write(Run(reference(group.note.mark)))
        group.use, group.name = Use.TEXT, kind
        group.story, group.format = Story(self._styles.roles), Format()
        group.target = ""
        self._plain(group, None)

    # -- groups

    def _close(self) -> bool:
        if not self._groups:
            return False
        group = self._groups.pop()
        if group.use is Use.STYLES and not group.owner:
            self._styles.end()
        elif group.owner and group.use is Use.COLLECTED:
            self._collected(group, "".join(group.words).strip())
        elif group.owner and group.name in STORIES.values():
            self._end_story(group)
        if not self._groups:
            self._body.format = group.format
        return bool(self._groups)

    def _end_story(self, group: Group) -> None:
        around = self._groups[-1].story if self._groups else self._body
        group.story.format = group.format
        parts = group.story.end()
        if group.note is not None:
            group.note.parts = parts
        elif group.name == "box":
            around.beside += parts
        else:
            self._running(group.name, parts)

    def _running(self, kind: str, parts: list[Part]) -> None:
        """Keep what stands at the head or foot of the pages, each text once, not as part of the article."""
        place = self._document.heads if kind == "header" else self._document.feet
        known_texts = {" ".join(one.text.split()) for one in paragraphs_in(place)}
        for paragraph in paragraphs_in(parts):
            words = " ".join(paragraph.text.split())
            if any(map(str.isalpha, words)) and words not in known_texts:
                known_texts.add(words)
                paragraph.kind, paragraph.label = BlockKind.PARAGRAPH, kind
                place.append(paragraph)

    def _collected(self, group: Group, words: str) -> None:
        """Use what was collected in a group that ends."""
        if group.name in ("listtext", "pntext"):
            group.story.number = words
        elif group.name == "fldinst" and group.link is not None:
            group.link.target = field_link(words)
        elif group.name == "sn":
            self._shape_says = words
        elif group.name == "sv":
            told = description(words) if self._shape_says == "wzDescription" else ""
            if told:
                group.story.beside.append(Paragraph(runs=[Run(told)], kind=BlockKind.CAPTION, label=PICTURE))
        elif group.name in _DATES:
            year, month, day = (self._date.get(part, 0) for part in _DATE_PARTS)
            self.told[group.name] = f"{year:04}-{month:02}-{day:02}"
        else:
            self.told.setdefault(group.name, words)

    # -- letters

    def _sign(self, group: Group, sign: str) -> None:
        if sign == "*":
            group.optional = not group.begun
        elif sign in PARAGRAPH_ENDS and group.use is Use.TEXT:
            self._end_paragraph(group)
        elif sign in SIGNS:
            self._write(SIGNS[sign])

    def _bytes(self, data: bytes) -> None:
        if self._owed:
            taken = min(self._owed, len(data))
            self._owed -= taken
            data = data[taken:]
        if not data or not self._groups or self._groups[-1].use in (Use.SILENT, Use.PASSED_OVER):
            return
        group = self._groups[-1]
        group.begun = True
        symbols = self._fonts.symbols_of(group.font) if group.use is Use.TEXT else ""
        if symbols:
            signs = [symbol(symbols, f"{byte:x}") for byte in data]
            self.counts["symbol"] += signs.count("")
            self._write("".join(sign or "\ufffd" for sign in signs))
        else:
            font = group.font if group.use is not Use.FONTS else -1
            self._write(self._letters.bytes(data, self._fonts.encoding_of(font)))

    def _unit(self, group: Group, number: int | None) -> None:
        self._write(self._letters.unit(number or 0))
        self._owed = group.skip

    def _write(self, text: str) -> None:
        if not text or not self._groups:
            return
        group = self._groups[-1]
        if group.use is Use.TEXT:
            if group.hidden:
                self.counts["hidden"] += len(text.split())
            elif not group.deleted:
                run = Run(text, strong=group.strong, emphasis=group.emphasis, target=group.target)
                group.story.write(run)
        elif group.use is Use.COLLECTED:
            group.words.append(text)
        elif group.use is Use.FONTS:
            self._fonts.text(text)
        elif group.use is Use.STYLES:
            self._styles.text(text)

    # -- formats

    def _end_paragraph(self, group: Group) -> None:
        group.story.format = group.format
        group.story.end_paragraph()

    def _cell(self, group: Group, _number: int | None) -> None:
        group.story.format = group.format
        group.story.end_cell()

    def _row(self, group: Group, _number: int | None) -> None:
        group.story.end_row()

    def _pard(self, group: Group, _number: int | None) -> None:
        group.format = Format()

    def _plain(self, group: Group, _number: int | None) -> None:
        group.strong = group.emphasis = group.hidden = group.deleted = False
        group.font = -1

    def _style(self, group: Group, number: int | None) -> None:
        group.format = group.format._replace(style=number or 0)

    def _outline(self, group: Group, number: int | None) -> None:
        group.format = group.format._replace(outline=9 if number is None else number)

    def _depth(self, group: Group, number: int | None) -> None:
        group.format = group.format._replace(depth=min(max(number or 0, 0), 8))

    def _in_table(self, group: Group, _number: int | None) -> None:
        group.format = group.format._replace(in_table=True)

    def _itap(self, group: Group, number: int | None) -> None:
        group.format = group.format._replace(in_table=bool(number))

    def _font(self, group: Group, number: int | None) -> None:
        group.font = number or 0

    def _revised(self, _group: Group, number: int | None) -> None:
        self.counts["inserted"] += number != 0
