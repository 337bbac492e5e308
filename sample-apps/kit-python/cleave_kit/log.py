"""One line a message on standard output, where the runtime collects them by unit."""

from datetime import datetime, timezone


class Log:
    def __init__(self, unit: str) -> None:
        self._unit = unit

    def info(self, message: str) -> None:
        self._write("info", message)

    def error(self, message: str) -> None:
        self._write("error", message)

    def _write(self, level: str, message: str) -> None:
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        print(f"{now} {level} {self._unit}: {message}", flush=True)
