"""The tables. History is the truth; the current tables and the search index are made from it.

Where a claim was joined to another one, whatever names it here names the one that stands for both; ``stands`` in the table
``claim`` tells which that is, and what a revision says is in the history alone.

``n`` is always a local number without meaning outside this file: ids and digests name things across files. Digests and ids are
stored as bytes. The append-only tables number their rows 1, 2, 3 … without gaps.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint, text

APPLICATION_ID = 0x414E4E54
"""“ANNT” in the file's header."""

FORMAT = 7
"""``user_version`` of the files that this program writes."""

metadata = MetaData()


def _number() -> Column[int]:
    return Column("n", Integer, primary_key=True)


def _reference(name: str, table: str, *, nullable: bool = False, primary_key: bool = False) -> Column[int]:
    key = ForeignKey(f"{table}.n", deferrable=True, initially="DEFERRED")
    return Column(name, Integer, key, nullable=nullable, primary_key=primary_key)


blob = Table(
    "blob",
    metadata,
    _number(),
    Column("digest", LargeBinary, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    UniqueConstraint("digest", "kind"),
)

change = Table(
    "change",
    metadata,
    _number(),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("header", LargeBinary, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("annotator", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("undoes", LargeBinary),
    Column("first_revision", Integer, nullable=False),
)

change_parent = Table(
    "change_parent",
    metadata,
    _reference("child", "change", primary_key=True),
    _reference("parent", "change", primary_key=True),
    Index("change_parent_by_parent", "parent"),
    sqlite_with_rowid=False,
)

entity = Table(
    "entity",
    metadata,
    _number(),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("kind", Text),
    Column("conflicted", Integer, nullable=False),
    Index("entity_by_kind", "kind", "id"),
    Index("entity_in_conflict", "n", sqlite_where=text("conflicted = 1")),
)

revision = Table(
    "revision",
    metadata,
    _number(),
    _reference("entity", "entity"),
    _reference("change", "change"),
    Column("parents", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("body", LargeBinary),
    Index("revision_by_entity", "entity"),
    Index("revision_withheld", "entity", sqlite_where=text("body IS NULL")),
)

source = Table(
    "source",
    metadata,
    _reference("n", "entity", primary_key=True),
    Column("title", Text, nullable=False),
    Column("date_published", Text),
    Column("url", Text, nullable=False),
)

version = Table(
    "version",
    metadata,
    _reference("n", "entity", primary_key=True),
    _reference("source", "entity"),
    Column("sequence", Integer, nullable=False),
    _reference("text", "blob", nullable=True),
    Column("original", LargeBinary),
    Index("version_by_source", "source", "sequence"),
    Index("version_by_original", "original"),
    Index("version_by_text", "text"),
)

passage = Table(
    "passage",
    metadata,
    _reference("n", "entity", primary_key=True),
    _reference("text", "blob", nullable=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("spans", Text),
    Index("passage_by_text", "text", "start"),
)

annotator = Table(
    "annotator", metadata, _reference("n", "entity", primary_key=True), Column("name", Text, nullable=False)
)

agent = Table(
    "agent",
    metadata,
    _reference("n", "entity", primary_key=True),
    Column("name", Text, nullable=False),
    Column("agent_kind", Text, nullable=False),
    Index("agent_by_name", "name"),
)

claim = Table(
    "claim",
    metadata,
    _reference("n", "entity", primary_key=True),
    Column("text", Text, nullable=False),
    _reference("parent", "entity", nullable=True),
    _reference("merged_into", "entity", nullable=True),
    _reference("stands", "entity", nullable=True),
    Index("claim_by_parent", "parent"),
    Index("claim_by_merged_into", "merged_into"),
    Index("claim_by_stands", "stands"),
)

appearance = Table(
    "appearance",
    metadata,
    _reference("n", "entity", primary_key=True),
    _reference("passage", "entity"),
    _reference("claim", "entity"),
    _reference("agent", "entity", nullable=True),
    _reference("derived_from", "entity", nullable=True),
    Index("appearance_by_passage", "passage"),
    Index("appearance_by_claim", "claim"),
)

linkage = Table(
    "linkage",
    metadata,
    _reference("n", "entity", primary_key=True),
    _reference("claim", "entity"),
    _reference("annotator", "entity"),
    Column("stance", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("confidence", Text, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Index("linkage_by_claim", "claim"),
)

linkage_passage = Table(
    "linkage_passage",
    metadata,
    _reference("linkage", "entity", primary_key=True),
    _reference("passage", "entity", primary_key=True),
    Index("linkage_passage_by_passage", "passage"),
    sqlite_with_rowid=False,
)

conclusion = Table(
    "conclusion",
    metadata,
    _reference("n", "entity", primary_key=True),
    _reference("claim", "entity"),
    _reference("annotator", "entity"),
    Column("verdict", Text, nullable=False),
    Column("confidence", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Index("conclusion_by_claim", "claim"),
)

note = Table(
    "note",
    metadata,
    _reference("n", "entity", primary_key=True),
    _reference("about", "entity"),
    _reference("annotator", "entity"),
    Column("private", Integer, nullable=False),
    Index("note_by_about", "about"),
)

scale = Table(
    "scale",
    metadata,
    _reference("n", "entity", primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

review = Table(
    "review",
    metadata,
    _reference("n", "entity", primary_key=True),
    _reference("about", "entity"),
    _reference("annotator", "entity"),
    Column("decision", Text, nullable=False),
    Index("review_by_about", "about"),
)

waiver = Table(
    "waiver",
    metadata,
    _reference("n", "entity", primary_key=True),
    _reference("about", "entity"),
    _reference("annotator", "entity"),
    Column("check", Text, nullable=False),
    Index("waiver_by_about", "about"),
)

anchor = Table(
    "anchor",
    metadata,
    _reference("n", "entity", primary_key=True),
    _reference("passage", "entity"),
    _reference("text", "blob", nullable=True),
    Column("state", Text, nullable=False),
    Column("score", Integer, nullable=False),
    Column("decision", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("spans", Text),
    Column("made_for", Text),
    Index("anchor_by_passage", "passage"),
    Index("anchor_by_text", "text", "start"),
)

block_mark = Table(
    "block_mark",
    metadata,
    _reference("n", "entity", primary_key=True),
    _reference("text", "blob", nullable=True),
    Column("start", Integer, nullable=False),
    Column("article", Integer, nullable=False),
    Index("block_mark_by_text", "text", "start"),
)

exchange = Table(
    "exchange",
    metadata,
    _number(),
    Column("direction", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("bundle", LargeBinary, nullable=False),
    Column("checkpoint", Text, nullable=False),
    Column("after", Integer, nullable=False),
    Column("changes", Text, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("seal", LargeBinary, nullable=False),
)

exchange_sender = Table(
    "exchange_sender",
    metadata,
    _reference("n", "exchange", primary_key=True),
    Column("annotator", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("seal", LargeBinary, nullable=False),
)

looked_at = Table(
    "looked_at",
    metadata,
    _reference("entity", "entity", primary_key=True),
    Column("until", Integer, nullable=False),
    Column("seal", LargeBinary, nullable=False),
)

set_aside = Table(
    "set_aside",
    metadata,
    _reference("change", "change", primary_key=True),
    Column("seal", LargeBinary, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

CURRENT = (
    source,
    version,
    passage,
    annotator,
    agent,
    claim,
    appearance,
    linkage,
    conclusion,
    note,
    scale,
    review,
    waiver,
    anchor,
    block_mark,
)
"""The current tables with one row an entity, named like its kind."""

SEARCH_DDL = (
    "CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co M*'\")"
)
"""The search index over folded words; a row's number is the entity's times 16 plus the field's place."""
