"""Rows for lists, read from the thin current tables; words are fetched for what is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from annotator.domain.claim import Appearance, Claim
from annotator.domain.disputes import disputed_names
from annotator.domain.ids import Digest, EntityId, from_bytes
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.note import Note
from annotator.domain.passage import Passage
from annotator.domain.people import Annotator, pseudonym
from annotator.domain.review import Review, Waiver
from annotator.domain.rows import AppearanceRow, LinkageRow, ToDo
from annotator.domain.source import Source, Version
from annotator.store.agents import standing_agent
from annotator.store.anchoring import FITS
from annotator.store.changed_words import changed_words
from annotator.store.joins import COUNTED, COUNTS_AS
from annotator.store.reader import Reader

_LINKED = """EXISTS (SELECT 1 FROM linkage_passage lp JOIN linkage l ON l.n = lp.linkage
                     WHERE lp.passage = p.n AND l.withdrawn = 0)"""

STANDS = "(a.decision IN ('accepted', 'placed') OR (a.decision = '' AND a.state IN ('exact', 'moved', 'whitespace')))"
"""Whether a passage stands where its anchor says, with nothing left to decide."""

PLACE = "CASE WHEN p.end > p.start THEN p.text || ' ' || coalesce(p.spans, p.start || '-' || p.end) ELSE lp.passage END"
"""Where a passage stands: two people who marked the same words apart from each other marked one place."""


def stances_in(reader: Reader, version: EntityId) -> dict[EntityId, tuple[tuple[str, int], ...]]:
    """Return the claims that passages of one version are linked to, with how many of these there are by stance.

    Passages of other versions that stand in this one count, too.
    """
    counted = reader.connection.exec_driver_sql(
        f"SELECT e.id, l.stance, count(DISTINCT {PLACE}) FROM linkage l JOIN entity e ON e.n = l.claim "
        "JOIN linkage_passage lp ON lp.linkage = l.n JOIN passage p ON p.n = lp.passage "
        "WHERE (p.text = (SELECT text FROM version WHERE n = :version) OR p.n IN (SELECT a.passage FROM anchor a "
        f"WHERE a.text = (SELECT text FROM version WHERE n = :version) AND {STANDS} AND {FITS})) AND l.withdrawn = 0 "
        "GROUP BY l.claim, l.stance ORDER BY l.stance",
        {"version": reader.number(version)},
    )
    stances: dict[EntityId, list[tuple[str, int]]] = defaultdict(list)
    for id_, stance, count in counted:
        stances[from_bytes(id_)].append((stance, count))
    return {id_: tuple(counts) for id_, counts in stances.items()}


def linkages_of_claim(reader: Reader, claim: EntityId) -> tuple[LinkageRow, ...]:
    """Return the linkages of one claim, oldest first, withdrawn ones too."""
    return linkage_rows(
        reader, reader.ids_where(f"SELECT n FROM linkage WHERE claim = {COUNTS_AS}", reader.number(claim))
    )


def linkages_of_passage(reader: Reader, passage: EntityId) -> tuple[LinkageRow, ...]:
    """Return the linkages that rest on one passage, oldest first, withdrawn ones too."""
    sql = "SELECT linkage AS n FROM linkage_passage WHERE passage = ?"
    return linkage_rows(reader, reader.ids_where(sql, reader.number(passage)))


def linkages(reader: Reader) -> tuple[LinkageRow, ...]:
    """Return all linkages, oldest first, withdrawn ones too."""
    return linkage_rows(reader, reader.ids_where("SELECT n FROM linkage"))


def linkage_rows(reader: Reader, ids: Iterable[EntityId]) -> tuple[LinkageRow, ...]:
    """Return the rows of these linkages, sorted by id, which is the order in which they were made."""
    names: dict[EntityId, str] = {}
    counted: dict[EntityId, EntityId] = {}
    words: dict[EntityId, str] = {}
    disputed: dict[EntityId, tuple[str, ...]] = {}
    quotes: dict[EntityId, tuple[str, str, EntityId | None]] = {}
    rows = []
    linkages = [linkage for id_ in sorted(ids) if (linkage := reader.find(Linkage, id_)) is not None]
    changed = changed_words(reader, dict.fromkeys(passage for each in linkages for passage in each.passage_ids))
    for linkage in linkages:
        id_ = linkage.id
        if linkage.annotator_id not in names:
            names[linkage.annotator_id] = name_of(reader, linkage.annotator_id)
        if linkage.claim_id not in counted:
            standing = counted[linkage.claim_id] = reader.standing(linkage.claim_id)
            claim = reader.find(Claim, standing)
            words[standing] = claim.text if claim else ""
            disputed[standing] = disputed_fields(reader, standing)
        for passage in linkage.passage_ids:
            if passage not in quotes:
                quotes[passage] = _place(reader, passage)
        first = quotes[linkage.passage_ids[0]] if linkage.passage_ids else ("", "", None)
        rows.append(
            LinkageRow(
                linkage=linkage,
                annotator=names[linkage.annotator_id],
                at=_made_at(reader, id_),
                claim=words[counted[linkage.claim_id]],
                claim_id=counted[linkage.claim_id],
                quote=" … ".join(quotes[passage][0] for passage in linkage.passage_ids),
                source_title=first[1],
                version_id=first[2],
                disputed=disputed_fields(reader, id_),
                claim_disputed=disputed[counted[linkage.claim_id]],
                changed=next((changed[passage] for passage in linkage.passage_ids if passage in changed), None),
            )
        )
    return tuple(rows)


def _place(reader: Reader, id_: EntityId) -> tuple[str, str, EntityId | None]:
    passage = reader.find(Passage, id_)
    if passage is None:
        return "", "", None
    version = version_of_text(reader, passage.text)
    source = reader.find(Source, version.source_id) if version else None
    return passage.quote, source.title if source else "", version.id if version else None


def version_of_text(reader: Reader, text: Digest) -> Version | None:
    """Return the oldest version that has this text."""
    ids = reader.ids_where(
        "SELECT v.n FROM version v JOIN blob b ON b.n = v.text WHERE b.digest = ? ORDER BY v.n LIMIT 1",
        bytes.fromhex(text),
    )
    return reader.find(Version, ids[0]) if ids else None


def standing_in(reader: Reader, text: Digest) -> tuple[EntityId, ...]:
    """Return the passages, anchors and marks of blocks that stand in a text."""
    kinds = ("passage", "anchor", "block_mark")
    sql = " UNION ALL ".join(
        f"SELECT k.n FROM {kind} k JOIN blob b ON b.n = k.text WHERE b.digest = ?" for kind in kinds
    )
    return reader.ids_where(sql, *[bytes.fromhex(text)] * len(kinds))


def _made_at(reader: Reader, id_: EntityId) -> str:
    at: str = reader.connection.exec_driver_sql(
        "SELECT c.at FROM revision r JOIN change c ON c.n = r.change WHERE r.entity = ? ORDER BY r.n DESC LIMIT 1",
        (reader.number(id_),),
    ).scalar_one()
    return at


def disputed_fields(reader: Reader, id_: EntityId) -> tuple[str, ...]:
    """Return the names of the fields of an entity that hold several values, sorted."""
    found = reader.connection.exec_driver_sql("SELECT conflicted FROM entity WHERE n = ?", (reader.number(id_),))
    return conflicts_of(reader, id_) if found.scalar() else ()


def conflicts_of(reader: Reader, id_: EntityId) -> tuple[str, ...]:
    """Return the names of the fields of an entity with several values, sorted, whether or not its row tells that it has any."""
    state = reader.state(id_)
    return disputed_names(state.conflicts) if state else ()


def name_of(reader: Reader, annotator: EntityId) -> str:
    """Return an annotator's name, or the pseudonym where the name was withheld."""
    found = reader.find(Annotator, annotator)
    return found.name if found else pseudonym(annotator)


def appearances_of_passage(reader: Reader, passage: EntityId) -> tuple[AppearanceRow, ...]:
    """Return who says what in one passage, oldest first."""
    sql = "SELECT n FROM appearance WHERE passage = ?"
    return _appearance_rows(reader, reader.ids_where(sql, reader.number(passage)))


def appearances_of_claim(reader: Reader, claim: EntityId) -> tuple[AppearanceRow, ...]:
    """Return who says a claim, oldest first."""
    sql = f"SELECT n FROM appearance WHERE claim = {COUNTS_AS}"
    return _appearance_rows(reader, reader.ids_where(sql, reader.number(claim)))


def _appearance_rows(reader: Reader, ids: Iterable[EntityId]) -> tuple[AppearanceRow, ...]:
    rows = []
    for id_ in sorted(ids):
        appearance = reader.find(Appearance, id_)
        if appearance is not None:
            agent = standing_agent(reader, appearance.agent_id) if appearance.agent_id else None
            rows.append(
                AppearanceRow(
                    appearance=appearance,
                    agent=agent.name if agent else "",
                    claim_id=reader.standing(appearance.claim_id),
                )
            )
    return tuple(rows)


def conclusions_of(reader: Reader, claim: EntityId) -> tuple[Conclusion, ...]:
    """Return the conclusions on one claim, oldest first."""
    ids = reader.ids_where(f"SELECT n FROM conclusion WHERE claim = {COUNTS_AS}", reader.number(claim))
    found = (reader.find(Conclusion, id_) for id_ in sorted(ids))
    return tuple(conclusion for conclusion in found if conclusion)


def block_marks(reader: Reader, version: EntityId) -> dict[int, bool]:
    """Return what persons say of the blocks of a version's text: by the start of a block, whether it is part of the article."""
    rows = reader.connection.exec_driver_sql(
        "SELECT start, article FROM block_mark WHERE text = (SELECT text FROM version WHERE n = ?)",
        (reader.number(version),),
    )
    return {start: bool(article) for start, article in rows}


def notes_on(reader: Reader, about: EntityId) -> tuple[Note, ...]:
    """Return the notes on an entity, oldest first; on a claim also those on claims that were joined to it."""
    sql = (
        f"SELECT n FROM note WHERE about IN (SELECT ?1 UNION SELECT {COUNTS_AS} "
        f"UNION SELECT n FROM claim WHERE stands = {COUNTS_AS})"
    )
    ids = reader.ids_where(sql, reader.number(about))
    found = (reader.find(Note, id_) for id_ in sorted(ids))
    return tuple(note for note in found if note)


def reviews_on(reader: Reader, about: EntityId) -> tuple[Review, ...]:
    """Return the reviews of a judgement, oldest first."""
    ids = reader.ids_where("SELECT n FROM review WHERE about = ?", reader.number(about))
    return tuple(review for id_ in sorted(ids) if (review := reader.find(Review, id_)))


def waivers_on(reader: Reader, about: EntityId) -> tuple[Waiver, ...]:
    """Return the waivers of findings that name an entity first, oldest first."""
    ids = reader.ids_where("SELECT n FROM waiver WHERE about = ?", reader.number(about))
    return tuple(waiver for id_ in sorted(ids) if (waiver := reader.find(Waiver, id_)))


def versions_with_original(reader: Reader, original: Digest) -> tuple[EntityId, ...]:
    """Return the versions that were made of the same bytes."""
    return reader.ids_where("SELECT n FROM version WHERE original = ?", bytes.fromhex(original))


def to_do(reader: Reader) -> ToDo:
    """Return what is left: passages without a standing linkage, claims without a conclusion."""
    unlinked = reader.ids_where(f"SELECT p.n FROM passage p WHERE NOT {_LINKED}")
    open_ = reader.ids_where(
        f"SELECT c.n FROM claim c WHERE {COUNTED.format('c')} AND NOT EXISTS (SELECT 1 FROM conclusion k WHERE k.claim = c.n)"
    )
    return ToDo(unlinked_passages=tuple(sorted(unlinked)), open_claims=tuple(sorted(open_)))


def dependants(reader: Reader, id_: EntityId, *, kept: Iterable[EntityId] = ()) -> tuple[EntityId, ...]:
    """Return the living entities that make no sense without this one, all the way down.

    A linkage goes with its passages; a passage, an anchor and a mark with the versions of its text: when none of them is left.
    ``kept`` do not go: another version of their text is about to come back.
    """
    gone: dict[int, None] = {reader.number(id_): None}
    staying = {reader.number(each) for each in kept}
    waiting = list(gone)
    while waiting:
        number = waiting.pop()
        for sql in _DEPENDANTS:
            found = [n for (n,) in reader.connection.exec_driver_sql(sql, (number,))]
            waiting += [n for n in found if n not in gone]
            gone.update(dict.fromkeys(found))
        for held, holders in _SHARED:
            for (other,) in reader.connection.exec_driver_sql(held, (number,)).fetchall():
                left = (n for (n,) in reader.connection.exec_driver_sql(holders, (other,)))
                if other not in gone and other not in staying and all(n in gone for n in left):
                    waiting.append(other)
                    gone[other] = None
    return tuple(_id(reader, number) for number in gone)[1:]


def _id(reader: Reader, number: int) -> EntityId:
    return from_bytes(reader.connection.exec_driver_sql("SELECT id FROM entity WHERE n = ?", (number,)).scalar_one())


_DEPENDANTS = (
    "SELECT n FROM version WHERE source = ?",
    "SELECT n FROM appearance WHERE passage = ?",
    "SELECT n FROM anchor WHERE passage = ?",
    "SELECT n FROM appearance WHERE claim = ?",
    "SELECT n FROM linkage WHERE claim = ?",
    "SELECT n FROM conclusion WHERE claim = ?",
    "SELECT n FROM claim WHERE stands = ?",
    "SELECT n FROM note WHERE about = ?",
    "SELECT n FROM review WHERE about = ?",
    "SELECT n FROM waiver WHERE about = ?",
)
"""What goes with one entity that it names."""

_SHARED = (
    (
        "SELECT p.n FROM passage p JOIN version v ON v.text = p.text WHERE v.n = ?",
        "SELECT v.n FROM version v JOIN passage p ON p.text = v.text WHERE p.n = ?",
    ),
    (
        "SELECT a.n FROM anchor a JOIN version v ON v.text = a.text WHERE v.n = ?",
        "SELECT v.n FROM version v JOIN anchor a ON a.text = v.text WHERE a.n = ?",
    ),
    (
        "SELECT m.n FROM block_mark m JOIN version v ON v.text = m.text WHERE v.n = ?",
        "SELECT v.n FROM version v JOIN block_mark m ON m.text = v.text WHERE m.n = ?",
    ),
    (
        "SELECT linkage FROM linkage_passage WHERE passage = ?",
        "SELECT p.n FROM linkage_passage lp JOIN passage p ON p.n = lp.passage WHERE lp.linkage = ?",
    ),
)
"""What goes with the last of several: what is held by one, and all that hold it."""
