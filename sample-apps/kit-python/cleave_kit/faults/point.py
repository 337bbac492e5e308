"""Where faults take hold of the module."""

from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import Literal

from ..call import Call
from ..errors import CallError

# Stands at the boundary of the module: lets a call in, delays it or fails it.
Gate = Callable[[Call], None]
Outage = Literal["provider", "readiness"]


class ConnectionReset(CallError):
    """Says to the HTTP side that the connection is to be cut instead of answered."""

    def __init__(self, module: str) -> None:
        super().__init__("connection-reset", f"the connection to {module} was reset")


class FaultPoint:
    def __init__(self) -> None:
        self._lock = Lock()
        self._gates: list[Gate] = []
        self._outages: Counter[Outage] = Counter()

    def enter(self, call: Call) -> bool:
        """Asked for every call; tells whether there was any gate."""
        gates = list(self._gates)
        for gate in gates:
            gate(call)
        return bool(gates)

    def add_gate(self, gate: Gate) -> Callable[[], None]:
        """Gives what takes the gate away again."""
        self._gates.append(gate)
        return lambda: self._gates.remove(gate)

    def add_outage(self, outage: Outage) -> Callable[[], None]:
        """Gives what ends the outage again."""
        self._count(outage, 1)
        return lambda: self._count(outage, -1)

    def _count(self, outage: Outage, more: int) -> None:
        with self._lock:
            self._outages[outage] += more

    def is_out(self, outage: Outage) -> bool:
        return self._outages[outage] > 0
