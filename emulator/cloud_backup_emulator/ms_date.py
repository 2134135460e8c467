"""The service's dates: `/Date(MILLISECONDS)/` since 1970-01-01T00:00Z.

Deliberately independent of the client's codec, which is tested against this one.
"""

__all__ = ["ms_date"]


def ms_date(milliseconds: int) -> str:
    """Format a date as the service does.

    Args:
        milliseconds: The instant, in milliseconds since 1970-01-01T00:00Z.
    """
    return f"/Date({milliseconds})/"
