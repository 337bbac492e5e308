"""Answers for one unit, as far as tests ask."""

import json
import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def _guard():
    os.read(3, 1)
    os.killpg(0, signal.SIGKILL)


def serve(hello):
    """Answers every request with what hello says, until it is asked to end."""
    if os.environ.get("CLEAVE_GUARD") == "1":
        threading.Thread(target=_guard, daemon=True).start()
    given = json.loads(os.environ["TEST_UNIT"])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/crash":
                os._exit(1)
            if self.path == "/starve":
                print("MemoryError", file=sys.stderr, flush=True)
                os._exit(1)
            body = hello().encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    server = ThreadingHTTPServer((given["listen"]["host"], given["listen"]["port"]), Handler)
    print("up", given["name"], flush=True)
    server.serve_forever()
