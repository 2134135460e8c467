"""`cloud-backup completion`."""

import re
from typing import Final

import click
from click.shell_completion import BashComplete, CompletionItem, get_completion_class

from cloud_backup.commandline.options.groups import Command

__all__ = ["Bash", "completion"]

_SPECIAL: Final = re.compile(r"[^\w@%+=:,./-]", flags=re.ASCII)


class Bash(BashComplete):
    """Completion for bash, which doesn't quote completions as other shells do."""

    def format_completion(self, item: CompletionItem) -> str:
        """Format an item for the script, quoted."""
        if item.type == "plain":
            item = CompletionItem(_SPECIAL.sub(r"\\\g<0>", item.value), item.type, item.help)
        return super().format_completion(item)


@click.command("completion", cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a shell completion script.

    Examples:
      echo 'eval "$(cloud-backup completion bash)"' >> ~/.bashrc
      echo 'eval "$(cloud-backup completion zsh)"' >> ~/.zshrc
      cloud-backup completion fish > ~/.config/fish/completions/cloud-backup.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}")
    root = ctx.find_root().command
    click.echo(kind(root, {}, "cloud-backup", "_CLOUD_BACKUP_COMPLETE").source())
