"""The order of the long lists: local numbers, sorted and narrowed by the database, so that no row is read for it.

Words are sorted by ``sort_key``; those in plain ASCII never leave the database for it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import Connection

from annotator.domain.errors import CancelledError
from annotator.domain.ids import to_bytes
from annotator.domain.listing import LEADING, Counts, Order, Wanted, sort_key
from annotator.store.connection import driver_of
from annotator.store.joins import COUNTED
from annotator.store.search_index import FIELDS_A_ROW

_AT_ONCE = 4_096
_STEPS_BETWEEN_LOOKS = 200_000
_KEY_LENGTH = 80
_LEADING = LEADING.replace("'", "''")
_BEFORE = '"quote":"'
"""What stands before the words of the first fragment in a body: in JSON it cannot stand within words."""
_ESCAPED = re.compile(r"\\(u([0-9a-f]{4})|.)")
_SIGNS = {'"': "”", "\\": "\\", "/": "/"}

CLAIMS = "claims"
LINKED = "EXISTS (SELECT 1 FROM linkage_passage lp JOIN linkage l ON l.n = lp.linkage WHERE lp.passage = {0} AND l.withdrawn = 0)"
TEXTS_OF = "(SELECT v.text FROM version v WHERE v.source = {0})"
"""The texts of all versions of a source: what was highlighted in an older one counts as well."""


def _words(column: str) -> str:
    """Return SQL for what the words of a column are sorted by, NULL for none. Plain ASCII does not leave the database for it."""
    short = f"substr({column}, 1, {_KEY_LENGTH})"
    return (
        f"CASE WHEN {short} GLOB '*[^ -~]*' THEN sort_key({short}) "
        f"ELSE nullif(ltrim(lower({short}), '{_LEADING}'), '') END"
    )


def _field(number: str, path: str) -> str:
    """Return SQL for a field of an entity as the newest revision that stands and sets it has it."""
    return (
        f"(SELECT json_extract(CAST(r.body AS TEXT), '$.fields.{path}') FROM revision r WHERE r.entity = {number} "
        f"AND json_type(CAST(r.body AS TEXT), '$.fields.{path.partition('[')[0]}') IS NOT NULL "
        "AND r.change NOT IN (SELECT change FROM set_aside) ORDER BY r.n DESC LIMIT 1)"
    )


def _quote(number: str) -> str:
    """Return SQL for the beginning of a passage's words as they stand in a body, found without reading all of it as JSON."""
    body = "CAST(r.body AS TEXT)"
    return (
        f"(SELECT substr({body}, instr({body}, '{_BEFORE}') + {len(_BEFORE)}, {_KEY_LENGTH}) FROM revision r "
        f"WHERE r.entity = {number} AND instr({body}, '{_BEFORE}') > 0 "
        "AND r.change NOT IN (SELECT change FROM set_aside) ORDER BY r.n DESC LIMIT 1)"
    )


_QUOTED = (
    "CASE WHEN raw GLOB '*[^ -~]*' OR instr(raw, '\\') > 0 THEN quote_key(raw) "
    f"ELSE nullif(ltrim(lower(substr(raw, 1, instr(raw || '\"', '\"') - 1)), '{_LEADING}'), '') END"
)
"""SQL for what such a beginning is sorted by."""


def _quote_key(beginning: str) -> str | None:
    return _sort_key(_ESCAPED.sub(_unescaped, beginning).partition('"')[0])


def _unescaped(found: re.Match[str]) -> str:
    """Return what an escape of JSON stands for; a quotation mark is not to be taken for the one that ends the words."""
    sign, code = found[1], found[2]
    return chr(int(code, 16)) if code else _SIGNS.get(sign, " ")


def _sort_key(words: str | None) -> str | None:
    return (sort_key(words) or None) if words else None


def _rank(column: str, scale: str) -> str:
    return f"nullif(coalesce((SELECT at FROM ranks WHERE scale = '{scale}' AND code = {column}), {column}), '')"


@dataclass(frozen=True, slots=True)
class _Sort:
    """How a column is sorted: its key (NULL comes last), the order of those with the same one, and what the key is made of.

    Where it is made of what is read with some effort, that is ``raw``, read once.
    """

    key: str
    then: str = ""
    given: tuple[str, ...] = ()
    joined: str = ""
    raw: str = ""


PROGRESS = (
    "progress(source, passages, linked) AS MATERIALIZED (SELECT v.source, sum(g.passages), sum(g.linked) "
    "FROM (SELECT DISTINCT source, text FROM version) v JOIN (SELECT p.text AS text, count(*) AS passages, "
    f"sum({LINKED.format('p.n')}) AS linked FROM passage p GROUP BY p.text) g ON g.text = v.text GROUP BY v.source)"
)
_HOME = (
    "home(text, title) AS MATERIALIZED (SELECT f.text, "
    f"{_words('s.title')} FROM (SELECT v.text AS text, v.source AS source, max(v.sequence) FROM version v GROUP BY v.text) f "
    "JOIN source s ON s.n = f.source)"
)
_STANDING = (
    "standing(n, count, stances) AS MATERIALIZED (SELECT lp.passage, count(*), "
    "8 * max(l.stance = 'supports') + 4 * max(l.stance = 'refutes') + 2 * max(l.stance = 'qualifies') + 1 "
    "FROM linkage_passage lp JOIN linkage l ON l.n = lp.linkage WHERE l.withdrawn = 0 GROUP BY lp.passage)"
)
_PEOPLE = (
    f"people(id, name) AS MATERIALIZED (SELECT e.id, {_words('a.name')} FROM annotator a JOIN entity e ON e.n = a.n)"
)
_MAKER = (
    "(SELECT c.annotator FROM revision r JOIN change c ON c.n = r.change WHERE r.entity = t.n "
    "AND r.change NOT IN (SELECT change FROM set_aside) ORDER BY r.n LIMIT 1)"
)
_EVIDENCE = (
    "evidence(n, passages) AS MATERIALIZED (SELECT l.claim, count(DISTINCT lp.passage) FROM linkage l "
    "JOIN linkage_passage lp ON lp.linkage = l.n WHERE l.withdrawn = 0 GROUP BY l.claim)"
)
CONCLUDED = (
    "concluded(n, conclusion, verdict, confidence, stage, id) AS MATERIALIZED (SELECT k.claim, k.n, k.verdict, k.confidence, "
    "k.stage, max(ke.id) FROM conclusion k JOIN entity ke ON ke.n = k.n GROUP BY k.claim)"
)
_TOLD = f"told(n, words) AS MATERIALIZED (SELECT c.n, {_words('c.text')} FROM claim c)"
_FIRST = "(SELECT min(passage) FROM linkage_passage WHERE linkage = t.n)"
_MADE = _Sort("e.id", joined="JOIN entity e ON e.n = t.n")

_CALLED = (
    "coalesce((SELECT m.name FROM agent m JOIN entity me ON me.n = m.n WHERE me.id = unhex(replace("
    f"{_field('a.n', 'merged_into')}, '-', ''))), a.name)"
)
"""The name of an agent, or of the one that it was joined to."""

_SORTS: dict[str, dict[str, _Sort]] = {
    "sources": {
        "title": _Sort(_words("t.title")),
        "publisher": _Sort(
            _words("raw"),
            raw=(
                f"(SELECT {_CALLED} FROM agent a JOIN entity ae ON ae.n = a.n WHERE ae.id = unhex(replace(coalesce("
                f"{_field('t.n', 'publishers[0]')}, {_field('t.n', 'authors[0]')}), '-', '')))"
            ),
        ),
        "published": _Sort("t.date_published"),
        "versions": _Sort("(SELECT count(*) FROM version v WHERE v.source = t.n)"),
        "passages": _Sort(
            "coalesce(g.passages, 0)",
            given=(PROGRESS,),
            joined="LEFT JOIN progress g ON g.source = t.n",
        ),
        "unlinked": _Sort(
            "coalesce(g.passages - g.linked, 0)",
            given=(PROGRESS,),
            joined="LEFT JOIN progress g ON g.source = t.n",
        ),
        "made": _MADE,
    },
    "passages": {
        "words": _Sort(_QUOTED, raw=_quote("t.n")),
        "source": _Sort(
            "h.title", "t.text, t.start, t.n", given=(_HOME,), joined="LEFT JOIN home h ON h.text = t.text"
        ),
        "stances": _Sort("-d.stances", given=(_STANDING,), joined="LEFT JOIN standing d ON d.n = t.n"),
        "linkages": _Sort("coalesce(d.count, 0)", given=(_STANDING,), joined="LEFT JOIN standing d ON d.n = t.n"),
        "by": _Sort("m.name", given=(_PEOPLE,), joined=f"LEFT JOIN people m ON m.id = {_MAKER}"),
        "made": _MADE,
    },
    "claims": {
        "text": _Sort(_words("t.text")),
        "passages": _Sort("coalesce(v.passages, 0)", given=(_EVIDENCE,), joined="LEFT JOIN evidence v ON v.n = t.n"),
        "verdict": _Sort(
            _rank("k.verdict", "verdict"), given=(CONCLUDED,), joined="LEFT JOIN concluded k ON k.n = t.n"
        ),
        "confidence": _Sort(
            _rank("k.confidence", "confidence"), given=(CONCLUDED,), joined="LEFT JOIN concluded k ON k.n = t.n"
        ),
        "stage": _Sort(_rank("k.stage", "stage"), given=(CONCLUDED,), joined="LEFT JOIN concluded k ON k.n = t.n"),
        "made": _MADE,
    },
    "linkages": {
        "claim": _Sort("o.words", "t.claim, t.n", given=(_TOLD,), joined="LEFT JOIN told o ON o.n = t.claim"),
        "words": _Sort(_QUOTED, raw=_quote(_FIRST)),
        "source": _Sort(
            "h.title",
            "p.text, p.start, t.n",
            given=(_HOME,),
            joined=f"LEFT JOIN passage p ON p.n = {_FIRST} LEFT JOIN home h ON h.text = p.text",
        ),
        "stance": _Sort(_rank("t.stance", "stance")),
        "verdict": _Sort(_rank("t.verdict", "verdict")),
        "confidence": _Sort(_rank("t.confidence", "confidence")),
        "by": _Sort(_words("a.name"), joined="LEFT JOIN annotator a ON a.n = t.annotator"),
        "made": _MADE,
    },
}

_DISPUTED = "t.n IN (SELECT n FROM entity WHERE conflicted = 1)"
_ONLY: dict[str, dict[str, str]] = {
    "sources": {
        "unread": f"NOT EXISTS (SELECT 1 FROM passage p WHERE p.text IN {TEXTS_OF.format('t.n')})",
        "unlinked": f"EXISTS (SELECT 1 FROM passage p WHERE p.text IN {TEXTS_OF.format('t.n')} "
        f"AND NOT {LINKED.format('p.n')})",
        "unconfirmed": f"coalesce({_field('t.n', 'confirmed')}, 0) <> 1",
        "disputed": _DISPUTED,
    },
    "passages": {
        "unlinked": f"NOT {LINKED.format('t.n')}",
        "mine": f"{_MAKER} = :mine",
        "disputed": f"({_DISPUTED} OR EXISTS (SELECT 1 FROM linkage_passage lp JOIN linkage l ON l.n = lp.linkage "
        "JOIN entity k ON k.n = l.n WHERE lp.passage = t.n AND l.withdrawn = 0 AND k.conflicted = 1))",
    },
    "claims": {
        "open": "NOT EXISTS (SELECT 1 FROM conclusion k WHERE k.claim = t.n)",
        "unlinked": "NOT EXISTS (SELECT 1 FROM linkage l WHERE l.claim = t.n AND l.withdrawn = 0)",
        "disputed": f"({_DISPUTED} OR EXISTS (SELECT 1 FROM conclusion k JOIN entity ke ON ke.n = k.n "
        "WHERE k.claim = t.n AND ke.conflicted = 1))",
    },
    "linkages": {
        "mine": "t.annotator = (SELECT n FROM entity WHERE id = :mine)",
        "disputed": _DISPUTED,
        "withdrawn": "t.withdrawn <> 0",
    },
}

_HIT = f"SELECT rowid / {FIELDS_A_ROW} FROM search WHERE search MATCH :word"
_OF_SOURCES = "SELECT v.text FROM version v WHERE v.source IN ({0})"
_NAMED = (
    "EXISTS (SELECT 1 FROM revision r, json_each(CAST(r.body AS TEXT), '$.fields.{1}') j WHERE r.entity = t.n "
    "AND j.value IN (SELECT lower(substr(hex(ae.id), 1, 8) || '-' || substr(hex(ae.id), 9, 4) || '-' || "
    "substr(hex(ae.id), 13, 4) || '-' || substr(hex(ae.id), 17, 4) || '-' || substr(hex(ae.id), 21)) "
    "FROM agent a JOIN entity ae ON ae.n = a.n WHERE a.n IN ({0})))"
)
_WITH_WORD = {
    "sources": f"(t.n IN ({{0}}) OR t.date_published LIKE replace(:word, ' ', '-') || '%' "
    f"OR t.url LIKE '%' || replace(:word, ' ', '_') || '%' "
    f"OR (EXISTS (SELECT 1 FROM agent WHERE n IN ({{0}})) AND ({_NAMED.replace('{1}', 'publishers')} "
    f"OR {_NAMED.replace('{1}', 'authors')})))",
    "passages": f"(t.n IN ({{0}}) OR t.text IN ({_OF_SOURCES}))",
    "claims": "(t.n IN ({0}) OR t.n IN (SELECT stands FROM claim WHERE n IN ({0})))",
    "linkages": "(t.n IN ({0}) OR t.claim IN ({0}) OR t.n IN (SELECT lp.linkage FROM linkage_passage lp "
    f"JOIN passage q ON q.n = lp.passage WHERE q.n IN ({{0}}) OR q.text IN ({_OF_SOURCES})))",
}
"""Where a word may stand: in the thing itself, or in what it is of."""


def order(connection: Connection, wanted: Wanted, cancelled: Callable[[], bool] = lambda: False) -> Order:
    """Return the numbers of a list, sorted rising; raises ``CancelledError`` soon after ``cancelled`` says so."""
    driver = driver_of(connection)
    driver.create_function("sort_key", 1, _sort_key, deterministic=True)
    driver.create_function("quote_key", 1, _quote_key, deterministic=True)
    numbers, known = array("q"), 0
    for rows in fetched(connection, *_statement(wanted), cancelled):
        numbers.extend([number for number, _ in rows])
        known += len(rows) if rows[-1][1] is not None else sum(key is not None for _, key in rows)
    return Order(numbers, known, total(connection, wanted.kind))


def fetched(
    connection: Connection, sql: str, values: Mapping[str, object], cancelled: Callable[[], bool]
) -> Iterator[list[Any]]:
    """Yield rows, some at a time; raises ``CancelledError`` soon after ``cancelled`` says so."""
    driver = driver_of(connection)
    driver.set_progress_handler(cancelled, _STEPS_BETWEEN_LOOKS)
    try:
        cursor = driver.execute(sql, values)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows
    except dbapi2.OperationalError as error:
        if cancelled():
            raise CancelledError(what="sorting a list") from error
        raise
    finally:
        driver.set_progress_handler(None, 0)


def holding(kind: str, words: Sequence[str]) -> tuple[list[str], list[str], dict[str, object]]:
    """Return SQL that narrows the table ``t`` of a kind to what holds all folded phrases: tables, conditions, and values."""
    given, conditions, values = list[str](), list[str](), dict[str, object]()
    for at, word in enumerate(words):
        values |= {f"word{at}": word, f"match{at}": f'"{word}"*'}
        given.append(f"hit{at}(n) AS MATERIALIZED ({_HIT.replace(':word', f':match{at}')})")
        found = f"SELECT n FROM hit{at}"
        conditions.append(_WITH_WORD[kind].replace("{0}", found).replace(":word", f":word{at}"))
    return given, conditions, values


def _statement(wanted: Wanted) -> tuple[str, dict[str, object]]:
    sort, table = _SORTS[wanted.kind][wanted.sort], wanted.kind.removesuffix("s")
    found, conditions, values = holding(wanted.kind, wanted.words)
    given = [*sort.given, *found]
    if wanted.mine is not None:
        values["mine"] = to_bytes(wanted.mine)
    conditions += [_ONLY[wanted.kind][each] for each in wanted.only]
    conditions += [COUNTED.format("t")] if wanted.kind == CLAIMS else []
    if "ranks" in sort.key:
        table_of_ranks, codes = _ranks(wanted.ranks or {})
        given.append(table_of_ranks)
        values |= codes
    listed = f"FROM {table} t {sort.joined}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")
    if sort.raw:
        given.append(f"keyed(n, raw) AS MATERIALIZED (SELECT t.n, {sort.raw} {listed})")
        listed = "FROM keyed t"
    sql = (
        f"WITH {', '.join(given)} " if given else ""
    ) + f"SELECT t.n, {sort.key} AS sorted {listed} ORDER BY sorted NULLS LAST, {sort.then or 't.n'}"
    return sql, values


def _ranks(scales: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, object]]:
    """Return SQL for a table of the levels in their order, and its values."""
    rows = [(scale, code) for scale, codes in scales.items() for code in codes] or [("", "")]
    places = ", ".join(f"(:scale{at}, :code{at}, {at})" for at in range(len(rows)))
    values: dict[str, object] = {}
    for at, (scale, code) in enumerate(rows):
        values |= {f"scale{at}": scale, f"code{at}": code}
    return f"ranks(scale, code, at) AS MATERIALIZED (VALUES {places})", values


def total(connection: Connection, kind: str) -> int:
    """Return how much there is of what a list holds."""
    sql = f"SELECT count(*) FROM {kind.removesuffix('s')} t{' WHERE ' + COUNTED.format('t') if kind == CLAIMS else ''}"
    (found,) = driver_of(connection).execute(sql).fetchone()
    return int(found)


def counts(connection: Connection) -> Counts:
    """Return how much there is, without reading any of it."""
    sql = (
        f"WITH {PROGRESS} SELECT (SELECT count(*) FROM source), (SELECT coalesce(sum(passages), 0) FROM progress), "
        f"(SELECT coalesce(sum(linked), 0) FROM progress), (SELECT count(*) FROM claim c WHERE {COUNTED.format('c')}), "
        f"(SELECT count(*) FROM claim c WHERE {COUNTED.format('c')} AND NOT EXISTS "
        "(SELECT 1 FROM conclusion k WHERE k.claim = c.n))"
    )
    sources, passages, linked, claims, open_ = driver_of(connection).execute(sql).fetchone()
    return Counts(sources=sources, passages=passages, linked=linked, claims=claims, open_claims=open_)
