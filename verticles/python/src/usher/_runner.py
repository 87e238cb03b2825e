"""What a process that a runner started does for it: it does not outlive the runner."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import Mapping

from ._settings import drain_seconds

SPARE_SECONDS = 5.0


def follow_to_the_end(environment: Mapping[str, str]) -> None:
    """Ends this process when the runner is gone, however that ended.

    The runner holds the other end of standard input and never writes to it, so it ends with the
    runner. Done by a thread, as a handler may block the event loop.
    """
    if "USHER_DEPLOYMENT" in environment:
        drain = drain_seconds(environment)
        threading.Thread(target=_follow, args=(drain,), name="usher-runner", daemon=True).start()


def _follow(drain: float) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(drain + SPARE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
