"""Texts of the service's, without what would steer the terminal."""

__all__ = ["one_line", "printable"]


def printable(text: str) -> str:
    """Return a text with what can't be printed replaced; line breaks stay.

    Args:
        text: Any text.
    """
    return "".join(
        char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def one_line(text: object) -> str:
    """Return a text with what can't be printed replaced, and line breaks as blanks.

    A name with a line break in it could else be taken for a line of ours.

    Args:
        text: Any text, such as a name.
    """
    return " ".join(printable(str(text)).split("\n"))
