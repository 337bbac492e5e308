"""Makes a program of one module: a unit, as docs/protocol.md describes it.

A module brings its contract and what its operations do; the kit brings both ports, faults, traces, readiness and the graceful end.
"""

from .call import Call
from .errors import CallError
from .module import Environment, Instance, Module
from .run import run
from .seed import Seed, SeedWriter
from .seeded_random import SeededRandom, seed_for

__all__ = [
    "Call",
    "CallError",
    "Environment",
    "Instance",
    "Module",
    "Seed",
    "SeedWriter",
    "SeededRandom",
    "run",
    "seed_for",
]
