"""The passphrases of encrypted backups, which a drill asks for and never writes down."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from cloud_backup.drill.planning import PlannedConfiguration
from cloud_backup.encryption import hidden
from cloud_backup.secret import Secret

__all__ = ["Passphrases", "passphrase_for", "passphrases_given"]

Passphrases: TypeAlias = (
    Mapping[int, str | Secret] | Callable[[PlannedConfiguration], str | Secret | None]
)
"""The passphrases by the id of the agent that backed up, or what is asked for one."""


def passphrase_for(passphrases: Passphrases | None, planned: PlannedConfiguration) -> Secret | None:
    """Find the passphrase of a configuration's backups; None if there is none.

    Args:
        passphrases: The passphrases; None for none.
        planned: The configuration.
    """
    if passphrases is None:
        return None
    if isinstance(passphrases, Mapping):
        if planned.agent_id not in passphrases:
            return None
        return hidden(passphrases[planned.agent_id])
    found = passphrases(planned)
    return None if found is None else hidden(found)


def passphrases_given(passphrases: Passphrases | None) -> list[Secret]:
    """Return the passphrases that are known without asking."""
    return [*map(hidden, passphrases.values())] if isinstance(passphrases, Mapping) else []
