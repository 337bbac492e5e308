"""Faults at the boundary of the module."""

from collections.abc import Mapping
from threading import Event
from typing import Any

from ..call import Call
from ..errors import CallError
from ..schema import Schema
from .kind import NONE, ActiveFault, FaultKind, FaultTarget
from .point import ConnectionReset


def _hold_calls(target: FaultTarget, end: CallError | None) -> ActiveFault:
    """No call comes back until it is undone; then they go on, or end with an error."""
    over = Event()

    def gate(call: Call) -> None:
        call.wait(over)
        if end is not None:
            raise end

    remove = target.point.add_gate(gate)

    def undo() -> None:
        remove()
        over.set()

    return ActiveFault(undo)


def _hang(target: FaultTarget, _: Mapping[str, Any]) -> ActiveFault:
    return _hold_calls(target, None)


def _black_hole(target: FaultTarget, _: Mapping[str, Any]) -> ActiveFault:
    return _hold_calls(target, CallError("connection-reset", f"the call to {target.module} was never answered"))


def _slow(target: FaultTarget, parameters: Mapping[str, Any]) -> ActiveFault:
    """Every call waits first: `delayMs`, spread evenly over the share `jitter` to both sides."""
    delay_s, jitter, never = parameters["delayMs"] / 1000, parameters["jitter"], Event()
    return ActiveFault(
        target.point.add_gate(lambda call: call.wait(never, delay_s * (1 + jitter * (2 * target.random() - 1))))
    )


def _errors(target: FaultTarget, parameters: Mapping[str, Any]) -> ActiveFault:
    """A share of the calls fails before it does anything."""

    def gate(_: Call) -> None:
        if target.random() < parameters["share"]:
            raise CallError("injected", f"injected: module {target.module} failed")

    return ActiveFault(target.point.add_gate(gate))


def _connection_reset(target: FaultTarget, _: Mapping[str, Any]) -> ActiveFault:
    def gate(_: Call) -> None:
        raise ConnectionReset(target.module)

    return ActiveFault(target.point.add_gate(gate))


def _provider_outage(target: FaultTarget, _: Mapping[str, Any]) -> ActiveFault:
    return ActiveFault(target.point.add_outage("provider"))


def _unready(target: FaultTarget, _: Mapping[str, Any]) -> ActiveFault:
    return ActiveFault(target.point.add_outage("readiness"))


def _keeps_nothing(target: FaultTarget, _: Mapping[str, Any]) -> ActiveFault:
    raise CallError("bad-input", f"module {target.module} keeps nothing in a store")


HANG = FaultKind("hang", NONE, _hang)
BLACK_HOLE = FaultKind("black-hole", NONE, _black_hole)
SLOW = FaultKind(
    "slow",
    Schema(
        {
            "type": "object",
            "required": ["delayMs"],
            "properties": {
                "delayMs": {"type": "number", "minimum": 0, "maximum": 60_000},
                "jitter": {"type": "number", "minimum": 0, "maximum": 1, "default": 0},
            },
        }
    ),
    _slow,
)
ERRORS = FaultKind(
    "errors",
    Schema(
        {
            "type": "object",
            "required": ["share"],
            "properties": {"share": {"type": "number", "minimum": 0, "maximum": 1}},
        }
    ),
    _errors,
)
CONNECTION_RESET = FaultKind("connection-reset", NONE, _connection_reset)
PROVIDER_OUTAGE = FaultKind("provider-outage", NONE, _provider_outage)
UNREADY = FaultKind("unready", NONE, _unready)
STORE_CONNECTIONS = FaultKind("store-connections", NONE, _keeps_nothing)
STORE_OUTAGE = FaultKind("store-outage", NONE, _keeps_nothing)
