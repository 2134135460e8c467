"""A text that must not be seen: API keys, passwords, tokens."""

from typing import Final, NoReturn, Self, overload

__all__ = ["MASK", "Secret"]

MASK: Final = "[secure]"
"""What is shown where a secret stands; httpx shows the same in place of an Authorization header."""


class Secret:
    """A text that shows itself only to who asks for it by name.

    Neither `repr`, `str`, a traceback that prints local variables nor a log record shows it, and it
    refuses to be pickled.

    Args:
        value: The text.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    @overload
    @classmethod
    def wrap(cls, value: "str | Secret") -> Self: ...
    @overload
    @classmethod
    def wrap(cls, value: None) -> None: ...
    @classmethod
    def wrap(cls, value: "str | Secret | None") -> "Self | None":
        """Wrap a text that may be wrapped already, or be none; an empty one is none."""
        if isinstance(value, Secret):
            value = value.reveal()
        return cls(value) if value else None

    def reveal(self) -> str:
        """Return the text itself."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied."""
        raise TypeError("a Secret is not pickled or copied: it would lie in the open")
