"""The most memory that this process may take."""

from __future__ import annotations

import threading

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

STACK = 8 * 1024 * 1024


def limit(size: int, threads: int) -> None:
    """Past ``size`` bytes of data an allocation fails with MemoryError; 0 sets no limit.

    The stacks of the threads that handlers run in are not counted, though the system counts what
    is reserved for them.
    """
    if size == 0 or resource is None:
        return
    stack = threading.stack_size() or STACK
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = size + threads * stack
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
