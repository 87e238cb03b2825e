"""Handlers that succeed at once."""

import os

from usher import handler

if os.environ["NOTHING"] == "async":

    @handler("bench.first")
    async def nothing(context):
        return None

else:

    @handler("bench.first")
    def nothing(context):
        return None
