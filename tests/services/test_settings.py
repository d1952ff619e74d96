"""Settings per person: where they are, and what becomes of values that do not fit."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from annotator.services.settings import (
    FOLDER_VARIABLE,
    Recent,
    Settings,
    load_settings,
    save_settings,
    settings_path,
)


def test_they_are_where_the_system_wants_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    for home in ("", " ", str(tmp_path)):
        monkeypatch.setenv("XDG_CONFIG_HOME", home)
        expected = platformdirs.user_config_path("annotator", appauthor=False) / "settings.toml"
        assert settings_path() == expected


def test_what_is_kept_comes_back() -> None:
    settings = Settings(
        name="Ada",
        theme="dark",
        zoom=120,
        recent=(Recent("/a b", "2025-05-14T00:00:00Z", 3, 2, 1),),
        keys={"export": "Ctrl+J", "undo": ""},
        window={"geometry": "abc="},
    )
    save_settings(settings)
    assert load_settings() == settings


def test_a_value_that_does_not_fit_costs_only_itself() -> None:
    path = settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        'name = "Ada"\nzoom = "large"\ntheme = 7\nunknown = true\nrecent = [3, {path = "/x", sources = "many"}, {at = "now"}]\n'
        '[keys]\nexport = "Ctrl+J"\nundo = 4\n',
        encoding="utf-8",
    )
    assert load_settings() == Settings(name="Ada", recent=(Recent("/x", ""),), keys={"export": "Ctrl+J"})
