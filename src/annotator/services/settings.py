"""Settings per person: a TOML file that the window and the command line both read."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_config_path

if TYPE_CHECKING:
    from annotator.domain.ids import EntityId

_RECENT_AT_MOST = 20
FOLDER_VARIABLE = "ANNOTATOR_CONFIG"
"""An environment variable that names another folder for the settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """A project opened lately: ``at`` is UTC in ISO 8601; the counts are those of when it was closed."""

    path: str
    at: str
    sources: int = 0
    claims: int = 0
    concluded: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one person has chosen. ``people`` maps names used on this computer to annotator ids; ``keys`` overrides shortcuts."""

    name: str = ""
    people: dict[str, EntityId] = field(default_factory=dict)
    theme: str = "system"
    zoom: int = 100
    recent: tuple[Recent, ...] = ()
    keys: dict[str, str] = field(default_factory=dict)
    window: dict[str, str] = field(default_factory=dict)


def settings_path() -> Path:
    """Return where the settings are kept."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return (Path(folder) if folder else user_config_path("annotator", appauthor=False)) / "settings.toml"


def load_settings() -> Settings:
    """Return the settings; defaults where there are none, where the file cannot be read, and for values that do not fit."""
    try:
        table = tomllib.loads(settings_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    recent = table.pop("recent", ())
    recents = (_fitting(each, Recent(path="", at="")) for each in recent if isinstance(each, dict))
    settings: Settings = _fitting(table, Settings())
    return replace(settings, recent=tuple(each for each in recents if each.path))


def _fitting(table: Mapping[str, Any], default: Any) -> Any:
    """Return ``default`` with the values of ``table`` that are of the same type as its own."""
    found = {name: value for name, value in table.items() if type(value) is type(getattr(default, name, None))}
    return replace(default, **{name: _words(value) if isinstance(value, dict) else value for name, value in found.items()})


def _words(table: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in table.items() if isinstance(value, str)}


def save_settings(settings: Settings) -> None:
    """Keep the settings. A folder that cannot be written loses them, never the work."""
    import tomli_w

    path = settings_path()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".new")
        draft.write_text(tomli_w.dumps(asdict(settings)), encoding="utf-8")
        draft.replace(path)


def person(name: str, make_id: Callable[[], EntityId]) -> EntityId:
    """Return the annotator id that goes with a name on this computer, made on first use."""
    settings = load_settings()
    if name not in settings.people:
        settings = replace(settings, people={**settings.people, name: make_id()})
        save_settings(settings)
    return settings.people[name]


def with_recent(settings: Settings, recent: Recent) -> Settings:
    """Return the settings with a project at the top of those opened lately."""
    others = (each for each in settings.recent if each.path != recent.path)
    return replace(settings, recent=(recent, *others)[:_RECENT_AT_MOST])
