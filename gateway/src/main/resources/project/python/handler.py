"""Performs the action @name@."""

from usher import handler


@handler("@address@", name="@name@")
def perform(context):
    return "Hello {}".format(context.json["username"])
