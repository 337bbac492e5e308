"""Faults that keep the processor from the module."""

import time
from collections.abc import Mapping
from threading import Event, Thread
from typing import Any

from ..schema import Schema
from .kind import ANSWER_FIRST_S, ActiveFault, FaultKind, FaultTarget

HOG_PERIOD_S = 0.02


def keep_busy(busy_s: float, every_s: float) -> ActiveFault:
    """Keeps the whole process from doing anything for `busy_s` of every `every_s`, with a processor busy meanwhile."""
    over = Event()

    def work() -> None:
        due = time.monotonic() + ANSWER_FIRST_S
        # A full slice every time would otherwise never let the undo in.
        while not over.wait(max(due - time.monotonic(), 0.001)):
            _burn(busy_s)
            due = max(due + every_s, time.monotonic())

    Thread(target=work, daemon=True).start()
    return ActiveFault(over.set, ANSWER_FIRST_S)


def _burn(busy_s: float) -> None:
    """One call into C that reads the clock until the time is over: the interpreter lets no other thread in before it comes back."""
    end = time.monotonic() + busy_s
    any(map(end.__le__, iter(time.monotonic, None)))


def _cpu_hog(_: FaultTarget, parameters: Mapping[str, Any]) -> ActiveFault:
    """Takes a share of one processor, in slices too short to be a stall of their own."""
    return keep_busy(parameters["share"] * HOG_PERIOD_S, HOG_PERIOD_S)


def _event_loop_block(_: FaultTarget, parameters: Mapping[str, Any]) -> ActiveFault:
    return keep_busy(parameters["blockMs"] / 1000, parameters["everyMs"] / 1000)


CPU_HOG = FaultKind(
    "cpu-hog",
    Schema(
        {
            "type": "object",
            "properties": {"share": {"type": "number", "minimum": 0.01, "maximum": 0.95, "default": 0.8}},
        }
    ),
    _cpu_hog,
)
EVENT_LOOP_BLOCK = FaultKind(
    "event-loop-block",
    Schema(
        {
            "type": "object",
            "properties": {
                "blockMs": {"type": "number", "minimum": 1, "maximum": 10_000, "default": 200},
                "everyMs": {"type": "number", "minimum": 1, "maximum": 60_000, "default": 400},
            },
        }
    ),
    _event_loop_block,
)
