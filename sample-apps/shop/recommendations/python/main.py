"""Program recommendations is the module of that name as a unit of its own."""

from pathlib import Path
from typing import Any

from cleave_kit import Call, Environment, Instance, Module, run

from logic import recommend
from tastes import seed_tastes

DEFAULT_WORK = 5


def create(environment: Environment) -> Instance:
    tastes = seed_tastes(environment.seed, environment.seeded)
    work = int(environment.tunable("recommendation-work", DEFAULT_WORK))

    def answer(_: Call, asked: dict[str, Any]) -> dict[str, Any]:
        return {"productIds": recommend(tastes, asked["productIds"], asked["limit"], work)}

    return Instance(operations={"recommend": answer})


if __name__ == "__main__":
    run(Module("recommendations", Path(__file__).with_name("contract.json"), create))
