"""Texts of the service's, without what would steer the terminal."""

__all__ = ["printable"]


def printable(text: str) -> str:
    """Return a text with what can't be printed replaced; line breaks stay.

    Args:
        text: Any text.
    """
    return "".join(
        char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text
    )
