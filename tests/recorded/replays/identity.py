"""Tokens: what is asked of Identity, and what comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Final

from cloud_backup_api.api.identity import authenticate, revoke_token
from cloud_backup_api.models import (
    ApiKeyAuthentication,
    ApiKeyCredentials,
    AuthenticationRequest,
    PasswordAuthentication,
    PasswordCredentials,
)

from .replay import Replay

REPLAYS: Final[dict[str, Replay]] = {
    "authenticate.api-key": Replay(
        partial(
            authenticate.sync_detailed,
            body=AuthenticationRequest(
                auth=ApiKeyAuthentication(
                    rax_kske_yapi_key_credentials=ApiKeyCredentials(
                        username="demo", api_key="REDACTED"
                    ),
                ),
            ),
        ),
        {
            "access": {
                "token": {
                    "id": "REDACTED",
                    "expires": datetime(2014, 2, 19, 1, 20, 15, 305000, tzinfo=UTC),
                    "tenant": {"id": "1234", "name": "1234"},
                },
                "service_catalog": [
                    {
                        "name": "cloudBackup",
                        "type": "rax:backup",
                        "endpoints": [
                            {
                                "region": "DFW",
                                "tenant_id": "1234",
                                "public_url": "https://dfw.backup.api.rackspacecloud.com/v1.0/1234",
                            },
                            {
                                "region": "ORD",
                                "tenant_id": "1234",
                                "public_url": "https://ord.backup.api.rackspacecloud.com/v1.0/1234",
                            },
                        ],
                    }
                ],
                "user": {
                    "id": "10005",
                    "name": "demo",
                    "roles": [
                        {"id": "3", "name": "identity:user-admin", "description": "Account owner."}
                    ],
                    "rax_aut_hdefault_region": "DFW",
                },
            }
        },
    ),
    "authenticate.password": Replay(
        partial(
            authenticate.sync_detailed,
            body=AuthenticationRequest(
                auth=PasswordAuthentication(
                    password_credentials=PasswordCredentials(username="demo", password="REDACTED"),
                    tenant_id="1234",
                ),
            ),
        ),
        {
            "access": {
                "token": {
                    "id": "REDACTED",
                    "expires": datetime(
                        2013, 6, 5, 5, 20, 28, 306000, tzinfo=timezone(timedelta(hours=-5))
                    ),
                    "tenant": {"id": "1234", "name": "1234"},
                },
                "service_catalog": [
                    {
                        "name": "cloudBackup",
                        "type": "rax:backup",
                        "endpoints": [
                            {
                                "region": "DFW",
                                "tenant_id": "1234",
                                "public_url": "https://dfw.backup.api.rackspacecloud.com/v1.0/1234",
                            },
                            {
                                "region": "ORD",
                                "tenant_id": "1234",
                                "public_url": "https://ord.backup.api.rackspacecloud.com/v1.0/1234",
                            },
                        ],
                    }
                ],
                "user": {
                    "id": "10005",
                    "name": "demo",
                    "roles": [
                        {"id": "14", "name": "cloudbackup:observer", "description": "Reads."},
                        {"id": "15", "name": "observer", "description": "Reads, of every product."},
                    ],
                    "rax_aut_hdefault_region": "ORD",
                },
            }
        },
    ),
    "revokeToken": Replay(revoke_token.sync_detailed),
}
