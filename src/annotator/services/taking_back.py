"""Setting aside what came in with a merge, and letting it count again."""

from __future__ import annotations

from annotator.domain.errors import MergeLeansError, MergeStandsError, WrongArgumentError
from annotator.store.aside import builds_on, cancelled, come_to_nothing, lean_on, set_aside, take_back_in
from annotator.store.exchanges import Direction, Exchanges, LoggedExchange
from annotator.store.ranges import Ranges
from annotator.store.reader import Reader
from annotator.store.store import Store


def set_merge_aside(store: Store, number: int) -> None:
    """Set aside what line ``number`` of the log brought in, and with it what was built on it and undone again.

    Raises ``MergeStandsError`` when something that stands builds on it, ``WrongArgumentError``.
    """

    def job(reader: Reader) -> None:
        line = _line(reader, number)
        building = builds_on(reader.connection, line.changes)
        merged = Exchanges(reader.connection).merged()
        if any(number in merged for number in building) or not come_to_nothing(reader.history, building):
            example = reader.history.numbered(building[0])
            raise MergeStandsError(name=line.name, count=len(building), example=example.header.label)
        set_aside(reader.connection, line.changes | Ranges.of(building))

    store.rewrite(job).result()


def bring_merge_back(store: Store, number: int) -> None:
    """Let count again what line ``number`` of the log brought in.

    Raises ``MergeLeansError`` when it builds on another merge that was taken back, ``WrongArgumentError``.
    """

    def job(reader: Reader) -> None:
        line = _line(reader, number)
        lacking = lean_on(reader.connection, line.changes)
        if lacking:
            lines = Exchanges(reader.connection).all()
            other = next((each.name for each in lines if lacking[0] in each.changes), line.name)
            raise MergeLeansError(name=line.name, other=other)
        along = cancelled(reader.connection, line.changes, Exchanges(reader.connection).merged())
        take_back_in(reader.connection, line.changes | along)

    store.rewrite(job).result()


def _line(reader: Reader, number: int) -> LoggedExchange:
    line = Exchanges(reader.connection).find(number)
    if line is None or line.direction is not Direction.IN:
        merged = [str(each.number) for each in Exchanges(reader.connection).all() if each.direction is Direction.IN]
        allowed = ", ".join(merged) or "none: nothing was merged"
        raise WrongArgumentError(argument="number", problem=f"{number} is no bundle that was merged", allowed=allowed)
    return line
