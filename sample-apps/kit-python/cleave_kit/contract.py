"""What a module offers: its document, and what each operation takes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .body import parse_json
from .schema import Schema


@dataclass(frozen=True)
class Contract:
    paths: Any
    inputs: dict[str, Schema]

    def document(self, title: str) -> dict[str, Any]:
        """What the unit publishes of itself."""
        return {"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "paths": self.paths}


def read_contract(module: str, file: Path) -> Contract:
    """Finds the operations of a module in its document: `POST /<module>/<operation>`."""
    paths = parse_json(file.read_text(encoding="utf-8"))["paths"]
    return Contract(
        paths,
        {
            path.removeprefix(f"/{module}/"): Schema(
                item["post"]["requestBody"]["content"]["application/json"]["schema"]
            )
            for path, item in paths.items()
        },
    )
