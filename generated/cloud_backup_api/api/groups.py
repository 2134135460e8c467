# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""The groups of operations that need nothing by hand."""

from cloud_backup.wire.operation import AsyncCaller, Caller


class AsyncGroups:
    """The groups of operations that need nothing by hand.

    Args:
        connection: Calls operations.
    """

    def __init__(self, connection: AsyncCaller) -> None:
        del connection  # there is none today


class Groups:
    """The groups of operations that need nothing by hand.

    Args:
        connection: Calls operations.
    """

    def __init__(self, connection: Caller) -> None:
        del connection  # there is none today
