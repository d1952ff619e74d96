"""A small screen reader: finds the text of the window, asks what one would ask, presses keys, and writes what it heard.

Run by the system's Python, which has the bindings of AT-SPI; the keys are its arguments. Writes one JSON object a line.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import threading
import time
from typing import Any

gi: Any = importlib.import_module("gi")
gi.require_version("Atspi", "2.0")
Atspi: Any = importlib.import_module("gi.repository.Atspi")

_PATIENCE = 20.0
_HEARD = (
    "object:text-caret-moved",
    "object:text-selection-changed",
    "object:announcement",
    "object:state-changed:focused",
)
_STATES = ("READ_ONLY", "MULTI_LINE", "FOCUSED", "EDITABLE")
_UNITS = ("CHAR", "WORD", "SENTENCE", "LINE", "PARAGRAPH")


def _say(**told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _all_in(thing: Any) -> Any:
    yield thing
    for number in range(thing.get_child_count()):
        child = thing.get_child_at_index(number)
        if child is not None:
            yield from _all_in(child)


def _find_text() -> Any:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            for thing in _all_in(desktop.get_child_at_index(number)):
                states = thing.get_state_set()
                if thing.get_role_name() == "text" and states.contains(Atspi.StateType.FOCUSED):
                    return thing
        time.sleep(0.2)
    raise SystemExit("no text has the focus")


def _ask(text: Any) -> None:
    states = text.get_state_set()
    names = [name for name in _STATES if states.contains(getattr(Atspi.StateType, name))]
    caret = Atspi.Text.get_caret_offset(text)
    _say(name=text.get_name(), role=text.get_role_name(), states=names, caret=caret)
    _say(all=Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)))
    for unit in _UNITS:
        found = Atspi.Text.get_string_at_offset(text, caret + 20, getattr(Atspi.TextGranularity, unit))
        _say(unit=unit, at=caret + 20, words=found.content, start=found.start_offset, end=found.end_offset)
    place = Atspi.Text.get_character_extents(text, caret, Atspi.CoordType.SCREEN)
    _say(x=place.x, y=place.y, width=place.width, height=place.height)


def _hear(event: Any) -> None:
    words = event.any_data if isinstance(event.any_data, str) else ""
    told: dict[str, object] = {
        "event": event.type.partition(":")[2],
        "name": event.source.get_name(),
        "at": event.detail1,
        "words": words,
    }
    if event.type.startswith("object:text-caret-moved"):
        line = Atspi.Text.get_string_at_offset(event.source, event.detail1, Atspi.TextGranularity.LINE)
        told["line"] = line.content
        told["attributes"] = dict(Atspi.Text.get_text_attributes(event.source, event.detail1)[0])
    if event.type.startswith("object:text-selection"):
        chosen = [
            Atspi.Text.get_selection(event.source, number)
            for number in range(Atspi.Text.get_n_selections(event.source))
        ]
        told["selected"] = [Atspi.Text.get_text(event.source, each.start_offset, each.end_offset) for each in chosen]
    _say(**told)


def _press(keys: list[str]) -> None:
    time.sleep(0.5)
    for key in keys:
        _say(key=key)
        subprocess.run(["xdotool", "key", key], check=True)
        time.sleep(0.5)
    time.sleep(0.5)
    Atspi.event_quit()


def main() -> None:
    """Listen to a window until all keys are pressed."""
    Atspi.init()
    text = _find_text()
    _ask(text)
    listener = Atspi.EventListener.new(_hear)
    for kind in _HEARD:
        listener.register(kind)
    threading.Thread(target=_press, args=(sys.argv[1:],), daemon=True).start()
    Atspi.event_main()


if __name__ == "__main__":
    main()
