"""How what is offered is written for a shell."""

import re
from typing import Final

from click.shell_completion import BashComplete, CompletionItem

__all__ = ["Bash"]

_SPECIAL: Final = re.compile(r"[^\w@%+=:,./-]", flags=re.ASCII)


class Bash(BashComplete):
    """Bash, which puts on the line just what it is given: a name with a blank would be two words.

    Other shells quote by themselves.
    """

    def format_completion(self, item: CompletionItem) -> str:
        """Write an item for the script."""
        if item.type == "plain":
            item = CompletionItem(_SPECIAL.sub(r"\\\g<0>", item.value), item.type, item.help)
        return super().format_completion(item)
