"""The command about keys: with which one you sign, whose you know, pinning and forgetting them, renewing your own."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from annotator.cli.shared import Commands, add_name, put, say

if TYPE_CHECKING:
    from annotator.domain.signing import KnownKey, OwnKey


def add_to(commands: Commands) -> None:
    """Declare ``keys``."""
    asked = commands.add(
        "keys",
        _keys,
        "List the keys that sign bundles, yours and those of teammates; pin, forget or renew one.",
        "keys pin Ada ada.bundle.zip",
    )
    add_name(asked)
    deeds = asked.add_subparsers(dest="deed", metavar="DEED")
    for name, does, text in (
        ("list", _list, "list all keys that are known on this computer"),
        ("mine", _mine, "show your own key, which is made if you have none"),
        ("pin", _pin, "take a key for a teammate’s"),
        ("forget", _forget, "unpin the keys of a teammate"),
        (
            "renew",
            _renew,
            "make a new key of your own; the old one, if it is still here, states that it takes its place",
        ),
    ):
        added = deeds.add_parser(name, help=text, description=text)
        added.set_defaults(run=does)
        added.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print results as JSON")
        if name in ("mine", "renew"):
            added.add_argument("--annotator", default=argparse.SUPPRESS, help="your name, as it stands in the history")
        if name in ("pin", "forget"):
            added.add_argument("name", help="the name of the teammate")
        if name == "pin":
            added.add_argument("key", help="the key, or a bundle that is signed with it")


def _keys(options: argparse.Namespace) -> int:
    return _list(options)


def _list(options: argparse.Namespace) -> int:
    from annotator.services.keys import keys

    own, known = keys.own(), keys.known()
    record = {"own": [_own_record(each) for each in own], "known": [_known_record(each) for each in known]}
    put(options, record, [*_own_lines(own), *_known_lines(known)])
    if not own and not known:
        say("There is no key yet: yours is made when you first export a bundle.")
    return 0


def _mine(options: argparse.Namespace) -> int:
    from annotator.services.keys import keys

    own = keys.mine(_name(options))
    put(options, _own_record(own), _own_lines([own]))
    return 0


def _pin(options: argparse.Namespace) -> int:
    from annotator.services.keys import keys

    pinned = keys.pin(options.name, options.key)
    put(options, _known_record(pinned), _known_lines([pinned]))
    return 0


def _forget(options: argparse.Namespace) -> int:
    from annotator.services.keys import keys

    gone = keys.forget(options.name)
    put(options, [_known_record(each) for each in gone], (f"forgotten: {line}" for line in _known_lines(gone)))
    return 0


def _renew(options: argparse.Namespace) -> int:
    from annotator.services.keys import keys

    own = keys.renew(_name(options))
    put(options, _own_record(own), _own_lines([own]))
    if own.succession:
        say("Your earlier key states that this one takes its place: bundles that you export from now on carry that.")
    say("Tell the new key to your teammates, by another way than a bundle.")
    return 0


def _name(options: argparse.Namespace) -> str:
    from annotator.services.settings import load_settings

    return options.annotator or load_settings().name


def _own_lines(own: Iterable[OwnKey]) -> Iterator[str]:
    from annotator.domain.signing import Kept, signed_name

    for each in own:
        place = "keyring" if each.kept is Kept.KEYRING else "file"
        yield f"{signed_name(each.name, each.key)}  yours, since {each.made[:10]}, in a {place}"
        yield f"    {each.key}"


def _known_lines(known: Iterable[KnownKey]) -> Iterator[str]:
    from annotator.domain.signing import signed_name

    for each in known:
        state = "replaced by another" if each.replaced else "pinned"
        yield f"{signed_name(each.name, each.key)}  {state}, since {each.since[:10]}"


def _own_record(own: OwnKey) -> dict[str, object]:
    from annotator.domain.signing import fingerprint

    return {
        "name": own.name,
        "key": own.key,
        "fingerprint": fingerprint(own.key),
        "made": own.made,
        "kept": own.kept.value,
        "follows": len(own.succession),
    }


def _known_record(known: KnownKey) -> dict[str, object]:
    from annotator.domain.signing import fingerprint

    return {
        "name": known.name,
        "key": known.key,
        "fingerprint": fingerprint(known.key),
        "since": known.since,
        "replaced": known.replaced,
    }
