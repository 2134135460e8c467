"""The shapes that Rackspace's own Python clients take for granted, in the world to start with."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml

from cloud_backup_emulator import read_seed

from .conftest import MakeService, Service

ENDPOINT = {"region", "tenantId", "publicURL"}
AGENT = {
    "AgentVersion",
    "Architecture",
    "BackupVaultSize",
    "CleanupAllowed",
    "Datacenter",
    "Flavor",
    "HostServerId",
    "IPAddress",
    "IsDisabled",
    "IsEncrypted",
    "MachineAgentId",
    "MachineName",
    "OperatingSystem",
    "OperatingSystemVersion",
    "PublicKey",
    "Status",
    "TimeOfLastSuccessfulBackup",
    "UseServiceNet",
}
"""What the details of an agent have, each and every one."""


def endpoints(service: Service, user: str) -> list[dict[str, Any]]:
    catalogue = service.log_in(user).json()["access"]["serviceCatalog"]
    (found,) = [entry["endpoints"] for entry in catalogue if entry["name"] == "cloudBackup"]
    listed: list[dict[str, Any]] = found
    return listed


@pytest.mark.parametrize("user", ["demo", "creator", "observer"])
def test_each_endpoint_of_a_tenant_with_regions_has_one(service: Service, user: str) -> None:
    found = endpoints(service, user)

    assert [set(entry) for entry in found] == [ENDPOINT, ENDPOINT]
    assert [entry["region"] for entry in found] == ["DFW", "ORD"]


def test_a_tenant_without_regions_has_one_endpoint(service: Service) -> None:
    (only,) = endpoints(service, "other")

    assert set(only) == ENDPOINT - {"region"}
    assert "RAX-AUTH:defaultRegion" not in service.log_in("other").json()["access"]["user"]
    assert service.call("GET", f"{only['publicURL']}/user/agents").json()[0]["MachineAgentId"]


def test_each_cloud_server_has_its_id_in_the_list_in_its_details_and_to_find_it_by(
    service: Service,
) -> None:
    listed = service.get("/user/agents")

    ids = [agent["HostServerId"] for agent in listed]
    assert len(set(map(UUID, ids))) == len(listed) > 20
    for agent in listed:
        details = service.get(f"/agent/{agent['MachineAgentId']}")
        assert details.keys() >= AGENT
        assert details["HostServerId"] == agent["HostServerId"]
        found = service.get(f"/agent/server/{agent['HostServerId'].upper()}")
        assert found["MachineAgentId"] == agent["MachineAgentId"]


def test_a_seed_tells_its_regions_and_what_is_no_cloud_server(
    tmp_path: Path, make_service: MakeService
) -> None:
    given = "87C3B6E1-FB1A-41F9-91E5-313AE35A5A06"
    world: dict[str, Any] = {
        "users": [{"username": "demo"}],
        "regions": ["LON"],
        "agents": [
            {"MachineAgentId": 1, "MachineName": "web"},
            {"MachineAgentId": 2, "MachineName": "laptop", "Flavor": "Laptop"},
            {"MachineAgentId": 3, "MachineName": "db", "HostServerId": given},
        ],
    }
    other = {"users": [{"username": "other"}], "regions": []}
    file = tmp_path / "world.yaml"
    file.write_text(yaml.safe_dump({"tenants": {"1234": world, "5678": other}}))
    service = make_service(seed=read_seed(file))

    assert "region" not in endpoints(service, "other")[0]
    assert [entry["region"] for entry in endpoints(service, "demo")] == ["LON"]
    web, laptop, db = service.get("/user/agents")
    assert UUID(web["HostServerId"]) != UUID(db["HostServerId"]) == UUID(given)
    assert "HostServerId" not in laptop
    assert "HostServerId" not in service.get("/agent/2")
