"""Does what the payload says."""

import asyncio
import os
import time

from usher import Rejected, RetryLater, handler


def do(context):
    word = context.json["do"]
    if word == "echo":
        return {"echo": context.json["text"]}
    if word == "tell":
        left = 0 < context.time_left <= 30
        told = [context.id, context.delivery, context.action, context.attempt, context.time]
        return told + [context.traceparent, left]
    if word == "object":
        return object()
    if word == "long":
        return "x" * 5000
    if word == "reject":
        raise Rejected("no such list")
    if word == "retry":
        raise RetryLater(6.5, "list is locked")
    if word == "fail":
        raise ValueError("broken")
    if word == "exit":
        raise SystemExit(3)
    if word == "missing":
        return context.json["nothing"]
    return None


@handler("signup.email", slots=4)
def scripted(context):
    if context.json["do"] == "wait":
        open(context.json["for"] + ".begun", "w").close()
    while context.json["do"] == "wait" and not os.path.exists(context.json["for"]):
        time.sleep(0.01)
    return do(context)


@handler("signup.crm")
async def scripted_async(context):
    while context.json["do"] == "wait" and not os.path.exists(context.json["for"]):
        await asyncio.sleep(0.01)
    return do(context)
