"""What a process that reads strangers' files must still be able to read: the Python it runs on, and nothing of anybody's."""

from __future__ import annotations

import site
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/nix/store")
"""Where the system's shared libraries are: a module that is loaded late may need one."""
_ZONES = ("/usr/share/zoneinfo", "/etc/localtime", "/etc/timezone")
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
"""Where PDFium looks for the faces that a page does not bring."""


def python_places() -> tuple[str, ...]:
    """Return the files and folders that modules may be loaded from at any time: some are only loaded when a text needs them.

    Of ``sys.path`` only what belongs to Python or one of its environments counts: a script's own folder may hold cases.
    """
    paths = sysconfig.get_paths()
    own = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    own += [*site.getsitepackages(), *([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])]
    roots = {Path(root).resolve() for root in (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)}
    own += [place for place in sys.path if place and roots.intersection(Path(place).resolve().parents)]
    own += [str(Path(root, "lib")) for root in (sys.base_prefix, sys.base_exec_prefix)]
    return tuple(dict.fromkeys((*own, *_LIBRARIES, *_ZONES)))


def package_places(modules: Iterable[str]) -> tuple[str, ...]:
    """Return the folders of the packages that these modules are of: ours, and those of importers from outside."""
    names = {name.partition(".")[0] for name in modules}
    packages = (sys.modules[name] for name in sorted(names) if name in sys.modules)
    return tuple(str(place) for package in packages for place in getattr(package, "__path__", ()))
