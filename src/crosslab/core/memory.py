"""How a process that runs for months keeps its memory together."""

import ctypes
import platform

ARENAS = -8  # M_ARENA_MAX of <malloc.h>


def one_heap() -> None:
    """All threads take from one heap. Linux would give each its own, and what one has free helps no other."""
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(ARENAS, 1)
