"""Coroutines in tests that are none: in a thread of their own, whatever loop a browser keeps in this one."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(story: Coroutine[Any, Any, T]) -> T:
    """What comes of a coroutine, or what it raises."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, story).result()
