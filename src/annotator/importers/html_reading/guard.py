"""A look at a page's text before any parser sees it: what would keep one busy for ever is refused, ballast goes."""

from __future__ import annotations

import re

from annotator.domain.errors import ImportFailedError

MAX_CHARACTERS = 32 << 20
"""What may be left of a page without the pictures embedded in it."""
MAX_DEPTH = 200
MAX_ATTRIBUTES = 500

_EMBEDDED = re.compile(r"data:[\w.+-]{0,64}/?[\w.+-]{0,64}(?:;[\w.=+-]{0,64}){0,4};base64,[A-Za-z0-9+/=%\s]{64,}+")
_EARLY_END = re.compile(r"</(?:html|body)\s*>", re.I)
"""What comes behind such an end is shown all the same, but libxml2 loses it."""
_NOSCRIPT = re.compile(r"<noscript\b", re.I | re.A)
_NOSCRIPT_END = re.compile(r"</noscript\s*>", re.I | re.A)
_TAG = re.compile(
    r"<(?:!--(?:.*?-->|.*)|(?P<close>/)?(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<attributes>(?:[^>=]++|=\s*+\"[^\"]*+\"|=\s*+'[^']*+'|=)*+)>?)",
    re.S,
)
"""A comment or a tag (HTML, 13.2.5): a quotation mark opens a value only behind an equals sign."""
_ATTRIBUTE = re.compile(r"[^\s=/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s]++))?+")
_RAW = {
    name: re.compile(f"</{name}", re.I | re.A)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
_NOT_NESTING = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "html",
        "head",
        "body",
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "optgroup",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "caption",
        "rp",
        "rt",
    ]
)
"""Elements without an end, and those whose end may be left out: the parser's own limit holds for the latter."""


def guarded(markup: str, name: str) -> str:
    """Return ``markup`` without embedded pictures and needless ends; ``name`` is the document's, for the error.

    Raises ``ImportFailedError`` for a page that is too long, nested too deep, or has an element with too many attributes.
    """
    markup = _without_noscript(_EARLY_END.sub("", _EMBEDDED.sub("data:,", markup)))
    if len(markup) > MAX_CHARACTERS:
        raise refused(
            name, f"even without its pictures the page is longer than {MAX_CHARACTERS >> 20} million characters"
        )
    depth = position = 0
    while (tag := _TAG.search(markup, position)) is not None:
        position = tag.end()
        close, written, attributes = tag.groups("")
        element = written.lower()
        if not element or element in _NOT_NESTING:
            pass
        elif close:
            depth = max(depth - 1, 0)
        elif element in _RAW:
            end = _RAW[element].search(markup, position)
            position = end.start() if end else len(markup)
            depth += 1
        elif not attributes.endswith("/") or element in ("div", "span"):
            depth += 1
        if depth > MAX_DEPTH:
            raise too_deep(name)
        if len(attributes) > 2 * MAX_ATTRIBUTES and sum(1 for _ in _ATTRIBUTE.finditer(attributes)) > MAX_ATTRIBUTES:
            raise refused(name, f"an element of the page has more than {MAX_ATTRIBUTES} attributes")
    return markup


def _without_noscript(markup: str) -> str:
    """Leave out what browsers show only without scripts, up to its end tag whatever is in it: libxml2 reads on too far."""
    parts: list[str] = []
    position = 0
    for start in _NOSCRIPT.finditer(markup):
        if start.start() >= position:
            end = _NOSCRIPT_END.search(markup, start.end())
            if end is None:
                break
            parts.append(markup[position : start.start()])
            position = end.end()
    return "".join((*parts, markup[position:]))


def too_deep(name: str) -> ImportFailedError:
    """Return the error for a page whose elements are nested deeper than ``MAX_DEPTH``."""
    return refused(name, f"the page's elements are nested more than {MAX_DEPTH} deep")


def refused(name: str, reason: str) -> ImportFailedError:
    """Return the error for a page that cannot be read, with the usual advice."""
    return ImportFailedError(
        name=name, reason=reason, advice="Print the page to a PDF in a browser, or save its text, and import that."
    )
