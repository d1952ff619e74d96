"""What a page says of itself: title, authors, publisher, date, language, address; each with its basis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml import etree

from annotator.domain import codec
from annotator.domain.dates import partial_date
from annotator.domain.imported import Suggestion, Suggestions
from annotator.domain.text import canonical_text
from annotator.importers.html_reading.saved import saved_page

_TITLES = ("og:title", "twitter:title", "citation_title", "dc.title")
_AUTHORS = (
    "author",
    "article:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "byl",
    "sailthru.author",
)
_PUBLISHERS = ("og:site_name", "citation_journal_title", "dc.publisher", "application-name")
_DATES = (
    "article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "date",
)
_SIGNED = re.compile(r"^(?:by|von|par|por|di|door|av|af)\s+", re.I)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_COMPACT = re.compile(r"(\d{4})[/.]?(\d{2})[/.]?(\d{2})(?!\d)")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_MAX_VALUE = 500
_MAX_AUTHORS = 20
_MAX_GRAPH = 2000
_SEARCHED = 500_000
"""Pages of at most so many characters are searched for a date in their words: larger ones take many seconds, and give any."""


class About:
    """Reads the head of a page. ``root`` is the parsed page, of ``length`` characters; an archive found it at ``address``.

    ``saved`` is what the program that saved the page wrote into it.
    """

    def __init__(self, root: etree._Element, length: int, address: str = "") -> None:
        self._root = root
        self._length = length
        self._address = address
        self.saved = saved_page(root)
        self._metas = _metas(root)
        self._things = list(_linked_data(root))

    def address(self) -> Suggestion | None:
        """Return the page's address: canonical link, og:url, or what the program that saved it wrote down."""
        saved = self._saved_from()
        stands_at = self._address or (saved.value if saved else "")
        links = [
            (link.get("href", ""), "canonical link")
            for link in self._root.iter("link")
            if link.get("rel", "").lower() == "canonical"
        ]
        for value, basis in (*links, (self._metas.get("og:url", [""])[0], "og:url")):
            try:
                absolute = urljoin(stands_at, canonical_text(value).strip())
                parts = urlsplit(absolute)
            except ValueError:
                continue
            if value and parts.scheme in ("http", "https") and parts.netloc:
                return Suggestion(value=absolute, basis=basis)
        return saved

    def base(self) -> str:
        """Return what the page's links are relative to."""
        address = self.address()
        own = self._address or (address.value if address else "")
        base = next((one.get("href", "") for one in self._root.iter("base") if one.get("href")), "")
        try:
            return urljoin(own, base)
        except ValueError:
            return own

    def article_body(self) -> str:
        """Return the article as the page holds it in its linked data; empty where it does not."""
        bodies = (thing.get("articleBody") for thing in self._things)
        return max((canonical_text(body) for body in bodies if isinstance(body, str)), key=len, default="")

    def suggestions(self) -> Suggestions:
        """Return all that is found."""
        return Suggestions(
            title=self._title(),
            authors=tuple(self._authors()),
            publisher=self._publisher(),
            date=self._date(),
            language=self._language(),
            url=self.address(),
        )

    def _saved_from(self) -> Suggestion | None:
        saved = self.saved
        return Suggestion(value=saved.address, basis=saved.address_basis) if saved else None

    def _from_metas(self, names: tuple[str, ...]) -> Iterator[Suggestion]:
        for name in names:
            for value in self._metas.get(name, ()):
                yield Suggestion(value=value, basis=name)

    def _title(self) -> Suggestion | None:
        for one in self._from_metas(_TITLES):
            return one
        for thing in self._things:
            if value := _plain(thing.get("headline")):
                return Suggestion(value=value, basis="json-ld headline")
        headings = [value for one in self._root.iter("h1") if (value := _words(one))]
        if len(headings) == 1:
            return Suggestion(value=headings[0], basis="h1")
        for element in self._root.iter("title"):
            if value := _words(element):
                return Suggestion(value=value, basis="title element")
        return Suggestion(value=headings[0], basis="h1") if headings else None

    def _authors(self) -> list[Suggestion]:
        named = [
            Suggestion(value=name, basis="json-ld author")
            for thing in self._things
            for name in _names(thing.get("author"))
        ]
        if not named:
            named = [one for one in self._from_metas(_AUTHORS) if not one.value.startswith(("http", "/"))]
        if not named:
            signed = [one for one in self._root.iter() if "author" in (one.get("rel"), one.get("itemprop"))]
            named = [Suggestion(value=_words(one), basis="author mark") for one in signed if len(_words(one)) < 100]
        unique: dict[str, Suggestion] = {}
        for one in named:
            name = _SIGNED.sub("", one.value).strip()
            if name:
                unique.setdefault(name.casefold(), Suggestion(value=name, basis=one.basis))
        return list(unique.values())[:_MAX_AUTHORS]

    def _publisher(self) -> Suggestion | None:
        for one in self._from_metas(("og:site_name",)):
            return one
        for thing in self._things:
            for name in _names(thing.get("publisher")):
                return Suggestion(value=name, basis="json-ld publisher")
        return next(self._from_metas(_PUBLISHERS), None)

    def _date(self) -> Suggestion | None:
        for thing in self._things:
            if date := _date_of(_plain(thing.get("datePublished"))):
                return Suggestion(value=date, basis="json-ld datePublished")
        for one in self._from_metas(_DATES):
            if date := _date_of(one.value):
                return Suggestion(value=date, basis=one.basis)
        for element in self._root.iter():
            marked = element.get("itemprop") == "datePublished" or (
                element.tag == "time" and element.get("pubdate") is not None
            )
            if marked and (date := _date_of(element.get("datetime") or element.get("content") or "")):
                return Suggestion(value=date, basis="datePublished mark")
        thorough = self._length <= _SEARCHED
        found = find_date(self._root, original_date=True, extensive_search=thorough)
        date = _date_of(found or "").removesuffix("-01-01")  # said when only a year is known
        return Suggestion(value=date, basis="htmldate") if date else None

    def _language(self) -> Suggestion | None:
        own = (
            self._root.get("lang")
            or self._root.get("{http://www.w3.org/XML/1998/namespace}lang")
            or self._root.get("xml:lang")
        )
        candidates = [(own or "", "html lang")]
        candidates += [
            (one.value, one.basis) for one in self._from_metas(("content-language", "og:locale", "dc.language"))
        ]
        for value, basis in candidates:
            tag = value.strip().replace("_", "-")
            if _TAG.fullmatch(tag):
                return Suggestion(value=tag, basis=basis)
        return None


def _metas(root: etree._Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for one in root.iter("meta"):
        content = _plain(one.get("content", ""))
        if content:
            for key in ("property", "name", "itemprop", "http-equiv"):
                for name in one.get(key, "").lower().split():
                    metas.setdefault(name, []).append(content)
    return metas


def _linked_data(root: etree._Element) -> Iterator[dict[str, codec.Json]]:
    """Yield the things of JSON-LD that are articles, or have an author or a date."""
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            waiting = [codec.parse(str(script.text or ""))]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MAX_GRAPH):
            if not waiting:
                break
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting += thing
            elif isinstance(thing, dict):
                waiting += [thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in thing]
                if thing.get("headline") or thing.get("datePublished"):
                    yield thing


def _names(value: codec.Json) -> list[str]:
    if isinstance(value, list):
        return [name for one in value[:_MAX_AUTHORS] for name in _names(one)]
    if isinstance(value, dict):
        value = value.get("name")
        return _names(value) if isinstance(value, (str, list)) else []
    name = _plain(value)
    return [name] if name and not name.startswith("http") else []


def _plain(value: codec.Json) -> str:
    return " ".join(canonical_text(value[: 4 * _MAX_VALUE]).split())[:_MAX_VALUE] if isinstance(value, str) else ""


def _words(element: etree._Element) -> str:
    return _plain("".join(map(str, element.itertext(with_tail=False))))


def _date_of(value: str) -> str:
    match = _ISO.match(value) or _COMPACT.match(value)
    if match is None:
        return ""
    try:
        return partial_date("-".join(part for part in match.groups() if part))
    except ValueError:
        return ""
