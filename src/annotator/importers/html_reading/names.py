"""What the classes and the id of an element say it is: chrome of a page, a caption, a byline, a footnote, a post, hidden."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

_LABEL_OF_WORD = {
    word: label
    for label, words in {
        "navigation": "nav navbar navigation menu submenu breadcrumb breadcrumbs pagination pager topbar toolbar skiplink",
        "footer": "footer colophon",
        "header": "masthead",
        "aside": "sidebar aside rail",
        "teaser": "related recommended recommendation recommendations teaser teasers promo promos trending popular outbrain "
        "taboola mostread readmore",
        "share": "share sharing sharebar sharedaddy social addthis addtoany",
        "comments": "comments disqus respond",
        "advertisement": "ad ads advert advertisement advertising adsbygoogle sponsored dfp",
        "notice": "cookie cookies consent gdpr",
        "appeal": "newsletter subscribe subscription signup donate donation",
    }.items()
    for word in words.split()
}
_MODIFIERS = ("has-", "no-", "with-", "is-", "not-", "js-")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CAPTIONS = frozenset(("caption", "figcaption", "legend"))
_BYLINES = frozenset(("byline", "byl", "author", "authors", "autor", "auteur", "dateline"))
_FOOTNOTES = frozenset(("footnote", "footnotes", "endnote", "endnotes", "reflist", "references"))
_EMBEDDED = frozenset(
    (
        "twitter-tweet",
        "twitter-video",
        "instagram-media",
        "tiktok-embed",
        "bluesky-embed",
        "mastodon-embed",
        "reddit-embed-bq",
        "reddit-card",
        "fb-post",
        "fb-xfbml-parse-ignore",
        "text-post-media",
        "imgur-embed-pub",
        "telegram-post",
    )
)
"""Classes that the services themselves give to a post put into a page."""
_HIDING = frozenset(
    (
        "sf-hidden",
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "u-visually-hidden",
        "screenreader-only",
    )
)
_TELLING = frozenset((*_LABEL_OF_WORD, *_CAPTIONS, *_BYLINES, *_FOOTNOTES))
_SAID_IN_FULL = _EMBEDDED | _HIDING
_MAX_NAME = 200
_MANY = 4096


class Names(NamedTuple):
    """What an element is by name; ``label`` is the chrome, empty for none."""

    label: str = ""
    caption: bool = False
    byline: bool = False
    footnote: bool = False
    embedded: bool = False
    hidden: bool = False


_NONE = Names()


def names_of(element: etree._Element) -> Names:
    """Return what the classes and the id of an element say."""
    classes, identity = element.get("class"), element.get("id")
    return _names(classes or "", identity or "") if classes or identity else _NONE


@lru_cache(_MANY)
def _names(classes: str, identity: str) -> Names:
    names = (*classes.split(), *identity.split())
    kept = [name for name in names if not name.startswith(_MODIFIERS) and len(name) < _MAX_NAME]
    words = set(map(str.lower, _WORDS.findall(" ".join(kept))))
    if words.isdisjoint(_TELLING) and _SAID_IN_FULL.isdisjoint(names):
        return _NONE
    return Names(
        label=next((_LABEL_OF_WORD[word] for word in sorted(words) if word in _LABEL_OF_WORD), ""),
        caption=not _CAPTIONS.isdisjoint(words),
        byline=not _BYLINES.isdisjoint(words),
        footnote=not _FOOTNOTES.isdisjoint(words),
        embedded=not _EMBEDDED.isdisjoint(names),
        hidden=not _HIDING.isdisjoint(classes.split()),
    )
