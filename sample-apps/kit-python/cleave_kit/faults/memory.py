"""Faults that take memory."""

import mmap
import os
import signal
from collections.abc import Mapping
from threading import Event, Thread
from typing import Any

from ..resident import is_memory_limited, resident_bytes
from ..schema import Schema
from .kind import ANSWER_FIRST_S, ActiveFault, FaultKind, FaultTarget

MIB = 1024 * 1024

# Used when neither the system nor the fault says how much the process may have, bytes.
DEFAULT_LIMIT_BYTES = 512 * MIB
LIMIT = {"type": "number", "minimum": 64 * MIB, "maximum": 64 * 1024 * MIB}


def _fill_memory(step_bytes: int, every_s: float, limit_bytes: float | None) -> ActiveFault:
    """Takes memory every so often and touches all of it, until the limit of the process's control group ends it.

    Where there is no such limit the process ends itself the same way at `limit_bytes` of resident memory, to spare the machine.
    """
    if limit_bytes is None and not is_memory_limited():
        limit_bytes = DEFAULT_LIMIT_BYTES
    over = Event()

    def work() -> None:
        kept: list[mmap.mmap] = []
        wait_s = ANSWER_FIRST_S
        while not over.wait(wait_s):
            wait_s = every_s
            # Of the system itself, so that it goes back to it at the end.
            kept.append(mmap.mmap(-1, step_bytes))
            kept[-1].write(b"\x5a" * step_bytes)
            if limit_bytes is not None and resident_bytes() > limit_bytes:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        for taken in kept:
            taken.close()

    thread = Thread(target=work, daemon=True)
    thread.start()

    def undo() -> None:
        over.set()
        thread.join()

    return ActiveFault(undo, ANSWER_FIRST_S)


def _memory_leak(_: FaultTarget, parameters: Mapping[str, Any]) -> ActiveFault:
    """Resident memory grows until the limit ends the process."""
    every_s = 0.1
    return _fill_memory(int(parameters["bytesPerSecond"] * every_s) + 1, every_s, parameters.get("limitBytes"))


def _out_of_memory(_: FaultTarget, parameters: Mapping[str, Any]) -> ActiveFault:
    """Takes all the memory that the process may have, as fast as it can."""
    return _fill_memory(16 * MIB, 0.001, parameters.get("limitBytes"))


MEMORY_LEAK = FaultKind(
    "memory-leak",
    Schema(
        {
            "type": "object",
            "properties": {
                "bytesPerSecond": {"type": "number", "minimum": 1024, "maximum": 4096 * MIB, "default": 16 * MIB},
                "limitBytes": LIMIT,
            },
        }
    ),
    _memory_leak,
)
OUT_OF_MEMORY = FaultKind("out-of-memory", Schema({"type": "object", "properties": {"limitBytes": LIMIT}}), _out_of_memory)
