# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""The operations of service: a method each, and a module each for those who want more."""

from typing import Generic, TypeVar

from cloud_backup.wire.operation import AsyncCaller, Caller

C = TypeVar("C", bound=Caller)
A = TypeVar("A", bound=AsyncCaller)


class AsyncServiceMethods(Generic[A]):
    """The operations of service, a method each."""

    def __init__(self, connection: A) -> None:
        self._connection = connection


class ServiceMethods(Generic[C]):
    """The operations of service, a method each."""

    def __init__(self, connection: C) -> None:
        self._connection = connection
