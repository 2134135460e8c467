# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""Errors that the endpoints raise."""


class UnexpectedStatus(Exception):
    """The specification has no such status; raised if Client.raise_on_unexpected_status is True.

    Attributes:
        status_code: The status.
        content: The body. It may hold secrets; the message leaves it out.
    """

    def __init__(self, status_code: int, content: bytes) -> None:
        super().__init__(
            f"unexpected status {status_code}; the body of {len(content)} bytes is in .content"
        )
        self.status_code = status_code
        self.content = content

    def __reduce__(self) -> tuple[type["UnexpectedStatus"], tuple[int, bytes]]:
        return type(self), (self.status_code, self.content)


__all__ = ["UnexpectedStatus"]
