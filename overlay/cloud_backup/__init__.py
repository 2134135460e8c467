"""A client of the Rackspace Cloud Backup API v1.0.

    from cloud_backup import CloudBackup

    with CloudBackup.from_environment() as backup:
        for agent in backup.agents.list():
            print(agent.machine_name, agent.status)

`AsyncCloudBackup` is the same with `async with` and `await`. Names are imported when they are asked
for, so that `cloud_backup.ms_date`, which the generated models need, brings nothing else with it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from cloud_backup._async.client import AsyncCloudBackup
    from cloud_backup._async.restores import AsyncRestore
    from cloud_backup._sync.client import CloudBackup
    from cloud_backup._sync.restores import Restore
    from cloud_backup.auth import RackspaceAuth
    from cloud_backup.byte_size import ByteSize
    from cloud_backup.errors import (
        AuthenticationError,
        CloudBackupError,
        Conflict,
        CredentialsMissing,
        InvalidRequest,
        NotFound,
        PermissionDenied,
        RateLimited,
        RegionNotFound,
        ServerError,
        ServiceUnavailable,
        StatusError,
        UnexpectedAnswer,
        Unreachable,
        WaitTimeout,
    )
    from cloud_backup.states import ActivityType, AgentStatus, BackupState, RestoreState
    from cloud_backup.values.activity import Activity
    from cloud_backup.values.agent import Agent
    from cloud_backup.values.backup import (
        Backup,
        BackupReport,
        CompletedBackup,
        StartedBackup,
    )
    from cloud_backup.values.configuration import BackupConfiguration
    from cloud_backup.values.report_error import ReportError
    from cloud_backup.values.restore import AvailableBackup, RestoreFile, RestoreReport

__all__ = [
    "Activity",
    "ActivityType",
    "Agent",
    "AgentStatus",
    "AsyncCloudBackup",
    "AsyncRestore",
    "AuthenticationError",
    "AvailableBackup",
    "Backup",
    "BackupConfiguration",
    "BackupReport",
    "BackupState",
    "ByteSize",
    "CloudBackup",
    "CloudBackupError",
    "CompletedBackup",
    "Conflict",
    "CredentialsMissing",
    "InvalidRequest",
    "NotFound",
    "PermissionDenied",
    "RackspaceAuth",
    "RateLimited",
    "RegionNotFound",
    "ReportError",
    "Restore",
    "RestoreFile",
    "RestoreReport",
    "RestoreState",
    "ServerError",
    "ServiceUnavailable",
    "StartedBackup",
    "StatusError",
    "UnexpectedAnswer",
    "Unreachable",
    "WaitTimeout",
]

_MODULES: Final = {
    "_async.client": ["AsyncCloudBackup"],
    "_async.restores": ["AsyncRestore"],
    "_sync.client": ["CloudBackup"],
    "_sync.restores": ["Restore"],
    "auth": ["RackspaceAuth"],
    "byte_size": ["ByteSize"],
    "states": ["ActivityType", "AgentStatus", "BackupState", "RestoreState"],
    "values.activity": ["Activity"],
    "values.agent": ["Agent"],
    "values.backup": ["Backup", "BackupReport", "CompletedBackup", "StartedBackup"],
    "values.configuration": ["BackupConfiguration"],
    "values.report_error": ["ReportError"],
    "values.restore": ["AvailableBackup", "RestoreFile", "RestoreReport"],
}
_HOME: Final = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name when it is asked for. The errors, which are most, are what is left."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
