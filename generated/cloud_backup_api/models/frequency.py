# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import StrEnum


class Frequency(StrEnum):
    DAILY = "Daily"
    HOURLY = "Hourly"
    MANUALLY = "Manually"
    WEEKLY = "Weekly"

    def __str__(self) -> str:
        return str(self.value)
