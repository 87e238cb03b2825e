"""Does what the conformance kit asks for. Run it: python3 -m usher conforming.py"""

import time
from collections import Counter

from usher import Rejected, RetryLater, handler

begun = Counter()


@handler("conformance.python")
def conforming(context):
    asked = context.json["conformance"]
    word = asked["do"]
    if word == "return":
        return asked["value"]
    if word == "measure":
        return {"length": len(context.json["padding"])}
    if word == "reject":
        raise Rejected("asked to reject")
    if word == "fail" and context.attempt == 1:
        raise ValueError("asked to fail")
    if word == "retry-later" and context.attempt == 1:
        raise RetryLater(asked["seconds"])
    if word == "wait":
        begun[context.delivery] += 1
        time.sleep(asked["ms"] / 1000)
        return {"begun": begun[context.delivery]}
    return None
