# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class Frequency(StrEnum):
    """How often a backup configuration runs."""

    MANUALLY = "Manually"
    HOURLY = "Hourly"
    DAILY = "Daily"
    WEEKLY = "Weekly"

    def __str__(self) -> str:
        return str(self.value)
