"""The connection to a bridge, made again for as long as the process runs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import ssl
import time
from typing import Any, Callable, Dict, List, Optional

from . import _frames
from ._attempts import Attempts
from ._log import say
from ._outcome import Outcome
from ._registry import Handler
from ._settings import Settings

PING_SECONDS = 5.0
SILENCE_SECONDS = 30.0
FIRST_WAIT = 0.2
LONGEST_WAIT = 10.0
REGISTER_AGAIN_SECONDS = 3.0
CONNECT_SECONDS = 10.0


class Bridge:
    """Registers handlers at a bridge, takes attempts from it, and tells it how they ended."""

    def __init__(
        self,
        settings: Settings,
        handlers: List[Handler],
        attempts: Attempts,
        ready: Callable[[Handler, str], None],
    ) -> None:
        self._settings = settings
        self._handlers = {one.address: one for one in handlers}
        self._attempts = attempts
        self._ready = ready
        self._writer: Optional[asyncio.StreamWriter] = None
        self._heard = 0.0
        self._unregistering: Dict[str, "asyncio.Future[None]"] = {}
        self._is_draining = False

    async def serve(self) -> None:
        """Serves for ever: a connection that ends is made again, after a growing wait."""
        wait = FIRST_WAIT
        while not self._is_draining:
            begun = time.monotonic()
            try:
                await self._connection()
            except (OSError, EOFError, asyncio.TimeoutError, _frames.NotABridge) as ended:
                if not self._is_draining:
                    self._is_alone(ended)
            if time.monotonic() - begun > LONGEST_WAIT:
                wait = FIRST_WAIT
            await asyncio.sleep(wait * random.uniform(0.5, 1.0))
            wait = min(LONGEST_WAIT, wait * 2)

    async def drain(self) -> None:
        """Takes nothing more; returns when the bridge has had every outcome, or is gone."""
        self._is_draining = True
        writer = self._writer
        if writer is None:
            await self._attempts.idle()
            return
        for address in self._handlers:
            self._unregistering[address] = asyncio.get_running_loop().create_future()
            self._say(
                writer, {"type": "unregister", "address": address, "replyAddress": "left." + address}
            )
        await asyncio.wait(list(self._unregistering.values()))
        with contextlib.suppress(OSError):
            await writer.drain()
            writer.close()

    def _is_alone(self, why: Exception) -> None:
        fields = {"bridge": self._settings.shown, "failure": str(why) or repr(why)}
        say(logging.WARNING, "no bridge; check USHER_BRIDGE", **fields)

    async def _connection(self) -> None:
        reader, writer = await asyncio.wait_for(self._open(), CONNECT_SECONDS)
        self._writer = writer
        self._heard = time.monotonic()
        pings = asyncio.ensure_future(self._ping(writer))
        try:
            for handler in self._handlers.values():
                self._register(writer, handler)
            while True:
                frame = await _frames.read(reader)
                self._heard = time.monotonic()
                self._take(writer, frame)
        finally:
            pings.cancel()
            self._writer = None
            writer.transport.abort()
            for left in self._unregistering.values():
                if not left.done():
                    left.set_result(None)

    def _open(self) -> Any:
        encrypted = None
        if self._settings.is_tls:
            encrypted = ssl.create_default_context(cafile=self._settings.authority)
        return asyncio.open_connection(self._settings.host, self._settings.port, ssl=encrypted)

    async def _ping(self, writer: asyncio.StreamWriter) -> None:
        while True:
            await asyncio.sleep(PING_SECONDS)
            self._say(writer, {"type": "ping"})
            if time.monotonic() - self._heard > SILENCE_SECONDS:
                say(logging.WARNING, "the bridge has fallen silent", bridge=self._settings.shown)
                writer.transport.abort()

    def _register(self, writer: asyncio.StreamWriter, handler: Handler) -> None:
        headers = {
            "usher-handler": handler.name,
            "usher-version": handler.version,
            "usher-language": "python",
            "usher-slots": str(handler.slots),
        }
        if self._settings.deployment:
            headers["usher-deployment"] = self._settings.deployment
        if self._settings.token is not None:
            headers["usher-token"] = self._settings.token
        self._say(
            writer,
            {
                "type": "register",
                "address": handler.address,
                "replyAddress": "registered." + handler.address,
                "headers": headers,
            },
        )

    def _take(self, writer: asyncio.StreamWriter, frame: Dict[str, Any]) -> None:
        kind, address = frame.get("type"), str(frame.get("address", ""))
        if kind == "message" and "replyAddress" in frame and address in self._handlers:
            self._attempt(writer, self._handlers[address], frame)
        elif kind == "message":
            self._acknowledged(address, frame.get("body") or {})
        elif kind == "err":
            self._refused(writer, address, frame)

    def _attempt(
        self, writer: asyncio.StreamWriter, handler: Handler, frame: Dict[str, Any]
    ) -> None:
        reply = frame["replyAddress"]

        def answer(outcome: Outcome) -> None:
            told = {"type": "send", "address": reply, "body": outcome.body}
            if outcome.headers:
                told["headers"] = outcome.headers
            self._say(writer, told)

        self._attempts.start(handler, frame.get("headers") or {}, frame.get("body") or {}, answer)

    def _acknowledged(self, address: str, body: Dict[str, Any]) -> None:
        word, _, about = address.partition(".")
        if word == "registered" and about in self._handlers:
            self._ready(self._handlers[about], str(body.get("instance", "")))
        elif word == "left" and about in self._unregistering:
            left = self._unregistering[about]
            if not left.done():
                left.set_result(None)

    def _refused(self, writer: asyncio.StreamWriter, address: str, frame: Dict[str, Any]) -> None:
        detail = str(frame.get("detail") or frame.get("message"))
        say(logging.WARNING, "the bridge refuses: " + detail, bridge=self._settings.shown)
        word, _, about = address.partition(".")
        if word == "registered" and about in self._handlers and not self._is_draining:
            # Perhaps the action is configured later.
            loop = asyncio.get_running_loop()
            handler = self._handlers[about]
            loop.call_later(REGISTER_AGAIN_SECONDS, self._register, writer, handler)
        else:
            self._acknowledged(address, {})

    def _say(self, writer: asyncio.StreamWriter, frame: Dict[str, Any]) -> None:
        if not writer.is_closing():
            writer.write(_frames.encode(frame))
