"""A backup that has been asked for."""

from attrs import frozen

__all__ = ["StartedBackup"]


@frozen(kw_only=True)
class StartedBackup:
    """A backup that has been asked for: all that the service says of it then.

    Attributes:
        backup_id: The backup.
        backup_configuration_id: Its configuration.
    """

    backup_id: int
    backup_configuration_id: int
