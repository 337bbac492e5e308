"""The one error that crosses the boundary of a module."""

from typing import Any

STATUSES = {
    "bad-input": 400,
    "not-found": 404,
    "conflict": 409,
    "too-large": 413,
    "key-reused": 422,
    "internal": 500,
    "injected": 500,
    "connection-reset": 502,
    "unavailable": 503,
    "starting": 503,
    "shed": 503,
    "store-unavailable": 503,
    "provider-unavailable": 503,
    "deadline": 504,
}

# The same call may do better later.
RETRYABLE = {
    "injected",
    "connection-reset",
    "unavailable",
    "starting",
    "shed",
    "store-unavailable",
    "provider-unavailable",
    "deadline",
}


class CallError(Exception):
    """Why a call failed. One whose status is in the 400s is final; one in the 500s leaves open whether the work was done."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def status(self) -> int:
        return STATUSES[self.code]

    @property
    def envelope(self) -> dict[str, Any]:
        return envelope(self.code, self.message, self.code in RETRYABLE)


def envelope(code: str, message: str, retryable: bool) -> dict[str, Any]:
    """The body of every refusal."""
    return {"error": {"code": code, "message": message, "retryable": retryable}}


def as_call_error(error: Exception) -> CallError:
    """Any other error is the module's own failure."""
    return error if isinstance(error, CallError) else CallError("internal", str(error) or type(error).__name__)
