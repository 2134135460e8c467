"""The service's versions."""

from __future__ import annotations

from typing import Final

from cloud_backup_api.api.service import list_versions

from .replay import Replay

REPLAYS: Final[dict[str, Replay]] = {
    "listVersions": Replay(
        list_versions.sync_detailed,
        {
            "versions": [
                {
                    "id": "v1.0",
                    "status": "CURRENT",
                    "links": [
                        {"rel": "self", "href": "https://dfw.backup.api.rackspacecloud.com/v1.0"}
                    ],
                }
            ]
        },
    ),
}
