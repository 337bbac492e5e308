"""The state of the running program, as both of its ports see it."""

import os
import platform
import time
from threading import Condition
from typing import Any

from .clock import epoch_ms, steady_ms
from .configuration import Configuration
from .contract import read_contract
from .errors import CallError
from .faults import FaultManager, FaultPoint
from .log import Log
from .module import Environment, Instance, Module
from .resident import resident_bytes
from .seed import SeedWriter
from .trace import Tracer

QUIESCE_LIMIT_S = 30.0
DRAIN_LIMIT_S = 30.0


class Unit:
    def __init__(self, configuration: Configuration, module: Module) -> None:
        self.configuration = configuration
        self.module = module
        self.contract = read_contract(module.name, module.contract)
        self.log = Log(configuration.unit)
        self.tracer = Tracer()
        self.point = FaultPoint()
        self.faults = FaultManager(module.name, self.point, self.log)
        self.instance: Instance | None = None
        self.draining = False
        self._started_at_ms = epoch_ms()
        self._seed_hash: dict[str, str] = {}
        self._changed = Condition()
        # Requests that somebody waits for, and operations at work: one goes on when its caller has gone.
        self._in_flight = self._at_work = 0
        self._calls = self._failures = self._shed = 0

    def prepare(self) -> None:
        """Creates the module with its data; the unit is ready afterwards."""
        configuration, writer = self.configuration, SeedWriter()
        instance = self.module.create(
            Environment(
                seed=configuration.seed,
                seeded=writer,
                instance=configuration.instance,
                data_directory=configuration.data_directory,
                log=self.log,
                assert_provider_reachable=self._assert_provider_reachable,
                tunables=configuration.tunables,
            )
        )
        self._seed_hash = {self.module.name: writer.hash}
        self.instance = instance

    def _assert_provider_reachable(self) -> None:
        if self.point.is_out("provider"):
            raise CallError("provider-unavailable", f"the provider of {self.module.name} is out of reach")

    def admit(self) -> None:
        """Lets a request in, or raises CallError."""
        if self.instance is None:
            raise CallError("starting", "the unit is starting")
        limit = self.configuration.most_in_flight
        with self._changed:
            if limit is not None and self._in_flight >= limit:
                self._shed += 1
                raise CallError("shed", "the unit has too much to do")
            self._in_flight += 1
            self._at_work += 1

    def leave(self) -> None:
        """Nobody waits for a request any more."""
        with self._changed:
            self._in_flight -= 1
            self._changed.notify_all()

    def end_work(self) -> None:
        """The operation of a request has ended."""
        with self._changed:
            self._at_work -= 1
            self._changed.notify_all()

    def count_call(self) -> None:
        with self._changed:
            self._calls += 1

    def count_failure(self) -> None:
        with self._changed:
            self._failures += 1

    def readiness(self) -> dict[str, Any]:
        ready = self.instance is not None and not self.draining and not self.point.is_out("readiness")
        return {"ready": ready, "waiting": [] if ready else [self.module.name], "draining": self.draining}

    def identity(self) -> dict[str, Any]:
        return {
            "unit": self.configuration.unit,
            "instance": self.configuration.instance,
            "modules": self.configuration.modules,
            "pid": os.getpid(),
            "startedAtMs": self._started_at_ms,
            "languageVersion": platform.python_version(),
            "seedHash": self._seed_hash,
        }

    def metrics(self) -> dict[str, Any]:
        return {
            "atMs": epoch_ms(),
            # There is no loop whose lag could be told.
            "loopLagP99Ms": None,
            # The interpreter does not know its heap by itself: all that is resident.
            "heapBytes": resident_bytes(),
            "inFlight": self._in_flight,
            "modules": {self.module.name: {"calls": self._calls, "failures": self._failures}},
            # Policies of calls to other modules never do anything in a module that calls none.
            "policies": {
                "retries": 0,
                "breakerOpens": 0,
                "breakerState": {},
                "rejectedByBulkhead": 0,
                "shed": self._shed,
                "fallbacks": 0,
            },
        }

    def audit(self, module: str) -> Any:
        if module != self.module.name:
            raise CallError("not-found", f'module "{module}" is not in this unit')
        return {} if self.instance is None else self.instance.audit()

    def quiesce(self) -> dict[str, Any]:
        """Waits, at most 30 s, until the module has no unsettled work."""
        end_ms = steady_ms() + QUIESCE_LIMIT_S * 1000
        while True:
            pending = 0 if self.instance is None else self.instance.pending()
            if pending == 0 or steady_ms() >= end_ms:
                return {"settled": pending == 0, "pending": pending}
            time.sleep(0.05)

    def drain(self, limit_s: float = DRAIN_LIMIT_S) -> dict[str, Any]:
        """The graceful end but for the exit: ready no more, answers end their connections, and what is under way ends.

        Waits for that, 30 s at most. A request that comes all the same is answered.
        """
        self.draining = True
        with self._changed:
            settled = self._changed.wait_for(lambda: self._in_flight == 0 and self._at_work == 0, limit_s)
            return {"settled": settled, "inFlight": self._in_flight}
