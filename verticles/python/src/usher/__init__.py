"""Handlers of Usher in Python.

    from usher import handler

    @handler("signup.email")
    def email_user(context):
        send_email("Hello {}".format(context.json["username"]), context.json["email"])

Run it with ``python3 -m usher handler.py``; USHER_BRIDGE is the bridge's ``host:port``.
"""

from ._context import Context
from ._outcome import Rejected, RetryLater
from ._process import run
from ._registry import handler

__all__ = ["Context", "Rejected", "RetryLater", "handler", "run"]
