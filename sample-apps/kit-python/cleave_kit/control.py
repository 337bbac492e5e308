"""The control port: who the unit is, how it does, its faults, traces and books, where others answer, and its end.

Every request needs the token; browsers are refused.
"""

import hmac
from typing import Any

from .body import write_json
from .errors import CallError, envelope
from .schema import Problem, Schema
from .server import Answer, Request, Route, answer_with
from .unit import Unit

MOST_CONTROL_BYTES = 64 * 1024

ADDRESSES = Schema(
    {
        "type": "object",
        "required": ["units"],
        "additionalProperties": False,
        "properties": {
            "units": {
                "type": "object",
                "additionalProperties": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 100,
                    "items": {"type": "string", "pattern": r"^https?://[^/?#@\s]+/?$"},
                },
            }
        },
    }
)


def control_route(unit: Unit) -> Route:
    expected = f"Bearer {unit.configuration.token}".encode()

    def route(request: Request) -> Answer:
        if "origin" in request.headers:
            return _refused(403, "requests from a web page are refused")
        given = request.headers.get("authorization", "").encode("latin-1", "replace")
        if not hmac.compare_digest(expected, given):
            return _refused(401, "Authorization: the control token is required")
        value = _control(unit, request)
        return request.nothing_here() if value is None else answer_with(value)

    return route


def _control(unit: Unit, request: Request) -> Any:
    """None where there is nothing at the path."""
    path = request.route_path
    match request.method, path:
        case "GET", "/identity":
            return unit.identity()
        case "GET", "/metrics":
            return unit.metrics()
        case "GET", "/traces":
            return unit.tracer.drain()
        case "GET", "/faults":
            return {"faults": unit.faults.list()}
        case "POST", "/faults":
            return unit.faults.inject(_body(request))
        case "PUT", "/addresses":
            return _replace_addresses(unit, _body(request))
        case "POST", "/quiesce":
            return unit.quiesce()
        case "POST", "/drain":
            return unit.drain()
        case "DELETE", _ if path.startswith("/faults/"):
            return _undo(unit, path.removeprefix("/faults/"))
        case "GET", _ if path.startswith("/audit/"):
            return unit.audit(path.removeprefix("/audit/"))
    return None


def _undo(unit: Unit, fault_id: str) -> dict[str, Any]:
    undone = unit.faults.undo(fault_id)
    if undone is None:
        raise CallError("not-found", f'there is no fault "{fault_id}"')
    return undone


def _replace_addresses(unit: Unit, body: Any) -> dict[str, bool]:
    """Where the instances of other units answer. The kit has no client for them yet, so that no call is under way to any."""
    try:
        units = ADDRESSES.check(body)["units"]
    except Problem as problem:
        raise CallError("bad-input", problem.within("body", ".")) from None
    known = unit.configuration.units
    for name, addresses in units.items():
        if name not in known:
            raise CallError("bad-input", f'units: there is no unit "{name}"; there are {", ".join(known)}')
        if len(set(addresses)) < len(addresses):
            raise CallError("bad-input", f"units.{name}: must not have an address twice")
    return {"settled": True}


def _body(request: Request) -> Any:
    return request.read_json(MOST_CONTROL_BYTES)[0]


def _refused(status: int, message: str) -> Answer:
    return Answer(status, write_json(envelope("refused", message, False)))
