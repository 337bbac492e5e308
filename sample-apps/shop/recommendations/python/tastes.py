"""What products taste of."""

import math
from dataclasses import dataclass, field

from cleave_kit import Seed, SeededRandom, SeedWriter, seed_for

# Length of the vector that stands for a product's taste.
DIMENSIONS = 16

# Number of products where the configuration does not say.
DEFAULT_PRODUCTS = 1200

Taste = tuple[float, ...]


@dataclass
class Tastes:
    ids: list[str] = field(default_factory=list)
    by_id: dict[str, Taste] = field(default_factory=dict)
    vectors: list[Taste] = field(default_factory=list)

    def add(self, product_id: str, taste: Taste) -> None:
        self.ids.append(product_id)
        self.by_id[product_id] = taste
        self.vectors.append(taste)


def seed_tastes(seed: Seed, writer: SeedWriter) -> Tastes:
    """A taste for every product: the same seed gives the same ones in every language."""
    random = SeededRandom(seed_for(seed.value, "recommendations"))
    tastes, rows = Tastes(), []
    for position in range(seed.sizes.get("products", DEFAULT_PRODUCTS)):
        product_id = f"p-{position + 1}"
        # To the nearest, and halves up.
        drawn = [math.floor(random.next() * 2000 - 1000 + 0.5) for _ in range(DIMENSIONS)]
        tastes.add(product_id, tuple(map(float, drawn)))
        rows.append((product_id, position, " ".join(map(str, drawn))))
    writer.insert("recommendations_tastes", ["product_id", "position", "vector"], rows)
    return tastes
