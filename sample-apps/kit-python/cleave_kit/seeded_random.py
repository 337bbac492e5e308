"""Streams of numbers that are the same in every language."""

MASK = 0xFFFFFFFF


class SeededRandom:
    """A stream of numbers in [0, 1): SplitMix32."""

    def __init__(self, seed: int) -> None:
        self._state = seed & MASK

    def next(self) -> float:
        self._state = (self._state + 0x9E3779B9) & MASK
        mixed = self._state ^ (self._state >> 16)
        mixed = (mixed * 0x21F0AAAD) & MASK
        mixed ^= mixed >> 15
        mixed = (mixed * 0x735A2D97) & MASK
        mixed ^= mixed >> 15
        return mixed / 4_294_967_296


def seed_for(seed: int, name: str) -> int:
    """A seed of its own for every name, so that one more stream does not shift the others (FNV-1a)."""
    hashed = (0x811C9DC5 ^ seed) & MASK
    written = name.encode("utf-16-le", "surrogatepass")
    for low, high in zip(written[::2], written[1::2]):
        hashed = ((hashed ^ (high << 8 | low)) * 0x01000193) & MASK
    return hashed
