"""Where time comes from: durations on the steady clock, moments on the clock of the day. In ms."""

import time


def steady_ms() -> float:
    return time.monotonic() * 1000


def epoch_ms() -> float:
    return time.time() * 1000
