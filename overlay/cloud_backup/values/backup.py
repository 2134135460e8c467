"""A backup that has been asked for."""

from attrs import frozen

__all__ = ["StartedBackup"]


@frozen(kw_only=True)
class StartedBackup:
    """A backup that has been asked for: its id and its configuration's, all that is known then."""

    backup_id: int
    backup_configuration_id: int
