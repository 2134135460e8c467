"""A client of the Rackspace Cloud Backup API v1.0.

    from cloud_backup import CloudBackup

    with CloudBackup.from_environment() as backup:
        for agent in backup.agents.list():
            print(agent.machine_name, agent.status)

`AsyncCloudBackup` is the same with `async with` and `await`. Names are imported when they are asked
for, so that `cloud_backup.wire`, which generated code is built on, brings nothing else with it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from cloud_backup._async.client import AsyncCloudBackup
    from cloud_backup._async.restores import AsyncRestore
    from cloud_backup._sync.client import CloudBackup
    from cloud_backup._sync.restores import Restore
    from cloud_backup.auth import RackspaceAuth
    from cloud_backup.credentials import Credentials
    from cloud_backup.encryption import EncryptionUnavailable, PublicKey, encrypt_passphrase
    from cloud_backup.errors import (
        AgentNotFound,
        AuthenticationError,
        BackupFailed,
        CloudBackupError,
        Conflict,
        CredentialsMissing,
        InsecureURL,
        InvalidRequest,
        NotCompleted,
        NotFound,
        PermissionDenied,
        RateLimited,
        RegionNotFound,
        RestoreFailed,
        ServerError,
        ServiceUnavailable,
        StatusError,
        UnexpectedAnswer,
        Unreachable,
        UsedElsewhere,
        WaitTimeout,
    )
    from cloud_backup.retries import Retries
    from cloud_backup.schedule import Frequency, Schedule, Weekday
    from cloud_backup.secret import Secret
    from cloud_backup.state_changes import BackupChange, RestoreChange
    from cloud_backup.states import ActivityType, AgentStatus, BackupState, RestoreState
    from cloud_backup.token_cache import TokenCache
    from cloud_backup.values.agent import Agent, AgentNotOnline, LogLevel
    from cloud_backup.values.backup import StartedBackup
    from cloud_backup.values.backup_path import File, Folder
    from cloud_backup.values.configuration import BackupConfiguration
    from cloud_backup.values.restore import RestoreFile
    from cloud_backup.windows_zones import ZoneDataMissing
    from cloud_backup.wire.byte_size import ByteSize
    from cloud_backup_api.models import (
        Activity,
        ActivityState,
        AvailableBackup,
        Backup,
        BackupReport,
        CompletedBackup,
        ReportError,
        RestoreReport,
    )
    from cloud_backup_api.models import MissedBackupActionId as MissedBackupAction

    __version__: str

__all__ = [
    "Activity",
    "ActivityState",
    "ActivityType",
    "Agent",
    "AgentNotFound",
    "AgentNotOnline",
    "AgentStatus",
    "AsyncCloudBackup",
    "AsyncRestore",
    "AuthenticationError",
    "AvailableBackup",
    "Backup",
    "BackupChange",
    "BackupConfiguration",
    "BackupFailed",
    "BackupReport",
    "BackupState",
    "ByteSize",
    "CloudBackup",
    "CloudBackupError",
    "CompletedBackup",
    "Conflict",
    "Credentials",
    "CredentialsMissing",
    "EncryptionUnavailable",
    "File",
    "Folder",
    "Frequency",
    "InsecureURL",
    "InvalidRequest",
    "LogLevel",
    "MissedBackupAction",
    "NotCompleted",
    "NotFound",
    "PermissionDenied",
    "PublicKey",
    "RackspaceAuth",
    "RateLimited",
    "RegionNotFound",
    "ReportError",
    "Restore",
    "RestoreChange",
    "RestoreFailed",
    "RestoreFile",
    "RestoreReport",
    "RestoreState",
    "Retries",
    "Schedule",
    "Secret",
    "ServerError",
    "ServiceUnavailable",
    "StartedBackup",
    "StatusError",
    "TokenCache",
    "UnexpectedAnswer",
    "Unreachable",
    "UsedElsewhere",
    "WaitTimeout",
    "Weekday",
    "ZoneDataMissing",
    "encrypt_passphrase",
]

_MODULES: Final = {
    "secret": ["Secret"],
    "_async.client": ["AsyncCloudBackup"],
    "_async.restores": ["AsyncRestore"],
    "_sync.client": ["CloudBackup"],
    "_sync.restores": ["Restore"],
    "auth": ["RackspaceAuth"],
    "encryption": ["EncryptionUnavailable", "PublicKey", "encrypt_passphrase"],
    "schedule": ["Frequency", "Schedule", "Weekday"],
    "credentials": ["Credentials"],
    "retries": ["Retries"],
    "state_changes": ["BackupChange", "RestoreChange"],
    "states": ["ActivityType", "AgentStatus", "BackupState", "RestoreState"],
    "token_cache": ["TokenCache"],
    "values.agent": ["Agent", "AgentNotOnline", "LogLevel"],
    "values.backup": ["StartedBackup"],
    "values.backup_path": ["File", "Folder"],
    "values.configuration": ["BackupConfiguration"],
    "values.restore": ["RestoreFile"],
    "wire.byte_size": ["ByteSize"],
    "windows_zones": ["ZoneDataMissing"],
}
_GENERATED: Final = {
    "Activity": "Activity",
    "ActivityState": "ActivityState",
    "AvailableBackup": "AvailableBackup",
    "Backup": "Backup",
    "BackupReport": "BackupReport",
    "CompletedBackup": "CompletedBackup",
    "MissedBackupAction": "MissedBackupActionId",
    "ReportError": "ReportError",
    "RestoreReport": "RestoreReport",
}
_HOME: Final = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name when it is asked for. The errors, which are most, are what is left."""
    if name == "__version__":
        return import_module("importlib.metadata").version("rackspace-cloud-backup")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _GENERATED:
        value = getattr(import_module("cloud_backup_api.models"), _GENERATED[name])
    else:
        value = getattr(import_module(f"{__name__}.{_HOME.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
