"""What travels with a request."""

import re
import selectors
import socket
from collections.abc import Callable
from email.message import Message
from threading import Event

from .clock import steady_ms
from .errors import CallError
from .trace import Span, sampled_trace

# A caller's patience in whole milliseconds, and an idempotency key with or without the quotes of a structured header (RFC 9651).
PATIENCE = re.compile(r"[0-9]{1,9}")
KEY = re.compile(r'"([A-Za-z0-9_-]{1,64})"|([A-Za-z0-9_-]{1,64})')

# How often a call that is held looks whether its caller is still there, s.
LOOK_EVERY_S = 0.02


class Call:
    """One request to the module."""

    def __init__(self, connection: socket.socket, leave: Callable[[], None]) -> None:
        # The module that asks, or "client".
        self.caller = "client"
        # Identity of the work, the same in every repetition.
        self.key: str | None = None
        # When the answer is worthless, on the steady clock.
        self.deadline_at_ms = float("inf")
        self.span: Span | None = None
        self._connection = connection
        self._leave = leave
        self._in_flight = True

    def read(self, headers: Message, module: str, operation: str) -> None:
        """What the headers say; what they say wrongly is refused before anything is done under it."""
        self.caller = header(headers, "x-caller") or "client"
        key = header(headers, "idempotency-key")
        if key is not None:
            match = KEY.fullmatch(key)
            if match is None:
                raise CallError(
                    "bad-input", "Idempotency-Key: must be 1 to 64 letters, digits, hyphens or underscores"
                )
            self.key = match[1] or match[2]
        patience = header(headers, "x-deadline-ms")
        if patience is not None:
            if PATIENCE.fullmatch(patience) is None:
                raise CallError("bad-input", "x-deadline-ms: must be whole milliseconds in 1 to 9 decimal digits")
            if int(patience) == 0:
                raise CallError("deadline", "the caller has no time left")
            self.deadline_at_ms = steady_ms() + int(patience)
        trace = sampled_trace(header(headers, "traceparent") or "")
        if trace is not None:
            self.span = Span(trace[0], trace[1], module, operation, self.caller)

    def assert_in_time(self, what: str) -> None:
        if steady_ms() >= self.deadline_at_ms:
            raise CallError("deadline", f"{what} ran out of time")

    def wait(self, over: Event, most_s: float = float("inf")) -> None:
        """Ends with `over`, or after so long. A caller who goes meanwhile is waited for no more, so that its request is in flight no more."""
        end_ms = steady_ms() + most_s * 1000
        while True:
            left_s = (end_ms - steady_ms()) / 1000
            if left_s <= 0 or over.wait(min(LOOK_EVERY_S, left_s)):
                return
            if self._in_flight and has_gone(self._connection):
                self.leave()

    def leave(self) -> None:
        """Nobody waits for the answer any more."""
        if self._in_flight:
            self._in_flight = False
            self._leave()


def header(headers: Message, name: str) -> str | None:
    """Several headers of one name are one, as RFC 9110 (5.3) has it."""
    values = headers.get_all(name)
    return None if values is None else ", ".join(value.strip(" \t") for value in values)


def has_gone(connection: socket.socket) -> bool:
    """Whether the other end has closed the connection."""
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            return bool(selector.select(0)) and connection.recv(1, socket.MSG_PEEK) == b""
    except (OSError, ValueError):
        return True
