"""What a bundle would hold, told before it is written: the same choice that the writer makes, counted."""

from __future__ import annotations

from collections import Counter

from annotator.bundle.layout import BundleReport, Progress
from annotator.bundle.scope import BundleScope, Selection, Withholding
from annotator.bundle.signature import Signer
from annotator.bundle.write import measure_bundle
from annotator.domain.exchanging import ExchangeNote, ExportPreview, Outgoing, Why, Withheld
from annotator.domain.kinds import KINDS, Annotator
from annotator.domain.wording import called
from annotator.services.scoping import selected
from annotator.store.reader import Reader

_EXAMPLES = 3


def previewed(reader: Reader, scope: BundleScope, signer: Signer | None, progress: Progress) -> ExportPreview:
    """Return what a bundle of this scope would hold. It is measured by writing it to nowhere."""
    selection = selected(reader, scope)
    counted = _Counted(reader, scope, selection)
    report, size = measure_bundle(reader, scope=scope, selection=selection, signer=signer, progress=progress)
    return ExportPreview(
        kinds=counted.kinds(),
        withheld=counted.withheld(),
        changes=report.changes,
        texts=report.texts,
        originals=report.sources,
        size=size,
        people=counted.people,
    )


def noted(reader: Reader, scope: BundleScope, selection: Selection, report: BundleReport, team: str) -> ExchangeNote:
    """Return what the log says of a bundle that was written."""
    left = (("originals", scope.originals), ("notes", scope.notes), ("names", scope.names))
    kinds = {each.kind: each.going for each in _Counted(reader, scope, selection).kinds() if each.going}
    return ExchangeNote(
        team=team, limits=report.extent.limits, left_out=tuple(name for name, goes in left if not goes), kinds=kinds
    )


class _Counted:
    """Counts the living entities that go out, and those that do not."""

    def __init__(self, reader: Reader, scope: BundleScope, selection: Selection) -> None:
        self._reader = reader
        self._scope = scope
        self._withholding = Withholding(scope, selection, reader.state)
        self._going: Counter[str] = Counter()
        self._staying: Counter[tuple[str, Why]] = Counter()
        self._examples: dict[str, list[str]] = {}
        self.people: tuple[str, ...] = ()
        for kind in KINDS:
            self._count(kind)

    def kinds(self) -> tuple[Outgoing, ...]:
        """Return how many of each kind go and stay, with examples."""
        staying: Counter[str] = Counter()
        for (kind, _), count in self._staying.items():
            staying[kind] += count
        return tuple(
            Outgoing(
                kind=kind,
                going=self._going[kind],
                staying=staying[kind],
                examples=tuple(self._examples.get(kind, ())),
            )
            for kind in KINDS
            if self._going[kind] or staying[kind]
        )

    def withheld(self) -> tuple[Withheld, ...]:
        """Return what does not go out and why."""
        found = [Withheld(kind=kind, why=why, count=count) for (kind, why), count in self._staying.items()]
        found += [Withheld(kind=kind, why=Why.LACKING, count=count) for kind, count in self._reader.withheld_entities()]
        if not self._scope.originals and (count := self._reader.originals()):
            found.append(Withheld(kind="version", why=Why.ORIGINALS, count=count))
        return tuple(found)

    def _count(self, kind: str) -> None:
        names = []
        for id_ in self._reader.living_ids(kind):
            why = self._withholding.why(kind, id_)
            if why is not None:
                self._staying[kind, why] += 1
                continue
            self._going[kind] += 1
            if kind == Annotator.kind or self._going[kind] <= _EXAMPLES:
                names.append(called(self._reader.find_any(id_), self._reader.find_any))
        self._examples[kind] = names[:_EXAMPLES]
        if kind == Annotator.kind:
            self.people = tuple(sorted(names))
