# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from enum import IntEnum


class LogLevel(IntEnum):
    """How much an agent logs: everything at least as severe as this. The first and the last
    level are documented; those between are log4j's.
    """

    FATAL = 1
    ERROR = 2
    WARN = 3
    INFO = 4
    DEBUG = 5
    ALL = 6

    def __str__(self) -> str:
        return str(self.value)
