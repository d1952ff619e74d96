"""JSON-LD as it is found: ids and types under either name, prefixes or none, one thing or several."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from annotator.domain.codec import Json
from annotator.importers.annotations.json_file import listed

_PREFIXES = (
    "oa:",
    "as:",
    "schema:",
    "http://www.w3.org/ns/oa#",
    "http://schema.org/",
    "https://schema.org/",
    "dctypes:",
)
_DEEP = 12


def plain_name(name: str) -> str:
    """Return the name of a type or a property without the prefix of its vocabulary."""
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name


def types(node: Json) -> frozenset[str]:
    """Return the types of a thing, without prefixes."""
    if not isinstance(node, dict):
        return frozenset()
    found = [*listed(node.get("type")), *listed(node.get("@type"))]
    return frozenset(plain_name(each) for each in found if isinstance(each, str))


def iri(node: Json) -> str:
    """Return the id of a thing, or what stands there in its place; a bare UUID becomes a URN. Empty where there is none."""
    if isinstance(node, str):
        return _urn(node)
    if not isinstance(node, dict):
        return ""
    found = node.get("id", node.get("@id"))
    return _urn(found) if isinstance(found, str) else ""


def things(values: list[Json], kinds: frozenset[str], inside: tuple[str, ...]) -> Iterator[Json]:
    """Yield the things of some kinds, in order: those in a list, and those that others hold under the names ``inside``."""
    waiting = [(value, 0) for value in reversed(values)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, list):
            waiting += [(each, depth) for each in reversed(value)]
        elif isinstance(value, dict):
            if types(value) & kinds:
                yield value
                continue
            if depth < _DEEP:
                held = [value[name] for name in inside if name in value]
                waiting += [(each, depth + 1) for each in reversed(held)]


def described(values: list[Json]) -> dict[str, dict[str, Json]]:
    """Return the things that are described somewhere in some values by their ids, the fullest description of each."""
    found: dict[str, dict[str, Json]] = {}
    waiting = [(value, 0) for value in values]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, list):
            waiting += [(each, depth) for each in value]
        elif isinstance(value, dict):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > len(found.get(name, ())):
                found[name] = value
            if depth < _DEEP:
                waiting += [(each, depth + 1) for each in value.values() if isinstance(each, dict | list)]
    return found


def _urn(name: str) -> str:
    try:
        return f"urn:uuid:{UUID(name)}" if len(name) == 36 else name.strip()
    except ValueError:
        return name.strip()
