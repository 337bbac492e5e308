"""The faults at work in the unit; each ends by itself at its limit."""

from dataclasses import dataclass
from threading import Lock, Timer
from typing import Any

from ..clock import epoch_ms
from ..errors import CallError
from ..log import Log
from ..schema import Problem, Schema
from ..seeded_random import SeededRandom, seed_for
from .catalogue import CATALOGUE
from .kind import ActiveFault, FaultTarget
from .point import FaultPoint

REQUEST = Schema(
    {
        "type": "object",
        "required": ["id", "module", "kind", "limitMs"],
        "properties": {
            "id": {"type": "string", "minLength": 1, "maxLength": 100},
            "module": {"type": "string"},
            "kind": {"type": "string"},
            "parameters": {"type": "object", "default": {}},
            "limitMs": {"type": "integer", "minimum": 1, "maximum": 600_000},
        },
    }
)


@dataclass(frozen=True)
class Entry:
    module: str
    kind: str
    since_ms: float
    until_ms: float
    active: ActiveFault
    timer: Timer


class FaultManager:
    def __init__(self, module: str, point: FaultPoint, log: Log) -> None:
        self._module = module
        self._point = point
        self._log = log
        self._lock = Lock()
        self._entries: dict[str, Entry] = {}

    def inject(self, request: Any) -> dict[str, Any]:
        """Raises CallError: `bad-input` when the request is not valid, `conflict` when the id is taken."""
        asked = check(REQUEST, request, "fault")
        module, name = asked["module"], asked["kind"]
        if module != self._module:
            raise CallError("bad-input", f'module "{module}" is not in this unit; allowed: {self._module}')
        kind = CATALOGUE.get(name)
        if kind is None:
            raise CallError("bad-input", f'kind "{name}" is not known; allowed: {", ".join(CATALOGUE)}')
        with self._lock:
            fault_id, limit_ms = asked["id"], asked["limitMs"]
            if fault_id in self._entries:
                raise CallError("conflict", f'fault "{fault_id}" is at work already')
            parameters = check(kind.parameters, asked["parameters"], "parameters")
            random = SeededRandom(seed_for(0, fault_id))
            active = kind.inject(FaultTarget(module, self._point, random.next, self._log), parameters)
            since_ms = epoch_ms() + active.effect_in_s * 1000
            timer = Timer(limit_ms / 1000 + active.effect_in_s, self.undo, [fault_id])
            timer.daemon = True
            timer.start()
            self._entries[fault_id] = Entry(module, name, since_ms, since_ms + limit_ms, active, timer)
        return {"id": fault_id, "effectAtMs": since_ms}

    def undo(self, fault_id: str) -> dict[str, Any] | None:
        """None where there is no such fault."""
        with self._lock:
            entry = self._entries.pop(fault_id, None)
            if entry is None:
                return None
            entry.timer.cancel()
            entry.active.undo()
        return {"id": fault_id, "undoneAtMs": epoch_ms()}

    def list(self) -> list[dict[str, Any]]:
        with self._lock:
            return [
                {
                    "id": fault_id,
                    "module": entry.module,
                    "kind": entry.kind,
                    "sinceMs": entry.since_ms,
                    "untilMs": entry.until_ms,
                }
                for fault_id, entry in self._entries.items()
            ]


def check(schema: Schema, value: Any, what: str) -> Any:
    try:
        return schema.check(value)
    except Problem as problem:
        raise CallError("bad-input", problem.within(what, ".")) from None
