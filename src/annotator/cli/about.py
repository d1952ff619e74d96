"""The command that tells what this program is, and how well it is protected."""

from __future__ import annotations

import argparse

from annotator import __version__
from annotator.cli.shared import Commands, put


def add_to(commands: Commands) -> None:
    """Declare ``about``."""
    commands.add(
        "about", _about, "Tell the version, the licence, and what strangers’ files are kept from.", "about --json"
    )


def _about(options: argparse.Namespace) -> int:
    import platform

    from annotator.services.protecting import protection
    from annotator.services.settings import settings_path

    found = protection()
    record = {
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "licence": "Apache-2.0",
        "settings": str(settings_path()),
        "protection": {
            "level": found.level,
            "barred": [reach.name.lower() for reach in found.barred],
            "open": [reach.name.lower() for reach in found.open],
            "by": list(found.means),
        },
    }
    lines = [
        f"Annotator {__version__}, with Python {platform.python_version()} on {platform.system()}",
        "Apache License 2.0",
        f"Settings: {settings_path()}",
        f"Protection: {found.level}. {found.sentence}",
        *(f"  it cannot {reach}" for reach in found.barred),
        *(f"  it could {reach}" for reach in found.open),
        *([f"  by {' and '.join(found.means)}"] if found.means else []),
    ]
    put(options, record, lines)
    return 0
