"""A backup that has just been started."""

from attrs import frozen


@frozen(kw_only=True)
class StartedBackup:
    """A backup that has just been started: its id and its configuration's."""

    backup_id: int
    backup_configuration_id: int
