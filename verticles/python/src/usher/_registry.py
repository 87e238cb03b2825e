"""The handlers of this process, as the decorator collects them."""

from __future__ import annotations

import asyncio
import re
from typing import Any, Callable, List, Optional, TypeVar

BLOCKING_SLOTS = 16
ASYNC_SLOTS = 256
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,62}\Z")

F = TypeVar("F", bound=Callable[..., Any])


class Handler:
    """A function and the address whose deliveries it takes."""

    def __init__(
        self, function: Callable[..., Any], address: str, name: str, slots: int, version: str
    ) -> None:
        self.function = function
        self.address = address
        self.name = name
        self.slots = slots
        self.version = version
        self.is_async = asyncio.iscoroutinefunction(function)


registered: List[Handler] = []


def move_to(address: str) -> None:
    """The one handler of this process serves another address than its own."""
    if len(registered) != 1:
        raise ValueError(
            "{} handlers can't share the address {}: deploy them without one, or one to a file".format(
                len(registered), address
            )
        )
    registered[0].address = address


def handler(
    address: str,
    *,
    name: Optional[str] = None,
    slots: Optional[int] = None,
    version: str = "dev",
) -> Callable[[F], F]:
    """Makes a function the handler of what is sent to ``address``.

    A plain function runs in a thread, an ``async`` one on the event loop. ``slots`` is how many
    deliveries run at once (16, or 256 for an async one); ``name`` and ``version`` are for people.
    """

    def register(function: F) -> F:
        shown = name or getattr(function, "__name__", address).strip("_<>").replace("_", "-")
        if not _NAME.match(shown):
            raise ValueError('"{}" is no name for a handler: write name="…"'.format(shown))
        if any(known.address == address for known in registered):
            raise ValueError("{} has a handler already".format(address))
        count = slots
        if count is None:
            count = ASYNC_SLOTS if asyncio.iscoroutinefunction(function) else BLOCKING_SLOTS
        if count < 1:
            raise ValueError("{} slots: a handler needs at least one".format(count))
        registered.append(Handler(function, address, shown, count, version))
        return function

    return register
