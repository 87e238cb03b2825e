"""How an attempt ended, as the bridge is told."""

from __future__ import annotations

import json
import math
from typing import Any, Dict, NamedTuple, Optional

RESULT_BYTES = 4096
REASON_CHARACTERS = 500


class Rejected(Exception):
    """This delivery can never succeed: a dead letter at once, never attempted again.

    The reason is shown to operators, so it must not hold an e-mail address or a name.
    """


class RetryLater(Exception):
    """This attempt did not work; another one may, but not before ``after`` seconds."""

    def __init__(self, after: float, reason: str = "asked to be tried again later") -> None:
        super().__init__(reason)
        if not after >= 0:
            raise ValueError("a wait of {} seconds".format(after))
        self.after = after


class Missing(Rejected, KeyError):
    """The payload has no such key, and no later attempt would find it either."""

    def __str__(self) -> str:
        return str(self.args[0])


class Outcome(NamedTuple):
    """What a reply to the bridge holds."""

    headers: Dict[str, str]
    body: Any

    @property
    def is_success(self) -> bool:
        return not self.headers


class DroppedResult(NamedTuple):
    """A success whose result can't be kept, and why."""

    outcome: Outcome
    why: Optional[str]


def success(value: Any) -> DroppedResult:
    """A plain result is kept; anything else is something the handler had in its hand."""
    if not isinstance(value, (str, bool, int, float, dict, list, tuple)):
        return DroppedResult(Outcome({}, None), None)
    try:
        size = len(json.dumps(value, allow_nan=False, ensure_ascii=False).encode("utf-8"))
    except (TypeError, ValueError, RecursionError):
        return DroppedResult(Outcome({}, None), "it is no JSON")
    if size > RESULT_BYTES:
        why = "it has {} bytes, {} are kept".format(size, RESULT_BYTES)
        return DroppedResult(Outcome({}, None), why)
    return DroppedResult(Outcome({}, value), None)


def failure(thrown: BaseException) -> Outcome:
    """What a handler's exception means."""
    if isinstance(thrown, Rejected):
        return Outcome({"usher-outcome": "rejected"}, _reason(str(thrown) or "rejected"))
    if isinstance(thrown, RetryLater):
        after = math.ceil(min(thrown.after, 365 * 24 * 3600))
        headers = {"usher-outcome": "retry", "usher-retry-after": str(after)}
        return Outcome(headers, _reason(str(thrown)))
    text = str(thrown)
    name = type(thrown).__name__
    return Outcome({"usher-outcome": "retry"}, _reason(name + ": " + text if text else name))


def _reason(text: str) -> str:
    return text[:REASON_CHARACTERS]
