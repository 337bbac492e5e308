"""How the process is told to end."""

import signal
from collections.abc import Callable
from threading import Event

SIGNALS = {signal.SIGTERM, signal.SIGINT}


def listen_for_the_end() -> Callable[[], object]:
    """From now on SIGTERM and SIGINT end nothing by themselves; gives what waits for the first of them. To be called before any thread begins."""
    if hasattr(signal, "sigwait"):
        # Fetched by the one thread that waits for it. A handler runs only when the first thread next does something, and it is not woken by a signal that the
        # system gives to another thread.
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        return lambda: signal.sigwait(SIGNALS)
    stop = Event()
    for each in SIGNALS:
        signal.signal(each, lambda _signal, _frame: stop.set())

    def wait() -> None:
        while not stop.wait(0.1):
            pass

    return wait
