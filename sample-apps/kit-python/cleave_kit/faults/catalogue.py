"""Every fault that the module can be given from inside."""

from . import busy, calls, memory, process
from .kind import FaultKind

CATALOGUE: dict[str, FaultKind] = {
    kind.name: kind
    for kind in (
        process.CRASH,
        calls.HANG,
        calls.SLOW,
        calls.ERRORS,
        busy.EVENT_LOOP_BLOCK,
        busy.CPU_HOG,
        memory.MEMORY_LEAK,
        memory.OUT_OF_MEMORY,
        calls.BLACK_HOLE,
        calls.CONNECTION_RESET,
        calls.PROVIDER_OUTAGE,
        calls.STORE_CONNECTIONS,
        calls.STORE_OUTAGE,
        calls.UNREADY,
    )
}
