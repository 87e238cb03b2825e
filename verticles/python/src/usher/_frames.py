"""The frames of the bridge: a length of four bytes, big-endian, then JSON."""

from __future__ import annotations

import asyncio
import json
import struct
from typing import Any, Dict

LONGEST_FRAME = 64 * 1024 * 1024
_LENGTH = struct.Struct(">I")


class NotABridge(Exception):
    """What is at the other end speaks something else."""


def encode(frame: Dict[str, Any]) -> bytes:
    """A frame as bytes."""
    text = json.dumps(frame, separators=(",", ":")).encode("ascii")
    return _LENGTH.pack(len(text)) + text


async def read(reader: asyncio.StreamReader) -> Dict[str, Any]:
    """The next frame."""
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    if length > LONGEST_FRAME:
        raise NotABridge("a frame of {} bytes".format(length))
    try:
        frame = json.loads(await reader.readexactly(length))
    except ValueError as broken:
        raise NotABridge("a frame that is no JSON") from broken
    if not isinstance(frame, dict):
        raise NotABridge("a frame that is no JSON object")
    return frame
