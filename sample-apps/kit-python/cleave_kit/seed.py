"""Where a module's data come from."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Seed:
    """The same value and sizes give the same data everywhere."""

    value: int
    sizes: Mapping[str, int]


class SeedWriter:
    """Is told of every row that a module is seeded with; its hash says whether two deployments have the same data."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
        self._hash.update(f"{table}({','.join(columns)})".encode())
        for row in rows:
            self._hash.update(("\n" + "\t".join(map(str, row))).encode())

    @property
    def hash(self) -> str:
        return self._hash.hexdigest()
