"""One port: HTTP/1.1, and every answer is JSON, also of what no route ever sees."""

import os
import socket
import socketserver
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any, cast
from urllib.parse import unquote

from .body import parse_json, write_json
from .configuration import Address
from .errors import STATUSES, CallError, as_call_error, envelope

# Longer than callers keep an idle connection, s.
KEEP_ALIVE_S = 75
WAITING_CONNECTIONS = 511
JSON_TYPE = "application/json"
LONGEST_LINE = 1024
# More than this of a body that nobody reads ends its connection.
MOST_SKIPPED_BYTES = 1024 * 1024
LONGEST_SKIP_S = 1


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    # The connection ends with it.
    close: bool = False
    # Told when it has been sent.
    sent: Callable[[], None] = lambda: None


def answer_with(value: Any, status: int = 200) -> Answer:
    return Answer(status, write_json(value))


def refusal(error: CallError, close: bool = False) -> Answer:
    return Answer(error.status, write_json(error.envelope), close)


class Reset(Exception):
    """The connection ends instead of an answer, as a lost one ends."""


# Answers a request that has been read up to its body.
Route = Callable[["Request"], Answer]


class Server(socketserver.ThreadingTCPServer):
    """A thread for each connection."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = WAITING_CONNECTIONS

    def __init__(self, address: Address, route: Route) -> None:
        self.route = route
        super().__init__((address.host, address.port), Request)

    def stop_listening(self) -> None:
        """Refuses connections from now on; those that are there go on."""
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.shutdown()
        self.server_close()

    def shutdown_request(self, request: Any) -> None:
        """Ends what is written, and reads on for a while: a connection closed with bytes unread is reset, and whoever
        still writes then loses the answer with it (RFC 9112, 9.6)."""
        try:
            request.shutdown(socket.SHUT_WR)
            skipped, until = 0, time.monotonic() + LONGEST_SKIP_S
            while skipped < MOST_SKIPPED_BYTES and (left := until - time.monotonic()) > 0:
                request.settimeout(left)
                part = request.recv(65536)
                if not part:
                    break
                skipped += len(part)
        except OSError:
            pass
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that ended on its way is nobody's failure."""


class Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # Head and body go out together.
    wbufsize = -1
    timeout = KEEP_ALIVE_S
    _body_is_read = True

    def log_message(self, format: str, *args: Any) -> None:
        """A line a request would be no log but a load."""

    @property
    def method(self) -> str:
        """How it is routed: HEAD is GET without a body."""
        return "GET" if self.command == "HEAD" else self.command

    @property
    def route_path(self) -> str:
        """The path, decoded. Raises CallError."""
        path = self.path.split("?", 1)[0].split("#", 1)[0]
        try:
            return unquote(path, errors="strict")
        except UnicodeDecodeError:
            raise CallError("bad-input", "the path cannot be decoded") from None

    def _answer(self) -> None:
        self._body_is_read = "content-length" not in self.headers and "transfer-encoding" not in self.headers
        try:
            answer = self._routed()
        except Reset:
            self._cut()
            return
        try:
            self._send(answer)
        finally:
            answer.sent()
        self._skip_body()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = _answer

    def _routed(self) -> Answer:
        hosts = len(self.headers.get_all("host", []))
        try:
            if hosts > 1 or (hosts == 0 and self.request_version != "HTTP/1.0"):
                raise CallError("bad-input", "Host: must be there once")
            return cast(Server, self.server).route(self)
        except CallError as error:
            return refusal(error, close=error.code == "too-large")

    def nothing_here(self) -> Answer:
        return refusal(CallError("not-found", f"there is nothing at {self.command} {self.path[:200]}"))

    def read_json(self, most: int) -> tuple[Any, int]:
        """The value of the body, and its bytes. Raises CallError."""
        body = self.read_text(most)
        return parse_body(body), len(body)

    def read_text(self, most: int) -> bytes:
        """A JSON body of at most so many bytes. Raises CallError."""
        media_type = self.headers.get("content-type", "").split(";")[0].strip().lower()
        if media_type != JSON_TYPE:
            raise CallError("bad-input", "body: a JSON body is required")
        body = self._read_body(most)
        self._body_is_read = True
        return body

    def _read_body(self, most: int) -> bytes:
        coding = self.headers.get("transfer-encoding")
        if coding is not None:
            if coding.strip().lower() != "chunked" or "content-length" in self.headers:
                raise CallError("bad-input", "Transfer-Encoding: must be chunked, or not be there")
            return self._read_chunks(most)
        length = self.headers.get("content-length", "0").strip()
        if not (length.isascii() and length.isdigit()):
            raise CallError("bad-input", "Content-Length: must be a number of bytes")
        if int(length) > most:
            raise too_large(most)
        return self._read_exactly(int(length))

    def _skip_body(self) -> None:
        """What is left of a body would be taken for the next request."""
        if self._body_is_read:
            return
        try:
            self._read_body(MOST_SKIPPED_BYTES)
        except CallError:
            self.close_connection = True

    def _read_chunks(self, most: int) -> bytes:
        body = b""
        while True:
            size = self._read_size()
            if len(body) + size > most:
                self.close_connection = True
                raise too_large(most)
            if size == 0:
                while self.rfile.readline(LONGEST_LINE).strip():
                    pass
                return body
            body += self._read_exactly(size)
            self._read_exactly(2)

    def _read_size(self) -> int:
        try:
            return int(self.rfile.readline(LONGEST_LINE).split(b";")[0].strip(), 16)
        except ValueError:
            self.close_connection = True
            raise CallError("bad-input", "body: a chunk has no length") from None

    def _read_exactly(self, size: int) -> bytes:
        part = self.rfile.read(size)
        if len(part) < size:
            self.close_connection = True
            raise CallError("bad-input", "body: it did not come to its end")
        return part

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", f"{JSON_TYPE}; charset=utf-8")
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.close or self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
        self.wfile.flush()

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(self.connection.detach())

    def version_string(self) -> str:
        return "cleave"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the parser refuses by itself, in the envelope."""
        # Before the first line could be read nobody knows another version.
        self.request_version = self.protocol_version
        status, error = _refused_by_parser(code)
        body = write_json(envelope(error, message or "the request is not valid", False))
        self.send_response(status)
        self.send_header("Content-Type", f"{JSON_TYPE}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


def _refused_by_parser(code: int) -> tuple[int, str]:
    # A method that nobody knows is one of which there is nothing here.
    if code == 501:
        return STATUSES["not-found"], "not-found"
    if code in (414, 431):
        return 431, "too-large"
    return STATUSES["bad-input"], "bad-input"


def parse_body(body: bytes) -> Any:
    """Raises CallError."""
    try:
        return parse_json(body.decode("utf-8", "replace"))
    except ValueError:
        raise CallError("bad-input", "body: not valid JSON") from None


def too_large(most: int) -> CallError:
    return CallError("too-large", f"body: must be at most {most} bytes")


__all__ = ["Answer", "Request", "Reset", "Route", "Server", "answer_with", "as_call_error", "parse_body", "refusal"]
