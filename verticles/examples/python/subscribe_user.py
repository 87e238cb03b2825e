"""A line for everybody who subscribes. Run it: python3 -m usher subscribe_user.py"""

import os

from usher import handler


@handler("signup.subscribe")
def subscribe_user(context):
    with open(os.environ.get("SUBSCRIBERS", "subscribers.txt"), "a", encoding="utf-8") as list:
        list.write("{} {}\n".format(context.id, context.json["email"]))
