"""The end of the process."""

import os
from collections.abc import Mapping
from threading import Timer
from typing import Any

from .kind import ANSWER_FIRST_S, NONE, ActiveFault, FaultKind, FaultTarget


def _crash(target: FaultTarget, _: Mapping[str, Any]) -> ActiveFault:
    """Ends the process outside any request, as what nobody caught would; who supervises it starts it again."""

    def end() -> None:
        target.log.error(f"injected: module {target.module} crashed")
        os._exit(1)

    timer = Timer(ANSWER_FIRST_S, end)
    timer.daemon = True
    timer.start()
    return ActiveFault(timer.cancel, ANSWER_FIRST_S)


CRASH = FaultKind("crash", NONE, _crash)
