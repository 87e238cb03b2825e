"""The public protocol and nothing more: what any client of the event-bus bridge does."""

import json
import socket
import struct
import sys


def say(frame):
    text = json.dumps(frame).encode()
    bridge.sendall(struct.pack(">I", len(text)) + text)


def heard():
    (length,) = struct.unpack(">I", stream.read(4))
    return json.loads(stream.read(length))


bridge = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
stream = bridge.makefile("rb")
say({"type": "ping"})
assert heard() == {"type": "pong"}
say({"type": "register", "address": "signup.email", "headers": {}})
while True:
    message = heard()
    username = message["body"]["data"]["username"]
    say({"type": "send", "address": message["replyAddress"], "headers": {}, "body": "Hello " + username})
