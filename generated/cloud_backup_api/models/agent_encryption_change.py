# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import Request, bounds


@define(kw_only=True)
class AgentEncryptionChange(Request):
    """The current and the new passphrase of an encrypted agent.

    Attributes:
        machine_agent_id (int): The agent's id.
        old_encrypted_password_hex (str): The present passphrase, encrypted with the agent's
            public key, as lower-case hexadecimal digits.
        new_encrypted_password_hex (str): The new passphrase, in the same form.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {
        "machine_agent_id": "MachineAgentId",
        "old_encrypted_password_hex": "OldEncryptedPasswordHex",
        "new_encrypted_password_hex": "NewEncryptedPasswordHex",
    }

    machine_agent_id: int = field(validator=bounds(minimum=1))
    old_encrypted_password_hex: str = field(repr=False, validator=bounds(pattern="^[0-9a-f]+$"))
    new_encrypted_password_hex: str = field(repr=False, validator=bounds(pattern="^[0-9a-f]+$"))
    additional_properties: dict[str, Any] = field(factory=dict)
