"""Spans of the calls that are being recorded."""

import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .clock import epoch_ms, steady_ms

MOST_SPANS = 50_000

# Trace context as the W3C has it (Trace Context, 3.2.2): version 00 ends after the flags, a later one may go on behind a hyphen.
TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


def sampled_trace(traceparent: str) -> tuple[str, str] | None:
    """The ids of trace and parent where the trace is being recorded."""
    match = TRACEPARENT.fullmatch(traceparent.strip(" \t"))
    if match is None:
        return None
    version, trace_id, parent_id, flags, tail = match.groups()
    if version == "ff" or (version == "00" and tail is not None):
        return None
    if not trace_id.strip("0") or not parent_id.strip("0") or not int(flags, 16) & 1:
        return None
    return trace_id, parent_id


@dataclass
class Span:
    """One call as this side saw it. Times in ms; `startMs` since the epoch. The names are those on the wire."""

    traceId: str
    parentId: str
    module: str
    operation: str
    caller: str
    kind: str = "server"
    spanId: str = field(default_factory=lambda: os.urandom(8).hex())
    startMs: float = field(default_factory=epoch_ms)
    durationMs: float = 0
    storeMs: float = 0
    serializationMs: float = 0
    bytesIn: int = 0
    bytesOut: int = 0
    queueMs: float = 0


class Tracer:
    """Keeps spans until they are fetched; those beyond its bound are counted and dropped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spans: list[Span] = []
        self._dropped = 0

    @contextmanager
    def recording(self, span: Span | None) -> Iterator[None]:
        started = steady_ms()
        try:
            yield
        finally:
            if span is not None:
                span.durationMs = steady_ms() - started
                self._keep(span)

    def _keep(self, span: Span) -> None:
        with self._lock:
            if len(self._spans) < MOST_SPANS:
                self._spans.append(span)
            else:
                self._dropped += 1

    def drain(self) -> dict[str, Any]:
        """Hands over everything recorded so far and forgets it."""
        with self._lock:
            spans, dropped = self._spans, self._dropped
            self._spans, self._dropped = [], 0
        return {"spans": [vars(span) for span in spans], "dropped": dropped}


@contextmanager
def serializing(span: Span | None) -> Iterator[None]:
    """Adds the time of some work in JSON."""
    started = time.perf_counter()
    try:
        yield
    finally:
        if span is not None:
            span.serializationMs += (time.perf_counter() - started) * 1000
