"""The emulator answers as `openapi.yaml` says, whatever is sent: schemathesis, in process."""

from pathlib import Path
from typing import Any

import schemathesis
import yaml
from schemathesis.config import SchemathesisConfig

from cloud_backup_emulator import Clock, Emulator, create_app
from cloud_backup_emulator.emulator import Call

ROOT = Path(__file__).parents[2]

EMULATOR = Emulator(clock=Clock(rate=0, wall=lambda: 1_360_800_000))

schema = schemathesis.openapi.from_dict(
    yaml.load((ROOT / "openapi.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader),
    config=SchemathesisConfig.from_path(ROOT / "schemathesis.toml"),
)
schema.app = create_app(EMULATOR)


@schema.auth(refresh_interval=None)
class DemoToken:
    """The token of the account's owner; a new one each time, since a case may revoke it."""

    def get(self, _case: "schemathesis.Case[Any]", _context: schemathesis.AuthContext) -> str:
        credentials = {"username": "demo", "apiKey": "demo-key"}
        answer = EMULATOR.call(
            Call(
                operation=EMULATOR.contract.operations["authenticate"],
                body=lambda: {"auth": {"RAX-KSKEY:apiKeyCredentials": credentials}},
                host="http://testserver",
            )
        )
        token: str = answer.body["access"]["token"]["id"]
        return token

    def set(
        self, case: "schemathesis.Case[Any]", data: str, _context: schemathesis.AuthContext
    ) -> None:
        case.headers["X-Auth-Token"] = data


@schema.parametrize()
def test_emulator_keeps_the_contract(case: "schemathesis.Case[Any]") -> None:
    case.call_and_validate()
