"""Which products go well with others."""

import heapq
from array import array
from collections.abc import Sequence
from operator import mul

from tastes import DIMENSIONS, Taste, Tastes


def recommend(tastes: Tastes, product_ids: Sequence[str], limit: int, work: int) -> list[str]:
    """The products whose taste is nearest to the given ones: the largest dot product with their mean.

    `work` is how often all products are scored, at least once: the tunable amount of processor time of a request.
    """
    wanted = _mean_of(tastes, product_ids)
    scores = _score_all(tastes.vectors, wanted)
    for _ in range(work - 1):
        scores = _score_all(tastes.vectors, wanted)
    without = set(product_ids)
    candidates = (row for row, product_id in enumerate(tastes.ids) if product_id not in without)
    # Keeps the order of the products where scores are the same.
    best = heapq.nlargest(limit, candidates, key=scores.__getitem__)
    return [tastes.ids[row] for row in best]


def _mean_of(tastes: Tastes, product_ids: Sequence[str]) -> Taste:
    """Adds up, since a length says nothing of a direction.

    Products that nobody knows are passed over; of none at all it is the first one's.
    """
    known = [tastes.by_id[product_id] for product_id in product_ids if product_id in tastes.by_id]
    mean = array("f", bytes(4 * DIMENSIONS))
    for taste in known or tastes.vectors[:1]:
        for axis, value in enumerate(taste):
            mean[axis] += value
    return tuple(mean)


def _score_all(vectors: Sequence[Taste], wanted: Taste) -> Sequence[float]:
    """In single precision, as every language has it."""
    return array("f", [sum(map(mul, vector, wanted)) for vector in vectors])
