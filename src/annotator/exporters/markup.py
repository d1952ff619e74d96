"""HTML and XML that cannot be broken by what stands in it: text is escaped where it is put in, only markup made here is not."""

from __future__ import annotations

import re
from html import escape

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_VOID = frozenset({"meta", "br"})


class Markup(str):
    """A piece of HTML made by ``tag`` or ``join``."""

    __slots__ = ()


def tag(name: str, /, *children: str | None, **attributes: str | None) -> Markup:
    """Return an element. Children that are no ``Markup`` are text; attributes that are None are left out.

    ``class_`` becomes ``class``, other underscores become hyphens.
    """
    begun = opened(name, **attributes)
    return begun if name in _VOID else Markup(f"{begun}{join(*children)}{closed(name)}")


def opened(name: str, /, **attributes: str | None) -> Markup:
    """Return how an element begins that is written piece by piece; see ``tag`` for its attributes."""
    given = (_attribute(key, value) for key, value in attributes.items() if value is not None)
    return Markup(f"<{name}{''.join(given)}>")


def closed(name: str) -> Markup:
    """Return how such an element ends."""
    return Markup(f"</{name}>")


def join(*children: str | None) -> Markup:
    """Return children one after the other, text escaped."""
    return Markup("".join(child if isinstance(child, Markup) else _escaped(child) for child in children if child))


def _attribute(key: str, value: str) -> str:
    return f' {key.rstrip("_").replace("_", "-")}="{_escaped(value)}"'


def _escaped(text: str) -> str:
    """Return text for HTML or XML; controls that neither may hold become U+FFFD."""
    return escape(_UNPRINTABLE.sub("\ufffd", text), quote=True)
