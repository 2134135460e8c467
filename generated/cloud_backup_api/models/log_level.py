# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import IntEnum


class LogLevel(IntEnum):
    """How much an agent logs: what is as grave as this, and what is graver. The first and the
    last are documented; those between are the ones of log4j.
    """

    FATAL = 1
    ERROR = 2
    WARN = 3
    INFO = 4
    DEBUG = 5
    ALL = 6

    def __str__(self) -> str:
        return str(self.value)
