"""JSON as it is on the wire."""

import json
from typing import Any, NoReturn


def parse_json(text: str) -> Any:
    """Raises ValueError, also for numbers that are none and what is nested too deeply."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def write_json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
