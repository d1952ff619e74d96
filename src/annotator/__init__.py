"""Annotator: a workbench for people who check facts. This is its scripting face; it needs no display.

``open_project`` opens or makes a project, ``open_bundle`` makes one of a bundle, ``verify_bundle`` checks a bundle, ``keys``
holds the keys that sign them, ``BundleScope`` says what goes out in one, ``Area`` is a rectangle on a page. They are loaded on
first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.bundle.scope import BundleScope
    from annotator.domain.passage import Area
    from annotator.services.exchanging import verify_bundle
    from annotator.services.keys import keys
    from annotator.services.project import open_bundle, open_project

__version__ = "0.1.0"
__all__ = ["Area", "BundleScope", "keys", "open_bundle", "open_project", "verify_bundle"]


def __getattr__(name: str) -> object:
    if name == "open_project":
        from annotator.services.project import open_project

        return open_project
    if name == "open_bundle":
        from annotator.services.project import open_bundle

        return open_bundle
    if name == "verify_bundle":
        from annotator.services.exchanging import verify_bundle

        return verify_bundle
    if name == "keys":
        from annotator.services.keys import keys

        return keys
    if name == "Area":
        from annotator.domain.passage import Area

        return Area
    if name == "BundleScope":
        from annotator.bundle.scope import BundleScope

        return BundleScope
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
