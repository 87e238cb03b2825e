"""What a handler is given."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Any, Dict, Mapping, Optional

from ._outcome import Missing, Rejected

TEST_TIMEOUT_MS = 30_000


class Payload(Dict[str, Any]):
    """The payload: a dict. ``payload["key"]`` rejects the delivery where the key is missing."""

    def __missing__(self, key: str) -> Any:
        raise Missing('"{}" is missing'.format(key))


class Context:
    """One attempt of one delivery, and the payload of its signup."""

    __slots__ = ("json", "id", "delivery", "action", "attempt", "time", "traceparent", "_deadline")

    #: The payload.
    json: Payload
    #: Id of the signup; all its actions share it.
    id: str
    #: Id of the delivery: the same for every attempt, for ever; what to deduplicate on.
    delivery: str
    #: Name of the action that is owed.
    action: str
    #: Number of this attempt, from 1.
    attempt: int
    #: When the signup was accepted, ISO 8601.
    time: str
    #: W3C trace context of the request, or empty.
    traceparent: str

    def __init__(self, headers: Mapping[str, str], event: Mapping[str, Any]) -> None:
        data = event.get("data")
        if not isinstance(data, dict):
            raise Rejected("the payload is not a JSON object")
        self.json = Payload(data)
        self.id = str(event.get("id", ""))
        self.delivery = headers.get("usher-delivery", "")
        self.action = headers.get("usher-action", "")
        self.attempt = int(headers.get("usher-attempt", "1"))
        self.time = str(event.get("time", ""))
        self.traceparent = headers.get("traceparent", "")
        left = float(headers.get("usher-timeout", TEST_TIMEOUT_MS)) / 1000
        self._deadline = time.monotonic() + left

    @property
    def time_left(self) -> float:
        """Seconds that the gateway still waits for this attempt; 0 when it no longer does."""
        return max(0.0, self._deadline - time.monotonic())

    @classmethod
    def of(cls, delivery: str, payload: Optional[Mapping[str, Any]] = None) -> "Context":
        """A first attempt with 30 seconds left, for tests of handlers."""
        signup, _, action = delivery.partition(".")
        headers = {"usher-delivery": delivery, "usher-action": action}
        now = datetime.now(timezone.utc).isoformat()
        return cls(headers, {"id": signup, "time": now, "data": dict(payload or {})})

    def __repr__(self) -> str:
        """Delivery and attempt only: a payload must not end up in a log."""
        return "{} attempt {}".format(self.delivery, self.attempt)
