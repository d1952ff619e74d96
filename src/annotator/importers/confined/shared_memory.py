"""A stretch of memory that two processes see: pictures cross without a pipe."""

from __future__ import annotations

import mmap
import os
import sys
import tempfile

if sys.platform == "win32":

    class SharedMemory:
        """Memory that a child finds by name."""

        def __init__(self, size: int) -> None:
            """``size`` is in bytes; what is never touched takes no room."""
            self.name = f"annotator-{os.getpid()}-{os.urandom(8).hex()}"
            self.handles: tuple[int, ...] = ()
            self.view = mmap.mmap(-1, size, tagname=self.name)

        def handed_over(self) -> None:
            """Nothing to let go of: it lives as long as somebody sees it."""

    def attach(name: str, size: int) -> mmap.mmap:
        """Return the memory that the other process made."""
        return mmap.mmap(-1, size, tagname=name)

else:

    class SharedMemory:
        """Memory that a child inherits by descriptor, and nobody else can find."""

        def __init__(self, size: int) -> None:
            """``size`` is in bytes; what is never touched takes no room."""
            if sys.platform == "linux":
                descriptor = os.memfd_create("annotator-pages")
            else:
                with tempfile.TemporaryFile() as file:
                    descriptor = os.dup(file.fileno())
            os.ftruncate(descriptor, size)
            self.name = str(descriptor)
            self.handles: tuple[int, ...] = (descriptor,)
            self.view = mmap.mmap(descriptor, size)

        def handed_over(self) -> None:
            """Let go of the descriptor: the child has its own."""
            os.close(self.handles[0])

    def attach(name: str, size: int) -> mmap.mmap:
        """Return the memory that the other process made."""
        view = mmap.mmap(int(name), size)
        os.close(int(name))
        return view
