"""What a fault is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..log import Log
from ..schema import Schema
from .point import FaultPoint

# So long the answer to the one who injects has to leave before the process is disturbed, s.
ANSWER_FIRST_S = 0.01

NONE = Schema({"type": "object", "properties": {}})


@dataclass(frozen=True)
class FaultTarget:
    """What a fault may take hold of."""

    module: str
    point: FaultPoint
    random: Callable[[], float]
    log: Log


@dataclass(frozen=True)
class ActiveFault:
    """A fault at work: what takes it away, and when it takes hold, s from now."""

    undo: Callable[[], None]
    effect_in_s: float = 0


@dataclass(frozen=True)
class FaultKind:
    """Takes hold at once or a little later, and leaves nothing behind when it is undone."""

    name: str
    parameters: Schema
    inject: Callable[[FaultTarget, Mapping[str, Any]], ActiveFault]
