"""Runs attempts, and knows the deliveries that run or have succeeded."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Dict, List, Mapping

from . import _outcome
from ._context import Context
from ._log import FailureLog, say
from ._outcome import Outcome
from ._registry import Handler

REMEMBERED = 10_000

Answer = Callable[[Outcome], None]


class Attempts:
    """An attempt of a delivery that runs joins it; one that succeeded lately is answered at once.

    Both happen where an outcome was lost on its way, so that the gateway had to ask again.
    """

    def __init__(self, handlers: List[Handler]) -> None:
        self._threads = ThreadPoolExecutor(
            max(1, sum(one.slots for one in handlers if not one.is_async)), "usher-handler"
        )
        self._running: Dict[str, List[Answer]] = {}
        self._recent: "OrderedDict[str, Outcome]" = OrderedDict()
        self._tasks: "set[asyncio.Task[None]]" = set()
        self._failures = FailureLog()

    @property
    def count(self) -> int:
        """Deliveries that run now."""
        return len(self._running)

    def start(
        self, handler: Handler, headers: Mapping[str, str], event: Any, answer: Answer
    ) -> None:
        """Runs an attempt; ``answer`` is called once, later or now."""
        delivery = headers.get("usher-delivery", "")
        known = self._recent.get(delivery)
        if known is not None:
            self._recent.move_to_end(delivery)
            answer(known)
        elif delivery in self._running:
            self._running[delivery].append(answer)
        else:
            self._running[delivery] = [answer]
            task = asyncio.ensure_future(self._run(handler, delivery, headers, event))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Returns when nothing runs."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    def close(self) -> None:
        """Starts nothing more."""
        self._threads.shutdown(wait=False)

    async def _run(
        self, handler: Handler, delivery: str, headers: Mapping[str, str], event: Any
    ) -> None:
        attempt = str(headers.get("usher-attempt", "1"))
        try:
            outcome = self._kept(delivery, await self._call(handler, Context(headers, event)))
        except BaseException as thrown:  # whatever it throws fails its own attempt and nothing else
            outcome = _outcome.failure(thrown)
            verdict = outcome.headers["usher-outcome"]
            self._failures.add(delivery, int(attempt), verdict, thrown)
        self._ended(delivery, outcome)

    async def _call(self, handler: Handler, context: Context) -> Any:
        if handler.is_async:
            return await handler.function(context)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _contained, handler.function, context)

    def _kept(self, delivery: str, value: Any) -> Outcome:
        outcome, why = _outcome.success(value)
        if why is not None:
            say(logging.WARNING, "its result is dropped: " + why, delivery=delivery)
        return outcome

    def _ended(self, delivery: str, outcome: Outcome) -> None:
        if outcome.is_success:
            self._recent[delivery] = outcome
            if len(self._recent) > REMEMBERED:
                self._recent.popitem(last=False)
        for answer in self._running.pop(delivery, []):
            with contextlib.suppress(Exception):
                answer(outcome)


class Ended(Exception):
    """A handler tried to end the process."""


def _contained(function: Callable[[Context], Any], context: Context) -> Any:
    """A thread of the pool can pass on neither StopIteration nor a wish to end the process."""
    try:
        return function(context)
    except Exception as thrown:
        if isinstance(thrown, StopIteration):
            raise Ended("StopIteration") from thrown
        raise
    except BaseException as thrown:
        raise Ended(type(thrown).__name__) from thrown
