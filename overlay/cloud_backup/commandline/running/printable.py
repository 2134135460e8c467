"""Text from the service, made safe for the terminal."""

__all__ = ["one_line", "printable"]


def printable(text: str) -> str:
    """Return text with unprintable characters replaced, except line breaks.

    Args:
        text: Any text.
    """
    return "".join(
        char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def one_line(text: object) -> str:
    """Return text with unprintable characters replaced, and line breaks as spaces.

    Otherwise a name with a line break could forge a line of our output.

    Args:
        text: Any text, such as a name.
    """
    return " ".join(printable(str(text)).split("\n"))
