"""What a unit is told at its start, as JSON in the environment variable CLEAVE_UNIT."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .body import parse_json
from .schema import Problem, Schema
from .seed import Seed

SCHEMA = Schema(parse_json(Path(__file__).with_name("configuration.json").read_text(encoding="utf-8")))


class ConfigurationError(Exception):
    """One sentence that names the field which is wrong."""


@dataclass(frozen=True)
class Address:
    host: str
    port: int


@dataclass(frozen=True)
class Configuration:
    application: str
    unit: str
    instance: int
    modules: list[str]
    units: Mapping[str, Any]
    listen: Address
    control: Address
    token: str
    data_directory: str
    seed: Seed
    tunables: Mapping[str, float]
    most_in_flight: int | None


def read_configuration(text: str) -> Configuration:
    """Raises ConfigurationError."""
    if not text:
        raise ConfigurationError("CLEAVE_UNIT is not set; it must hold the configuration of the unit as JSON")
    try:
        checked = SCHEMA.check(parse_json(text))
    except ValueError:
        raise ConfigurationError("CLEAVE_UNIT is not valid JSON") from None
    except Problem as problem:
        field = problem.path or "the configuration"
        raise ConfigurationError(f"CLEAVE_UNIT: {field}: {problem.message}") from None
    return _configuration_of(checked)


def _configuration_of(checked: dict[str, Any]) -> Configuration:
    control, seed, settings = checked["control"], checked["seed"], checked["settings"]
    shedding = settings.get("resilience", {}).get("loadShedding")
    return Configuration(
        application=checked["application"],
        unit=checked["unit"],
        instance=checked["instance"],
        modules=checked["modules"],
        units=checked["units"],
        listen=Address(**checked["listen"]),
        control=Address(control["host"], control["port"]),
        token=control["token"],
        data_directory=checked["dataDirectory"],
        seed=Seed(seed["value"], seed.get("sizes", {})),
        tunables=settings.get("tunables", {}),
        most_in_flight=None if shedding is None else shedding["inFlight"],
    )
