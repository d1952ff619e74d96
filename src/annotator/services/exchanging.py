"""Giving work away: bundles and other formats, and checking what was given."""

from __future__ import annotations

from annotator.services.base import Job


class Exchanging(Job):
    """The job of giving work away."""
