"""The unit's public port: the contract, health and the document."""

import json
from typing import Any

from .body import write_json
from .call import Call
from .errors import CallError, as_call_error
from .faults import ConnectionReset
from .schema import Problem
from .server import Answer, Request, Reset, Route, answer_with, parse_body, refusal
from .trace import serializing
from .unit import Unit

MOST_BODY_BYTES = 256 * 1024


def public_route(unit: Unit) -> Route:
    configuration = unit.configuration
    document = write_json(unit.contract.document(f"{configuration.application}: {configuration.unit}"))
    operations = {f"/{unit.module.name}/{name}": name for name in unit.contract.inputs}

    def route(request: Request) -> Answer:
        path = request.route_path
        match request.method, path:
            case "GET", "/health/live":
                return answer_with({"live": True})
            case "GET", "/health/ready":
                readiness = unit.readiness()
                return answer_with(readiness, 200 if readiness["ready"] else 503)
            case "GET", "/openapi.json":
                return Answer(200, document)
        operation = operations.get(path)
        if operation is None or request.method != "POST":
            return request.nothing_here()
        return _answer_operation(unit, request, operation)

    return route


def _answer_operation(unit: Unit, request: Request, operation: str) -> Answer:
    unit.admit()
    call = Call(request.connection, unit.leave)
    try:
        answer = _work(unit, request, operation, call)
    except BaseException:
        call.leave()
        raise
    finally:
        unit.end_work()
    return Answer(answer.status, answer.body, answer.close or unit.draining, call.leave)


def _work(unit: Unit, request: Request, operation: str, call: Call) -> Answer:
    try:
        call.read(request.headers, unit.module.name, operation)
        with unit.tracer.recording(call.span):
            output = _serve(unit, operation, _read_input(request, call), call)
            with serializing(call.span):
                body = write_json(output)
            if call.span is not None:
                call.span.bytesOut = len(body)
            return Answer(200, body)
    except ConnectionReset:
        raise Reset from None
    except CallError as error:
        return refusal(error, close=error.code == "too-large")


def _read_input(request: Request, call: Call) -> Any:
    body = request.read_text(MOST_BODY_BYTES)
    if call.span is not None:
        call.span.bytesIn = len(body)
    with serializing(call.span):
        return parse_body(body)


def _serve(unit: Unit, operation: str, value: Any, call: Call) -> Any:
    """The module's side of a call: count, fault point, time left, input checked, work. Raises CallError."""
    unit.count_call()
    what = f"{unit.module.name}.{operation}"
    try:
        if unit.point.enter(call):
            call.assert_in_time(what)
        return _run(unit, operation, value, call, what)
    except Exception as thrown:
        error = as_call_error(thrown)
        if error.status >= 500:
            unit.count_failure()
            trace = "" if call.span is None else f" trace={call.span.traceId}"
            unit.log.error(f"failed call={what} code={error.code}{trace} message={json.dumps(error.message)}")
        raise error from None


def _run(unit: Unit, operation: str, value: Any, call: Call, what: str) -> Any:
    try:
        checked = unit.contract.inputs[operation].check(value)
    except Problem as problem:
        raise CallError("bad-input", problem.within(what, ": ")) from None
    work = unit.instance.operations.get(operation) if unit.instance is not None else None
    if work is None:
        raise CallError("not-found", f'{unit.module.name} has no operation "{operation}"')
    return work(call, checked)
