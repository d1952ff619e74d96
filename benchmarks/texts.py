"""Texts of any length with passages on them, made up and always the same: paragraphs, headings, lists, quotations and links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.domain.structure import Block, BlockKind, Inline, InlineKind, Structure

KILOBYTE, MEGABYTE = 1_000, 1_000_000

_SENTENCES = 600
_SHORTEST, _LONGEST = 100, 1_200
_QUOTE = (20, 400)
_STANCES = ((), ("supports",), ("refutes",), ("qualifies",), ("contextualises",), ("supports", "refutes"))
_WEIGHTS = (2, 4, 4, 2, 2, 1)
_SHARE_IN_PARTS = 0.15
_GAP = 30

_WHO = (
    "The harbour board",
    "A clerk of the mint",
    "Her deputy",
    "The second audit",
    "Nobody at the depot",
    "A ferry pilot",
)
_DID = ("counted", "weighed", "published", "withheld", "corrected", "recalled", "signed for", "paid for")
_WHAT = (
    "the copper pipes",
    "nine barges of salt",
    "the winter ledgers",
    "four hundred meters",
    "the lamp oil",
    "both surveys",
)
_WHEN = (
    "before the thaw",
    "in the third week of May",
    "on two occasions",
    "while the gates stood open",
    "under a new seal",
)
_BUT = (
    "",
    ", although the minutes say nothing of it",
    ", and twice as many as were ordered",
    " – at a cost of 41 crowns",
)
_FACES = (" 🙂", " 👩‍👩‍👧", " 🇳🇿", " 👍🏽")


@dataclass(frozen=True, slots=True)
class Made:
    """A text, what is known of its structure, and passages on it."""

    text: str
    structure: Structure
    rows: tuple[PassageRow, ...]


def make(length: int, passages: int, *, seed: int = 1, emoji: bool = False) -> Made:
    """Return an article of about so many code points in paragraphs of 100 to 1,200, with overlapping passages.

    With ``emoji`` one sentence in four ends with a character outside the basic plane.
    """
    random = Random(seed)
    pieces, kinds = _pieces(random, length, sentences(random, emoji=emoji))
    text = "\n".join(pieces)
    starts = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))
    blocks = tuple(kind(start, start + len(piece)) for kind, start, piece in zip(kinds, starts, pieces, strict=False))
    return Made(text, Structure(blocks=blocks, inlines=_inlines(random, blocks)), rows_on(random, len(text), passages))


def make_paragraph(length: int, passages: int, *, seed: int = 1) -> Made:
    """Return a text that is one single paragraph."""
    random = Random(seed)
    pool = sentences(random, emoji=False)
    text = "".join(random.choices(pool, k=2 * length // min(map(len, pool))))[:length]
    return Made(text, Structure(), rows_on(random, length, passages))


def sentences(random: Random, *, emoji: bool) -> list[str]:
    """Return sentences to choose from; each ends with a blank."""
    faces = ("", "", "", *_FACES[:1]) if emoji else ("",)
    return [
        f"{random.choice(_WHO)} {random.choice(_DID)} {random.choice(_WHAT)} {random.choice(_WHEN)}"
        f"{random.choice(_BUT)}.{random.choice(faces) and random.choice(_FACES)} "
        for _ in range(_SENTENCES)
    ]


def rows_on(random: Random, length: int, count: int, *, begin: int = 0, first: int = 0) -> tuple[PassageRow, ...]:
    """Return passages of 20 to 400 code points in a text of this length, with all stances; some have two or three fragments.

    They are in the order in which the store has them. ``begin`` is where the text begins, ``first`` the number of the first one.
    """
    stances = random.choices(_STANCES, _WEIGHTS, k=count)
    rows = []
    for number, stance in enumerate(stances, first):
        size = min(random.randint(*_QUOTE), length)
        start = begin + random.randint(0, length - size)
        spans = _in_parts(random, start, size) if random.random() < _SHARE_IN_PARTS else ((start, start + size),)
        rows.append(PassageRow(id=EntityId(f"00000000-0001-7000-8000-{number:012x}"), spans=spans, stances=stance))
    return tuple(sorted(rows, key=lambda row: (row.start, -row.end, row.id)))


def _in_parts(random: Random, start: int, size: int) -> tuple[tuple[int, int], ...]:
    """Return two or three disjoint fragments inside a stretch; one where it is too short for that."""
    parts = random.choice((2, 2, 3))
    step = size // parts
    if step <= _GAP:
        return ((start, start + size),)
    return tuple((start + n * step, start + (n + 1) * step - _GAP // 2) for n in range(parts))


Kind = Callable[[int, int], Block]


def _of(kind: BlockKind, *, level: int = 0, number: str = "") -> Kind:
    return lambda start, end: Block(kind=kind, start=start, end=end, level=level, number=number)


def _pieces(random: Random, length: int, pool: list[str]) -> tuple[list[str], list[Kind]]:
    """Return blocks of words until there are enough code points, and what each is: one section after the other."""
    pieces, kinds = ["What the second audit of the salt depots left out"], [_of(BlockKind.TITLE)]
    done = len(pieces[0])
    while done < length:
        for kind, least, most in _section(random):
            words = _words(random, pool, min(random.randint(least, most), max(length - done, _SHORTEST)))
            pieces.append(words)
            kinds.append(kind)
            done += len(words) + 1
    return pieces, kinds


def _section(random: Random) -> list[tuple[Kind, int, int]]:
    """Return the blocks of one section: what each is, and how long it may be."""
    found = [(_of(BlockKind.HEADING, level=2), 30, 80)]
    found += [(_of(BlockKind.PARAGRAPH), _SHORTEST, _LONGEST) for _ in range(random.randint(6, 10))]
    listed = [(_of(BlockKind.LIST_ITEM, level=1, number=f"{n}."), 60, 160) for n in range(1, random.randint(3, 6))]
    found += listed if random.random() < 0.5 else [(_of(BlockKind.QUOTATION), _SHORTEST, 300)]
    return found


def _words(random: Random, pool: list[str], length: int) -> str:
    found: list[str] = []
    done = 0
    while done < length:
        found.append(random.choice(pool))
        done += len(found[-1])
    words = "".join(found)
    return words[: words.rindex(" ", 0, length)].rstrip()


def _inlines(random: Random, blocks: tuple[Block, ...]) -> tuple[Inline, ...]:
    """Return a link or emphasised words in one paragraph of three."""
    found = []
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and random.random() < 1 / 3:
            start = random.randint(block.start, block.end - 40)
            kind = random.choice(tuple(InlineKind))
            target = "https://audit.example/salt" if kind is InlineKind.LINK else ""
            found.append(Inline(kind=kind, start=start, end=start + random.randint(10, 40), target=target))
    return tuple(found)


def book() -> Made:
    """Return 5 MB with 10,000 passages."""
    return make(5 * MEGABYTE, 10_000)


def crowded_book() -> Made:
    """Return 5 MB with 20,000 passages."""
    return make(5 * MEGABYTE, 20_000)


def note() -> Made:
    """Return 10 KB with 100 passages."""
    return make(10 * KILOBYTE, 100)


def crowded_note() -> Made:
    """Return 10 KB with 10,000 passages."""
    return make(10 * KILOBYTE, 10_000)


def endless_paragraph() -> Made:
    """Return one paragraph of 1 MB with 2,000 passages."""
    return make_paragraph(MEGABYTE, 2_000)
