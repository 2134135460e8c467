# Generated from openapi.yaml by openapi-python-client 0.29.1: do not edit.

from __future__ import annotations

from typing import Any, ClassVar

from attrs import define, field
from cloud_backup.wire.request import UNSET, Request, Unset, bounds

from ..models.requested_action import RequestedAction


@define(kw_only=True)
class RestoreAction(Request):
    """The start or stop of a restore.

    Attributes:
        action (RequestedAction): Whether to start or to stop.
        id (int): The restore's id.
        encrypted_password (None | str | Unset): To start the restore of an encrypted backup, the
            passphrase, encrypted with the restore's `PublicKey`, as lower-case hexadecimal digits.
            Otherwise null or omitted.
        additional_properties: The object's other fields, by their names on the wire.

    Raises:
        ValueError: A value is out of its bounds.
    """

    WIRE: ClassVar = {"action": "Action", "id": "Id", "encrypted_password": "EncryptedPassword"}

    action: RequestedAction
    id: int = field(validator=bounds(minimum=1))
    encrypted_password: None | str | Unset = field(
        default=UNSET, repr=False, validator=bounds(pattern="^[0-9a-f]+$")
    )
    additional_properties: dict[str, Any] = field(factory=dict)
