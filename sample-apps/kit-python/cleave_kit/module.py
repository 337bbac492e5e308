"""What a module brings, and what it is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .call import Call
from .log import Log
from .seed import Seed, SeedWriter

# Answers one call. Its input is as the contract says, with the defaults filled in.
Operation = Callable[[Call, Any], Any]


@dataclass(frozen=True)
class Environment:
    """What a module is given to work with."""

    seed: Seed
    # Is told of every row that the seed makes.
    seeded: SeedWriter
    # Tells the running copies of a unit apart, from 0.
    instance: int
    # The unit's own, which outlives its process.
    data_directory: str
    log: Log
    # Raises CallError while the module's provider outside the application is out of reach.
    assert_provider_reachable: Callable[[], None]
    tunables: Mapping[str, float]

    def tunable(self, name: str, fallback: float) -> float:
        """The variant's value of a tunable amount of work, or the fallback."""
        return self.tunables.get(name, fallback)


@dataclass(frozen=True)
class Instance:
    """A module at work."""

    # By name, every one of the contract's.
    operations: Mapping[str, Operation]
    # The books that the module keeps, for checking after a load.
    audit: Callable[[], Any] = dict
    # Counts the pieces of work that are not settled.
    pending: Callable[[], int] = int


@dataclass(frozen=True)
class Module:
    """What a program makes a unit of."""

    name: str
    # The module's OpenAPI document, as `cleave contract show` prints it.
    contract: Path
    # Makes ready what the operations work on. The unit is ready once it returns.
    create: Callable[[Environment], Instance]
