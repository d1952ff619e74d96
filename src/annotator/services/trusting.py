"""Whether a bundle comes from whom it says: its signature held against the keys known here, and against what came before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.bundle.layout import BundleReport
from annotator.bundle.read import ReadBundle
from annotator.domain.change import Change
from annotator.domain.errors import SignatureRefusedError
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.kinds import Agent, Source
from annotator.domain.names import NameWarning, name_warnings, thing_warnings
from annotator.domain.people import Annotator, pseudonym
from annotator.domain.signing import BundleSignature, PublicKey, Reception, Sender, SignatureState
from annotator.domain.signing_words import state_sentence
from annotator.services.keys_file import KeyRing, load_keys
from annotator.store.exchanges import Direction, Exchanges, LoggedExchange
from annotator.store.history import History
from annotator.store.reader import Reader
from annotator.store.senders import LoggedSender, Senders

_MISSED_SHOWN = 3
_WARNINGS_SHOWN = 12

People = Mapping[EntityId, str]
"""Annotators by id, with their names."""


def judged(report: BundleReport, people: People, reader: Reader | None = None) -> BundleSignature:
    """Return what the signature of a bundle comes to here.

    ``people`` are those whose work it brings. Without a project (``reader``) only the keys on this computer are asked.
    Raises ``KeysUnreadableError``.
    """
    ring = load_keys()
    senders = tuple(Senders(reader.connection).all()) if reader else ()
    found = _signed(report, ring, senders) if report.signed else _unsigned(report, people, ring, senders)
    here = {each.id: each.name for each in reader.all(Annotator)} if reader else {}
    names = [name for id_, name in people.items() if here.get(id_) != name]
    known = [*(each.name for each in ring.known), *(each.name for each in ring.own), *here.values()]
    return replace(found, warnings=name_warnings([*names, *filter(None, [found.name])], known))


def judged_alone(incoming: ReadBundle) -> BundleSignature:
    """Return what the signature of a bundle comes to where it is not held against a project."""
    found = judged(incoming.report, {each.id: each.name for each in incoming.all(Annotator)})
    return with_names(found, incoming)


def with_names(signature: BundleSignature, incoming: ReadBundle, reader: Reader | None = None) -> BundleSignature:
    """Return a signature with what is to be seen in the names of the agents and sources that a bundle brings."""
    named = [*_named(incoming.all(Agent), reader, Agent), *_named(incoming.all(Source), reader, Source)]
    return replace(signature, warnings=(*signature.warnings, *named)[:_WARNINGS_SHOWN])


def _named(
    incoming: Iterable[Agent] | Iterable[Source], reader: Reader | None, kind: type[Agent | Source]
) -> tuple[NameWarning, ...]:
    """Return which names deceive among the things of a kind that are not here, or are called otherwise here."""
    here = {each.id: _called(each) for each in reader.all(kind)} if reader else {}
    brought = (_called(each) for each in incoming if here.get(each.id) != _called(each))
    return thing_warnings(brought, here.values())


def _called(thing: Agent | Source) -> str:
    return thing.title if isinstance(thing, Source) else thing.name


def refuse(signature: BundleSignature, path: Path) -> None:
    """Raise ``SignatureRefusedError`` where a bundle is taken in only when a person says so."""
    if signature.refused:
        raise SignatureRefusedError(path=path.name, reason=state_sentence(signature))


def _unsigned(report: BundleReport, people: People, ring: KeyRing, senders: Iterable[LoggedSender]) -> BundleSignature:
    """Judge a bundle without a signature: whoever it names as its sender, or brings work of, may be known to sign."""
    ids = {id_ for known in ring.known for id_ in known.annotators} | {each.annotator for each in senders}
    names = {known.name for known in ring.known}
    signers = [name for id_, name in people.items() if id_ in ids or name in names]
    sender = report.sender
    if sender is not None and _name_of(sender) not in signers:
        signers.append(_name_of(sender))
    state = SignatureState.STRIPPED if signers else SignatureState.UNSIGNED
    name, annotator = (_name_of(sender), sender.annotator) if sender else ("", None)
    return BundleSignature(state=state, name=name, annotator=annotator, signers=tuple(signers))


def _signed(report: BundleReport, ring: KeyRing, senders: Collection[LoggedSender]) -> BundleSignature:
    signed, sender = report.signed, report.sender
    assert signed is not None  # noqa: S101 asked by the caller
    name, annotator = (_name_of(sender), sender.annotator) if sender else ("", None)
    pinned = next((each for each in ring.known if each.key == signed.key), None)
    expected = _expected(signed.key, name, annotator, ring, senders)
    if any(each.key == signed.key for each in ring.own):
        state, expected = SignatureState.OWN, ()
    elif pinned is not None and pinned.replaced:
        state = SignatureState.RETIRED
    elif pinned is not None:
        state, name, expected = SignatureState.KNOWN, pinned.name, ()
    elif not expected:
        state = SignatureState.UNKNOWN
    else:
        state = SignatureState.RENEWED if signed.vouching & set(expected) else SignatureState.CHANGED
    return BundleSignature(state=state, name=name, annotator=annotator, key=signed.key, expected=expected)


def _name_of(sender: Sender) -> str:
    """Return what a sender is called: where the name stayed with them, by what stands for it."""
    return sender.name or pseudonym(sender.annotator)


def _expected(
    key: PublicKey, name: str, annotator: EntityId | None, ring: KeyRing, senders: Iterable[LoggedSender]
) -> tuple[PublicKey, ...]:
    """Return the keys by which a sender is known: pinned ones, else those that signed what came from there before."""
    pinned = [
        each.key for each in ring.known if not each.replaced and (each.name == name or annotator in each.annotators)
    ]
    pinned += [each.key for each in ring.own if each.name == name]
    if pinned:
        return tuple(each for each in pinned if each != key)
    before = dict.fromkeys(each.key for each in senders if each.annotator == annotator)
    return () if key in before else tuple(before)


@dataclass(frozen=True, slots=True)
class Held:
    """What a bundle holds, of which the project knows some: its changes, and whether there are any that never came here."""

    changes: Collection[ChangeId]
    brings_unknown: bool


def received(signature: BundleSignature, report: BundleReport, held: Held, reader: Reader) -> BundleSignature:
    """Return a signature with how its bundle stands to what came from the same sender before.

    Every change that once came from there must be in it, so that a history that was shortened is noticed: headers of changes
    always travel whole, but for those that led to the changes which the bundle says that it builds on.
    """
    before = _lines_of(signature, reader)
    if not before:
        return signature
    heads = {head for line in before for head in line.checkpoint.heads}
    missing = _missing(reader.history, heads, held.changes, report.extent.basis)
    again = [line for line in before if line.bundle == report.bundle_id]
    if missing:
        reception = Reception.SHORTENED if held.brings_unknown else Reception.OLDER
        fuller = [line for line in before if not missing.keys().isdisjoint(line.checkpoint.heads)]
        previous = max(reversed(fuller), key=lambda line: line.checkpoint.changes)
    else:
        reception = Reception.AGAIN if again else Reception.NEXT
        previous = (again or before)[-1]
    return replace(
        signature,
        reception=reception,
        previous=previous.name,
        previous_at=previous.at,
        missing=len(missing),
        missed=_newest(missing.values()),
    )


def is_news(reader: Reader, signature: BundleSignature, report: BundleReport) -> bool:
    """Tell whether a signed bundle that brings no change is to be remembered all the same: this sender never sent it before."""
    return signature.key is not None and all(line.bundle != report.bundle_id for line in _lines_of(signature, reader))


def _lines_of(signature: BundleSignature, reader: Reader) -> list[LoggedExchange]:
    """Return the lines of what came from the same sender, told by key or, so that a new key ends nothing, by annotator."""
    if signature.key is None or signature.state is SignatureState.OWN:
        return []
    numbers = {
        each.number
        for each in Senders(reader.connection).all()
        if each.key == signature.key or each.annotator == signature.annotator
    }
    lines = Exchanges(reader.connection).all()
    return [line for line in lines if line.number in numbers and line.direction is not Direction.OUT]


def _missing(
    history: History, heads: Iterable[ChangeId], held: Collection[ChangeId], basis: Iterable[ChangeId]
) -> dict[ChangeId, Change]:
    """Return the changes that led to some heads and are not held; where there are any, one of these heads is among them.

    What a held change builds on is held too, and so is what led to the ``basis`` of a bundle.
    """
    lacking = [head for head in heads if head not in held]
    if not lacking:
        return {}
    known = {change.id for change in _led_to(history, basis, ())}
    return {each.id: each for each in _led_to(history, lacking, held) if each.id not in known}


def _newest(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return what the newest few changes did."""
    found = sorted(((each.header.generation, each.header.label) for each in changes), reverse=True)
    return tuple(dict.fromkeys(label for _, label in found))[:_MISSED_SHOWN]


def _led_to(history: History, heads: Iterable[ChangeId], but: Collection[ChangeId]) -> Iterator[Change]:
    """Yield some changes and all that they build on, but those in ``but`` and what only these build on."""
    seen: set[ChangeId] = set()
    waiting = [head for head in heads if head not in but]
    while waiting:
        id_ = waiting.pop()
        change = None if id_ in seen else history.change(id_)
        seen.add(id_)
        if change is not None:
            yield change
            waiting += [parent for parent in change.header.parents if parent not in but]
