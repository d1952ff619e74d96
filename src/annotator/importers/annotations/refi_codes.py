"""The codes of a REFI-QDA file: which are claims, which are levels, and which are words to label passages with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from annotator.domain.foreign import ForeignAgent, ForeignClaim, ForeignCode
from annotator.importers.annotations.refi_package import child, children, given, key_of, words_of


class Role(StrEnum):
    """What a code says: a claim, a level of one of the scales of a linkage, or just a word."""

    CLAIM = "claims"
    STANCE = "stance"
    VERDICT = "verdict"
    CONFIDENCE = "confidence"
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code with its key, its role, the keys of the notes on it, and the key of the code above it."""

    key: str
    name: str
    role: Role
    about: str = ""
    above: str = ""
    notes: tuple[str, ...] = ()


class Codes:
    """The tree of codes. Those below one called “Claims”, “Stance”, “Verdict” or “Confidence” are what their place says."""

    def __init__(self, root: etree._Element) -> None:
        """``root`` is a project or a codebook."""
        book = root if etree.QName(root).localname == "CodeBook" else child(root, "CodeBook")
        tree = child(book, "Codes") if book is not None else None
        self._by_key = {code.key: code for code in _codes(tree)}

    def __iter__(self) -> Iterator[Code]:
        return iter(self._by_key.values())

    def get(self, key: str) -> Code | None:
        """Return the code with this key."""
        return self._by_key.get(key)

    def claims(self, *, ours: bool) -> Iterator[ForeignClaim]:
        """Yield the claims; ``ours`` tells that this program wrote them, so that their descriptions are facts by their names."""
        for code in self:
            if code.role is Role.CLAIM:
                above = self._by_key.get(code.above)
                parent = code.above if above is not None and above.role is Role.CLAIM else ""
                facts = _facts(code.about) if ours else {}
                agents = (ForeignAgent(name=name) for name in facts.get("Said by", "").split("; ") if name)
                yield ForeignClaim(
                    key=code.key,
                    text=code.name,
                    claimants=tuple(agents),
                    date=facts.get("Date", ""),
                    location=facts.get("Place", ""),
                    as_of=facts.get("As of", ""),
                    parent=parent,
                    relation="part_of" if parent else "",
                )

    def all(self, *, ours: bool) -> Iterator[ForeignCode]:
        """Yield every code, with what it is by its place; descriptions of ours are no words of a person."""
        for code in self:
            about = "" if ours else code.about
            becomes = {Role.CLAIM: "claim", Role.WORD: ""}.get(code.role, code.role.value)
            yield ForeignCode(key=code.key, name=code.name, definition=about, parent=code.above, becomes=becomes)


def _codes(tree: etree._Element | None) -> Iterator[Code]:
    """Yield all codes in the order of the file."""
    waiting = [(each, "", Role.WORD, 0) for each in reversed(list(children(tree, "Code")))]
    while waiting:
        element, above, role, depth = waiting.pop()
        name = given(element, "name")
        key = key_of(given(element, "guid")) or f"code:{above}:{name}"
        inside = role
        if depth == 0:
            inside = next((each for each in Role if each is not Role.WORD and each == name.strip().lower()), Role.WORD)
        yield Code(
            key=key,
            name=name,
            role=role,
            about=words_of(element, "Description"),
            above=above,
            notes=tuple(key_of(given(ref, "targetGUID")) for ref in children(element, "NoteRef")),
        )
        waiting += [(each, key, inside, depth + 1) for each in reversed(list(children(element, "Code")))]


def _facts(about: str) -> dict[str, str]:
    """Return what the lines “name: value” of a description say."""
    pairs = (line.partition(": ") for line in about.splitlines())
    return {name: value for name, sign, value in pairs if sign}
