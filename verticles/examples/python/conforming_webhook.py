"""A web service that does what the conformance kit asks for. Run it: python3 conforming_webhook.py PORT

What a kit does for its handlers a web service does itself: a delivery may come again, while it still runs or later,
and must not be done twice. (Checking the signature is left out here: any library for Standard Webhooks does it.)
"""

import json
import signal
import sys
import threading
import time
from concurrent.futures import Future
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

done = {}  # by delivery: what became of it, or will
lock = threading.Lock()


def answer(delivery, attempt, payload):
    """Status, headers and body."""
    asked = payload["conformance"]
    word = asked["do"]
    if word == "return":
        return 200, {}, asked["value"]
    if word == "measure":
        return 200, {}, {"length": len(payload["padding"])}
    if word == "reject":
        return 422, {}, "asked to reject"
    if word == "fail" and attempt == 1:
        return 500, {}, "asked to fail"
    if word == "retry-later" and attempt == 1:
        return 503, {"Retry-After": str(asked["seconds"])}, "asked to come back"
    if word == "wait":
        return 200, {}, once(delivery, lambda: wait(asked["ms"]))
    return 204, {}, None


def once(delivery, work):
    """The result of the work, which whoever asks first does and all others wait for."""
    with lock:
        is_first = delivery not in done
        result = done.setdefault(delivery, Future())
    if is_first:
        result.set_result(work())
    return result.result()


def wait(ms):
    time.sleep(ms / 1000)
    return {"begun": 1}


class Signups(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        delivery, attempt = self.headers["usher-delivery"], int(self.headers["usher-attempt"])
        status, headers, body = answer(delivery, attempt, event["data"])
        told = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)


class Service(ThreadingHTTPServer):
    daemon_threads = False  # server_close() waits for what runs
    request_queue_size = 128


if __name__ == "__main__":
    with Service(("127.0.0.1", int(sys.argv[1])), Signups) as service:
        stop = threading.Thread(target=service.shutdown)
        signal.signal(signal.SIGTERM, lambda *_: stop.start())
        service.serve_forever()
