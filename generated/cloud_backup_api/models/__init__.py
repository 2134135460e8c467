# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""The objects that the API takes and answers with. Each is imported when it is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .access import Access as Access
    from .activity import Activity as Activity
    from .activity_state import ActivityState as ActivityState
    from .activity_type import ActivityType as ActivityType
    from .agent import Agent as Agent
    from .agent_deletion import AgentDeletion as AgentDeletion
    from .agent_enabling import AgentEnabling as AgentEnabling
    from .agent_encryption import AgentEncryption as AgentEncryption
    from .agent_encryption_change import AgentEncryptionChange as AgentEncryptionChange
    from .agent_log_level import AgentLogLevel as AgentLogLevel
    from .agent_status import AgentStatus as AgentStatus
    from .agent_update import AgentUpdate as AgentUpdate
    from .api_key_authentication import ApiKeyAuthentication as ApiKeyAuthentication
    from .api_key_credentials import ApiKeyCredentials as ApiKeyCredentials
    from .api_version import ApiVersion as ApiVersion
    from .authentication_request import AuthenticationRequest as AuthenticationRequest
    from .authentication_response import AuthenticationResponse as AuthenticationResponse
    from .available_backup import AvailableBackup as AvailableBackup
    from .backup import Backup as Backup
    from .backup_action import BackupAction as BackupAction
    from .backup_configuration import BackupConfiguration as BackupConfiguration
    from .backup_configuration_enabling import (
        BackupConfigurationEnabling as BackupConfigurationEnabling,
    )
    from .backup_configuration_input import BackupConfigurationInput as BackupConfigurationInput
    from .backup_configuration_update import BackupConfigurationUpdate as BackupConfigurationUpdate
    from .backup_report import BackupReport as BackupReport
    from .backup_state import BackupState as BackupState
    from .catalog_endpoint import CatalogEndpoint as CatalogEndpoint
    from .catalog_service import CatalogService as CatalogService
    from .completed_backup import CompletedBackup as CompletedBackup
    from .configuration_backup_state import ConfigurationBackupState as ConfigurationBackupState
    from .datacenter import Datacenter as Datacenter
    from .fault import Fault as Fault
    from .file_item import FileItem as FileItem
    from .file_item_filter import FileItemFilter as FileItemFilter
    from .file_item_input import FileItemInput as FileItemInput
    from .file_item_type import FileItemType as FileItemType
    from .frequency import Frequency as Frequency
    from .identity_fault import IdentityFault as IdentityFault
    from .log_level import LogLevel as LogLevel
    from .missed_backup_action import MissedBackupAction as MissedBackupAction
    from .password_authentication import PasswordAuthentication as PasswordAuthentication
    from .password_credentials import PasswordCredentials as PasswordCredentials
    from .public_key import PublicKey as PublicKey
    from .report_error import ReportError as ReportError
    from .requested_action import RequestedAction as RequestedAction
    from .restore import Restore as Restore
    from .restore_action import RestoreAction as RestoreAction
    from .restore_file import RestoreFile as RestoreFile
    from .restore_file_filter import RestoreFileFilter as RestoreFileFilter
    from .restore_file_filter_text import RestoreFileFilterText as RestoreFileFilterText
    from .restore_file_input import RestoreFileInput as RestoreFileInput
    from .restore_file_item_type import RestoreFileItemType as RestoreFileItemType
    from .restore_file_item_type_text import RestoreFileItemTypeText as RestoreFileItemTypeText
    from .restore_input import RestoreInput as RestoreInput
    from .restore_report import RestoreReport as RestoreReport
    from .restore_state import RestoreState as RestoreState
    from .restore_state_id import RestoreStateId as RestoreStateId
    from .restore_update import RestoreUpdate as RestoreUpdate
    from .role import Role as Role
    from .tenant import Tenant as Tenant
    from .token import Token as Token
    from .user import User as User
    from .vault_migration import VaultMigration as VaultMigration
    from .version_link import VersionLink as VersionLink
    from .version_retention import VersionRetention as VersionRetention
    from .versions import Versions as Versions

_MODULES = {
    "Access": ".access",
    "Activity": ".activity",
    "ActivityState": ".activity_state",
    "ActivityType": ".activity_type",
    "Agent": ".agent",
    "AgentDeletion": ".agent_deletion",
    "AgentEnabling": ".agent_enabling",
    "AgentEncryption": ".agent_encryption",
    "AgentEncryptionChange": ".agent_encryption_change",
    "AgentLogLevel": ".agent_log_level",
    "AgentStatus": ".agent_status",
    "AgentUpdate": ".agent_update",
    "ApiKeyAuthentication": ".api_key_authentication",
    "ApiKeyCredentials": ".api_key_credentials",
    "ApiVersion": ".api_version",
    "AuthenticationRequest": ".authentication_request",
    "AuthenticationResponse": ".authentication_response",
    "AvailableBackup": ".available_backup",
    "Backup": ".backup",
    "BackupAction": ".backup_action",
    "BackupConfiguration": ".backup_configuration",
    "BackupConfigurationEnabling": ".backup_configuration_enabling",
    "BackupConfigurationInput": ".backup_configuration_input",
    "BackupConfigurationUpdate": ".backup_configuration_update",
    "BackupReport": ".backup_report",
    "BackupState": ".backup_state",
    "CatalogEndpoint": ".catalog_endpoint",
    "CatalogService": ".catalog_service",
    "CompletedBackup": ".completed_backup",
    "ConfigurationBackupState": ".configuration_backup_state",
    "Datacenter": ".datacenter",
    "Fault": ".fault",
    "FileItem": ".file_item",
    "FileItemFilter": ".file_item_filter",
    "FileItemInput": ".file_item_input",
    "FileItemType": ".file_item_type",
    "Frequency": ".frequency",
    "IdentityFault": ".identity_fault",
    "LogLevel": ".log_level",
    "MissedBackupAction": ".missed_backup_action",
    "PasswordAuthentication": ".password_authentication",
    "PasswordCredentials": ".password_credentials",
    "PublicKey": ".public_key",
    "ReportError": ".report_error",
    "RequestedAction": ".requested_action",
    "Restore": ".restore",
    "RestoreAction": ".restore_action",
    "RestoreFile": ".restore_file",
    "RestoreFileFilter": ".restore_file_filter",
    "RestoreFileFilterText": ".restore_file_filter_text",
    "RestoreFileInput": ".restore_file_input",
    "RestoreFileItemType": ".restore_file_item_type",
    "RestoreFileItemTypeText": ".restore_file_item_type_text",
    "RestoreInput": ".restore_input",
    "RestoreReport": ".restore_report",
    "RestoreState": ".restore_state",
    "RestoreStateId": ".restore_state_id",
    "RestoreUpdate": ".restore_update",
    "Role": ".role",
    "Tenant": ".tenant",
    "Token": ".token",
    "User": ".user",
    "VaultMigration": ".vault_migration",
    "VersionLink": ".version_link",
    "VersionRetention": ".version_retention",
    "Versions": ".versions",
}

__all__ = tuple(_MODULES)


def __getattr__(name: str) -> Any:
    """Import a model on first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return globals().setdefault(name, getattr(import_module(_MODULES[name], __name__), name))
