"""How much memory the process has, and whether it may have all of the machine's."""

import os
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident_bytes() -> int:
    """What the process has of the machine's memory; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_BYTES
    except (OSError, IndexError, ValueError):
        return 0


def is_memory_limited() -> bool:
    """Whether the control group of the process has less than the machine."""
    try:
        total = os.sysconf("SC_PHYS_PAGES") * PAGE_BYTES
    except (AttributeError, ValueError, OSError):
        return False
    return any(0 < limit < total for limit in map(_limit_in, _limit_files()))


def _limit_in(file: Path) -> int:
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return 0


def _limit_files() -> list[Path]:
    """Where the limits of both versions of control groups stand, seen from inside a container and from outside."""
    groups = Path("/sys/fs/cgroup")
    files = [groups / "memory.max", groups / "memory/memory.limit_in_bytes"]
    try:
        lines = Path("/proc/self/cgroup").read_text().splitlines()
    except OSError:
        return files
    for line in lines:
        hierarchy, controllers, path = line.split(":", 2)
        if hierarchy == "0":
            files.append(groups / path.lstrip("/") / "memory.max")
        elif controllers == "memory":
            files.append(groups / "memory" / path.lstrip("/") / "memory.limit_in_bytes")
    return files
