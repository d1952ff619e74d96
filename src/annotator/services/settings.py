"""Settings per person: a TOML file that the window and the command line both read."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from annotator.domain.ids import EntityId

_RECENT_AT_MOST = 20
FOLDER_VARIABLE = "ANNOTATOR_CONFIG"
"""An environment variable that names another folder for the settings."""


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Recent(NamedTuple):
    """A project opened lately: ``at`` is UTC in ISO 8601; the counts are those of when it was closed."""

    path: str
    at: str
    sources: int = 0
    claims: int = 0
    concluded: int = 0


class Settings(NamedTuple):
    """What one person has chosen. ``people`` maps names used on this computer to annotator ids; ``keys`` overrides shortcuts."""

    name: str = ""
    people: Mapping[str, EntityId] = _NOTHING
    theme: str = "system"
    zoom: int = 100
    recent: tuple[Recent, ...] = ()
    keys: Mapping[str, str] = _NOTHING
    window: Mapping[str, str] = _NOTHING


def settings_path() -> Path:
    """Return where the settings are kept."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return (Path(folder) if folder else _config_home() / "annotator") / "settings.toml"


def _config_home() -> Path:
    """Return the folder that platformdirs names (a test compares them): loading that alone takes 5 ms before the first frame."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_CONFIG_HOME", "").strip() or Path.home() / ".config")


def sample_folder() -> Path:
    """Return where the sample case is kept: beside other data of the program."""
    from platformdirs import user_data_path

    if os.environ.get(FOLDER_VARIABLE):
        return settings_path().parent / "sample"
    return user_data_path("annotator", appauthor=False) / "sample"


def load_settings() -> Settings:
    """Return the settings; defaults where there are none, where the file cannot be read, and for values that do not fit."""
    try:
        table = tomllib.loads(settings_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    recent = table.pop("recent", ())
    recents = (Recent("", "")._replace(**_fitting(each, Recent("", ""))) for each in recent if isinstance(each, dict))
    found = _fitting(table, Settings())
    return Settings()._replace(**found, recent=tuple(each for each in recents if each.path))


def _fitting(table: Mapping[str, Any], default: NamedTuple) -> dict[str, Any]:
    """Return those values of ``table`` that are of the same type as the default's, and of tables only their words."""
    fitting: dict[str, Any] = {}
    for name, old in default._asdict().items():
        value = table.get(name)
        if isinstance(value, dict) and isinstance(old, Mapping):
            fitting[name] = {key: each for key, each in value.items() if isinstance(each, str)}
        elif type(value) is type(old):
            fitting[name] = value
    return fitting


def save_settings(settings: Settings) -> None:
    """Keep the settings. A folder that cannot be written loses them, never the work."""
    import tomli_w

    path = settings_path()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".new")
        draft.write_text(tomli_w.dumps(_plain(settings)), encoding="utf-8")
        draft.replace(path)


def _plain(settings: Settings) -> dict[str, Any]:
    plain = {name: dict(value) if isinstance(value, Mapping) else value for name, value in settings._asdict().items()}
    return {**plain, "recent": [recent._asdict() for recent in settings.recent]}


def person(name: str, make_id: Callable[[], EntityId]) -> EntityId:
    """Return the annotator id that goes with a name on this computer, made on first use."""
    settings = load_settings()
    if name not in settings.people:
        settings = settings._replace(people={**settings.people, name: make_id()})
        save_settings(settings)
    return settings.people[name]


def with_recent(settings: Settings, recent: Recent) -> Settings:
    """Return the settings with a project at the top of those opened lately."""
    others = (each for each in settings.recent if each.path != recent.path)
    return settings._replace(recent=(recent, *others)[:_RECENT_AT_MOST])
