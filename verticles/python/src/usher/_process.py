"""A process that runs handlers, from its start to its exit code."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
from typing import List, Set

from . import _log, _memory, _settings
from ._attempts import Attempts
from ._bridge import Bridge
from ._registry import Handler, move_to, registered

FAILED = 1
USAGE = 2


def run() -> int:
    """Serves every handler of this process until SIGTERM or Ctrl-C; gives the exit code."""
    _log.set_up()
    if not registered:
        print('usher: no handler; write @handler("…") above a function', file=sys.stderr)
        return USAGE
    try:
        settings = _settings.read(os.environ)
        if settings.address:
            move_to(settings.address)
        _memory.limit(settings.memory, sum(one.slots for one in registered if not one.is_async))
    except ValueError as wrong:
        print("usher: {}".format(wrong), file=sys.stderr)
        return USAGE
    return asyncio.run(_serve(settings, list(registered)))


async def _serve(settings: _settings.Settings, handlers: List[Handler]) -> int:
    attempts = Attempts(handlers)
    bridge = Bridge(settings, handlers, attempts, _Ready(settings, len(handlers)))
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        _on_signal(number, told)
    serving = asyncio.ensure_future(bridge.serve())
    await told.wait()
    _log.say(logging.INFO, "draining", running=attempts.count)
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(bridge.drain(), settings.drain_seconds)
    serving.cancel()
    attempts.close()
    return _ended(attempts.count)


def _ended(unfinished: int) -> int:
    if unfinished == 0:
        _log.say(logging.INFO, "has left")
        return 0
    _log.say(logging.WARNING, "left unfinished: they are attempted again", running=unfinished)
    sys.stdout.flush()
    # Threads can't be ended, and a plain exit would wait for them.
    os._exit(FAILED)


def _on_signal(number: int, told: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(number, told.set)
    except NotImplementedError:  # Windows
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(told.set))


class _Ready:
    """Says so at each registration, on standard output at the first of each handler."""

    def __init__(self, settings: _settings.Settings, count: int) -> None:
        self._settings = settings
        self._count = count
        self._seen: Set[str] = set()

    def __call__(self, handler: Handler, instance: str) -> None:
        _log.say(logging.INFO, "serves", address=handler.address, instance=instance)
        if handler.address not in self._seen:
            self._seen.add(handler.address)
            serving = "{}/{}".format(len(self._seen), self._count)
            line = "ready handler={} address={} bridge={} serving={} instance={}"
            print(
                line.format(handler.name, handler.address, self._settings.shown, serving, instance),
                flush=True,
            )
