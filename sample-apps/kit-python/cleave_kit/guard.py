"""No unit outlives whoever started it."""

import os
import signal
from threading import Thread


def guard() -> None:
    """Ends this process and its group when the pipe on descriptor 3 ends, where the runtime says that it is one."""
    # What this process starts is not guarded on a descriptor that means something else there.
    if os.environ.pop("CLEAVE_GUARD", None) == "1":
        Thread(target=_end_with_pipe, daemon=True).start()


def _end_with_pipe() -> None:
    try:
        while os.read(3, 1024):
            pass
    except OSError:
        pass
    if hasattr(os, "killpg"):
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(137)
