"""Faults that the module can be given from inside."""

from .manager import FaultManager
from .point import ConnectionReset, FaultPoint, Outage

__all__ = ["ConnectionReset", "FaultManager", "FaultPoint", "Outage"]
