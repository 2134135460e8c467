"""`cloud-backup completion`."""

import click
from click.shell_completion import get_completion_class

from cloud_backup.commandline.options.groups import Command

__all__ = ["completion"]


@click.command("completion", cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

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
