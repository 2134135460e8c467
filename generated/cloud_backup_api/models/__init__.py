# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

"""Contains all the data models used in inputs/outputs"""

from .access import Access
from .activity import Activity
from .activity_state import ActivityState
from .activity_type import ActivityType
from .agent import Agent
from .agent_deletion import AgentDeletion
from .agent_enabling import AgentEnabling
from .agent_encryption import AgentEncryption
from .agent_encryption_change import AgentEncryptionChange
from .agent_log_level import AgentLogLevel
from .agent_status import AgentStatus
from .agent_update import AgentUpdate
from .api_key_authentication import ApiKeyAuthentication
from .api_key_credentials import ApiKeyCredentials
from .api_version import ApiVersion
from .authentication_request import AuthenticationRequest
from .authentication_response import AuthenticationResponse
from .available_backup import AvailableBackup
from .backup import Backup
from .backup_action import BackupAction
from .backup_configuration import BackupConfiguration
from .backup_configuration_enabling import BackupConfigurationEnabling
from .backup_configuration_input import BackupConfigurationInput
from .backup_configuration_update import BackupConfigurationUpdate
from .backup_report import BackupReport
from .backup_state import BackupState
from .catalog_endpoint import CatalogEndpoint
from .catalog_service import CatalogService
from .completed_backup import CompletedBackup
from .configuration_backup_state import ConfigurationBackupState
from .datacenter import Datacenter
from .fault import Fault
from .file_item import FileItem
from .file_item_filter import FileItemFilter
from .file_item_input import FileItemInput
from .file_item_type import FileItemType
from .frequency import Frequency
from .identity_fault import IdentityFault
from .log_level import LogLevel
from .missed_backup_action import MissedBackupAction
from .password_authentication import PasswordAuthentication
from .password_credentials import PasswordCredentials
from .public_key import PublicKey
from .report_error import ReportError
from .requested_action import RequestedAction
from .restore import Restore
from .restore_action import RestoreAction
from .restore_file import RestoreFile
from .restore_file_filter import RestoreFileFilter
from .restore_file_filter_text import RestoreFileFilterText
from .restore_file_input import RestoreFileInput
from .restore_file_item_type import RestoreFileItemType
from .restore_file_item_type_text import RestoreFileItemTypeText
from .restore_input import RestoreInput
from .restore_report import RestoreReport
from .restore_state import RestoreState
from .restore_state_id import RestoreStateId
from .restore_update import RestoreUpdate
from .role import Role
from .tenant import Tenant
from .token import Token
from .user import User
from .vault_migration import VaultMigration
from .version_link import VersionLink
from .version_retention import VersionRetention
from .versions import Versions

__all__ = (
    "Access",
    "Activity",
    "ActivityState",
    "ActivityType",
    "Agent",
    "AgentDeletion",
    "AgentEnabling",
    "AgentEncryption",
    "AgentEncryptionChange",
    "AgentLogLevel",
    "AgentStatus",
    "AgentUpdate",
    "ApiKeyAuthentication",
    "ApiKeyCredentials",
    "ApiVersion",
    "AuthenticationRequest",
    "AuthenticationResponse",
    "AvailableBackup",
    "Backup",
    "BackupAction",
    "BackupConfiguration",
    "BackupConfigurationEnabling",
    "BackupConfigurationInput",
    "BackupConfigurationUpdate",
    "BackupReport",
    "BackupState",
    "CatalogEndpoint",
    "CatalogService",
    "CompletedBackup",
    "ConfigurationBackupState",
    "Datacenter",
    "Fault",
    "FileItem",
    "FileItemFilter",
    "FileItemInput",
    "FileItemType",
    "Frequency",
    "IdentityFault",
    "LogLevel",
    "MissedBackupAction",
    "PasswordAuthentication",
    "PasswordCredentials",
    "PublicKey",
    "ReportError",
    "RequestedAction",
    "Restore",
    "RestoreAction",
    "RestoreFile",
    "RestoreFileFilter",
    "RestoreFileFilterText",
    "RestoreFileInput",
    "RestoreFileItemType",
    "RestoreFileItemTypeText",
    "RestoreInput",
    "RestoreReport",
    "RestoreState",
    "RestoreStateId",
    "RestoreUpdate",
    "Role",
    "Tenant",
    "Token",
    "User",
    "VaultMigration",
    "VersionLink",
    "VersionRetention",
    "Versions",
)
