"""The emulator answers as `openapi.yaml` says, whatever is sent: schemathesis, in process."""

from typing import TYPE_CHECKING, Any

from .document import EMULATOR, SCHEMA

if TYPE_CHECKING:
    import schemathesis


@SCHEMA.parametrize()
def test_emulator_keeps_the_contract(case: "schemathesis.Case[Any]") -> None:
    EMULATOR.reset()

    case.call_and_validate()
