"""Starts the program: ``annotator`` or ``python -m annotator``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code; who stops it while it loads sees no more than that."""
    try:
        from annotator.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
